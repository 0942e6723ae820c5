/* SPDX-License-Identifier: MIT */
#ifndef TEM_REGISTRY_SQL_H
#define TEM_REGISTRY_SQL_H

/*
 * Databases, as alike as the registry needs them: SQLite and PostgreSQL.
 *
 * A statement is a string constant, one text for all, with $1, $2, ... in the
 * order in which they first stand there; it is prepared once and known by its
 * address. Columns are 64-bit numbers, text or bytes; a sum or a count is cast:
 * CAST(count(*) AS BIGINT). One statement at a time is under way.
 */

#include <tem/base.h>
#include <tem/error.h>

struct tem_sql_value {
    enum tem_sql_type {
        TEM_SQL_NULL,
        TEM_SQL_NUMBER,
        TEM_SQL_TEXT,
        TEM_SQL_BYTES,
    } type;
    int64_t number;
    struct tem_bytes bytes; /* of text without a NUL, or of bytes */
};

enum {
    TEM_SQL_VALUES_MAX = 16,     /* of one statement */
    TEM_SQL_COLUMNS_MAX = 16,    /* of one row */
    TEM_SQL_STATEMENTS_MAX = 96, /* of one program */
};

enum tem_sql_mode {
    TEM_SQL_READ,   /* nothing is written */
    TEM_SQL_WRITE,  /* it must be there */
    TEM_SQL_CREATE, /* it is made if it is not there; a file only */
};

struct tem_sql; /* a database that is open */

/* A kind of database. */
struct tem_sql_kind {
    enum tem_status (*open)(const char *where, enum tem_sql_mode mode,
                            struct tem_sql **sql, struct tem_error *error);
    void (*close)(struct tem_sql *sql);
    const char *begin;   /* a change */
    const char *has_our; /* how many tables there are of the name $1 */
    const char *has_any; /* how many tables there are */
    enum tem_status (*start)(struct tem_sql *sql, const char *statement,
                             const struct tem_sql_value *values, size_t count,
                             struct tem_error *error);
    /* Values are borrowed until the next call. */
    enum tem_status (*step)(struct tem_sql *sql, struct tem_sql_value *row,
                            bool *got, struct tem_error *error);
    void (*finish)(struct tem_sql *sql);
    bool (*is_again)(struct tem_sql *sql); /* did it fail for the work of
                                              another, and may be tried again */
};

extern const struct tem_sql_kind tem_sqlite, tem_postgres;

/* What every kind begins with. */
struct tem_sql {
    const struct tem_sql_kind *kind;
};

/* "postgresql://..." or "postgres://...", or the name of a file. */
enum tem_status tem_sql_open(const char *where, enum tem_sql_mode mode,
                             struct tem_sql **sql, struct tem_error *error);
void tem_sql_close(struct tem_sql *sql);

/* A statement without rows, or of which none is wanted. */
enum tem_status tem_sql_do(struct tem_sql *sql, const char *statement,
                           const struct tem_sql_value *values, size_t count,
                           struct tem_error *error);
/* The first row, if there is one; its texts and bytes are borrowed until the
 * next statement. Between the two no other may be started. */
enum tem_status tem_sql_first(struct tem_sql *sql, const char *statement,
                              const struct tem_sql_value *values, size_t count,
                              struct tem_sql_value *row, bool *got,
                              struct tem_error *error);
/* One row after another: @p each fails to stop. */
typedef enum tem_status tem_sql_each(void *context,
                                     const struct tem_sql_value *row,
                                     struct tem_error *error);
enum tem_status tem_sql_all(struct tem_sql *sql, const char *statement,
                            const struct tem_sql_value *values, size_t count,
                            tem_sql_each *each, void *context,
                            struct tem_error *error);

/* Work that is done whole or not at all, and again if another's came between:
 * so it must not leave anything behind but what is in the database. */
typedef enum tem_status tem_sql_work(void *context, struct tem_sql *sql,
                                     struct tem_error *error);
enum tem_status tem_sql_change(struct tem_sql *sql, tem_sql_work *work,
                               void *context, struct tem_error *error);

/* ---- values ---- */

static inline struct tem_sql_value tem_sql_number(int64_t number)
{
    return (struct tem_sql_value){.type = TEM_SQL_NUMBER, .number = number};
}

static inline struct tem_sql_value tem_sql_text(const char *text)
{
    return (struct tem_sql_value){.type = TEM_SQL_TEXT,
                                  .bytes = tem_bytes_of(text)};
}

static inline struct tem_sql_value tem_sql_bytes(struct tem_bytes bytes)
{
    return (struct tem_sql_value){.type = TEM_SQL_BYTES, .bytes = bytes};
}

/* Text into a caller's memory, NUL-terminated; false if it does not fit. */
bool tem_sql_copy(const struct tem_sql_value *value, char *out,
                  size_t capacity);

#define TEM_SQL(...)                                                           \
    (const struct tem_sql_value[]){__VA_ARGS__},                               \
        sizeof((const struct tem_sql_value[]){__VA_ARGS__}) /                  \
            sizeof(struct tem_sql_value)

#endif
