/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOURNAL_STATE_H
#define CLI_JOURNAL_STATE_H

/* What the lines of a journal come to: inside of journal.h. */

#include "journal.h"

#define JOURNAL_TORN "\ttorn\t."
#define JOURNAL_SERIAL_MOST UINT64_C(999999999999)

/* All zero to begin with. */
struct journal_state {
    struct journal_lot **lots; /* an open hash table */
    size_t count, capacity;    /* capacity: 0 or a power of two */
    uint64_t given[JOURNAL_NO_KID + 1]; /* labels by KID */
    struct {
        uint64_t number, count; /* of begun commands; labels a lot */
        char *folder;
        bool open; /* it has not come to its end */
    } command;
};

enum outcome { APPLIED, BROKEN, NO_MEMORY };

/* One line without its end, NUL-terminated too. */
enum outcome journal_state_read(struct journal_state *state, char *line,
                                size_t size);

bool journal_ends_in(const char *line, size_t size, const char *end);

/* As journal_find(). */
struct journal_lot *journal_state_find(struct journal_state *state,
                                       const char *maker, const char *product,
                                       const char *lot);

/* What an event does to it; false without memory, or, for a seal, if the texts
 * are too long. */
bool journal_state_begin(struct journal_state *state, uint64_t count,
                         const char *folder);
bool journal_state_seal(struct journal_lot *lot, const char *salt,
                        const char *digest);
bool journal_state_reserve(struct journal_state *state,
                           struct journal_lot *lot,
                           const struct journal_run *run);
/* What is not made of the open run is given up. */
void journal_state_abandon(struct journal_state *state,
                           struct journal_lot *lot);
/* The open run is done. */
void journal_state_done(struct journal_lot *lot);
/* The open run is done or given up. */
void journal_state_close(struct journal_lot *lot);
/* False without memory. */
bool journal_state_void(struct journal_lot *lot, struct journal_range range);

void journal_state_free(struct journal_state *state);

#endif
