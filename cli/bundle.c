/* SPDX-License-Identifier: MIT */
/* See bundle.h. */
#include "bundle.h"
#include "file.h"
#include "secret.h"
#include "state.h"
#include <stdlib.h>
#include <string.h>

bool bundle_date(struct cli *cli, const struct args *args, int option,
                 int32_t standard, int32_t *date)
{
    const char *text = args->values[option];
    *date = text ? tem_date_parse(tem_bytes_of(text)) : standard;
    if (text && *date == TEM_DATE_NONE) {
        char name[32];
        snprintf(name, sizeof name, "--%s",
                 args->command->options[option].name);
        COMPLAIN(cli, DATE_BAD, args->command->name, name, text);
        return false;
    }
    return true;
}

bool bundle_wanted(struct cli *cli, const struct args *args,
                   struct bundle_options options, bool *wanted)
{
    bool trust = args->values[options.trust] != NULL;
    bool root = args->values[options.root] != NULL;
    *wanted = trust;
    return trust == root ||
           opt_required(cli, args, trust ? options.root : options.trust);
}

static struct tem_trust *open_bytes(struct cli *cli, const char *file,
                                    struct tem_bytes bytes,
                                    const struct tem_key *root,
                                    const struct tem_trust_seen *seen)
{
    struct tem_trust *trust = NULL;
    struct tem_error error;
    if (tem_trust_open(bytes, root, seen, &trust, &error) != TEM_OK)
        complain_error(cli, file, &error);
    return trust;
}

struct tem_trust *bundle_open(struct cli *cli, const char *file,
                              const struct tem_key *root)
{
    struct tem_bytes bytes;
    uint8_t *data;
    if (!file_read(cli, file, TEM_TRUST_FILE_MAX, &data, &bytes.size))
        return NULL;
    bytes.data = data;
    struct tem_trust *trust = open_bytes(cli, file, bytes, root, NULL);
    free(data);
    return trust;
}

/* The same bytes again with what was seen of their province, if anything was.
 * That is known only now. */
static struct tem_trust *open_seen(struct cli *cli, const char *file,
                                   struct tem_bytes bytes,
                                   const struct tem_key *root,
                                   const struct state *state)
{
    struct tem_trust_seen now, before;
    struct tem_trust *trust = open_bytes(cli, file, bytes, root, NULL);
    if (!trust)
        return NULL;
    tem_trust_remember(trust, &now);
    if (!state_find(state, now.province, &before) ||
        memcmp(&now, &before, sizeof now) == 0)
        return trust;
    tem_trust_free(trust);
    trust = open_bytes(cli, file, bytes, root, &before);
    if (!trust && memcmp(now.root, before.root, sizeof now.root) != 0)
        COMPLAIN(cli, STATE_ROOT, state->path,
                 number_text(before.province).text,
                 number_text(before.version).text);
    return trust;
}

static struct tem_trust *load(struct cli *cli, const char *file,
                              const struct tem_key *root,
                              const char *state_option, bool *unseen)
{
    struct state state;
    struct tem_bytes bytes;
    struct tem_trust_seen now;
    uint8_t *data;
    if (!state_load(cli, state_option, &state) ||
        !file_read(cli, file, TEM_TRUST_FILE_MAX, &data, &bytes.size))
        return NULL;
    bytes.data = data;
    struct tem_trust *trust = open_seen(cli, file, bytes, root, &state);
    free(data);
    if (!trust)
        return NULL;
    tem_trust_remember(trust, &now);
    *unseen = !state.path[0];
    if (!*unseen && !state_note(cli, &state, &now)) {
        worsen(cli, EXIT_FAILED); /* the labels can be looked at all the same */
        *unseen = true;
    }
    return trust;
}

struct tem_trust *bundle_load(struct cli *cli, const struct args *args,
                              struct bundle_options options, bool *unseen)
{
    struct tem_key *root = key_load_public(cli, args->values[options.root]);
    if (!root)
        return NULL;
    struct tem_trust *trust = load(cli, args->values[options.trust], root,
                                   args->values[options.state], unseen);
    tem_key_free(root);
    return trust;
}
