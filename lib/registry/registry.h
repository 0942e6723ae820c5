/* SPDX-License-Identifier: MIT */
#ifndef TEM_REGISTRY_REGISTRY_H
#define TEM_REGISTRY_REGISTRY_H

/* The registry's tables and what its parts share. */

#include "sql.h"
#include <tem/registry.h>

struct tem_registry {
    struct tem_sql *sql;
    char *office; /* or NULL */
    int64_t (*clock)(void *context);
    void *context;
    struct tem_buffer text; /* of the event at hand: TEM_EVENT_MAX bytes */
};

/* ---- schema.c ---- */

/* Make the tables, or see that they are those of this version. */
enum tem_status tem_registry_set_up(struct tem_registry *registry,
                                    enum tem_registry_mode mode, bool *fresh,
                                    struct tem_error *error);

/* ---- key.c ---- */

/* What rows of a lot begin with: 63 bits of the hash of its name; or of a
 * folder's, whose commands are noted like a lot's events. */
enum tem_status tem_registry_lot_key(const struct tem_lot_name *name,
                                     int64_t *key, struct tem_error *error);
enum tem_status tem_registry_folder_key(struct tem_bytes folder, int64_t *key,
                                        struct tem_error *error);

/* ---- log.c ---- */

/* The end of an office's log, locked until the change is done. */
struct tem_registry_log {
    struct tem_sql *sql;
    const char *office;
    struct tem_ledger_edge edge;
};

/* Where an entry lies: an event's place among those of its lot, or a scan's
 * serial and number. */
struct tem_registry_place {
    int64_t lot, place, scan; /* scan: 0 for an event */
};

/* In a change: lock it; add entries; write how far it got. */
enum tem_status tem_registry_log_open(struct tem_registry_log *log,
                                      struct tem_registry *registry,
                                      struct tem_error *error);
enum tem_status tem_registry_log_add(struct tem_registry_log *log,
                                     struct tem_bytes body,
                                     struct tem_registry_place place,
                                     struct tem_error *error);
enum tem_status tem_registry_log_close(struct tem_registry_log *log,
                                       struct tem_error *error);

/* The edge as it was stored last; of no log, the empty one. */
enum tem_status tem_registry_log_end(struct tem_registry *registry,
                                     const char *office,
                                     struct tem_ledger_edge *edge,
                                     struct tem_error *error);

/* ---- lot.c ---- */

/* Fold a lot's events into @p lot, which is emptied first. */
enum tem_status tem_registry_lot_fold(struct tem_registry *registry,
                                      int64_t key, struct tem_registry_lot *lot,
                                      struct tem_error *error);

#endif
