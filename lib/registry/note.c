/* SPDX-License-Identifier: MIT */
/* Noting events: see registry.h. */
#include "../error/fail.h"
#include "registry.h"
#include <string.h>

/* An event on its way. */
struct noting {
    struct tem_registry *registry;
    const struct tem_event *event;
    uint64_t quota;
    bool taken;
    int64_t key;    /* of the lot, or of the folder */
    int64_t events; /* that it had */
    struct tem_registry_lot lot;
};

/* All that are noted together. */
struct batch {
    struct tem_registry *registry;
    const struct tem_event *events;
    size_t count, index; /* index: the one at hand */
    uint64_t quota;
    int64_t at;
    bool taken;
};

static bool is_of_lot(const struct tem_event *event)
{
    return event->lot.lot[0] != '\0';
}

/* ---- the lot ------------------------------------------------------------ */

/* Lock its row, made if it is not there: who comes next waits. */
static enum tem_status lock_lot(struct noting *noting, struct tem_error *error)
{
    struct tem_sql *sql = noting->registry->sql;
    const struct tem_lot_name *name = &noting->event->lot;
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    bool got = false;
    enum tem_status status = tem_sql_do(
        sql,
        "INSERT INTO tem_lots (lot, maker, product, name, events) VALUES "
        "($1, $2, $3, $4, 0) ON CONFLICT (lot) DO NOTHING",
        TEM_SQL(tem_sql_number(noting->key), tem_sql_text(name->maker),
                tem_sql_text(name->product), tem_sql_text(name->lot)),
        error);
    if (status == TEM_OK)
        status = tem_sql_first(sql,
                               "UPDATE tem_lots SET events = events WHERE lot "
                               "= $1 RETURNING events",
                               TEM_SQL(tem_sql_number(noting->key)), row, &got,
                               error);
    if (status == TEM_OK && !got)
        status = TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
    noting->events = got ? row[0].number : 0;
    sql->kind->finish(sql);
    return status;
}

/* ---- keys --------------------------------------------------------------- */

static enum tem_status given_row(struct tem_registry *registry, int64_t kid,
                                 uint64_t *labels, struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX] = {0};
    bool got;
    enum tem_status status = tem_sql_first(
        registry->sql,
        "SELECT CAST(coalesce(sum(given), 0) AS BIGINT) FROM tem_keys WHERE "
        "kid = $1 OR kid = $2",
        TEM_SQL(tem_sql_number(kid), tem_sql_number(TEM_KID_UNKNOWN)), row,
        &got, error);
    *labels = row[0].number > 0 ? (uint64_t)row[0].number : 0;
    registry->sql->kind->finish(registry->sql);
    return status;
}

enum tem_status tem_registry_given(struct tem_registry *registry, uint16_t kid,
                                   uint64_t *labels, struct tem_error *error)
{
    return given_row(registry, kid, labels, error);
}

/* Count labels that are given out, or, below 0, given up. */
static enum tem_status count_labels(struct noting *noting, int64_t kid,
                                    int64_t labels, struct tem_error *error)
{
    uint64_t given;
    enum tem_status status = tem_sql_do(
        noting->registry->sql,
        "INSERT INTO tem_keys (kid, given) VALUES ($1, $2) ON CONFLICT (kid) "
        "DO UPDATE SET given = tem_keys.given + excluded.given",
        TEM_SQL(tem_sql_number(kid), tem_sql_number(labels)), error);
    if (status != TEM_OK || noting->quota == 0)
        return status;
    status = given_row(noting->registry, kid, &given, error);
    if (status == TEM_OK && given > noting->quota)
        return TEM_FAIL(error, TEM_E_LIMIT, REGISTRY_QUOTA, "ddd",
                        (long long)labels, (long long)given - labels,
                        (long long)noting->quota);
    return status;
}

static enum tem_status count_event(struct noting *noting,
                                   struct tem_error *error)
{
    const struct tem_event *event = noting->event;
    const struct tem_run *run =
        tem_registry_lot_run(&noting->lot, event->serials.first);
    uint64_t size = event->serials.last - event->serials.first + 1;
    if (event->kind == TEM_EVENT_RESERVE)
        return count_labels(noting, event->kid, (int64_t)size, error);
    if (event->kind != TEM_EVENT_ABANDON || !run)
        return TEM_OK;
    uint64_t used = run->made ? run->made - run->serials.first + 1 : 0;
    noting->quota = 0;
    return count_labels(noting, run->kid, (int64_t)used - (int64_t)size, error);
}

/* ---- the event ---------------------------------------------------------- */

