/* SPDX-License-Identifier: MIT */
/* See journal.h. */
#define _DEFAULT_SOURCE /* realpath */
#include "journal.h"
#include "file.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define HEADER "tem-journal\t2\t."

enum { FIELDS = 11, FILE_MAX = 256 << 20, HEX = 2 * TEM_SHA256_BYTES + 1 };

/* A journal on its way. Texts of events are borrowed from it. */
struct journal {
    const struct cli *cli;
    const char *path;
    struct registry *registry;
    char *text;
    size_t size;
    char digest[HEX];
    char home[REGISTRY_PATH_SIZE]; /* its folder, as the registry names it */
    struct tem_event *events;
    size_t count, capacity;
    char **folders; /* names made for events */
    size_t folder_count;
    char *folder; /* of the last command */
    uint64_t command;
};

/* ---- events ------------------------------------------------------------- */

static bool add_event(struct journal *journal, const struct tem_event *event)
{
    if (journal->count == journal->capacity) {
        size_t capacity = journal->capacity ? 2 * journal->capacity : 256;
        struct tem_event *more =
            realloc(journal->events, capacity * sizeof *more);
        if (!more)
            return false;
        journal->events = more;
        journal->capacity = capacity;
    }
    journal->events[journal->count++] = *event;
    return true;
}

/* A folder's name in the registry: "@" was the journal's own. NULL without
 * memory. */
static char *folder_name(struct journal *journal, const char *name)
{
    bool own = name[0] == '@';
    size_t size = strlen(journal->home) + strlen(name) + 1;
    char **more =
        realloc(journal->folders, (journal->folder_count + 1) * sizeof *more);
    if (!more)
        return NULL;
    journal->folders = more;
    char *made = malloc(size);
    if (made)
        snprintf(made, size, "%s%s", own ? journal->home : "", name + own);
    journal->folders[journal->folder_count++] = made;
    return made;
}

/* ---- lines -------------------------------------------------------------- */

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
    return *text >= '0' && *text <= '9' && !*end && errno == 0 &&
           *value <= most;
}

static bool copy(const char *text, char *out, size_t size)
{
    return (size_t)snprintf(out, size, "%s", text) < size;
}

static enum tem_event_kind kind_of(const char *name)
{
    for (int kind = TEM_EVENT_BEGIN; kind <= TEM_EVENT_AGAIN; kind++)
        if (strcmp(name, tem_event_name((enum tem_event_kind)kind)) == 0)
            return (enum tem_event_kind)kind;
    return 0;
}

/* Where the labels of a `made` line begin: those of the lot's open run. */
static uint64_t open_first(const struct journal *journal,
                           const struct tem_event *made)
{
    for (size_t i = journal->count; i > 0; i--) {
        const struct tem_event *event = &journal->events[i - 1];
        if (event->kind == TEM_EVENT_RESERVE &&
            memcmp(&event->lot, &made->lot, sizeof made->lot) == 0)
            return event->serials.first;
    }
    return 0;
}

static bool read_reserve(struct journal *journal, char **f, size_t count,
                         struct tem_event *event)
{
    uint64_t width, kid = TEM_KID_UNKNOWN;
    if ((count != 10 && count != 11) || !number(f[6], 99, &width) ||
        (count == 11 && !number(f[9], TEM_KID_UNKNOWN - 1, &kid)))
        return false;
    const char *folder = folder_name(journal, f[8]);
    event->width = (unsigned)width;
    event->kid = (long)kid;
    event->print = tem_bytes_of(f[7]);
    event->folder = tem_bytes_of(folder ? folder : "");
    event->command = journal->command;
    return folder != NULL;
}

/* An event of a lot, its fields in @p f. */
static bool read_lot_event(struct journal *journal, char **f, size_t count,
                           struct tem_event *event)
{
    struct tem_lot_name *lot = &event->lot;
    if (count < 6 || !copy(f[1], lot->maker, sizeof lot->maker) ||
        !copy(f[2], lot->product, sizeof lot->product) ||
        !copy(f[3], lot->lot, sizeof lot->lot))
        return false;
    if (event->kind == TEM_EVENT_SEAL) {
        event->salt = tem_bytes_of(f[4]);
        event->digest = tem_bytes_of(f[5]);
        return count == 7;
    }
    if (!number(f[4], TEM_SERIAL_MAX, &event->serials.first))
        return false;
    if (event->kind == TEM_EVENT_MADE) {
        event->serials.last = event->serials.first;
        event->serials.first = open_first(journal, event);
        return count == 6;
    }
    if (!number(f[5], TEM_SERIAL_MAX, &event->serials.last))
        return false;
    return event->kind == TEM_EVENT_RESERVE
               ? read_reserve(journal, f, count, event)
               : count == 7;
}

/* Where a command begins or ends. */
static bool read_command(struct journal *journal, char **f, size_t count,
                         struct tem_event *event)
{
    if (event->kind == TEM_EVENT_BEGIN) {
        if (count != 4 || !number(f[1], TEM_SERIAL_MAX, &event->count))
            return false;
        journal->folder = folder_name(journal, f[2]);
        journal->command = 1;
        for (size_t i = 0; journal->folder && i < journal->count; i++)
            journal->command +=
                journal->events[i].kind == TEM_EVENT_BEGIN &&
                journal->events[i].folder.size == strlen(journal->folder) &&
                memcmp(journal->events[i].folder.data, journal->folder,
                       strlen(journal->folder)) == 0;
    }
    event->folder = tem_bytes_of(journal->folder ? journal->folder : "");
    return journal->folder && (event->kind == TEM_EVENT_BEGIN || count == 2);
}

