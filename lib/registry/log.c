/* SPDX-License-Identifier: MIT */
/* An office's log in the registry: see registry.h. */
#include "../error/fail.h"
#include "registry.h"
#include <string.h>

/* ---- the edge ----------------------------------------------------------- */

enum { EDGE_SIZE = TEM_LEDGER_DEPTH_MAX * TEM_HASH_BYTES };

/* Only what counts of it, from the lowest level up. */
static struct tem_bytes write_edge(const struct tem_ledger_edge *edge,
                                   uint8_t out[EDGE_SIZE])
{
    size_t size = 0;
    for (unsigned i = 0; i < TEM_LEDGER_DEPTH_MAX; i++)
        if (edge->size >> i & 1) {
            memcpy(out + size, edge->complete[i].bytes, TEM_HASH_BYTES);
            size += TEM_HASH_BYTES;
        }
    return (struct tem_bytes){out, size};
}

static bool read_edge(int64_t size, struct tem_bytes bytes,
                      struct tem_ledger_edge *edge)
{
    size_t at = 0;
    if (size < 0 || (uint64_t)size > TEM_LEDGER_SIZE_MAX)
        return false;
    *edge = (struct tem_ledger_edge){.size = (uint64_t)size};
    for (unsigned i = 0; i < TEM_LEDGER_DEPTH_MAX; i++) {
        if (!(edge->size >> i & 1))
            continue;
        if (bytes.size - at < TEM_HASH_BYTES)
            return false;
        memcpy(edge->complete[i].bytes, bytes.data + at, TEM_HASH_BYTES);
        at += TEM_HASH_BYTES;
    }
    return at == bytes.size;
}

enum tem_status tem_registry_log_end(struct tem_registry *registry,
                                     const char *office,
                                     struct tem_ledger_edge *edge,
                                     struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    bool got = false;
    enum tem_status status = tem_sql_first(
        registry->sql, "SELECT size, edge FROM tem_offices WHERE office = $1",
        TEM_SQL(tem_sql_text(office)), row, &got, error);
    *edge = (struct tem_ledger_edge){0};
    if (status == TEM_OK && got &&
        !read_edge(row[0].number, row[1].bytes, edge))
        status = TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
    registry->sql->kind->finish(registry->sql);
    return status;
}

/* ---- growing ------------------------------------------------------------ */

enum tem_status tem_registry_log_open(struct tem_registry_log *log,
                                      struct tem_registry *registry,
                                      struct tem_error *error)
{
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    bool got = false;
    if (!registry->office || !registry->clock)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "office");
    log->sql = registry->sql;
    log->office = registry->office;
    enum tem_status status = tem_sql_do(
        log->sql,
        "INSERT INTO tem_offices (office, size, edge) VALUES ($1, $2, $3) "
        "ON CONFLICT (office) DO NOTHING",
        TEM_SQL(tem_sql_text(log->office), tem_sql_number(0),
                tem_sql_bytes((struct tem_bytes){0})),
        error);
    if (status == TEM_OK) /* a write, so that others wait */
        status =
            tem_sql_first(log->sql,
                          "UPDATE tem_offices SET size = size WHERE "
                          "office = $1 RETURNING size, edge",
                          TEM_SQL(tem_sql_text(log->office)), row, &got, error);
    if (status == TEM_OK &&
        (!got || !read_edge(row[0].number, row[1].bytes, &log->edge)))
        status = TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
    log->sql->kind->finish(log->sql);
    return status;
}

static enum tem_status keep_nodes(struct tem_registry_log *log,
                                  const struct tem_ledger_node *nodes,
                                  size_t count, struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    for (size_t i = 0; status == TEM_OK && i < count; i++)
        status = tem_sql_do(
            log->sql,
            "INSERT INTO tem_nodes (office, level, number, hash) VALUES "
            "($1, $2, $3, $4)",
            TEM_SQL(tem_sql_text(log->office), tem_sql_number(nodes[i].level),
                    tem_sql_number((int64_t)nodes[i].index),
                    tem_sql_bytes((struct tem_bytes){nodes[i].hash.bytes,
                                                     TEM_HASH_BYTES})),
            error);
    return status;
}

enum tem_status tem_registry_log_add(struct tem_registry_log *log,
                                     struct tem_bytes body,
                                     struct tem_registry_place place,
                                     struct tem_error *error)
{
    struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
    struct tem_hash leaf;
    size_t count = 0;
    int64_t number = (int64_t)log->edge.size;
    enum tem_status status = tem_ledger_leaf(body, &leaf, error);
    if (status == TEM_OK)
        status = tem_ledger_append(&log->edge, &leaf, nodes, &count, error);
    if (status == TEM_OK)
        status = tem_sql_do(
            log->sql,
            "INSERT INTO tem_log (office, number, lot, place, scan, leaf) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            TEM_SQL(
                tem_sql_text(log->office), tem_sql_number(number),
                tem_sql_number(place.lot), tem_sql_number(place.place),
                tem_sql_number(place.scan),
                tem_sql_bytes((struct tem_bytes){leaf.bytes, TEM_HASH_BYTES})),
            error);
    return status == TEM_OK ? keep_nodes(log, nodes, count, error) : status;
}

enum tem_status tem_registry_log_close(struct tem_registry_log *log,
                                       struct tem_error *error)
{
    uint8_t edge[EDGE_SIZE];
    return tem_sql_do(
        log->sql,
        "UPDATE tem_offices SET size = $1, edge = $2 WHERE office = $3",
        TEM_SQL(tem_sql_number((int64_t)log->edge.size),
                tem_sql_bytes(write_edge(&log->edge, edge)),
                tem_sql_text(log->office)),
        error);
}
