/* SPDX-License-Identifier: MIT */
/* See file.h. */
#define _GNU_SOURCE /* O_TMPFILE, renameat2, syncfs */
#include "file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

FILE *file_open(const struct cli *cli, const char *path)
{
    if (strcmp(path, "-") == 0)
        return stdin;
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        COMPLAIN(cli, FILE_FOLDER, path);
        return NULL;
    }
    FILE *file = fopen(path, "rb");
    if (!file)
        COMPLAIN(cli, FILE_READ, path, reason_text(cli, errno));
    return file;
}

/* Append what the file gives; one byte over the limit is enough to know. */
static int slurp(FILE *file, size_t limit, uint8_t **data, size_t *size)
{
    size_t capacity = 0;
    for (;;) {
        if (*size == capacity) {
            size_t more = capacity ? 2 * capacity : 65536;
            capacity = more > limit + 1 ? limit + 1 : more;
            uint8_t *grown = realloc(*data, capacity);
            if (!grown)
                return ENOMEM;
            *data = grown;
        }
        size_t got = fread(*data + *size, 1, capacity - *size, file);
        *size += got;
        if (*size > limit)
            return EFBIG;
        if (got == 0)
            return ferror(file) ? errno : 0;
    }
}

bool file_read(const struct cli *cli, const char *path, size_t limit,
               uint8_t **data, size_t *size)
{
    FILE *file = file_open(cli, path);
    if (!file)
        return false;
    *data = NULL;
    *size = 0;
    if (file != stdin) /* no copy of a key in a buffer that nobody wipes */
        setvbuf(file, NULL, _IONBF, 0);
    int reason = slurp(file, limit, data, size);
    if (file != stdin)
        fclose(file);
    if (reason == EFBIG)
        COMPLAIN(cli, FILE_LARGE, path, number_text((long long)limit).text);
    else if (reason)
        COMPLAIN(cli, FILE_READ, path, reason_text(cli, reason));
    else if (*size == 0)
        COMPLAIN(cli, FILE_EMPTY, path);
    if (reason == 0 && *size > 0)
        return true;
    if (*data)
        tem_wipe(*data, *size);
    free(*data);
    *data = NULL;
    return false;
}

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* ---- writing ---- */

static int write_all(int fd, const uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        data += done;
        size -= (size_t)done;
    }
    return 0;
}

bool file_is_empty(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISREG(info.st_mode) &&
           info.st_size == 0;
}

/* Wait until the disk has the names in a folder. */
static int sync_entries(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int reason = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return reason == EINVAL ? 0 : reason; /* a file system that cannot */
}

/* What shall be where. */
struct put {
    const char *path;
    char folder[PATH_SIZE];
    struct tem_bytes content;
    unsigned mode;
    enum file_mode how;
    bool durable;
};

/* Everything into a new file, which is closed. */
static int fill(int fd, const struct put *put)
{
    int reason = write_all(fd, put->content.data, put->content.size);
    if (reason == 0 && put->durable && fsync(fd) != 0)
        reason = errno;
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    return reason;
}

/* The folder that a path names something in, "" if the path is too long. */
static void folder_of(const char *path, char folder[PATH_SIZE])
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    int wanted = snprintf(folder, PATH_SIZE, "%.*s.", (int)length, path);
    if (wanted >= PATH_SIZE)
        folder[0] = '\0';
}

/* ---- a file without a name until it is whole ---- */

/* Returned where the file system or the machine cannot do it. */
enum { NO_SUCH_WAY = -1 };

/* Nothing is left of it, whatever happens before it gets its name. */
static int put_nameless(const struct put *put)
{
    char self[32];
    int fd = open(put->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, put->mode);
    if (fd < 0)
        return NO_SUCH_WAY;
    int named = fcntl(fd, F_DUPFD_CLOEXEC, 0); /* fill() closes the other */
    int reason = fill(fd, put);
    snprintf(self, sizeof self, "/proc/self/fd/%d", named);
    if (reason == 0 &&
        linkat(AT_FDCWD, self, AT_FDCWD, put->path, AT_SYMLINK_FOLLOW) != 0)
        reason = errno == EEXIST ? EEXIST : NO_SUCH_WAY;
    if (named >= 0)
        close(named);
    return reason;
}

/* ---- a file under another name until it is whole ---- */

/* A name that nobody has: what is there, of another process or of the user,
 * is passed by. */
