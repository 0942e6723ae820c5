/* SPDX-License-Identifier: MIT */
#ifndef CLI_LINES_H
#define CLI_LINES_H

/* Texts instead of pictures: --text STRING, or --text - for one a line on
 * stdin, as a keyboard-wedge scanner types them. */

#include "failure.h"

/* Called with a text that is not blank, without its line's end, blanks and a
 * byte order mark around it and the scanner's symbology identifier (`]Q3`)
 * before it; nothing else of it is changed, and it may hold NULs. */
typedef void (*lines_fn)(void *context, struct place place,
                         struct tem_bytes text);

/* Take the one text of the option, or all lines if it is "-"; complains of
 * lines too long for a label, of a read error and of there being none at all,
 * worsens the status, and goes on. What a line gave is on stdout before the
 * next is read. @return how many lines were left out. */
size_t lines_walk(struct cli *cli, const char *option, lines_fn each,
                  void *context);

/* If a scanner's or keyboard's setting spoiled the text, a line on stderr says
 * which. The text is never mended: what was typed is what is judged. */
void lines_hint(const struct cli *cli, struct place place,
                struct tem_bytes text);

#endif
