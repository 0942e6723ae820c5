/* SPDX-License-Identifier: MIT */
/* See seal.h. */
#include "seal.h"
#include "file.h"
#include "label_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Was the lot sealed at a time that the journal knows nothing of? Its record
 * says so, or a record beside the labels; serials would begin again. */
static bool is_forgotten(struct issue *issue, const struct origin *origin,
                         const struct known *known, const char *stem)
{
    const char *out = issue->args->values[O_OUT];
    bool found = origin->record->salt[0] != '\0';
    int reason = 0;
    if (known->is.salt[0] || issue->count == 0)
        return false;
    if (!found)
        reason = label_file_has_record(out, stem, &found);
    if (reason)
        COMPLAIN(issue->cli, FILE_READ, out, reason_text(issue->cli, reason));
    else if (found)
        COMPLAIN(issue->cli, REGISTRY_FORGOT, origin->file, origin->row.text,
                 known->is.name.lot, issue->registry_path);
    return reason || found;
}

/* A lot's salt: the record's own, else the journal's, else a new one. */
static bool choose_salt(struct issue *issue, const struct origin *origin,
                        const struct known *known,
                        struct tem_record *record)
{
    struct tem_error error;
    bool amended = issue->args->values[O_AMENDED] != NULL;
    if (record->salt[0] && known->is.salt[0] && !amended &&
        strcmp(record->salt, known->is.salt) != 0) {
        COMPLAIN(issue->cli, REGISTRY_SALT, origin->file, origin->row.text,
                 record->lot, issue->registry_path);
        return false;
    }
    if (record->salt[0])
        return true;
    if (known->is.salt[0]) {
        strcpy(record->salt, known->is.salt);
        return true;
    }
    if (tem_seal_salt(record->salt, &error) == TEM_OK)
        return true;
    complain_error(issue->cli, origin->file, &error);
    return false;
}

static bool take_digest(struct issue *issue, const struct origin *origin,
                        struct sealing *sealing)
{
    struct tem_buffer out = {sealing->memory, sizeof sealing->memory, 0};
    struct tem_error error;
    enum tem_status status =
        tem_record_canonical(&sealing->record, &out, &error);
    sealing->canonical = (struct tem_bytes){out.data, out.size};
    if (status == TEM_OK)
        status = tem_seal_digest(sealing->canonical, sealing->digest, &error);
    if (status != TEM_OK)
        complain_error(issue->cli, origin->file, &error);
    return status == TEM_OK;
}

enum { HEX_SIZE = 2 * TEM_DIGEST_BYTES + 1 };

/* Is the content the one of the last time, or said to be another? */
static bool is_expected(struct issue *issue, const struct origin *origin,
                        const struct sealing *sealing,
                        const struct known *known)
{
    char hex[HEX_SIZE];
    to_hex(sealing->digest, TEM_DIGEST_BYTES, hex);
    if (!known->is.digest[0] || strcmp(hex, known->is.digest) == 0 ||
        issue->args->values[O_AMENDED])
        return true;
    COMPLAIN(issue->cli, RECORD_CHANGED, origin->file, origin->row.text,
             known->is.name.lot);
    return false;
}

struct sealing *seal_prepare(struct issue *issue, const struct origin *origin,
                             const struct known *known, const char *stem)
{
    if (is_forgotten(issue, origin, known, stem))
        return NULL;
    struct sealing *sealing = malloc(sizeof *sealing);
    if (!sealing) {
        COMPLAIN(issue->cli, MEMORY, NULL);
        return NULL;
    }
    sealing->record = *origin->record;
    if (choose_salt(issue, origin, known, &sealing->record) &&
        take_digest(issue, origin, sealing) &&
        is_expected(issue, origin, sealing, known))
        return sealing;
    free(sealing);
    return NULL;
}

/* ---- what stays ---- */

/* The digest is in the name, but only half of it, and files are damaged. */
static bool is_same(struct issue *issue, const char *path,
                    struct tem_bytes content)
{
    uint8_t *data;
    size_t size;
    if (!file_read(issue->cli, path, TEM_RECORD_CANONICAL_MAX, &data, &size))
        return false;
    bool same =
        size == content.size && memcmp(data, content.data, content.size) == 0;
    free(data);
    if (!same)
        COMPLAIN(issue->cli, RECORD_OTHER, path);
    return same;
}

/* Keep the record as it was sealed: its digest is on the labels. */
static bool keep_copy(struct issue *issue, const struct sealing *sealing,
                      const char *stem, const char *hex)
{
    char path[REGISTRY_PATH_SIZE];
    int size = snprintf(path, sizeof path, "%s/%s.%.8s.record.json",
                        issue->args->values[O_OUT], stem, hex);
    bool fits = (size_t)size < sizeof path;
    if (fits && file_exists(path))
        return is_same(issue, path, sealing->canonical);
    int reason = fits ? file_keep(path, sealing->canonical.data,
                                  sealing->canonical.size, 0666)
                      : ENAMETOOLONG;
    if (reason)
        file_complain(issue->cli, path, reason, false);
    return reason == 0;
}

bool seal_note(struct issue *issue, const struct sealing *sealing,
               struct known *known, const char *stem)
{
    char hex[HEX_SIZE];
    to_hex(sealing->digest, TEM_DIGEST_BYTES, hex);
    bool noted = strcmp(hex, known->is.digest) == 0 ||
                 registry_seal(issue->registry, known, sealing->record.salt,
                               hex, sealing->canonical);
    return noted && keep_copy(issue, sealing, stem, hex);
}
