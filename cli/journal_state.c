/* SPDX-License-Identifier: MIT */
/* See journal_state.h. */
#include "journal_state.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 11 };

/* ---- the table of lots ---- */

static size_t hash(const char *maker, const char *product, const char *lot)
{
    const char *const parts[] = {maker, product, lot};
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < 3; i++)
        for (const char *p = parts[i];; p++) {
            h = (h ^ (uint8_t)*p) * UINT64_C(1099511628211);
            if (!*p)
                break;
        }
    return (size_t)h;
}

static struct journal_lot **slot(struct journal_lot **lots, size_t capacity,
                                 const char *maker, const char *product,
                                 const char *lot)
{
    size_t i = hash(maker, product, lot) & (capacity - 1);
    while (lots[i] && (strcmp(lots[i]->maker, maker) != 0 ||
                       strcmp(lots[i]->product, product) != 0 ||
                       strcmp(lots[i]->lot, lot) != 0))
        i = (i + 1) & (capacity - 1);
    return &lots[i];
}

static bool grow(struct journal_state *state)
{
    size_t capacity = state->capacity ? 2 * state->capacity : 64;
    struct journal_lot **lots = calloc(capacity, sizeof(struct journal_lot *));
    if (!lots)
        return false;
    for (size_t i = 0; i < state->capacity; i++) {
        struct journal_lot *l = state->lots[i];
        if (l)
            *slot(lots, capacity, l->maker, l->product, l->lot) = l;
    }
    free(state->lots);
    state->lots = lots;
    state->capacity = capacity;
    return true;
}

struct journal_lot *journal_state_find(struct journal_state *state,
                                       const char *maker, const char *product,
                                       const char *lot)
{
    if (2 * state->count >= state->capacity && !grow(state))
        return NULL;
    struct journal_lot **at =
        slot(state->lots, state->capacity, maker, product, lot);
    if (*at)
        return *at;
    struct journal_lot *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    snprintf(made->maker, sizeof made->maker, "%s", maker);
    snprintf(made->product, sizeof made->product, "%s", product);
    snprintf(made->lot, sizeof made->lot, "%s", lot);
    *at = made;
    state->count++;
    return made;
}

/* ---- events ---- */

bool journal_state_seal(struct journal_lot *lot, const char *salt,
                        const char *digest)
{
    if (strlen(salt) >= sizeof lot->salt ||
        strlen(digest) >= sizeof lot->digest)
        return false;
    strcpy(lot->salt, salt);
    strcpy(lot->digest, digest);
    return true;
}

bool journal_state_begin(struct journal_state *state, uint64_t count,
                         const char *folder)
{
    char *copy = strdup(folder);
    if (!copy)
        return false;
    free(state->command.folder);
    state->command.folder = copy;
    state->command.count = count;
    state->command.number++;
    state->command.open = true;
    return true;
}

void journal_state_close(struct journal_lot *lot)
{
    free(lot->open.folder);
    lot->open = (struct journal_run){0};
}

void journal_state_done(struct journal_lot *lot)
{
    lot->before = lot->open;
    lot->before.folder = NULL;
    journal_state_close(lot);
}

bool journal_state_void(struct journal_lot *lot, struct journal_range range)
{
    struct journal_range *more =
        realloc(lot->voids, (lot->void_count + 1) * sizeof *more);
    if (!more)
        return false;
    more[lot->void_count++] = range;
    lot->voids = more;
    return true;
}

bool journal_state_reserve(struct journal_state *state,
                           struct journal_lot *lot,
                           const struct journal_run *run)
{
    char *folder = strdup(run->folder);
    if (!folder)
        return false;
    journal_state_close(lot);
    lot->open = *run;
    lot->open.folder = folder;
    lot->last = run->last > lot->last ? run->last : lot->last;
    state->given[run->kid] += run->last - run->first + 1;
    return true;
}

void journal_state_abandon(struct journal_state *state, struct journal_lot *lot)
{
    const struct journal_run *run = &lot->open;
    uint64_t next = run->made ? run->made + 1 : run->first;
    state->given[run->kid] -= run->last + 1 - next;
    journal_state_close(lot);
}

/* ---- reading ---- */

