/* SPDX-License-Identifier: MIT */
/* See journal.h. */
#define _DEFAULT_SOURCE /* flock, realpath */
#include "journal.h"
#include "file.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "tem-journal\t2\t."
#define TORN "\ttorn\t."

enum { LINE_MAX_SIZE = 16384, FIELDS = 10 };

static const uint64_t serial_most = UINT64_C(999999999999);

struct journal {
    int fd;   /* locked */
    int dead; /* an errno: a line is half written and cannot be taken back */
    char home[JOURNAL_PATH_SIZE]; /* real path of the folder it lies in */
    struct journal_lot **lots;    /* an open hash table */
    size_t count, capacity;       /* capacity: 0 or a power of two */
};

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

static bool grow(struct journal *journal)
{
    size_t capacity = journal->capacity ? 2 * journal->capacity : 64;
    struct journal_lot **lots = calloc(capacity, sizeof(struct journal_lot *));
    if (!lots)
        return false;
    for (size_t i = 0; i < journal->capacity; i++) {
        struct journal_lot *l = journal->lots[i];
        if (l)
            *slot(lots, capacity, l->maker, l->product, l->lot) = l;
    }
    free(journal->lots);
    journal->lots = lots;
    journal->capacity = capacity;
    return true;
}

struct journal_lot *journal_find(struct journal *journal, const char *maker,
                                 const char *product, const char *lot)
{
    if (2 * journal->count >= journal->capacity && !grow(journal))
        return NULL;
    struct journal_lot **at =
        slot(journal->lots, journal->capacity, maker, product, lot);
    if (*at)
        return *at;
    struct journal_lot *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    snprintf(made->maker, sizeof made->maker, "%s", maker);
    snprintf(made->product, sizeof made->product, "%s", product);
    snprintf(made->lot, sizeof made->lot, "%s", lot);
    *at = made;
    journal->count++;
    return made;
}

/* ---- events ---- */

static bool apply_seal(struct journal_lot *lot, const char *salt,
                       const char *digest)
{
    if (strlen(salt) >= sizeof lot->salt ||
        strlen(digest) >= sizeof lot->digest)
        return false;
    strcpy(lot->salt, salt);
    strcpy(lot->digest, digest);
    return true;
}

static void close_run(struct journal_lot *lot)
{
    free(lot->open.folder);
    lot->open = (struct journal_run){0};
}

/* False without memory. */
static bool apply_reserve(struct journal_lot *lot,
                          const struct journal_run *run)
{
    char *folder = strdup(run->folder);
    if (!folder)
        return false;
    close_run(lot);
    lot->open = *run;
    lot->open.folder = folder;
    lot->last = run->last > lot->last ? run->last : lot->last;
    return true;
}

/* ---- reading ---- */

enum outcome { APPLIED, BROKEN, NO_MEMORY };

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

static enum outcome read_reserve(struct journal_lot *lot, char **f,
                                 uint64_t first, uint64_t last)
{
    uint64_t width;
    if (!number(f[6], TEM_LOT_SIZE - 1, &width) ||
        strlen(f[7]) != JOURNAL_PRINT_SIZE - 1 || first <= lot->last)
        return BROKEN;
    struct journal_run run = {
        .first = first, .last = last, .width = (unsigned)width, .folder = f[8]};
    strcpy(run.print, f[7]);
    return apply_reserve(lot, &run) ? APPLIED : NO_MEMORY;
}

/* An event of a lot, its fields in @p f. */
static enum outcome read_event(struct journal_lot *lot, char **f, size_t count)
{
    uint64_t first, last;
    bool is_done = strcmp(f[0], "done") == 0;
    if (count == 7 && strcmp(f[0], "seal") == 0)
        return apply_seal(lot, f[4], f[5]) ? APPLIED : BROKEN;
    if (!number(f[4], serial_most, &first))
        return BROKEN;
    if (count == 6 && strcmp(f[0], "made") == 0) {
        if (first < lot->open.first || first > lot->open.last ||
            first <= lot->open.made)
            return BROKEN;
        lot->open.made = first;
        return APPLIED;
    }
    if (!number(f[5], serial_most, &last) || last < first)
        return BROKEN;
    if (count == 10 && strcmp(f[0], "reserve") == 0)
        return read_reserve(lot, f, first, last);
    if (count != 7 || (!is_done && strcmp(f[0], "abandon") != 0) ||
        lot->open.first != first || lot->open.last != last)
        return BROKEN;
    close_run(lot);
    return APPLIED;
}