static int open_part(const struct put *put, char part[PATH_SIZE])
{
    enum { TRIES = 10000 };
    for (unsigned i = 0; i < TRIES; i++) {
        int length = snprintf(part, PATH_SIZE, "%s/.tem-%ld-%u.part",
                              put->folder, (long)getpid(), i);
        if (length >= PATH_SIZE) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, put->mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    errno = EBUSY;
    return -1;
}

/* The process in ".tem-PID-N.part", 0 for another name. */
static long part_owner(const char *name)
{
    long pid;
    unsigned number;
    int end = 0;
    return sscanf(name, ".tem-%ld-%u.part%n", &pid, &number, &end) == 2 &&
                   end > 0 && !name[end] && pid > 0
               ? pid
               : 0;
}

void file_clear_parts(const char *folder)
{
    struct dirent *entry;
    DIR *dir = opendir(folder);
    while (dir && (entry = readdir(dir))) {
        long pid = part_owner(entry->d_name);
        if (pid && kill((pid_t)pid, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
}

int file_name(const char *part, const char *path, enum file_mode how)
{
    if (how == FILE_REPLACE)
        return rename(part, path) == 0 ? 0 : errno;
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system without that call: take the name first. */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    if (rename(part, path) == 0)
        return 0;
    int reason = errno;
    unlink(path);
    return reason;
}

static int put_part(const struct put *put)
{
    char part[PATH_SIZE];
    int fd = open_part(put, part);
    if (fd < 0)
        return errno;
    int reason = fill(fd, put);
    if (reason == 0)
        reason = file_name(part, put->path, put->how);
    if (reason != 0)
        unlink(part);
    return reason;
}

/* The same while no signal ends this thread: the part would stay. */
static int put_part_held(const struct put *put)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t held, before;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&held, signals[i]);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    int reason = put_part(put);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return reason;
}

/* ---- either ---- */

static int put_either(struct put *put)
{
    folder_of(put->path, put->folder);
    if (!put->folder[0])
        return ENAMETOOLONG;
    if (put->how == FILE_NEW && file_exists(put->path))
        return EEXIST;
    int reason = put->how == FILE_NEW ? put_nameless(put) : NO_SUCH_WAY;
    return reason == NO_SUCH_WAY ? put_part_held(put) : reason;
}

int file_put(const char *path, const void *data, size_t size, unsigned mode,
             enum file_mode how)
{
    struct put put = {
        .path = path, .content = {data, size}, .mode = mode, .how = how};
    return put_either(&put);
}

int file_keep(const char *path, const void *data, size_t size, unsigned mode)
{
    struct put put = {.path = path,
                      .content = {data, size},
                      .mode = mode,
                      .how = FILE_NEW,
                      .durable = true};
    int reason = put_either(&put);
    if (reason)
        return reason;
    reason = sync_entries(put.folder);
    if (reason)
        unlink(path); /* ours: it was not there before */
    return reason;
}

int file_renew(const char *path, const void *data, size_t size, unsigned mode)
{
    struct put put = {.path = path,
                      .content = {data, size},
                      .mode = mode,
                      .how = FILE_REPLACE,
                      .durable = true};
    int reason = put_either(&put);
    return reason ? reason : sync_entries(put.folder);
}

bool file_same(const char *one, const char *other)
{
    char folder[PATH_SIZE];
    struct stat info[2];
    const char *paths[] = {one, other}, *names[2];
    for (int i = 0; i < 2; i++) {
        const char *slash = strrchr(paths[i], '/');
        names[i] = slash ? slash + 1 : paths[i];
        folder_of(paths[i], folder);
        if (stat(folder, &info[i]) != 0)
            return strcmp(one, other) == 0;
    }
    return strcmp(names[0], names[1]) == 0 &&
           info[0].st_dev == info[1].st_dev && info[0].st_ino == info[1].st_ino;
}

void file_complain(const struct cli *cli, const char *path, int reason,
                   bool force_helps)
{
    if (reason != EEXIST) {
        COMPLAIN(cli, FILE_WRITE, path, reason_text(cli, reason));
        return;
    }
    COMPLAIN(cli, FILE_EXISTS, path,
             force_helps ? text_of(cli->lang, TEXT_OR_FORCE) : "");
}

int file_make_folder(const char *path)
{
    struct stat info;
    char part[PATH_SIZE];
    size_t length = strlen(path);
    if (length >= sizeof part)
        return ENAMETOOLONG;
    memcpy(part, path, length + 1);
    for (size_t i = 1; i <= length; i++)
        if (path[i] == '/' || path[i] == '\0') {
            part[i] = '\0';
            if (mkdir(part, 0777) != 0 && errno != EEXIST)
                return errno;
            part[i] = path[i];
        }
    if (stat(path, &info) != 0)
        return errno;
    return S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
}

int file_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int reason = syncfs(fd) == 0 ? 0 : errno;
    close(fd);
    return reason;
}

int file_lock_folder(const char *folder, int *lock)
{
    *lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock < 0 || flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return 0;
    int reason = errno;
    close(*lock);
    *lock = -1;
    return reason == EWOULDBLOCK ? reason : 0;
}
