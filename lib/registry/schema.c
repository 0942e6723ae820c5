/* SPDX-License-Identifier: MIT */
/* The registry's tables, opening and closing. See FORMAT.md. */
#include "../error/fail.h"
#include "registry.h"
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1 };

/* Keys lead with the lot, or with the office, so that many servers can share
 * the rows. Where SQLite would keep rows and keys apart, KEYED puts them
 * together. */
#define TABLES(KEYED)                                                          \
    {                                                                          \
        "CREATE TABLE tem_migrations (version BIGINT NOT NULL PRIMARY KEY)",   \
            "CREATE TABLE tem_offices (office TEXT NOT NULL PRIMARY KEY, "     \
            "size BIGINT NOT NULL, edge BYTEA NOT NULL)",                      \
            "CREATE TABLE tem_log (office TEXT NOT NULL, number BIGINT NOT "   \
            "NULL, lot BIGINT NOT NULL, place BIGINT NOT NULL, scan BIGINT "   \
            "NOT NULL, leaf BYTEA NOT NULL, PRIMARY KEY (office, "             \
            "number))" KEYED,                                                  \
            "CREATE TABLE tem_nodes (office TEXT NOT NULL, level BIGINT NOT "  \
            "NULL, number BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY "  \
            "(office, level, number))" KEYED,                                  \
            "CREATE TABLE tem_checkpoints (office TEXT NOT NULL, size BIGINT " \
            "NOT NULL, note TEXT NOT NULL, PRIMARY KEY (office, size))",       \
            "CREATE TABLE tem_keys (kid BIGINT NOT NULL PRIMARY KEY, given "   \
            "BIGINT NOT NULL)",                                                \
            "CREATE TABLE tem_lots (lot BIGINT NOT NULL PRIMARY KEY, maker "   \
            "TEXT NOT NULL, product TEXT NOT NULL, name TEXT NOT NULL, "       \
            "events BIGINT NOT NULL)",                                         \
            "CREATE TABLE tem_events (lot BIGINT NOT NULL, place BIGINT NOT "  \
            "NULL, body TEXT NOT NULL, PRIMARY KEY (lot, place))",             \
            "CREATE TABLE tem_scans (lot BIGINT NOT NULL, serial BIGINT NOT "  \
            "NULL, scan BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY "     \
            "(lot, serial, scan))" KEYED,                                      \
            "CREATE TABLE tem_labels (lot BIGINT NOT NULL, digest BYTEA NOT "  \
            "NULL, text TEXT NOT NULL, PRIMARY KEY (lot, digest))" KEYED,      \
            "INSERT INTO tem_migrations (version) VALUES (1)",                 \
    }

static const char *const sqlite_tables[] = TABLES(" WITHOUT ROWID");
static const char *const server_tables[] = TABLES("");

enum { TABLES_COUNT = sizeof server_tables / sizeof *server_tables };

/* ---- making ------------------------------------------------------------- */

static enum tem_status count(struct tem_sql *sql, const char *statement,
                             const struct tem_sql_value *values, size_t n,
                             int64_t *number, struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX] = {0};
    bool got;
    enum tem_status status =
        tem_sql_first(sql, statement, values, n, row, &got, error);
    *number = row[0].number;
    sql->kind->finish(sql);
    return status;
}

static enum tem_status is_there(struct tem_sql *sql, bool *there,
                                struct tem_error *error)
{
    int64_t tables = 0;
    enum tem_status status =
        count(sql, sql->kind->has_our, TEM_SQL(tem_sql_text("tem_migrations")),
              &tables, error);
    *there = tables > 0;
    return status;
}

static enum tem_status make_tables(void *context, struct tem_sql *sql,
                                   struct tem_error *error)
{
    bool *fresh = context;
    const char *const *tables =
        sql->kind == &tem_sqlite ? sqlite_tables : server_tables;
    int64_t others = 0;
    bool there = false;
    *fresh = false;
    enum tem_status status = is_there(sql, &there, error);
    if (status != TEM_OK || there) /* another was faster */
        return status;
    status = count(sql, sql->kind->has_any, NULL, 0, &others, error);
    if (status == TEM_OK && others > 0)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_OTHER, "");
    for (size_t i = 0; status == TEM_OK && i < TABLES_COUNT; i++)
        status = tem_sql_do(sql, tables[i], NULL, 0, error);
    *fresh = status == TEM_OK;
    return status;
}

static enum tem_status check_version(struct tem_registry *registry,
                                     struct tem_error *error)
{
    int64_t version = 0;
    enum tem_status status =
        count(registry->sql,
              "SELECT CAST(coalesce(max(version), 0) AS BIGINT) FROM "
              "tem_migrations",
              NULL, 0, &version, error);
    if (status != TEM_OK || version == VERSION)
        return status;
    if (version > VERSION)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, REGISTRY_NEWER, "dd",
                        (long long)version, (long long)VERSION);
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, REGISTRY_OLDER, "dd",
                    (long long)version, (long long)VERSION);
}

enum tem_status tem_registry_set_up(struct tem_registry *registry,
                                    enum tem_registry_mode mode, bool *fresh,
                                    struct tem_error *error)
{
    bool made = false;
    bool there = false;
    enum tem_status status = is_there(registry->sql, &there, error);
    if (status != TEM_OK)
        return status;
    if (!there && mode != TEM_REGISTRY_CREATE)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_OTHER, "");
    if (!there)
        status = tem_sql_change(registry->sql, make_tables, &made, error);
    if (fresh)
        *fresh = made;
    return status == TEM_OK ? check_version(registry, error) : status;
}

/* ---- opening ------------------------------------------------------------ */

static enum tem_sql_mode sql_mode(enum tem_registry_mode mode)
{
    return mode == TEM_REGISTRY_READ    ? TEM_SQL_READ
           : mode == TEM_REGISTRY_WRITE ? TEM_SQL_WRITE
                                        : TEM_SQL_CREATE;
}

static enum tem_status fill(struct tem_registry *registry,
                            const struct tem_registry_options *options,
                            struct tem_error *error)
{
    registry->clock = options->clock;
    registry->context = options->context;
    registry->office = options->office ? strdup(options->office) : NULL;
    registry->text =
        (struct tem_buffer){malloc(TEM_EVENT_MAX), TEM_EVENT_MAX, 0};
    if (!registry->text.data || (options->office && !registry->office))
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_OK;
}

enum tem_status tem_registry_open(const struct tem_registry_options *options,
                                  struct tem_registry **registry, bool *fresh,
                                  struct tem_error *error)
{
    if (options->office && !tem_note_name_valid(options->office))
        return TEM_FAIL(error, TEM_E_ARGUMENT, NOTE_NAME, "s", options->office);
    struct tem_registry *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    enum tem_status status = fill(made, options, error);
    if (status == TEM_OK)
        status = tem_sql_open(options->where, sql_mode(options->mode),
                              &made->sql, error);
    if (status == TEM_OK)
        status = tem_registry_set_up(made, options->mode, fresh, error);
    if (status == TEM_OK)
        *registry = made;
    else
        tem_registry_close(made);
    return status;
}

void tem_registry_close(struct tem_registry *registry)
{
    if (!registry)
        return;
    tem_sql_close(registry->sql);
    free(registry->office);
    free(registry->text.data);
    free(registry);
}