static bool ends_in(const char *line, size_t size, const char *end)
{
    size_t length = strlen(end);
    return size >= length && memcmp(line + size - length, end, length) == 0;
}

/* One line, NUL-terminated. A whole last one only lacks its end. */
static bool read_line(struct journal *journal, char *line, size_t size,
                      bool last)
{
    char *f[FIELDS];
    struct tem_event event = {0};
    if (ends_in(line, size, "\ttorn\t."))
        return true;
    if (last && !ends_in(line, size, "\t.")) /* it never came into force */
        return true;
    if (!ends_in(line, size, "\t.") || strlen(line) != size)
        return false;
    size_t count = split(line, f);
    event.kind = kind_of(f[0]);
    if (!event.kind)
        return false;
    bool is_command =
        event.kind == TEM_EVENT_BEGIN || event.kind == TEM_EVENT_END;
    return (is_command ? read_command(journal, f, count, &event)
                       : read_lot_event(journal, f, count, &event)) &&
           add_event(journal, &event);
}

static bool read_lines(struct journal *journal)
{
    char *at = journal->text, *end = at + journal->size;
    for (long long row = 1; at < end; row++) {
        char *next = memchr(at, '\n', (size_t)(end - at));
        bool last = next == NULL;
        size_t size = (size_t)((last ? end : next) - at);
        at[size] = '\0';
        bool head = size == strlen(HEADER) && strcmp(at, HEADER) == 0;
        if (row == 1 && !head) {
            COMPLAIN(journal->cli, JOURNAL_HEADER, journal->path);
            return false;
        }
        if (row > 1 && !read_line(journal, at, size, last)) {
            COMPLAIN(journal->cli, JOURNAL_BROKEN, journal->path,
                     number_text(row).text);
            return false;
        }
        at += size + 1;
    }
    if (journal->size == 0)
        COMPLAIN(journal->cli, JOURNAL_HEADER, journal->path);
    return journal->size > 0;
}

/* ---- files -------------------------------------------------------------- */

static bool take_digest(struct journal *journal)
{
    uint8_t digest[TEM_SHA256_BYTES];
    struct tem_error error;
    struct tem_bytes text = {(const uint8_t *)journal->text, journal->size};
    if (tem_sha256(text, digest, &error) != TEM_OK) {
        complain_error(journal->cli, journal->path, &error);
        return false;
    }
    to_hex(digest, sizeof digest, journal->digest);
    return true;
}

static bool load(struct journal *journal)
{
    uint8_t *data;
    char real[PATH_MAX];
    if (!file_read(journal->cli, journal->path, FILE_MAX, &data,
                   &journal->size))
        return false;
    journal->text = realloc(data, journal->size + 1);
    if (!journal->text || !realpath(journal->path, real)) {
        if (!journal->text)
            free(data);
        COMPLAIN(journal->cli, MEMORY, NULL);
        return false;
    }
    journal->text[journal->size] = '\0';
    *strrchr(real, '/') = '\0';
    int reason =
        registry_folder(journal->registry, *real ? real : "/", journal->home);
    if (reason)
        file_complain(journal->cli, journal->path, reason, false);
    return reason == 0 && take_digest(journal);
}

static void unload(struct journal *journal)
{
    for (size_t i = 0; i < journal->folder_count; i++)
        free(journal->folders[i]);
    free(journal->folders);
    free(journal->events);
    free(journal->text);
}

static bool note_all(struct journal *journal)
{
    struct tem_error error;
    if (tem_registry_note(registry_inside(journal->registry), journal->events,
                          journal->count, 0, NULL, &error) == TEM_OK)
        return true;
    if (error.status == TEM_E_ARGUMENT || error.status == TEM_E_FORMAT)
        COMPLAIN(
            journal->cli, JOURNAL_OTHER, journal->path,
            journal->events[error.offset < journal->count ? error.offset : 0]
                .lot.lot);
    else
        complain_error(journal->cli, journal->path, &error);
    return false;
}

bool journal_take_over(const struct cli *cli, const char *path,
                       struct registry *registry, size_t *events)
{
    struct journal journal = {.cli = cli, .path = path, .registry = registry};
    struct tem_event mark = {.kind = TEM_EVENT_IMPORT};
    bool done = load(&journal);
    mark.digest = tem_bytes_of(journal.digest);
    done = done && add_event(&journal, &mark) && read_lines(&journal);
    if (done) {
        *events = journal.count - 1;
        journal.events[0].count = *events;
        done = note_all(&journal);
    }
    unload(&journal);
    return done;
}

/* ---- what was taken over ------------------------------------------------ */

struct search {
    const char *digest;
    bool any, same;
};

static enum tem_status look_at(void *context, const struct tem_event *event,
                               struct tem_error *error)
{
    struct search *search = context;
    (void)error;
    if (event->kind != TEM_EVENT_IMPORT)
        return TEM_OK;
    search->any = true;
    search->same |=
        event->digest.size == strlen(search->digest) &&
        memcmp(event->digest.data, search->digest, event->digest.size) == 0;
    return TEM_OK;
}

bool journal_is_over(const struct cli *cli, const char *path,
                     struct registry *registry, bool *taken)
{
    struct journal journal = {.cli = cli, .path = path, .registry = registry};
    struct search search = {.digest = journal.digest};
    struct tem_error error;
    bool done = load(&journal);
    unload(&journal);
    if (done && tem_registry_folder_walk(registry_inside(registry), "", look_at,
                                         &search, &error) != TEM_OK) {
        complain_error(cli, path, &error);
        done = false;
    }
    if (done && search.any && !search.same) {
        COMPLAIN(cli, JOURNAL_LATER, path);
        done = false;
    }
    *taken = search.any;
    return done;
}
