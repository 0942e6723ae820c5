/* SPDX-License-Identifier: MIT */
#ifndef TEM_LEDGER_NOTE_H
#define TEM_LEDGER_NOTE_H

/* Notes of C2SP signed-note: a text, an empty line, and lines of signatures. */

#include <tem/ledger.h>

enum {
    TEM_NOTE_ID_BYTES = 4,
    /* Of a signature line: an id, a time, a signature. */
    TEM_NOTE_SIGNED_MAX = TEM_NOTE_ID_BYTES + 8 + TEM_SIGNATURE_BYTES,
};

/* A note in parts, borrowing from it. */
struct tem_note {
    struct tem_bytes text; /* with its last line's end */
    size_t count;
    struct tem_note_line {
        struct tem_bytes name, base64;
    } lines[TEM_NOTE_SIGNATURES_MAX];
};

/* Lines of signatures that are of no form that we know are let pass, but must
 * be lines of signatures. */
enum tem_status tem_note_read(struct tem_bytes bytes, struct tem_note *note,
                              struct tem_error *error);

/* Not a note: the line, from 1. */
enum tem_status tem_note_broken(size_t line, struct tem_error *error);

/* A line for what is already checked: text, name and kind. @p time: of a
 * witness, else 0. @return the key's or memory's failure. */
enum tem_status tem_note_sign(struct tem_bytes text, const char *name,
                              uint64_t time, const struct tem_key *key,
                              struct tem_buffer *note, struct tem_error *error);

#endif
