/* SPDX-License-Identifier: MIT */
/* See file.h. */
#define _GNU_SOURCE /* renameat2, syncfs */
#include "file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
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
        COMPLAIN(cli, FILE_READ, path, strerror(errno));
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
    int reason = slurp(file, limit, data, size);
    if (file != stdin)
        fclose(file);
    if (reason == EFBIG)
        COMPLAIN(cli, FILE_LARGE, path, number_text((long long)limit).text);
    else if (reason)
        COMPLAIN(cli, FILE_READ, path, strerror(reason));
    else if (*size == 0)
        COMPLAIN(cli, FILE_EMPTY, path);
    if (reason == 0 && *size > 0)
        return true;
    free(*data);
    *data = NULL;
    return false;
}

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static bool part_name(const char *path, char *out)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    int length = snprintf(out, PATH_SIZE, "%.*s.%s.part", (int)folder, path,
                          path + folder);
    return length > 0 && length < PATH_SIZE;
}

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

/* Give the finished part its name. */
static int put_in_place(const char *part, const char *path, enum file_mode how)
{
    if (how == FILE_REPLACE)
        return rename(part, path) == 0 ? 0 : errno;
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system without that call: look first. */
    if (file_exists(path))
        return EEXIST;
    return rename(part, path) == 0 ? 0 : errno;
}

int file_put(const char *path, const void *data, size_t size, unsigned mode,
             enum file_mode how)
{
    char part[PATH_SIZE];
    if (!part_name(path, part))
        return ENAMETOOLONG;
    if (how == FILE_NEW && file_exists(path))
        return EEXIST;
    unlink(part); /* what an interrupted run left; never followed */
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return errno;
    int reason = write_all(fd, data, size);
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    if (reason == 0)
        reason = put_in_place(part, path, how);
    if (reason != 0)
        unlink(part);
    return reason;
}

void file_complain(const struct cli *cli, const char *path, int reason,
                   bool force_helps)
{
    if (reason != EEXIST) {
        COMPLAIN(cli, FILE_WRITE, path, strerror(reason));
        return;
    }
    COMPLAIN(cli, FILE_EXISTS, path,
             force_helps ? text_of(cli->lang, TEXT_OR_FORCE) : "");
}

int file_make_folder(const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return 0;
    if (errno != EEXIST)
        return errno;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
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
