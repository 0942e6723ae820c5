/* SPDX-License-Identifier: MIT */
/* See trust_list.h: two bundles side by side. */
#include "json.h"
#include "trust_list.h"
#include <stdlib.h>
#include <string.h>

/* All entries of one, in the order of their keys. */
struct entries {
    struct entry {
        char *key, *text;
    } * all;
    size_t count, capacity;
    bool no_memory;
};

static void keep(void *context, const char *key, const char *text)
{
    struct entries *e = context;
    if (e->count == e->capacity) {
        size_t more = e->capacity ? 2 * e->capacity : 256;
        struct entry *all = realloc(e->all, more * sizeof *all);
        e->no_memory |= !all;
        if (!all)
            return;
        e->all = all;
        e->capacity = more;
    }
    struct entry one = {strdup(key), strdup(text)};
    e->no_memory |= !one.key || !one.text;
    e->all[e->count++] = one;
}

static void drop(struct entries *e)
{
    for (size_t i = 0; i < e->count; i++) {
        free(e->all[i].key);
        free(e->all[i].text);
    }
    free(e->all);
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    return strcmp(a->key, b->key);
}

static void gather(const struct cli *cli,
                   const struct tem_trust_contents *contents, struct entries *e)
{
    if (!trust_list(cli, contents, true, keep, e))
        e->no_memory = true;
    if (e->count > 0 && !e->no_memory)
        qsort(e->all, e->count, sizeof *e->all, compare);
}

static void tell_one(const struct cli *cli, const struct entry *entry, bool new)
{
    struct json json = {stdout, false};
    if (!cli->json && new)
        SAY(cli, DIFF_NEW, entry->text);
    else if (!cli->json)
        SAY(cli, DIFF_GONE, entry->text);
    if (!cli->json)
        return;
    json_open(&json, NULL, '{');
    json_string(&json, "change", new ? "new" : "gone");
    json_string(&json, "key", entry->key);
    json_string(&json, "text", entry->text);
    json_close(&json, '}');
    json_end(&json);
}

static long tell(const struct cli *cli, const struct entries *before,
                 const struct entries *after)
{
    long differ = 0;
    size_t i = 0, k = 0;
    while (i < before->count || k < after->count) {
        const struct entry *a = i < before->count ? &before->all[i] : NULL;
        const struct entry *b = k < after->count ? &after->all[k] : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->key, b->key);
        bool same = order == 0 && strcmp(a->text, b->text) == 0;
        if (order <= 0 && !same)
            tell_one(cli, a, false);
        if (order >= 0 && !same)
            tell_one(cli, b, true);
        differ += !same;
        i += order <= 0;
        k += order >= 0;
    }
    return differ;
}

long trust_diff(const struct cli *cli, const struct tem_trust_contents *before,
                const struct tem_trust_contents *after)
{
    struct entries a = {NULL, 0, 0, false}, b = {NULL, 0, 0, false};
    long differ = -1;
    gather(cli, before, &a);
    gather(cli, after, &b);
    if (a.no_memory || b.no_memory)
        COMPLAIN(cli, MEMORY, NULL);
    else
        differ = tell(cli, &a, &b);
    drop(&a);
    drop(&b);
    return differ;
}
