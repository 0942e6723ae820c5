/* SPDX-License-Identifier: MIT */
/* See sql.h: PostgreSQL, and what speaks its protocol. */
#include "../error/fail.h"
#include "sql.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Types of values (pg_type.dat), and how they are sent and come: as bytes. */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, BINARY = 1 };

enum { NAME_SIZE = 24, REASON_SIZE = 120, STATE_SIZE = 6 };

struct postgres {
    struct tem_sql sql;
    PGconn *connection;
    PGresult *row;          /* whose values are lent out */
    bool under_way;         /* more may come */
    char state[STATE_SIZE]; /* SQLSTATE of what failed last, or "" */
    size_t count;
    const char *statements[TEM_SQL_STATEMENTS_MAX]; /* prepared, by number */
};

static struct postgres *of(struct tem_sql *sql)
{
    return (struct postgres *)(void *)sql;
}

/* ---- what went wrong ---------------------------------------------------- */

/* The first line of what the server says. */
static void first_line(const char *message, char out[REASON_SIZE])
{
    size_t size = strcspn(message, "\n");
    snprintf(out, REASON_SIZE, "%.*s",
             (int)(size < REASON_SIZE ? size : REASON_SIZE - 1), message);
}

static enum tem_status failed(struct postgres *postgres, const PGresult *result,
                              struct tem_error *error)
{
    char reason[REASON_SIZE];
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    snprintf(postgres->state, STATE_SIZE, "%s", state ? state : "");
    first_line(result ? PQresultErrorMessage(result)
                      : PQerrorMessage(postgres->connection),
               reason);
    if (PQstatus(postgres->connection) != CONNECTION_OK ||
        strncmp(postgres->state, "57P", 3) == 0 ||
        strncmp(postgres->state, "08", 2) == 0)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_GONE, "s", reason);
    if (strcmp(postgres->state, "25006") == 0 ||
        strcmp(postgres->state, "42501") == 0)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_READONLY, "");
    if (strcmp(postgres->state, "53100") == 0)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_FULL, "");
    if (strncmp(postgres->state, "XX", 2) == 0)
        return TEM_FAIL(error, TEM_E_STORE, REGISTRY_CORRUPT, "");
    return TEM_FAIL(error, TEM_E_STORE, REGISTRY_FAILED, "s", reason);
}

/* Changes that were made at the same time, deadlocks, and tables that another
 * was making just then. */
static bool is_again(struct tem_sql *sql)
{
    static const char *const states[] = {"40001", "40P01", "23505", "42P07"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(of(sql)->state, states[i]) == 0)
            return true;
    return false;
}

/* ---- statements --------------------------------------------------------- */

static void finish(struct tem_sql *sql)
{
    struct postgres *postgres = of(sql);
    PQclear(postgres->row);
    postgres->row = NULL;
    while (postgres->under_way) {
        PGresult *rest = PQgetResult(postgres->connection);
        postgres->under_way = rest != NULL;
        PQclear(rest);
    }
}

static void name_of(size_t number, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "tem%zu", number);
}

/* Numbers as 8 bytes, the highest first. */
struct number {
    char bytes[8];
};

static struct number to_network(int64_t number)
{
    struct number out;
    for (int i = 0; i < 8; i++)
        out.bytes[i] = (char)((uint64_t)number >> (56 - 8 * i));
    return out;
}

static int64_t from_network(const char *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | (uint8_t)bytes[i];
    return (int64_t)number;
}

/* What the server is told of values. */
struct sent {
    Oid types[TEM_SQL_VALUES_MAX];
    const char *data[TEM_SQL_VALUES_MAX];
    int sizes[TEM_SQL_VALUES_MAX], formats[TEM_SQL_VALUES_MAX];
    struct number numbers[TEM_SQL_VALUES_MAX];
};

static void send_of(const struct tem_sql_value *values, size_t count,
                    struct sent *sent)
{
    static const Oid types[] = {[TEM_SQL_NULL] = 0,
                                [TEM_SQL_NUMBER] = OID_INT8,
                                [TEM_SQL_TEXT] = OID_TEXT,
                                [TEM_SQL_BYTES] = OID_BYTEA};
    for (size_t i = 0; i < count; i++) {
        const struct tem_sql_value *value = &values[i];
        const char *bytes = (const char *)value->bytes.data;
        sent->types[i] = types[value->type];
        sent->formats[i] = BINARY;
        sent->numbers[i] = to_network(value->number);
        sent->data[i] = value->type == TEM_SQL_NULL     ? NULL
                        : value->type == TEM_SQL_NUMBER ? sent->numbers[i].bytes
                        : bytes                         ? bytes
                                                        : "";
        sent->sizes[i] = value->type == TEM_SQL_NUMBER
                             ? (int)sizeof(struct number)
                             : (int)value->bytes.size;
    }
}