static size_t split(char *line, char *fields[FIELDS])
{
    size_t count = 0;
    for (char *at = line; at && count < FIELDS;) {
        fields[count++] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return count;
}

static bool number(const char *text, uint64_t most, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0 && *value >= 1 &&
           *value <= most;
}

static enum outcome read_reserve(struct journal_state *state,
                                 struct journal_lot *lot, char **f,
                                 bool has_kid, uint64_t first, uint64_t last)
{
    uint64_t width, kid = JOURNAL_NO_KID;
    if (!number(f[6], TEM_LOT_SIZE - 1, &width) ||
        strlen(f[7]) != JOURNAL_PRINT_SIZE - 1 || first <= lot->last)
        return BROKEN;
    if (has_kid && strcmp(f[9], "0") == 0)
        kid = 0;
    else if (has_kid && !number(f[9], JOURNAL_NO_KID - 1, &kid))
        return BROKEN;
    struct journal_run run = {
        .first = first, .last = last, .width = (unsigned)width,
        .kid = (long)kid, .folder = f[8]};
    strcpy(run.print, f[7]);
    return journal_state_reserve(state, lot, &run) ? APPLIED : NO_MEMORY;
}

/* Of serials that were given out. */
static enum outcome read_range(struct journal_lot *lot, const char *event,
                               struct journal_range range)
{
    if (range.last > lot->last)
        return BROKEN;
    if (strcmp(event, "void") != 0)
        return APPLIED;
    if (journal_has_void(lot, range))
        return BROKEN;
    return journal_state_void(lot, range) ? APPLIED : NO_MEMORY;
}

/* An event of a lot, its fields in @p f. */
static enum outcome read_event(struct journal_state *state,
                               struct journal_lot *lot, char **f, size_t count)
{
    uint64_t first, last;
    bool is_done = strcmp(f[0], "done") == 0;
    if (count == 7 && strcmp(f[0], "seal") == 0)
        return journal_state_seal(lot, f[4], f[5]) ? APPLIED : BROKEN;
    if (!number(f[4], JOURNAL_SERIAL_MOST, &first))
        return BROKEN;
    if (count == 6 && strcmp(f[0], "made") == 0) {
        if (first < lot->open.first || first > lot->open.last ||
            first <= lot->open.made)
            return BROKEN;
        lot->open.made = first;
        return APPLIED;
    }
    if (!number(f[5], JOURNAL_SERIAL_MOST, &last) || last < first)
        return BROKEN;
    if ((count == 10 || count == 11) && strcmp(f[0], "reserve") == 0)
        return read_reserve(state, lot, f, count == 11, first, last);
    if (count == 7 &&
        (strcmp(f[0], "void") == 0 || strcmp(f[0], "again") == 0))
        return read_range(lot, f[0], (struct journal_range){first, last});
    if (count != 7 || (!is_done && strcmp(f[0], "abandon") != 0) ||
        lot->open.first != first || lot->open.last != last)
        return BROKEN;
    lot->done_in = is_done ? state->command.number : 0;
    if (is_done)
        journal_state_done(lot);
    else
        journal_state_abandon(state, lot);
    return APPLIED;
}

/* Where a command begins or ends. */
static enum outcome read_command(struct journal_state *state, char **f,
                                 size_t count)
{
    uint64_t labels;
    if (count == 2) {
        bool open = state->command.open;
        state->command.open = false;
        return open ? APPLIED : BROKEN;
    }
    if (count != 4 || !number(f[1], JOURNAL_SERIAL_MOST, &labels))
        return BROKEN;
    return journal_state_begin(state, labels, f[2]) ? APPLIED : NO_MEMORY;
}

static bool fits(char *fields[FIELDS])
{
    struct journal_lot *l;
    return strlen(fields[1]) < sizeof l->maker &&
           strlen(fields[2]) < sizeof l->product &&
           strlen(fields[3]) < sizeof l->lot;
}

bool journal_ends_in(const char *line, size_t size, const char *end)
{
    size_t length = strlen(end);
    return size >= length && memcmp(line + size - length, end, length) == 0;
}

enum outcome journal_state_read(struct journal_state *state, char *line,
                                size_t size)
{
    char *f[FIELDS];
    if (journal_ends_in(line, size, JOURNAL_TORN))
        return APPLIED;
    if (!journal_ends_in(line, size, "\t.") || memchr(line, '\0', size))
        return BROKEN;
    size_t count = split(line, f);
    if (strcmp(f[0], count == 2 ? "end" : "begin") == 0)
        return read_command(state, f, count);
    if (count < 6 || !fits(f))
        return BROKEN;
    struct journal_lot *lot = journal_state_find(state, f[1], f[2], f[3]);
    return lot ? read_event(state, lot, f, count) : NO_MEMORY;
}

void journal_state_free(struct journal_state *state)
{
    for (size_t i = 0; i < state->capacity; i++)
        if (state->lots[i]) {
            journal_state_close(state->lots[i]);
            free(state->lots[i]->voids);
            free(state->lots[i]);
        }
    free(state->lots);
    free(state->command.folder);
}
