/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

/* Asking for a secret at the terminal. */

#include <stddef.h>
#include <stdint.h>

enum prompt_end {
    PROMPT_DONE,
    PROMPT_NONE,  /* this is no terminal */
    PROMPT_ENDED, /* the input ended before its line did */
    PROMPT_LONG,  /* the line was longer than the capacity; none of it is left */
};

/* Show a text and read one line, without echo and without its newline. What
 * was typed too much does not go to whoever reads next.
 *
 * A signal that ends or stops the command does so when the terminal is again
 * as it was; when the command goes on after a stop, the question is asked
 * again. The line is written only when done. */
enum prompt_end prompt_line(int terminal, const char *text, uint8_t *line,
                            size_t capacity, size_t *size);

#endif
