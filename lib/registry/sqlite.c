/* SPDX-License-Identifier: MIT */
/* See sql.h: SQLite. */
#include "../error/fail.h"
#include "sql.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_MS = 10000 }; /* to wait for another program */

struct sqlite {
    struct tem_sql sql;
    sqlite3 *db;
    sqlite3_stmt *under_way;
    size_t count;
    struct {
        const char *text;
        sqlite3_stmt *made;
    } statements[TEM_SQL_STATEMENTS_MAX];
};

static struct sqlite *of(struct tem_sql *sql)
{
    return (struct sqlite *)(void *)sql;
}

/* ---- what went wrong ---------------------------------------------------- */

static enum tem_status failed(const struct sqlite *sqlite, int code,
                              struct tem_error *error)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_BUSY, "");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_READONLY, "");
    case SQLITE_CORRUPT:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_CORRUPT, "");
    case SQLITE_NOTADB:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_OTHER, "");
    case SQLITE_CANTOPEN:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_OPEN, "");
    case SQLITE_FULL:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_FULL, "");
    default:
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_FAILED, "s",
                        sqlite3_errmsg(sqlite->db));
    }
}

static bool is_again(struct tem_sql *sql)
{
    (void)sql; /* it has waited for the other already */
    return false;
}

/* ---- statements --------------------------------------------------------- */

static void finish(struct tem_sql *sql)
{
    struct sqlite *sqlite = of(sql);
    if (!sqlite->under_way)
        return;
    sqlite3_reset(sqlite->under_way);
    sqlite3_clear_bindings(sqlite->under_way);
    sqlite->under_way = NULL;
}

static enum tem_status prepare(struct sqlite *sqlite, const char *statement,
                               sqlite3_stmt **made, struct tem_error *error)
{
    for (size_t i = 0; i < sqlite->count; i++)
        if (sqlite->statements[i].text == statement) {
            *made = sqlite->statements[i].made;
            return TEM_OK;
        }
    if (sqlite->count == TEM_SQL_STATEMENTS_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, ARGUMENT, "s", statement);
    int code = sqlite3_prepare_v3(sqlite->db, statement, -1,
                                  SQLITE_PREPARE_PERSISTENT, made, NULL);
    if (code != SQLITE_OK)
        return failed(sqlite, code, error);
    sqlite->statements[sqlite->count].text = statement;
    sqlite->statements[sqlite->count++].made = *made;
    return TEM_OK;
}

static int bind(sqlite3_stmt *made, int at, const struct tem_sql_value *value)
{
    const void *data = value->bytes.data ? (const void *)value->bytes.data : "";
    switch (value->type) {
    case TEM_SQL_NUMBER:
        return sqlite3_bind_int64(made, at, value->number);
    case TEM_SQL_TEXT:
        return sqlite3_bind_text64(made, at, data, value->bytes.size,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case TEM_SQL_BYTES:
        return sqlite3_bind_blob64(made, at, data, value->bytes.size,
                                   SQLITE_STATIC);
    case TEM_SQL_NULL:
    default:
        return sqlite3_bind_null(made, at);
    }
}

/* What is bound is read until finish(): step by step. */
static enum tem_status start(struct tem_sql *sql, const char *statement,
                             const struct tem_sql_value *values, size_t count,
                             struct tem_error *error)
{
    struct sqlite *sqlite = of(sql);
    sqlite3_stmt *made;
    finish(sql);
    enum tem_status status = prepare(sqlite, statement, &made, error);
    if (status != TEM_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        int code = bind(made, (int)i + 1, &values[i]);
        if (code != SQLITE_OK)
            return failed(sqlite, code, error);
    }
    sqlite->under_way = made;
    return TEM_OK;
}

static struct tem_sql_value column(sqlite3_stmt *made, int at)
{
    struct tem_sql_value value = {0};
    switch (sqlite3_column_type(made, at)) {
    case SQLITE_INTEGER:
        return tem_sql_number(sqlite3_column_int64(made, at));
    case SQLITE_TEXT:
        value.type = TEM_SQL_TEXT;
        value.bytes.data = sqlite3_column_text(made, at);
        break;
    case SQLITE_BLOB:
        value.type = TEM_SQL_BYTES;
        value.bytes.data = sqlite3_column_blob(made, at);
        break;
    default:
        return value;
    }
    value.bytes.size = (size_t)sqlite3_column_bytes(made, at);
    return value;
}

static enum tem_status step(struct tem_sql *sql, struct tem_sql_value *row,
                            bool *got, struct tem_error *error)
{
    struct sqlite *sqlite = of(sql);
    int code = sqlite3_step(sqlite->under_way);
    *got = code == SQLITE_ROW;
    if (code == SQLITE_DONE || *got) {
        int count = *got ? sqlite3_column_count(sqlite->under_way) : 0;
        for (int i = 0; i < count && i < TEM_SQL_COLUMNS_MAX; i++)
            row[i] = column(sqlite->under_way, i);
        return TEM_OK;
    }
    enum tem_status status = failed(sqlite, code, error);
    finish(sql);
    return status;
}

/* ---- files -------------------------------------------------------------- */

static void close_file(struct tem_sql *sql)
{
    struct sqlite *sqlite = of(sql);
    for (size_t i = 0; i < sqlite->count; i++)
        sqlite3_finalize(sqlite->statements[i].made);
    sqlite3_close(sqlite->db);
    free(sqlite);
}

/* A file from elsewhere must not make SQLite run what it says. */
static enum tem_status set_up(struct sqlite *sqlite, enum tem_sql_mode mode,
                              struct tem_error *error)
{
    static const char *const settings[] = {
        "PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON",
        "PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL"};
    size_t count = sizeof settings / sizeof *settings;
    int code = sqlite3_busy_timeout(sqlite->db, BUSY_MS);
    if (code == SQLITE_OK)
        code =
            sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (code != SQLITE_OK)
        return failed(sqlite, code, error);
    for (size_t i = 0; i < (mode == TEM_SQL_READ ? 2 : count); i++) {
        enum tem_status status =
            tem_sql_do(&sqlite->sql, settings[i], NULL, 0, error);
        if (status != TEM_OK)
            return status;
    }
    return TEM_OK;
}

/* The name as SQLite takes it: never one of those that it takes for something
 * else than a file. With @p immutable as a URI. NULL without memory. */
static char *name_of(const char *where, bool immutable)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    size_t size = 3 * strlen(where) + 32;
    char *name = malloc(size), *to = name;
    if (!name)
        return NULL;
    to += snprintf(to, size, "%s%s", immutable ? "file:" : "",
                   *where == '/' ? "" : "./");
    for (; *where; where++)
        if (!immutable || strchr(plain, *where))
            *to++ = *where;
        else
            to += snprintf(to, 4, "%%%02X", (unsigned)(uint8_t)*where);
    strcpy(to, immutable ? "?immutable=1" : "");
    return name;
}

