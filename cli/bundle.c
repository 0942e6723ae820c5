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

struct tem_trust *bundle_open(struct cli *cli, const char *file,
                              const struct tem_key *root,
                              const struct tem_trust_seen *seen)
{
    uint8_t *data;
    size_t size;
    struct tem_trust *trust = NULL;
    struct tem_error error;
    if (!file_read(cli, file, TEM_TRUST_FILE_MAX, &data, &size))
        return NULL;
    if (tem_trust_open((struct tem_bytes){data, size}, root, seen, &trust,
                       &error) != TEM_OK)
        complain_error(cli, file, &error);
    free(data);
    return trust;
}

/* The same again with what was seen of its province, if anything was. */
static struct tem_trust *hold_against(struct cli *cli, const char *file,
                                      const struct tem_key *root,
                                      struct tem_trust *trust,
                                      const struct state *state)
{
    struct tem_trust_seen now, before;
    tem_trust_remember(trust, &now);
    if (!state_find(state, now.province, &before) ||
        memcmp(&now, &before, sizeof now) == 0)
        return trust;
    tem_trust_free(trust);
    return bundle_open(cli, file, root, &before);
}

static struct tem_trust *load(struct cli *cli, const char *file,
                              const struct tem_key *root,
                              const char *state_option, bool *unseen)
{
    struct state state;
    struct tem_trust_seen now;
    if (!state_load(cli, state_option, &state))
        return NULL;
    struct tem_trust *trust = bundle_open(cli, file, root, NULL);
    if (trust)
        trust = hold_against(cli, file, root, trust, &state);
    if (!trust)
        return NULL;
    tem_trust_remember(trust, &now);
    *unseen = !state.path[0];
    if (!*unseen && !state_note(cli, &state, &now))
        worsen(cli, EXIT_FAILED); /* the labels can be looked at all the same */
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
