/* SPDX-License-Identifier: MIT */
#ifndef CLI_SEAL_H
#define CLI_SEAL_H

/* A lot's record as it is sealed: salt, digest, and a copy beside the labels.
 */

#include "issue.h"

/* A record that is being sealed. */
struct sealing {
    struct tem_record record; /* with its salt */
    uint8_t memory[TEM_RECORD_CANONICAL_MAX];
    struct tem_bytes canonical; /* in memory */
    uint8_t digest[TEM_DIGEST_BYTES];
};

/* Its salt and digest; the journal is read only. NULL with a complaint, also
 * where the lot was sealed and the journal does not know of it. Free it by
 * free(). @p stem is the name of its files. */
struct sealing *seal_prepare(struct issue *issue, const struct origin *origin,
                             const struct known *known, const char *stem);

/* Put them into the journal and the record beside the labels, as
 * STEM.DIGEST8.record.json. False with a complaint. */
bool seal_note(struct issue *issue, const struct sealing *sealing,
               struct known *known, const char *stem);

#endif