/* Nothing has been read when a file is opened. */
static enum tem_status probe(struct sqlite *sqlite, struct tem_error *error)
{
    return tem_sql_do(&sqlite->sql, "SELECT count(*) FROM sqlite_master", NULL,
                      0, error);
}

static enum tem_status open_name(const char *name, int flags,
                                 enum tem_sql_mode mode, struct sqlite **sqlite,
                                 struct tem_error *error)
{
    struct sqlite *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    made->sql.kind = &tem_sqlite;
    int code = sqlite3_open_v2(name, &made->db, flags, NULL);
    enum tem_status status = code == SQLITE_OK ? set_up(made, mode, error)
                                               : failed(made, code, error);
    if (status == TEM_OK && mode == TEM_SQL_READ)
        status = probe(made, error);
    if (status == TEM_OK)
        *sqlite = made;
    else
        close_file(&made->sql);
    return status;
}

/* Where nothing can be written, beside the file neither, nobody else writes. Is
 * what was written last in the file itself? */
static bool is_whole(const char *where)
{
    size_t size = strlen(where) + 5;
    char *wal = malloc(size);
    if (!wal)
        return false;
    snprintf(wal, size, "%s-wal", where);
    FILE *file = fopen(wal, "rb");
    bool empty = !file || fgetc(file) == EOF;
    if (file)
        fclose(file);
    free(wal);
    return empty;
}

static enum tem_status open_file(const char *where, enum tem_sql_mode mode,
                                 struct tem_sql **sql, struct tem_error *error)
{
    static const int flags[] = {[TEM_SQL_READ] = SQLITE_OPEN_READONLY,
                                [TEM_SQL_WRITE] = SQLITE_OPEN_READWRITE,
                                [TEM_SQL_CREATE] =
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
    struct sqlite *made = NULL;
    struct tem_error why;
    char *name = name_of(where, false), *still = name_of(where, true);
    enum tem_status status =
        name && still ? open_name(name, flags[mode] | SQLITE_OPEN_NOMUTEX, mode,
                                  &made, &why)
                      : TEM_FAIL(&why, TEM_E_MEMORY, MEMORY, "");
    bool unwritable =
        status == TEM_E_STORE && (why.message.id == TEM_MSG_REGISTRY_OPEN ||
                                  why.message.id == TEM_MSG_REGISTRY_READONLY);
    if (unwritable && mode == TEM_SQL_READ && is_whole(where) &&
        open_name(still, flags[mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
                  mode, &made, NULL) == TEM_OK)
        status = TEM_OK;
    if (status != TEM_OK && error)
        *error = why;
    free(name);
    free(still);
    if (status == TEM_OK)
        *sql = &made->sql;
    return status;
}

const struct tem_sql_kind tem_sqlite = {
    .open = open_file,
    .close = close_file,
    .begin = "BEGIN IMMEDIATE",
    .has_our = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND "
               "name = $1",
    .has_any = "SELECT count(*) FROM sqlite_master",
    .start = start,
    .step = step,
    .finish = finish,
    .is_again = is_again,
};