static bool fits(char *fields[FIELDS])
{
    struct journal_lot *l;
    return strlen(fields[1]) < sizeof l->maker &&
           strlen(fields[2]) < sizeof l->product &&
           strlen(fields[3]) < sizeof l->lot;
}

static bool ends_in(const char *line, size_t size, const char *end)
{
    size_t length = strlen(end);
    return size >= length && memcmp(line + size - length, end, length) == 0;
}

/* One line, NUL-terminated too, into the table. */
static enum outcome apply(struct journal *journal, char *line, size_t size)
{
    char *f[FIELDS];
    if (ends_in(line, size, TORN))
        return APPLIED;
    if (!ends_in(line, size, "\t.") || memchr(line, '\0', size))
        return BROKEN;
    size_t count = split(line, f);
    if (count < 6 || !fits(f))
        return BROKEN;
    struct journal_lot *lot = journal_find(journal, f[1], f[2], f[3]);
    return lot ? read_event(lot, f, count) : NO_MEMORY;
}

/* A line without its end, at most LINE_MAX_SIZE - 1 bytes of it. @return what
 * ended it: '\n', EOF, or 0 for a line that is too long. */
static int read_line(FILE *file, char line[LINE_MAX_SIZE], size_t *size)
{
    int c;
    *size = 0;
    while ((c = getc(file)) != EOF && c != '\n') {
        if (*size == LINE_MAX_SIZE - 1)
            return 0;
        line[(*size)++] = (char)c;
    }
    line[*size] = '\0';
    return c;
}

static int append(struct journal *journal, const char *format, ...);

/* The last line has no end. A whole one only lacks that (an editor may have
 * taken it); one that a crash cut never came into force. */
static int mend_end(struct journal *journal, bool cut)
{
    return append(journal, cut ? TORN "\n" : "\n");
}

static bool read_lines(const struct cli *cli, const char *path,
                       struct journal *journal, FILE *file)
{
    static char line[LINE_MAX_SIZE];
    size_t size;
    int end = read_line(file, line, &size);
    if (end != '\n' || strcmp(line, HEADER) != 0 || strlen(line) != size) {
        COMPLAIN(cli, JOURNAL_HEADER, path);
        return false;
    }
    for (long long row = 2; end == '\n'; row++) {
        end = read_line(file, line, &size);
        if (end == EOF && (size == 0 || ferror(file)))
            break;
        bool cut = end == EOF && !ends_in(line, size, "\t.");
        enum outcome outcome = end == 0 ? BROKEN
                               : cut    ? APPLIED
                                        : apply(journal, line, size);
        int reason =
            end == EOF && outcome == APPLIED ? mend_end(journal, cut) : 0;
        if (outcome == BROKEN)
            COMPLAIN(cli, JOURNAL_BROKEN, path, number_text(row).text);
        else if (outcome == NO_MEMORY)
            COMPLAIN(cli, MEMORY, NULL);
        else if (reason)
            COMPLAIN(cli, FILE_WRITE, path, reason_text(cli, reason));
        if (outcome != APPLIED || reason)
            return false;
    }
    if (ferror(file))
        COMPLAIN(cli, FILE_READ, path, reason_text(cli, errno));
    return !ferror(file);
}

/* ---- writing ---- */

/* A line at once. What could not be written whole is taken back, so that no
 * later line is glued to it. */
static int append(struct journal *journal, const char *format, ...)
{
    char line[LINE_MAX_SIZE];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (journal->dead)
        return journal->dead;
    if (size < 0 || (size_t)size >= sizeof line)
        return ENAMETOOLONG;
    off_t before = lseek(journal->fd, 0, SEEK_END);
    if (before < 0)
        return errno;
    errno = 0;
    if (write(journal->fd, line, (size_t)size) == size &&
        fsync(journal->fd) == 0)
        return 0;
    int reason = errno ? errno : ENOSPC;
    if (ftruncate(journal->fd, before) != 0 || fsync(journal->fd) != 0)
        journal->dead = reason;
    return reason;
}

#define LOT(l) (l)->maker, (l)->product, (l)->lot

int journal_seal(struct journal *journal, struct journal_lot *lot,
                 const char *salt, const char *digest)
{
    int reason = append(journal, "seal\t%s\t%s\t%s\t%s\t%s\t.\n", LOT(lot),
                        salt, digest);
    if (reason == 0)
        apply_seal(lot, salt, digest);
    return reason;
}

int journal_reserve(struct journal *journal, struct journal_lot *lot,
                    const struct journal_run *run)
{
    int reason = append(
        journal,
        "reserve\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%u\t%s\t%s\t.\n",
        LOT(lot), run->first, run->last, run->width, run->print, run->folder);
    if (reason == 0 && !apply_reserve(lot, run))
        reason = ENOMEM;
    return reason;
}

