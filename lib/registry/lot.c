/* SPDX-License-Identifier: MIT */
/* What a lot's events come to: see registry.h. */
#include "../error/fail.h"
#include "registry.h"
#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 1 << 20 }; /* runs, or voids, of a lot */

/* ---- what there is ------------------------------------------------------ */

bool tem_registry_lot_has_void(const struct tem_registry_lot *lot,
                               struct tem_serials serials)
{
    for (size_t i = 0; i < lot->void_count; i++)
        if (lot->voids[i].first <= serials.last &&
            serials.first <= lot->voids[i].last)
            return true;
    return false;
}

struct tem_run *tem_registry_lot_run(const struct tem_registry_lot *lot,
                                     uint64_t first)
{
    for (size_t i = lot->run_count; i > 0; i--) /* mostly the last */
        if (lot->runs[i - 1].serials.first == first)
            return &lot->runs[i - 1];
    return NULL;
}

void tem_registry_lot_free(struct tem_registry_lot *lot)
{
    for (size_t i = 0; i < lot->run_count; i++)
        free(lot->runs[i].folder);
    free(lot->runs);
    free(lot->voids);
    *lot = (struct tem_registry_lot){0};
}

/* ---- what an event does ------------------------------------------------- */

/* One more item of so many bytes; doubled at powers of two. */
static void *grown(void *items, size_t count, size_t size)
{
    if (count >= PARTS_MAX)
        return NULL;
    if (count & (count - 1))
        return items;
    return realloc(items, (count ? 2 * count : 1) * size);
}

static bool copy(struct tem_bytes text, char *out, size_t capacity)
{
    if (text.size >= capacity)
        return false;
    memcpy(out, text.data, text.size);
    out[text.size] = '\0';
    return true;
}

static enum tem_status broken(struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
}

static enum tem_status seal(struct tem_registry_lot *lot,
                            const struct tem_event *event,
                            struct tem_error *error)
{
    return copy(event->salt, lot->salt, sizeof lot->salt) &&
                   copy(event->digest, lot->digest, sizeof lot->digest)
               ? TEM_OK
               : broken(error);
}

static enum tem_status reserve(struct tem_registry_lot *lot,
                               const struct tem_event *event,
                               struct tem_error *error)
{
    struct tem_run run = {.serials = event->serials,
                          .width = event->width,
                          .kid = event->kid,
                          .command = event->command};
    if (event->serials.first <= lot->last ||
        !copy(event->print, run.print, sizeof run.print))
        return broken(error);
    struct tem_run *runs = grown(lot->runs, lot->run_count, sizeof run);
    if (!runs)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    lot->runs = runs;
    run.folder = malloc(event->folder.size + 1);
    if (!run.folder)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    copy(event->folder, run.folder, event->folder.size + 1);
    lot->runs[lot->run_count++] = run;
    lot->last = event->serials.last;
    return TEM_OK;
}

/* An open run, or NULL. */
static struct tem_run *open_run(const struct tem_registry_lot *lot,
                                uint64_t first)
{
    struct tem_run *run = tem_registry_lot_run(lot, first);
    return run && !run->done && !run->abandoned ? run : NULL;
}

static enum tem_status made(struct tem_registry_lot *lot,
                            const struct tem_event *event,
                            struct tem_error *error)
{
    struct tem_run *run = open_run(lot, event->serials.first);
    uint64_t upto = event->serials.last;
    if (!run || upto > run->serials.last || upto <= run->made)
        return broken(error);
    run->made = upto;
    return TEM_OK;
}

static enum tem_status end(struct tem_registry_lot *lot,
                           const struct tem_event *event,
                           struct tem_error *error)
{
    struct tem_run *run = open_run(lot, event->serials.first);
    if (!run || run->serials.last != event->serials.last)
        return broken(error);
    run->done = event->kind == TEM_EVENT_DONE;
    run->abandoned = !run->done;
    return TEM_OK;
}

static enum tem_status spoil(struct tem_registry_lot *lot,
                             const struct tem_event *event,
                             struct tem_error *error)
{
    if (event->serials.last > lot->last ||
        tem_registry_lot_has_void(lot, event->serials))
        return broken(error);
    struct tem_serials *voids =
        grown(lot->voids, lot->void_count, sizeof *voids);
    if (!voids)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    lot->voids = voids;
    lot->voids[lot->void_count++] = event->serials;
    return TEM_OK;
}

enum tem_status tem_registry_lot_apply(struct tem_registry_lot *lot,
                                       const struct tem_event *event,
                                       struct tem_error *error)
{
    switch (event->kind) {
    case TEM_EVENT_SEAL:
        return seal(lot, event, error);
    case TEM_EVENT_RESERVE:
        return reserve(lot, event, error);
    case TEM_EVENT_MADE:
        return made(lot, event, error);
    case TEM_EVENT_DONE:
    case TEM_EVENT_ABANDON:
        return end(lot, event, error);
    case TEM_EVENT_VOID:
        return spoil(lot, event, error);
    case TEM_EVENT_AGAIN:
        return event->serials.last <= lot->last ? TEM_OK : broken(error);
    case TEM_EVENT_CLOSE:
        lot->closed = true;
        return TEM_OK;
    case TEM_EVENT_BEGIN:
    case TEM_EVENT_END:
    case TEM_EVENT_BUNDLE:
    case TEM_EVENT_IMPORT:
    case TEM_EVENT_SCAN:
    default:
        return broken(error);
    }
}

/* ---- reading ------------------------------------------------------------ */

static enum tem_status fold(void *context, const struct tem_sql_value *row,
                            struct tem_error *error)
{
    struct tem_event event;
    enum tem_status status = tem_event_read(row[0].bytes, &event, error);
    return status == TEM_OK ? tem_registry_lot_apply(context, &event, error)
                            : status;
}

enum tem_status tem_registry_lot_fold(struct tem_registry *registry,
                                      int64_t key, struct tem_registry_lot *lot,
                                      struct tem_error *error)
{
    tem_registry_lot_free(lot);
    enum tem_status status =
        tem_sql_all(registry->sql,
                    "SELECT body FROM tem_events WHERE lot = $1 ORDER BY place",
                    TEM_SQL(tem_sql_number(key)), fold, lot, error);
    if (status != TEM_OK)
        tem_registry_lot_free(lot);
    return status;
}

enum tem_status tem_registry_lot_read(struct tem_registry *registry,
                                      const struct tem_lot_name *name,
                                      struct tem_registry_lot *lot,
                                      struct tem_error *error)
{
    int64_t key;
    struct tem_lot_name kept = *name; /* it may be the lot's own */
    enum tem_status status = tem_registry_lot_key(name, &key, error);
    if (status == TEM_OK)
        status = tem_registry_lot_fold(registry, key, lot, error);
    if (status == TEM_OK)
        lot->name = kept;
    return status;
}
