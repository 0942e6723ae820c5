/* SPDX-License-Identifier: MIT */
/* See journal.h. */
#define _DEFAULT_SOURCE /* flock, realpath */
#include "file.h"
#include "journal_state.h"
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

enum { LINE_MAX_SIZE = 16384 };

struct journal {
    int fd;   /* locked */
    int dead; /* an errno: a line is half written and cannot be taken back */
    char home[JOURNAL_PATH_SIZE]; /* real path of the folder it lies in */
    struct journal_state state;
    struct {
        uint64_t count; /* 0: none */
        const char *folder;
    } pending;                    /* a command that is not noted yet */
    size_t count, capacity;       /* capacity: 0 or a power of two */
};

struct journal_lot *journal_find(struct journal *journal, const char *maker,
                                 const char *product, const char *lot)
{
    return journal_state_find(&journal->state, maker, product, lot);
}

/* ---- reading ---- */

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
    return append(journal, cut ? JOURNAL_TORN "\n" : "\n");
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
        bool cut = end == EOF && !journal_ends_in(line, size, "\t.");
        enum outcome outcome =
            end == 0 ? BROKEN
            : cut    ? APPLIED
                     : journal_state_read(&journal->state, line, size);
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

void journal_begin(struct journal *journal, uint64_t count, const char *folder,
                   bool anew)
{
    bool same = journal->state.command.open &&
                journal->state.command.count == count &&
                strcmp(journal->state.command.folder, folder) == 0;
    journal->pending.count = same && !anew ? 0 : count;
    journal->pending.folder = folder;
}

static int note_begin(struct journal *journal)
{
    uint64_t count = journal->pending.count;
    const char *folder = journal->pending.folder;
    if (count == 0)
        return 0;
    int reason = append(journal, "begin\t%" PRIu64 "\t%s\t.\n", count, folder);
    if (reason == 0 && !journal_state_begin(&journal->state, count, folder))
        reason = ENOMEM;
    if (reason == 0)
        journal->pending.count = 0;
    return reason;
}

int journal_end(struct journal *journal)
{
    if (journal->pending.count > 0 || !journal->state.command.open)
        return 0;
    int reason = append(journal, "end\t.\n");
    if (reason == 0)
        journal->state.command.open = false;
    return reason;
}

bool journal_has_done(const struct journal *journal,
                      const struct journal_lot *lot)
{
    return journal->pending.count == 0 && lot->done_in != 0 &&
           lot->done_in == journal->state.command.number;
}

#define LOT(l) (l)->maker, (l)->product, (l)->lot

int journal_seal(struct journal *journal, struct journal_lot *lot,
                 const char *salt, const char *digest)
{
    int reason = append(journal, "seal\t%s\t%s\t%s\t%s\t%s\t.\n", LOT(lot),
                        salt, digest);
    if (reason == 0)
        journal_state_seal(lot, salt, digest);
    return reason;
}

int journal_reserve(struct journal *journal, struct journal_lot *lot,
                    const struct journal_run *run)
{
    int reason = note_begin(journal);
    if (reason)
        return reason;
    reason = append(
        journal,
        "reserve\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%u\t%s\t%s\t%ld\t.\n",
        LOT(lot), run->first, run->last, run->width, run->print, run->folder,
        run->kid);
    if (reason == 0 && !journal_state_reserve(&journal->state, lot, run))
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

static int note_range(struct journal *journal, const struct journal_lot *lot,
                      const char *event, struct journal_range range)
{
    return append(journal, "%s\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t.\n",
                  event, LOT(lot), range.first, range.last);
}

static int end_run(struct journal *journal, const struct journal_lot *lot,
                   const char *how)
{
    return note_range(
        journal, lot, how,
        (struct journal_range){lot->open.first, lot->open.last});
}

int journal_done(struct journal *journal, struct journal_lot *lot)
{
    int reason = end_run(journal, lot, "done");
    if (reason == 0) {
        journal_state_done(lot);
        lot->done_in = journal->state.command.number;
    }
    return reason;
}

int journal_abandon(struct journal *journal, struct journal_lot *lot)
{
    int reason = end_run(journal, lot, "abandon");
    if (reason == 0)
        journal_state_abandon(&journal->state, lot);
    return reason;
}

int journal_void(struct journal *journal, struct journal_lot *lot,
                 struct journal_range range)
{
    int reason = note_range(journal, lot, "void", range);
    return reason == 0 && !journal_state_void(lot, range) ? ENOMEM : reason;
}

int journal_again(struct journal *journal, struct journal_lot *lot,
                  struct journal_range range)
{
    return note_range(journal, lot, "again", range);
}

bool journal_has_void(const struct journal_lot *lot, struct journal_range range)
{
    for (size_t i = 0; i < lot->void_count; i++)
        if (lot->voids[i].first <= range.last &&
            range.first <= lot->voids[i].last)
            return true;
    return false;
}

uint64_t journal_given(const struct journal *journal, uint16_t kid)
{
    return journal->state.given[kid] + journal->state.given[JOURNAL_NO_KID];
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
        if (reason == EEXIST) /* another run was faster */
            *fresh = false;
        else if (reason)
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
    journal_state_free(&journal->state);
    free(journal);
}
