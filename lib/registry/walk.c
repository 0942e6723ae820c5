/* SPDX-License-Identifier: MIT */
/* Reading all of the registry, and proving from its logs: see registry.h. */
#include "../error/fail.h"
#include "registry.h"
#include <string.h>

static enum tem_status broken(struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
}

/* ---- events ------------------------------------------------------------- */

struct events_walk {
    enum tem_status (*each)(void *context, const struct tem_event *event,
                            struct tem_error *error);
    void *context;
};

static enum tem_status each_event(void *context,
                                  const struct tem_sql_value *row,
                                  struct tem_error *error)
{
    const struct events_walk *walk = context;
    struct tem_event event;
    enum tem_status status = tem_event_read(row[0].bytes, &event, error);
    return status == TEM_OK ? walk->each(walk->context, &event, error) : status;
}

enum tem_status tem_registry_events_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const struct tem_event *event,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct events_walk walk = {each, context};
    return tem_sql_all(registry->sql,
                       "SELECT body FROM tem_events ORDER BY lot, place", NULL,
                       0, each_event, &walk, error);
}

enum tem_status tem_registry_folder_walk(
    struct tem_registry *registry, const char *folder,
    enum tem_status (*each)(void *context, const struct tem_event *event,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct events_walk walk = {each, context};
    int64_t key;
    enum tem_status status =
        tem_registry_folder_key(tem_bytes_of(folder), &key, error);
    if (status != TEM_OK)
        return status;
    return tem_sql_all(
        registry->sql,
        "SELECT body FROM tem_events WHERE lot = $1 ORDER BY place",
        TEM_SQL(tem_sql_number(key)), each_event, &walk, error);
}

/* ---- offices ------------------------------------------------------------ */

struct offices_walk {
    enum tem_status (*each)(void *context, const char *office, uint64_t size,
                            struct tem_error *error);
    void *context;
};

static enum tem_status each_office(void *context,
                                   const struct tem_sql_value *row,
                                   struct tem_error *error)
{
    const struct offices_walk *walk = context;
    char office[TEM_NOTE_NAME_SIZE];
    if (!tem_sql_copy(&row[0], office, sizeof office) || row[1].number < 0)
        return broken(error);
    return walk->each(walk->context, office, (uint64_t)row[1].number, error);
}

enum tem_status tem_registry_offices_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const char *office, uint64_t size,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct offices_walk walk = {each, context};
    return tem_sql_all(registry->sql,
                       "SELECT office, size FROM tem_offices ORDER BY office",
                       NULL, 0, each_office, &walk, error);
}

/* ---- a log -------------------------------------------------------------- */

struct log_walk {
    enum tem_status (*each)(void *context, uint64_t number,
                            struct tem_bytes text, const struct tem_hash *leaf,
                            struct tem_error *error);
    void *context;
};

static enum tem_status each_entry(void *context,
                                  const struct tem_sql_value *row,
                                  struct tem_error *error)
{
    const struct log_walk *walk = context;
    struct tem_hash leaf;
    if (row[0].number < 0 || row[1].bytes.size != TEM_HASH_BYTES)
        return broken(error);
    memcpy(leaf.bytes, row[1].bytes.data, TEM_HASH_BYTES);
    return walk->each(walk->context, (uint64_t)row[0].number, row[2].bytes,
                      &leaf, error);
}

