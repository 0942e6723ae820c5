/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROOF_H
#define CLI_PROOF_H

/* A finished label is read back before it is offered: the dots themselves, not
 * what they were made of. */

#include "cmd.h"

/* What was found. */
enum proof {
    PROOF_GOOD,
    PROOF_FAILED, /* it could not be done: the error says why */
    PROOF_UNREAD, /* no symbol, or more than one */
    PROOF_TEXT,   /* it reads another text */
    PROOF_SEAL,   /* the seal does not hold */
    PROOF_DOTS,   /* modules are not whole dots of black and white */
    PROOF_QUIET,  /* something stands in the quiet zone */
};

/* Read it, compare the text, check the seal under the key, and look at each
 * module and at the quiet zone. */
enum proof proof_read(const struct tem_raster *raster, const char *text,
                      const struct tem_layout *layout,
                      const struct tem_symbol *symbol,
                      const struct tem_key *key, struct tem_error *error);

#endif
