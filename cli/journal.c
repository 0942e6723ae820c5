/* SPDX-License-Identifier: MIT */
/* See journal.h. */
#define _DEFAULT_SOURCE /* flock */
#include "journal.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LINE_SIZE = 512, FIELDS = 8 };

struct journal {
    FILE *file;
    struct journal_lot **lots; /* an open hash table */
    size_t count, capacity;    /* capacity: 0 or a power of two */
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
    struct journal_lot **lots = calloc(capacity, sizeof *lots);
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

static struct journal_lot *find(struct journal *journal, const char *maker,
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

const struct journal_lot *journal_find(struct journal *journal,
                                       const char *maker, const char *product,
                                       const char *lot)
{
    return find(journal, maker, product, lot);
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

static bool number(const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

static bool fits(char *fields[FIELDS])
{
    struct journal_lot *l;
    return strlen(fields[1]) < sizeof l->maker &&
           strlen(fields[2]) < sizeof l->product &&
           strlen(fields[3]) < sizeof l->lot;
}

static bool apply_seal(struct journal_lot *lot, const char *salt,
                       const char *digest)
{
    if (strlen(salt) >= sizeof lot->salt || strlen(digest) >= sizeof lot->digest)
        return false;
    strcpy(lot->salt, salt);
    strcpy(lot->digest, digest);
    return true;
}

static void apply_reserve(struct journal_lot *lot, uint64_t first,
                          uint64_t last, unsigned width)
{
    lot->last = last > lot->last ? last : lot->last;
    lot->open_first = first;
    lot->open_last = last;
    lot->open_width = width;
}

static void apply_done(struct journal_lot *lot)
{
    lot->open_first = lot->open_last = 0;
    lot->open_width = 0;
}

/* One whole line into the table; false if it is none of ours. */
static bool apply(struct journal *journal, char *line)
{
    char *f[FIELDS];
    uint64_t first, last, width;
    size_t count = split(line, f);
    if (count == 3 && strcmp(f[0], "tem-journal") == 0)
        return strcmp(f[1], "1") == 0;
    struct journal_lot *lot =
        count >= 6 && fits(f) ? find(journal, f[1], f[2], f[3]) : NULL;
    if (!lot)
        return false;
    if (count == 7 && strcmp(f[0], "seal") == 0)
        return apply_seal(lot, f[4], f[5]);
    if (!number(f[4], &first) || !number(f[5], &last) || first < 1 ||
        last < first)
        return false;
    if (count == 7 && strcmp(f[0], "done") == 0) {
        apply_done(lot);
        return true;
    }
    if (count != 8 || strcmp(f[0], "reserve") != 0 || !number(f[6], &width) ||
        width < 1 || width >= TEM_LOT_SIZE)
        return false;
    apply_reserve(lot, first, last, (unsigned)width);
    return true;
}

/* A line that was cut by a crash never had pictures: it lacks its full stop.
 * It may stand anywhere, since the next run begins a new line after it. */
static bool read_lines(const struct cli *cli, const char *path,
                       struct journal *journal)
{
    char line[LINE_SIZE];
    bool torn = false;
    for (long long row = 1; fgets(line, sizeof line, journal->file); row++) {
        size_t length = strlen(line);
        torn = length == 0 || line[length - 1] != '\n';
        if (!torn)
            line[--length] = '\0';
        bool whole = length >= 2 && strcmp(line + length - 2, "\t.") == 0;
        if (!whole || torn)
            continue;
        if (!apply(journal, line)) {
            COMPLAIN(cli, JOURNAL_BROKEN, path, number_text(row).text);
            return false;
        }
    }
    if (ferror(journal->file)) {
        COMPLAIN(cli, FILE_READ, path, strerror(errno));
        return false;
    }
    fseek(journal->file, 0, SEEK_END);
    if (torn)
        putc('\n', journal->file);
    return true;
}

/* ---- writing ---- */

static int append(struct journal *journal, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int written = vfprintf(journal->file, format, args);
    va_end(args);
    if (written < 0 || fflush(journal->file) != 0 ||
        fsync(fileno(journal->file)) != 0)
        return errno ? errno : EIO;
    return 0;
}

int journal_seal(struct journal *journal, const struct journal_lot *lot,
                 const char *salt, const char *digest)
{
    int reason = append(journal, "seal\t%s\t%s\t%s\t%s\t%s\t.\n", lot->maker,
                        lot->product, lot->lot, salt, digest);
    if (reason == 0)
        apply_seal(find(journal, lot->maker, lot->product, lot->lot), salt,
                   digest);
    return reason;
}

int journal_reserve(struct journal *journal, const struct journal_lot *lot,
                    uint64_t first, uint64_t last, unsigned width)
{
    int reason = append(
        journal, "reserve\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%u\t.\n",
        lot->maker, lot->product, lot->lot, first, last, width);
    if (reason == 0)
        apply_reserve(find(journal, lot->maker, lot->product, lot->lot), first,
                      last, width);
    return reason;
}

int journal_done(struct journal *journal, const struct journal_lot *lot)
{
    int reason =
        append(journal, "done\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t.\n",
               lot->maker, lot->product, lot->lot, lot->open_first,
               lot->open_last);
    if (reason == 0)
        apply_done(find(journal, lot->maker, lot->product, lot->lot));
    return reason;
}

/* ---- opening ---- */

/* A new journal's name must survive a crash too. */
static int sync_parent(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s",
             slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int reason = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return reason == EINVAL ? 0 : reason; /* a file system that cannot */
}

static int begin(struct journal *journal, const char *path)
{
    fseek(journal->file, 0, SEEK_END);
    if (ftell(journal->file) > 0) {
        rewind(journal->file);
        return 0;
    }
    int reason = append(journal, "tem-journal\t1\t.\n");
    rewind(journal->file);
    return reason ? reason : sync_parent(path);
}

struct journal *journal_open(const struct cli *cli, const char *path)
{
    struct journal *journal = calloc(1, sizeof *journal);
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0 || !journal) {
        COMPLAIN(cli, FILE_WRITE, path, strerror(errno));
        free(journal);
        return NULL;
    }
    int locked = flock(fd, LOCK_EX | LOCK_NB);
    int lock_reason = errno;
    journal->file = fdopen(fd, "a+");
    if (!journal->file)
        close(fd);
    int reason = locked != 0 ? lock_reason
                 : !journal->file ? errno
                                  : begin(journal, path);
    if (reason == EWOULDBLOCK)
        COMPLAIN(cli, JOURNAL_BUSY, path);
    else if (reason)
        COMPLAIN(cli, FILE_WRITE, path, strerror(reason));
    if (reason || !read_lines(cli, path, journal)) {
        journal_close(journal);
        return NULL;
    }
    return journal;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->file)
        fclose(journal->file); /* gives the lock back */
    for (size_t i = 0; i < journal->capacity; i++)
        free(journal->lots[i]);
    free(journal->lots);
    free(journal);
}