static enum tem_status prepare(struct postgres *postgres, const char *statement,
                               const struct sent *sent, size_t count,
                               char name[NAME_SIZE], struct tem_error *error)
{
    for (size_t i = 0; i < postgres->count; i++)
        if (postgres->statements[i] == statement) {
            name_of(i, name);
            return TEM_OK;
        }
    if (postgres->count == TEM_SQL_STATEMENTS_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, ARGUMENT, "s", statement);
    name_of(postgres->count, name);
    PGresult *result = PQprepare(postgres->connection, name, statement,
                                 (int)count, sent->types);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    enum tem_status status = done ? TEM_OK : failed(postgres, result, error);
    PQclear(result);
    if (done)
        postgres->statements[postgres->count++] = statement;
    return status;
}

static enum tem_status start(struct tem_sql *sql, const char *statement,
                             const struct tem_sql_value *values, size_t count,
                             struct tem_error *error)
{
    struct postgres *postgres = of(sql);
    struct sent sent;
    char name[NAME_SIZE];
    if (count > TEM_SQL_VALUES_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "count");
    finish(sql);
    postgres->state[0] = '\0';
    send_of(values, count, &sent);
    enum tem_status status =
        prepare(postgres, statement, &sent, count, name, error);
    if (status != TEM_OK)
        return status;
    postgres->under_way =
        PQsendQueryPrepared(postgres->connection, name, (int)count, sent.data,
                            sent.sizes, sent.formats, BINARY) == 1;
    if (!postgres->under_way)
        return failed(postgres, NULL, error);
    PQsetSingleRowMode(postgres->connection);
    return TEM_OK;
}

static struct tem_sql_value column(const PGresult *row, int at)
{
    struct tem_sql_value value = {0};
    const char *data = PQgetvalue(row, 0, at);
    if (PQgetisnull(row, 0, at))
        return value;
    if (PQftype(row, at) == OID_INT8)
        return tem_sql_number(from_network(data));
    value.type = PQftype(row, at) == OID_BYTEA ? TEM_SQL_BYTES : TEM_SQL_TEXT;
    value.bytes = (struct tem_bytes){(const uint8_t *)data,
                                     (size_t)PQgetlength(row, 0, at)};
    return value;
}

static enum tem_status step(struct tem_sql *sql, struct tem_sql_value *row,
                            bool *got, struct tem_error *error)
{
    struct postgres *postgres = of(sql);
    PQclear(postgres->row);
    postgres->row = PQgetResult(postgres->connection);
    postgres->under_way = postgres->row != NULL;
    *got = PQresultStatus(postgres->row) == PGRES_SINGLE_TUPLE;
    if (*got) {
        int count = PQnfields(postgres->row);
        for (int i = 0; i < count && i < TEM_SQL_COLUMNS_MAX; i++)
            row[i] = column(postgres->row, i);
        return TEM_OK;
    }
    ExecStatusType code = PQresultStatus(postgres->row);
    enum tem_status status = code == PGRES_TUPLES_OK || code == PGRES_COMMAND_OK
                                 ? TEM_OK
                                 : failed(postgres, postgres->row, error);
    finish(sql);
    return status;
}

/* ---- servers ------------------------------------------------------------ */

static void say_nothing(void *context, const PGresult *result)
{
    (void)context, (void)result;
}

static void close_server(struct tem_sql *sql)
{
    struct postgres *postgres = of(sql);
    finish(sql);
    PQfinish(postgres->connection);
    free(postgres);
}

static enum tem_status set_up(struct postgres *postgres, enum tem_sql_mode mode,
                              struct tem_error *error)
{
    PQsetNoticeReceiver(postgres->connection, say_nothing, NULL);
    if (mode != TEM_SQL_READ)
        return TEM_OK;
    return tem_sql_do(&postgres->sql,
                      "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                      NULL, 0, error);
}

static enum tem_status open_server(const char *where, enum tem_sql_mode mode,
                                   struct tem_sql **sql,
                                   struct tem_error *error)
{
    /* dbname last: what the address says goes before ours. */
    static const char *const names[] = {"client_encoding", "application_name",
                                        "connect_timeout", "dbname", NULL};
    const char *const values[] = {"UTF8", "tem", "15", where, NULL};
    struct postgres *postgres = calloc(1, sizeof *postgres);
    if (!postgres)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    postgres->sql.kind = &tem_postgres;
    postgres->connection = PQconnectdbParams(names, values, 1);
    enum tem_status status = PQstatus(postgres->connection) == CONNECTION_OK
                                 ? set_up(postgres, mode, error)
                                 : failed(postgres, NULL, error);
    if (status == TEM_OK)
        *sql = &postgres->sql;
    else
        close_server(&postgres->sql);
    return status;
}

const struct tem_sql_kind tem_postgres = {
    .open = open_server,
    .close = close_server,
    .begin = "BEGIN",
    .has_our = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = "
               "current_schema() AND tablename = $1",
    .has_any = "SELECT CAST(0 AS BIGINT)", /* others' tables do no harm */
    .start = start,
    .step = step,
    .finish = finish,
    .is_again = is_again,
};
