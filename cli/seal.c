/* SPDX-License-Identifier: MIT */
/* See seal.h. */
#include "seal.h"
#include "file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A record that is being sealed. */
struct sealing {
    struct tem_record record;
    uint8_t memory[TEM_RECORD_CANONICAL_MAX];
    struct tem_bytes canonical;
    char digest[2 * TEM_DIGEST_BYTES + 1];
};

/* A lot's salt: the record's own, else the journal's, else a new one. */
static bool choose_salt(struct issue *issue, const struct origin *origin,
                        const struct journal_lot *known,
                        struct tem_record *record)
{
    struct tem_error error;
    bool amended = issue->args->values[O_AMENDED] != NULL;
    if (record->salt[0] && known->salt[0] && !amended &&
        strcmp(record->salt, known->salt) != 0) {
        COMPLAIN(issue->cli, JOURNAL_SALT, origin->file, origin->row.text,
                 record->lot, issue->journal_path);
        return false;
    }
    if (record->salt[0] && !known->salt[0] && issue->count > 0) {
        COMPLAIN(issue->cli, JOURNAL_FORGOT, origin->file, origin->row.text,
                 record->lot, issue->journal_path);
        return false;
    }
    if (record->salt[0])
        return true;
    if (known->salt[0]) {
        strcpy(record->salt, known->salt);
        return true;
    }
    if (tem_seal_salt(record->salt, &error) == TEM_OK)
        return true;
    complain_error(issue->cli, origin->file, &error);
    return false;
}

static bool take_digest(struct issue *issue, const struct origin *origin,
                        struct sealing *sealing,
                        uint8_t digest[TEM_DIGEST_BYTES])
{
    struct tem_buffer out = {sealing->memory, sizeof sealing->memory, 0};
    struct tem_error error;
    enum tem_status status =
        tem_record_canonical(&sealing->record, &out, &error);
    sealing->canonical = (struct tem_bytes){out.data, out.size};
    if (status == TEM_OK)
        status = tem_seal_digest(sealing->canonical, digest, &error);
    if (status != TEM_OK)
        complain_error(issue->cli, origin->file, &error);
    else
        to_hex(digest, TEM_DIGEST_BYTES, sealing->digest);
    return status == TEM_OK;
}

/* The digest into the journal, unless it is the one of the last time. */
static bool note_digest(struct issue *issue, const struct origin *origin,
                        const struct sealing *sealing,
                        struct journal_lot *known)
{
    if (strcmp(sealing->digest, known->digest) == 0)
        return true;
    if (known->digest[0] && !issue->args->values[O_AMENDED]) {
        COMPLAIN(issue->cli, RECORD_CHANGED, origin->file, origin->row.text,
                 known->lot);
        return false;
    }
    int reason = journal_seal(issue->journal, known, sealing->record.salt,
                              sealing->digest);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    return reason == 0;
}

/* Keep the record as it was sealed: its digest is on the labels. */
static bool keep_copy(struct issue *issue, const struct sealing *sealing,
                      const char *stem)
{
    char path[JOURNAL_PATH_SIZE];
    int size = snprintf(path, sizeof path, "%s/%s.%.8s.record.json",
                        issue->args->values[O_OUT], stem, sealing->digest);
    int reason = 0;
    if ((size_t)size >= sizeof path)
        reason = ENAMETOOLONG;
    else if (!file_exists(path)) /* the digest is in the name: it is the same */
        reason = file_keep(path, sealing->canonical.data,
                           sealing->canonical.size, 0666);
    if (reason)
        file_complain(issue->cli, path, reason, false);
    return reason == 0;
}

bool seal_record(struct issue *issue, const struct origin *origin,
                 struct journal_lot *known, const char *stem,
                 uint8_t digest[TEM_DIGEST_BYTES])
{
    struct sealing *sealing = malloc(sizeof *sealing);
    if (!sealing) {
        COMPLAIN(issue->cli, MEMORY, NULL);
        return false;
    }
    sealing->record = *origin->record;
    bool done = choose_salt(issue, origin, known, &sealing->record) &&
                take_digest(issue, origin, sealing, digest) &&
                note_digest(issue, origin, sealing, known) &&
                keep_copy(issue, sealing, stem);
    free(sealing);
    return done;
}
