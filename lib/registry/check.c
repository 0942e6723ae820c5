/* SPDX-License-Identifier: MIT */
/* Is the registry what was noted? See registry.h. */
#include "../error/fail.h"
#include "registry.h"
#include <stdlib.h>
#include <string.h>

enum {
    TOLD_MAX = 1000,
    GONE_MAX = 1 << 28, /* entries in a row: no more is looked through */
    BLOCK = 1 << TEM_LEDGER_STEP
};

#define TELL(faults, name, ...)                                                \
    do {                                                                       \
        struct tem_message message_;                                           \
        tem_message_set(&message_, TEM_MSG_##name, __VA_ARGS__);               \
        tell(faults, &message_);                                               \
    } while (0)

static void tell(struct tem_registry_faults *faults,
                 const struct tem_message *message)
{
    if (faults->count++ < TOLD_MAX)
        faults->tell(faults->context, message);
}

/* ---- a log -------------------------------------------------------------- */

struct log_check {
    const char *office;
    const struct tem_checkpoint *known;
    struct tem_registry_faults *faults;
    struct tem_ledger_edge edge; /* of what the rows come to */
    struct tem_hash *blocks;     /* and its nodes of the lowest kept level */
    size_t block_count, capacity;
};

static enum tem_status keep_block(struct log_check *check,
                                  const struct tem_hash *hash,
                                  struct tem_error *error)
{
    if (check->block_count == check->capacity) {
        size_t capacity = check->capacity ? 2 * check->capacity : 64;
        struct tem_hash *more = realloc(check->blocks, capacity * sizeof *more);
        if (!more)
            return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        check->blocks = more;
        check->capacity = capacity;
    }
    check->blocks[check->block_count++] = *hash;
    return TEM_OK;
}

/* Has the log come to the size of what somebody kept? */
static enum tem_status compare_known(struct log_check *check,
                                     struct tem_error *error)
{
    struct tem_hash root;
    if (!check->known || check->known->size != check->edge.size)
        return TEM_OK;
    enum tem_status status = tem_ledger_edge_root(&check->edge, &root, error);
    if (status == TEM_OK &&
        memcmp(&root, &check->known->root, sizeof root) != 0)
        TELL(check->faults, LEDGER_KNOWN, "sd", check->office,
             (long long)check->known->size);
    return status;
}

static enum tem_status add_leaf(struct log_check *check,
                                const struct tem_hash *leaf,
                                struct tem_error *error)
{
    struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
    size_t count = 0;
    enum tem_status status =
        tem_ledger_append(&check->edge, leaf, nodes, &count, error);
    if (status == TEM_OK && count > 0)
        status = keep_block(check, &nodes[0].hash, error);
    return status == TEM_OK ? compare_known(check, error) : status;
}

/* Entries that are gone, up to one that is there. */
static enum tem_status skip_to(struct log_check *check, uint64_t number,
                               struct tem_error *error)
{
    static const struct tem_hash none; /* stands for them */
    enum tem_status status = TEM_OK;
    if (number > TEM_LEDGER_SIZE_MAX || number > check->edge.size + GONE_MAX)
        return TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
    while (status == TEM_OK && check->edge.size < number) {
        TELL(check->faults, LEDGER_GONE, "sd", check->office,
             (long long)check->edge.size);
        status = add_leaf(check, &none, error);
    }
    return status;
}

static enum tem_status check_entry(void *context, uint64_t number,
                                   struct tem_bytes text,
                                   const struct tem_hash *leaf,
                                   struct tem_error *error)
{
    struct log_check *check = context;
    struct tem_hash hash;
    enum tem_status status = skip_to(check, number, error);
    if (status == TEM_OK)
        status = tem_ledger_leaf(text, &hash, error);
    if (status != TEM_OK)
        return status;
    if (!text.data)
        TELL(check->faults, LEDGER_GONE, "sd", check->office,
             (long long)number);
    else if (memcmp(&hash, leaf, sizeof hash) != 0)
        TELL(check->faults, LEDGER_ALTERED, "sd", check->office,
             (long long)number);
    return add_leaf(check, text.data ? &hash : leaf, error);
}

/* Blocks that came to something else when they were noted. */
static enum tem_status check_blocks(struct log_check *check,
                                    struct tem_registry *registry,
                                    struct tem_error *error)
{
    struct tem_registry_source source = {registry, check->office};
    struct tem_ledger_source ledger = tem_registry_ledger(&source);
    struct tem_hash stored[BLOCK];
    enum tem_status status = TEM_OK;
    for (size_t i = 0; status == TEM_OK && i < check->block_count; i += BLOCK) {
        size_t rest = check->block_count - i;
        size_t count = rest < BLOCK ? rest : BLOCK;
        status = ledger.read(ledger.context, TEM_LEDGER_STEP, i, count, stored,
                             error);
        for (size_t k = 0; status == TEM_OK && k < count; k++)
            if (memcmp(&stored[k], &check->blocks[i + k], sizeof *stored) != 0)
                TELL(check->faults, LEDGER_ORDER, "sdd", check->office,
                     (long long)((i + k) * BLOCK),
                     (long long)((i + k + 1) * BLOCK - 1));
    }
    if (status == TEM_E_FORMAT) { /* some are gone */
        TELL(check->faults, LEDGER_NODES, "s", check->office);
        status = TEM_OK;
    }
    return status;
}

static enum tem_status is_same_end(const struct tem_ledger_edge *a,
                                   const struct tem_ledger_edge *b, bool *same,
                                   struct tem_error *error)
{
    struct tem_hash root_a, root_b;
    enum tem_status status = tem_ledger_edge_root(a, &root_a, error);
    if (status == TEM_OK)
        status = tem_ledger_edge_root(b, &root_b, error);
    if (status == TEM_OK)
        *same =
            a->size == b->size && memcmp(&root_a, &root_b, sizeof root_a) == 0;
    return status;
}

/* What was stored when the log grew last. */
static enum tem_status check_end(struct log_check *check,
                                 struct tem_registry *registry,
                                 struct tem_error *error)
{
    struct tem_ledger_edge stored;
    bool same = false;
    enum tem_status status =
        tem_registry_log_end(registry, check->office, &stored, error);
    if (status == TEM_OK && check->edge.size < stored.size)
        status = skip_to(check, stored.size, error);
    if (status == TEM_OK)
        status = is_same_end(&stored, &check->edge, &same, error);
    if (status == TEM_OK && !same && check->faults->count == 0)
        TELL(check->faults, LEDGER_END, "sd", check->office,
             (long long)check->edge.size);
    if (status == TEM_OK && check->known &&
        check->known->size > check->edge.size)
        TELL(check->faults, LEDGER_SHORT, "sdd", check->office,
             (long long)check->known->size, (long long)check->edge.size);
    return status;
}

enum tem_status tem_registry_log_check(struct tem_registry *registry,
                                       const char *office,
                                       const struct tem_checkpoint *known,
                                       struct tem_registry_faults *faults,
                                       struct tem_error *error)
{
    struct log_check check = {
        .office = office, .known = known, .faults = faults};
    faults->count = 0;
    enum tem_status status = compare_known(&check, error); /* of size 0 */
    if (status == TEM_OK)
        status = tem_registry_log_walk(registry, office, 0, check_entry, &check,
                                       error);
    if (status == TEM_OK)
        status = check_blocks(&check, registry, error);
    if (status == TEM_OK)
        status = check_end(&check, registry, error);
    free(check.blocks);
    return status;
}

/* ---- lots --------------------------------------------------------------- */

struct lots_check {
    struct tem_registry_faults *faults;
    struct tem_registry_lot lot;
    int64_t key, place; /* of the last event */
    bool is_lot;
    int64_t given[TEM_KID_UNKNOWN + 1];
};

static void count_lot(struct lots_check *check)
{
    for (size_t i = 0; i < check->lot.run_count; i++) {
        const struct tem_run *run = &check->lot.runs[i];
        uint64_t last = !run->abandoned ? run->serials.last
                        : run->made     ? run->made
                                        : run->serials.first - 1;
        check->given[run->kid] += (int64_t)(last + 1 - run->serials.first);
    }
    tem_registry_lot_free(&check->lot);
}

/* Rows of another lot begin. */
static enum tem_status begin_lot(struct lots_check *check,
                                 const struct tem_event *event, int64_t key,
                                 struct tem_error *error)
{
    int64_t right = 0;
    count_lot(check);
    check->key = key;
    check->place = 0;
    check->lot.name = event->lot;
    check->is_lot = event->lot.lot[0] != '\0';
    enum tem_status status =
        check->is_lot ? tem_registry_lot_key(&event->lot, &right, error)
                      : tem_registry_folder_key(event->folder, &right, error);
    if (status == TEM_OK && right != key)
        TELL(check->faults, LEDGER_LOT, "sd", event->lot.lot, 1LL);
    return status;
}

static enum tem_status check_row(void *context, const struct tem_sql_value *row,
                                 struct tem_error *error)
{
    struct lots_check *check = context;
    struct tem_event event;
    enum tem_status status = tem_event_read(row[2].bytes, &event, NULL);
    if (status != TEM_OK) { /* the log's check names it */
        check->faults->count++;
        return TEM_OK;
    }
    if (row[0].number != check->key || check->place == 0)
        status = begin_lot(check, &event, row[0].number, error);
    if (status != TEM_OK)
        return status;
    bool next = row[1].number == check->place + 1;
    bool same = strcmp(event.lot.lot, check->lot.name.lot) == 0 &&
                strcmp(event.lot.product, check->lot.name.product) == 0;
    check->place = row[1].number;
    if (next && same && check->is_lot)
        status = tem_registry_lot_apply(&check->lot, &event, NULL);
    if (!next || !same || status == TEM_E_FORMAT) {
        TELL(check->faults, LEDGER_LOT, "sd", event.lot.lot,
             (long long)row[1].number);
        check->is_lot = false; /* what follows from that is no other fault */
    }
    return status == TEM_E_FORMAT ? TEM_OK : status;
}

static enum tem_status check_key(void *context, const struct tem_sql_value *row,
                                 struct tem_error *error)
{
    struct lots_check *check = context;
    int64_t kid = row[0].number;
    (void)error;
    if (kid < 0 || kid > TEM_KID_UNKNOWN || check->given[kid] != row[1].number)
        TELL(check->faults, LEDGER_KID, "dd", (long long)kid,
             (long long)row[1].number);
    if (kid >= 0 && kid <= TEM_KID_UNKNOWN)
        check->given[kid] = 0;
    return TEM_OK;
}

static enum tem_status check_extra(void *context,
                                   const struct tem_sql_value *row,
                                   struct tem_error *error)
{
    struct tem_registry_faults *faults = context;
    (void)error;
    TELL(faults, LEDGER_EXTRA, "sd", row[0].number ? "tem_scans" : "tem_events",
         (long long)row[1].number);
    return TEM_OK;
}

static enum tem_status check_lot_row(void *context,
                                     const struct tem_sql_value *row,
                                     struct tem_error *error)
{
    struct tem_registry_faults *faults = context;
    char name[TEM_LOT_SIZE] = "?";
    (void)error;
    tem_sql_copy(&row[0], name, sizeof name);
    TELL(faults, LEDGER_LOT, "sd", name, (long long)row[1].number);
    return TEM_OK;
}

/* Rows that no log has, and lots that do not count what they have. */
static enum tem_status check_sets(struct tem_registry *registry,
                                  struct tem_registry_faults *faults,
                                  struct tem_error *error)
{
    enum tem_status status = tem_sql_all(
        registry->sql,
        "SELECT CAST(0 AS BIGINT), e.lot FROM (SELECT lot, place FROM "
        "tem_events EXCEPT SELECT lot, place FROM tem_log WHERE scan = 0) e "
        "UNION ALL SELECT CAST(1 AS BIGINT), s.lot FROM (SELECT lot, serial, "
        "scan FROM tem_scans EXCEPT SELECT lot, place, scan FROM tem_log "
        "WHERE scan <> 0) s",
        NULL, 0, check_extra, faults, error);
    if (status != TEM_OK)
        return status;
    return tem_sql_all(
        registry->sql,
        "SELECT l.name, l.events FROM tem_lots l LEFT JOIN (SELECT lot, "
        "count(*) AS n FROM tem_events GROUP BY lot) e ON e.lot = l.lot "
        "WHERE coalesce(e.n, 0) <> l.events",
        NULL, 0, check_lot_row, faults, error);
}

enum tem_status tem_registry_check(struct tem_registry *registry,
                                   struct tem_registry_faults *faults,
                                   struct tem_error *error)
{
    struct lots_check *check = calloc(1, sizeof *check);
    if (!check)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    faults->count = 0;
    check->faults = faults;
    enum tem_status status = tem_sql_all(
        registry->sql,
        "SELECT lot, place, body FROM tem_events ORDER BY lot, place", NULL, 0,
        check_row, check, error);
    count_lot(check);
    if (status == TEM_OK)
        status = tem_sql_all(registry->sql,
                             "SELECT kid, given FROM tem_keys ORDER BY kid",
                             NULL, 0, check_key, check, error);
    for (long kid = 0; status == TEM_OK && kid <= TEM_KID_UNKNOWN; kid++)
        if (check->given[kid] != 0)
            TELL(faults, LEDGER_KID, "dd", (long long)kid, 0LL);
    free(check);
    return status == TEM_OK ? check_sets(registry, faults, error) : status;
}