enum tem_status tem_registry_log_walk(
    struct tem_registry *registry, const char *office, uint64_t first,
    enum tem_status (*each)(void *context, uint64_t number,
                            struct tem_bytes text, const struct tem_hash *leaf,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct log_walk walk = {each, context};
    return tem_sql_all(
        registry->sql,
        "SELECT l.number, l.leaf, coalesce(e.body, s.body) FROM tem_log l "
        "LEFT JOIN tem_events e ON l.scan = 0 AND e.lot = l.lot AND e.place = "
        "l.place LEFT JOIN tem_scans s ON l.scan <> 0 AND s.lot = l.lot AND "
        "s.serial = l.place AND s.scan = l.scan WHERE l.office = $1 AND "
        "l.number >= $2 ORDER BY l.number",
        TEM_SQL(tem_sql_text(office), tem_sql_number((int64_t)first)),
        each_entry, &walk, error);
}

/* ---- hashes ------------------------------------------------------------- */

struct hashes {
    struct tem_hash *out;
    size_t count, got;
};

static enum tem_status each_hash(void *context, const struct tem_sql_value *row,
                                 struct tem_error *error)
{
    struct hashes *hashes = context;
    if (hashes->got == hashes->count || row[0].bytes.size != TEM_HASH_BYTES)
        return broken(error);
    memcpy(hashes->out[hashes->got++].bytes, row[0].bytes.data, TEM_HASH_BYTES);
    return TEM_OK;
}

static enum tem_status read_hashes(void *context, unsigned level,
                                   uint64_t first, size_t count,
                                   struct tem_hash *hashes,
                                   struct tem_error *error)
{
    const struct tem_registry_source *source = context;
    struct hashes found = {hashes, count, 0};
    struct tem_sql_value from = tem_sql_number((int64_t)first);
    struct tem_sql_value end = tem_sql_number((int64_t)(first + count));
    enum tem_status status =
        level == 0
            ? tem_sql_all(source->registry->sql,
                          "SELECT leaf FROM tem_log WHERE office = $1 AND "
                          "number >= $2 AND number < $3 ORDER BY number",
                          TEM_SQL(tem_sql_text(source->office), from, end),
                          each_hash, &found, error)
            : tem_sql_all(source->registry->sql,
                          "SELECT hash FROM tem_nodes WHERE office = $1 AND "
                          "level = $2 AND number >= $3 AND number < $4 ORDER "
                          "BY number",
                          TEM_SQL(tem_sql_text(source->office),
                                  tem_sql_number(level), from, end),
                          each_hash, &found, error);
    return status == TEM_OK && found.got != count ? broken(error) : status;
}

struct tem_ledger_source tem_registry_ledger(struct tem_registry_source *source)
{
    return (struct tem_ledger_source){read_hashes, source};
}

/* ---- checkpoints -------------------------------------------------------- */

static enum tem_status size_of(struct tem_registry *registry,
                               const char *office, uint64_t *size,
                               struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX] = {0};
    bool got = false;
    enum tem_status status = tem_sql_first(
        registry->sql, "SELECT size FROM tem_offices WHERE office = $1",
        TEM_SQL(tem_sql_text(office)), row, &got, error);
    registry->sql->kind->finish(registry->sql);
    *size = got && row[0].number > 0 ? (uint64_t)row[0].number : 0;
    return status;
}

enum tem_status tem_registry_head(struct tem_registry *registry,
                                  const char *office,
                                  struct tem_checkpoint *checkpoint,
                                  struct tem_error *error)
{
    struct tem_registry_source source = {registry, office};
    struct tem_ledger_source ledger = tem_registry_ledger(&source);
    struct tem_ledger_edge edge;
    if (!tem_note_name_valid(office))
        return TEM_FAIL(error, TEM_E_ARGUMENT, NOTE_NAME, "s", office);
    *checkpoint = (struct tem_checkpoint){0};
    strcpy(checkpoint->origin, office);
    enum tem_status status =
        size_of(registry, office, &checkpoint->size, error);
    if (status == TEM_OK)
        status = tem_ledger_edge_read(&ledger, checkpoint->size, &edge, error);
    return status == TEM_OK
               ? tem_ledger_edge_root(&edge, &checkpoint->root, error)
               : status;
}

enum tem_status tem_registry_checkpoint_keep(struct tem_registry *registry,
                                             const char *office, uint64_t size,
                                             struct tem_bytes note,
                                             struct tem_error *error)
{
    struct tem_sql_value text = {.type = TEM_SQL_TEXT, .bytes = note};
    return tem_sql_do(
        registry->sql,
        "INSERT INTO tem_checkpoints (office, size, note) VALUES ($1, $2, $3) "
        "ON CONFLICT (office, size) DO UPDATE SET note = excluded.note",
        TEM_SQL(tem_sql_text(office), tem_sql_number((int64_t)size), text),
        error);
}

enum tem_status tem_registry_checkpoint_last(struct tem_registry *registry,
                                             const char *office,
                                             struct tem_buffer *note,
                                             struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    bool got = false;
    enum tem_status status =
        tem_sql_first(registry->sql,
                      "SELECT note FROM tem_checkpoints WHERE office = $1 "
                      "ORDER BY size DESC LIMIT 1",
                      TEM_SQL(tem_sql_text(office)), row, &got, error);
    note->size = 0;
    if (status == TEM_OK && got && row[0].bytes.size > note->capacity)
        status = broken(error);
    else if (status == TEM_OK && got) {
        memcpy(note->data, row[0].bytes.data, row[0].bytes.size);
        note->size = row[0].bytes.size;
    }
    registry->sql->kind->finish(registry->sql);
    return status;
}
