/* SPDX-License-Identifier: MIT */
/* See label_file.h. */
#define _GNU_SOURCE /* memmem */
#include "label_file.h"
#include "label_name.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one picture ---- */

/* The texts stand before the pixels, so the beginning is enough. Only a plain
 * file: a pipe would make us wait. @return bytes read. */
static size_t read_head(const char *path, uint8_t *head, size_t capacity)
{
    struct stat info;
    size_t size = 0;
    ssize_t got = 1;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return 0;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        got = 0;
    while (got > 0 && size < capacity) {
        got = read(fd, head + size, capacity - size);
        size += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    return size;
}

static uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

bool label_file_read(const char *path, struct label_file *file)
{
    /* PNG section 5.3: length, type, data. An iTXt chunk (11.3.3.4) without
     * compression, language and translation has five zeros after its keyword.
     */
    static const uint8_t begin[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR";
    static const uint8_t uri[] = "iTXtURI\0\0\0\0";
    enum {
        BEGIN = sizeof begin - 1,
        TYPE = 4,
        BEFORE_TEXT = sizeof uri - TYPE
    };
    uint8_t head[8192];
    size_t size = read_head(path, head, sizeof head);
    if (size < BEGIN + 4 || memcmp(head, begin, BEGIN) != 0)
        return false;
    const uint8_t *at =
        memmem(head + BEGIN + 4, size - BEGIN - 4, uri, sizeof uri);
    if (!at)
        return false;
    const uint8_t *text = at + sizeof uri;
    size_t length = big_endian(at - 4);
    if (length < BEFORE_TEXT || length - BEFORE_TEXT >= sizeof file->text ||
        length - BEFORE_TEXT > (size_t)(head + size - text))
        return false;
    length -= BEFORE_TEXT;
    memcpy(file->text, text, length);
    file->text[length] = '\0';
    file->width = big_endian(head + BEGIN);
    return true;
}

bool label_file_is(const char *path, const char *stem)
{
    struct label_file file;
    struct tem_parts parts;
    char its_stem[LABEL_STEM_SIZE];
    bool ours;
    if (!label_file_read(path, &file) ||
        tem_verify_parts(tem_bytes_of(file.text), &parts, &ours, NULL) !=
            TEM_OK)
        return false;
    struct tem_unit unit = tem_payload_unit(&parts.uri, &parts.payload);
    label_stem(its_stem, number_text(parts.payload.maker_id).text, unit.product,
               unit.lot);
    return !unit.serial[0] && strcmp(its_stem, stem) == 0;
}

/* ---- a folder ---- */

/* The serial in "STEM_SERIAL" and @p end; 0 if it is another name. */
static uint64_t serial_of(const char *name, const char *stem, const char *end)
{
    enum { DIGITS_MAX = 12 };
    size_t length = strlen(stem);
    if (strncmp(name, stem, length) != 0 || name[length] != '_')
        return 0;
    const char *digits = name + length + 1;
    size_t count = strspn(digits, "0123456789");
    if (count < 1 || count > DIGITS_MAX || strcmp(digits + count, end) != 0)
        return 0;
    return strtoull(digits, NULL, 10);
}

int label_file_above(const char *folder, const char *stem, uint64_t floor,
                     char name[NAME_MAX + 1])
{
    uint64_t lowest = UINT64_MAX;
    struct dirent *entry;
    DIR *dir = opendir(folder);
    name[0] = '\0';
    if (!dir)
        return errno;
    for (errno = 0; (entry = readdir(dir)); errno = 0) {
        uint64_t serial = serial_of(entry->d_name, stem, ".png");
        if (serial <= floor || serial >= lowest)
            continue;
        lowest = serial;
        snprintf(name, NAME_MAX + 1, "%s", entry->d_name);
    }
    int reason = errno;
    closedir(dir);
    return reason;
}

int label_file_has_record(const char *folder, const char *stem, bool *found)
{
    static const char end[] = ".record.json";
    enum { DIGEST = 9 }; /* a full stop and eight digits */
    size_t length = strlen(stem);
    struct dirent *entry;
    DIR *dir = opendir(folder);
    *found = false;
    if (!dir)
        return errno;
    for (errno = 0; !*found && (entry = readdir(dir)); errno = 0) {
        const char *name = entry->d_name;
        *found = strncmp(name, stem, length) == 0 && name[length] == '.' &&
                 strlen(name) == length + DIGEST + sizeof end - 1 &&
                 strcmp(name + length + DIGEST, end) == 0;
    }
    int reason = *found ? 0 : errno;
    closedir(dir);
    return reason;
}

void label_file_clear(const char *folder, const char *stem)
{
    struct dirent *entry;
    DIR *dir = opendir(folder);
    while (dir && (entry = readdir(dir)))
        if (entry->d_name[0] == '.' &&
            serial_of(entry->d_name + 1, stem, ".png.begun"))
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}