int journal_made(struct journal *journal, struct journal_lot *lot,
                 uint64_t last)
{
    int reason =
        append(journal, "made\t%s\t%s\t%s\t%" PRIu64 "\t.\n", LOT(lot), last);
    if (reason == 0)
        lot->open.made = last;
    return reason;
}

static int end_run(struct journal *journal, struct journal_lot *lot,
                   const char *how)
{
    int reason =
        append(journal, "%s\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t.\n", how,
               LOT(lot), lot->open.first, lot->open.last);
    if (reason == 0)
        close_run(lot);
    return reason;
}

int journal_done(struct journal *journal, struct journal_lot *lot)
{
    return end_run(journal, lot, "done");
}

int journal_abandon(struct journal *journal, struct journal_lot *lot)
{
    return end_run(journal, lot, "abandon");
}

/* ---- folders ---- */

/* A tab or line end in a name would break the journal's lines. */
static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return true;
    return false;
}

int journal_folder(const struct journal *journal, const char *folder,
                   char out[JOURNAL_PATH_SIZE])
{
    char real[PATH_MAX];
    size_t home = strlen(journal->home);
    if (!realpath(folder, real))
        return errno;
    if (has_control(real))
        return EINVAL;
    bool inside = strncmp(real, journal->home, home) == 0 &&
                  (real[home] == '/' || real[home] == '\0');
    int size = snprintf(out, JOURNAL_PATH_SIZE, "%s%s", inside ? "@" : "",
                        inside ? real + home : real);
    return size < JOURNAL_PATH_SIZE ? 0 : ENAMETOOLONG;
}

const char *journal_folder_path(const struct journal *journal, const char *name,
                                char out[JOURNAL_PATH_SIZE])
{
    bool inside = name[0] == '@';
    snprintf(out, JOURNAL_PATH_SIZE, "%s%s", inside ? journal->home : "",
             name + inside);
    return out;
}

/* ---- opening ---- */

/* Find the real folder of the file. */
static int find_home(struct journal *journal, const char *path)
{
    char real[PATH_MAX];
    if (!realpath(path, real))
        return errno;
    char *slash = strrchr(real, '/');
    *slash = '\0'; /* "" is the root */
    int size = snprintf(journal->home, sizeof journal->home, "%s", real);
    return (size_t)size < sizeof journal->home ? 0 : ENAMETOOLONG;
}

/* Open and lock a journal, making it with its first line if it is not there:
 * an empty one is not ours. @return 0 or an errno. */
static int open_locked(struct journal *journal, const char *path, bool *fresh)
{
    struct stat info;
    *fresh = !file_exists(path);
    if (*fresh) {
        int reason = file_keep(path, HEADER "\n", strlen(HEADER "\n"), 0666);
        if (reason)
            return reason;
    }
    journal->fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
    if (journal->fd < 0)
        return errno;
    if (flock(journal->fd, LOCK_EX | LOCK_NB) != 0)
        return errno;
    if (fstat(journal->fd, &info) != 0)
        return errno;
    return S_ISREG(info.st_mode) ? find_home(journal, path) : EINVAL;
}

static bool read_all(const struct cli *cli, const char *path,
                     struct journal *journal)
{
    int fd = dup(journal->fd);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    if (!file) {
        COMPLAIN(cli, FILE_READ, path, reason_text(cli, errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool done = read_lines(cli, path, journal, file);
    fclose(file); /* the lock stays with journal->fd */
    return done;
}

struct journal *journal_open(const struct cli *cli, const char *path,
                             bool *fresh)
{
    struct journal *journal = calloc(1, sizeof *journal);
    if (!journal) {
        COMPLAIN(cli, MEMORY, NULL);
        return NULL;
    }
    journal->fd = -1;
    int reason = open_locked(journal, path, fresh);
    if (reason == EWOULDBLOCK)
        COMPLAIN(cli, JOURNAL_BUSY, path);
    else if (reason)
        COMPLAIN(cli, FILE_WRITE, path, reason_text(cli, reason));
    if (reason || !read_all(cli, path, journal)) {
        journal_close(journal);
        return NULL;
    }
    return journal;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->fd >= 0)
        close(journal->fd); /* gives the lock back */
    for (size_t i = 0; i < journal->capacity; i++)
        if (journal->lots[i]) {
            close_run(journal->lots[i]);
            free(journal->lots[i]);
        }
    free(journal->lots);
    free(journal);
}
