/* SPDX-License-Identifier: MIT */
/* See sql.h: what all kinds of databases do alike. */
#include "sql.h"
#include "../error/fail.h"
#include <string.h>

enum { TRIES = 20 }; /* of a change that others keep coming between */

enum tem_status tem_sql_open(const char *where, enum tem_sql_mode mode,
                             struct tem_sql **sql, struct tem_error *error)
{
    bool server = strncmp(where, "postgresql://", 13) == 0 ||
                  strncmp(where, "postgres://", 11) == 0;
    return (server ? &tem_postgres : &tem_sqlite)
        ->open(where, mode, sql, error);
}

void tem_sql_close(struct tem_sql *sql)
{
    if (sql)
        sql->kind->close(sql);
}

enum tem_status tem_sql_first(struct tem_sql *sql, const char *statement,
                              const struct tem_sql_value *values, size_t count,
                              struct tem_sql_value *row, bool *got,
                              struct tem_error *error)
{
    enum tem_status status =
        sql->kind->start(sql, statement, values, count, error);
    return status == TEM_OK ? sql->kind->step(sql, row, got, error) : status;
}

enum tem_status tem_sql_all(struct tem_sql *sql, const char *statement,
                            const struct tem_sql_value *values, size_t count,
                            tem_sql_each *each, void *context,
                            struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    bool got = true;
    enum tem_status status =
        sql->kind->start(sql, statement, values, count, error);
    while (status == TEM_OK) {
        status = sql->kind->step(sql, row, &got, error);
        if (status != TEM_OK || !got)
            break;
        status = each(context, row, error);
    }
    sql->kind->finish(sql);
    return status;
}

static enum tem_status none(void *context, const struct tem_sql_value *row,
                            struct tem_error *error)
{
    (void)context, (void)row, (void)error;
    return TEM_OK;
}

enum tem_status tem_sql_do(struct tem_sql *sql, const char *statement,
                           const struct tem_sql_value *values, size_t count,
                           struct tem_error *error)
{
    return tem_sql_all(sql, statement, values, count, none, NULL, error);
}

static enum tem_status change_once(struct tem_sql *sql, tem_sql_work *work,
                                   void *context, bool *again,
                                   struct tem_error *error)
{
    enum tem_status status = tem_sql_do(sql, sql->kind->begin, NULL, 0, error);
    *again = status != TEM_OK && sql->kind->is_again(sql);
    if (status != TEM_OK)
        return status;
    status = work(context, sql, error);
    if (status == TEM_OK)
        status = tem_sql_do(sql, "COMMIT", NULL, 0, error);
    if (status == TEM_OK)
        return TEM_OK;
    *again = sql->kind->is_again(sql);
    sql->kind->finish(sql);
    (void)tem_sql_do(sql, "ROLLBACK", NULL, 0, NULL);
    return status;
}

enum tem_status tem_sql_change(struct tem_sql *sql, tem_sql_work *work,
                               void *context, struct tem_error *error)
{
    bool again = true;
    enum tem_status status = TEM_OK;
    for (int i = 0; again && i < TRIES; i++)
        status = change_once(sql, work, context, &again, error);
    return status;
}

bool tem_sql_copy(const struct tem_sql_value *value, char *out, size_t capacity)
{
    size_t size = value->bytes.size;
    if (value->type != TEM_SQL_TEXT || size >= capacity ||
        memchr(value->bytes.data, '\0', size))
        return false;
    memcpy(out, value->bytes.data, size);
    out[size] = '\0';
    return true;
}