static enum tem_status write_row(struct noting *noting, struct tem_error *error)
{
    struct tem_registry *registry = noting->registry;
    struct tem_bytes body = {registry->text.data, registry->text.size};
    struct tem_sql_value text = {.type = TEM_SQL_TEXT, .bytes = body};
    struct tem_registry_log log;
    struct tem_registry_place place = {noting->key, noting->events + 1, 0};
    enum tem_status status = tem_sql_do(
        registry->sql, "UPDATE tem_lots SET events = $1 WHERE lot = $2",
        TEM_SQL(tem_sql_number(place.place), tem_sql_number(place.lot)), error);
    if (status == TEM_OK)
        status = tem_sql_do(
            registry->sql,
            "INSERT INTO tem_events (lot, place, body) VALUES ($1, $2, $3)",
            TEM_SQL(tem_sql_number(place.lot), tem_sql_number(place.place),
                    text),
            error);
    if (status == TEM_OK)
        status = tem_registry_log_open(&log, registry, error);
    if (status == TEM_OK)
        status = tem_registry_log_add(&log, body, place, error);
    return status == TEM_OK ? tem_registry_log_close(&log, error) : status;
}

/* In its lot it must be able to come after what was before. */
static enum tem_status apply(struct noting *noting, struct tem_error *error)
{
    const struct tem_event *event = noting->event;
    enum tem_status status = tem_registry_lot_fold(
        noting->registry, noting->key, &noting->lot, error);
    if (status != TEM_OK)
        return status;
    noting->taken = event->kind != TEM_EVENT_RESERVE ||
                    event->serials.first == noting->lot.last + 1;
    if (!noting->taken)
        return TEM_OK;
    status = count_event(noting, error);
    if (status == TEM_OK &&
        tem_registry_lot_apply(&noting->lot, event, error) != TEM_OK)
        return TEM_FAIL(error, TEM_E_ARGUMENT, REGISTRY_EVENT, "s",
                        tem_event_name(event->kind));
    return status;
}

static enum tem_status note_one(struct noting *noting, struct tem_error *error)
{
    const struct tem_event *event = noting->event;
    noting->taken = true;
    enum tem_status status =
        tem_event_write(event, &noting->registry->text, error);
    if (status == TEM_OK)
        status =
            is_of_lot(event)
                ? tem_registry_lot_key(&event->lot, &noting->key, error)
                : tem_registry_folder_key(event->folder, &noting->key, error);
    if (status == TEM_OK)
        status = lock_lot(noting, error);
    if (status == TEM_OK && is_of_lot(event))
        status = apply(noting, error);
    return status == TEM_OK && noting->taken ? write_row(noting, error)
                                             : status;
}

/* What is not taken undoes what came before it. */
static enum tem_status work(void *context, struct tem_sql *sql,
                            struct tem_error *error)
{
    struct batch *batch = context;
    enum tem_status status = TEM_OK;
    (void)sql;
    batch->taken = true;
    for (size_t i = 0; status == TEM_OK && i < batch->count; i++) {
        struct tem_event event = batch->events[i];
        struct noting noting = {.registry = batch->registry,
                                .event = &event,
                                .quota = batch->quota};
        batch->index = i;
        event.at = batch->at;
        status = note_one(&noting, error);
        batch->taken = noting.taken;
        tem_registry_lot_free(&noting.lot);
        if (status == TEM_OK && !noting.taken)
            return TEM_E_LIMIT;
    }
    return status;
}

enum tem_status tem_registry_note(struct tem_registry *registry,
                                  const struct tem_event *events, size_t count,
                                  uint64_t quota, bool *taken,
                                  struct tem_error *error)
{
    struct batch batch = {.registry = registry,
                          .events = events,
                          .count = count,
                          .quota = quota,
                          .taken = true};
    if (!registry->office || !registry->clock)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "office");
    batch.at = registry->clock(registry->context);
    enum tem_status status = tem_sql_change(registry->sql, work, &batch, error);
    if (status != TEM_OK && !batch.taken)
        status = TEM_OK;
    if (status == TEM_OK && taken)
        *taken = batch.taken;
    if (status != TEM_OK && error)
        error->offset = batch.index;
    return status;
}

/* ---- commands ----------------------------------------------------------- */

static enum tem_status fold_command(void *context,
                                    const struct tem_event *event,
                                    struct tem_error *error)
{
    struct tem_registry_command *command = context;
    (void)error;
    command->open = event->kind == TEM_EVENT_BEGIN;
    if (command->open) {
        command->number++;
        command->count = event->count;
    }
    return TEM_OK;
}

enum tem_status tem_registry_command_read(struct tem_registry *registry,
                                          const char *folder,
                                          struct tem_registry_command *command,
                                          struct tem_error *error)
{
    *command = (struct tem_registry_command){0};
    return tem_registry_folder_walk(registry, folder, fold_command, command,
                                    error);
}
