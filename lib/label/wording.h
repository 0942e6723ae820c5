/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_WORDING_H
#define TEM_LABEL_WORDING_H

/* What the fields of a text box stand for, in words. */

#include <tem/label.h>

enum { TEM_WORDING_SIZE = 4096 }; /* bytes of one field in words, and NUL */

/* A paragraph of a box in pieces: words, `{field}`, and `*` around what is
 * bold. */
struct tem_piece {
    enum {
        TEM_PIECE_END,
        TEM_PIECE_WORDS,
        TEM_PIECE_FIELD,
        TEM_PIECE_BOLD,  /* from here on, or no longer */
        TEM_PIECE_BROKEN /* a brace without its partner */
    } kind;
    const char *text; /* without the braces */
    size_t size;
};

/* The next piece; *at moves behind it. */
struct tem_piece tem_piece_next(const char **at);

/* Is there such a field? */
bool tem_wording_known(const struct tem_piece *field);

/* Which of the two fields that differ from label to label it is, or neither. */
enum tem_live_kind { TEM_LIVE_NONE, TEM_LIVE_SERIAL, TEM_LIVE_COUNTER };
enum tem_live_kind tem_wording_live(const struct tem_piece *field);

/* Its words; "" if there is nothing to say. Of a live field: its caption.
 * @return @p out. */
const char *tem_wording_write(const struct tem_piece *field,
                              const struct tem_label_content *content,
                              enum tem_label_language language,
                              char out[TEM_WORDING_SIZE]);

#endif
