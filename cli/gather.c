/* SPDX-License-Identifier: MIT */
/* See gather.h. */
#include "gather.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the list ---- */

/* Takes the name over, which may be NULL for want of memory. 0 or ENOMEM. */
static int add(struct gathering *g, char *name, enum gathered_kind kind,
               int reason)
{
    if (name && g->count == g->capacity) {
        size_t capacity = g->capacity ? 2 * g->capacity : 64;
        struct gathered *grown = realloc(g->items, capacity * sizeof *g->items);
        if (grown) {
            g->items = grown;
            g->capacity = capacity;
        }
    }
    if (!name || g->count == g->capacity) {
        free(name);
        return ENOMEM;
    }
    g->items[g->count++] = (struct gathered){name, kind, reason};
    g->pictures += kind == GATHERED_PICTURE;
    return 0;
}

/* Forget all but the first @p count. */
static void cut(struct gathering *g, size_t count)
{
    while (g->count > count) {
        g->count--;
        g->pictures -= g->items[g->count].kind == GATHERED_PICTURE;
        free(g->items[g->count].name);
    }
}

void gather_free(struct gathering *g)
{
    cut(g, 0);
    free(g->items);
    *g = (struct gathering){0};
}

/* ---- one folder ---- */

/* What is worth looking at in a folder. */
struct entry {
    char *name;
    bool is_folder;
};

struct entries {
    struct entry *items;
    size_t count, capacity;
};

static void free_entries(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        free(entries->items[i].name);
    free(entries->items);
}

static bool called_as_pictures_are(const char *name)
{
    static const char *const endings[] = {"png",  "jpg",  "jpeg",
                                          "webp", "heic", "heif"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot + 1, endings[i]) == 0)
            return true;
    return false;
}

/* Whether to look at an entry, and as what. Of what cannot be told apart a
 * complaint shall come, so it is not passed over. */
static bool is_wanted(int folder, const char *name, bool *is_folder)
{
    struct stat info;
    bool picture = called_as_pictures_are(name);
    *is_folder = false;
    if (name[0] == '.')
        return false;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        *is_folder = !picture;
        return picture || errno != ENOENT;
    }
    *is_folder = S_ISDIR(info.st_mode);
    bool leads_nowhere =
        S_ISLNK(info.st_mode) && fstatat(folder, name, &info, 0) != 0;
    return *is_folder || (picture && (leads_nowhere || S_ISREG(info.st_mode)));
}

static int add_entry(struct entries *entries, const char *name, bool is_folder)
{
    if (entries->count == GATHER_MAX)
        return E2BIG;
    if (entries->count == entries->capacity) {
        size_t capacity = entries->capacity ? 2 * entries->capacity : 64;
        struct entry *grown = realloc(entries->items, capacity * sizeof *grown);
        if (!grown)
            return ENOMEM;
        entries->items = grown;
        entries->capacity = capacity;
    }
    char *copy = strdup(name);
    if (!copy)
        return ENOMEM;
    entries->items[entries->count++] = (struct entry){copy, is_folder};
    return 0;
}

static int by_name(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    return strcmp(a->name, b->name);
}

/* 0 or an errno. */
static int read_entries(DIR *dir, struct entries *entries)
{
    for (;;) {
        bool is_folder;
        errno = 0;
        struct dirent *entry = readdir(dir);
        if (!entry && errno)
            return errno;
        if (!entry)
            break;
        int reason = is_wanted(dirfd(dir), entry->d_name, &is_folder)
                         ? add_entry(entries, entry->d_name, is_folder)
                         : 0;
        if (reason)
            return reason;
    }
    if (entries->count > 0)
        qsort(entries->items, entries->count, sizeof *entries->items, by_name);
    return 0;
}

/* @p how: O_NOFOLLOW, so that a folder that was made a link since is none. */
static int list_folder(const char *folder, int how, struct entries *entries)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | how);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        int reason = errno;
        if (fd >= 0)
            close(fd);
        return reason;
    }
    int reason = read_entries(dir, entries);
    closedir(dir);
    return reason;
}

/* ---- a folder and what is in it ---- */

struct walk {
    struct gathering *gathering;
    size_t found; /* pictures and folders, in all folders */
};

/* NULL for want of memory. */
static char *path_of(const char *folder, const char *name)
{
    size_t length = strlen(folder), size = length + strlen(name) + 2;
    bool ended = length > 0 && folder[length - 1] == '/';
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", folder, ended ? "" : "/", name);
    return path;
}

static int walk_folder(struct walk *walk, const char *folder, int depth);

static int walk_entry(struct walk *walk, const char *folder,
                      const struct entry *entry, int depth)
{
    char *path = path_of(folder, entry->name);
    if (path && entry->is_folder && depth < GATHER_DEPTH_MAX) {
        int reason = walk_folder(walk, path, depth + 1);
        free(path);
        return reason;
    }
    return add(walk->gathering, path,
               entry->is_folder ? GATHERED_DEEP : GATHERED_PICTURE, 0);
}

/* 0, ENOMEM, or E2BIG for too many. What else goes wrong is in the list. */
static int walk_folder(struct walk *walk, const char *folder, int depth)
{
    struct entries entries = {NULL, 0, 0};
    int reason = list_folder(folder, depth > 1 ? O_NOFOLLOW : 0, &entries);
    if (reason && reason != ENOMEM && reason != E2BIG)
        reason =
            add(walk->gathering, strdup(folder), GATHERED_UNREADABLE, reason);
    walk->found += entries.count;
    if (!reason && walk->found > GATHER_MAX)
        reason = E2BIG;
    for (size_t i = 0; !reason && i < entries.count; i++)
        reason = walk_entry(walk, folder, &entries.items[i], depth);
    free_entries(&entries);
    return reason;
}

/* An operand that is a folder. */
static int take_folder(struct walk *walk, const char *folder)
{
    struct gathering *g = walk->gathering;
    size_t count = g->count, found = walk->found;
    int reason = walk_folder(walk, folder, 1);
    if (reason == E2BIG) {
        cut(g, count);
        walk->found = found;
        return add(g, strdup(folder), GATHERED_MANY, 0);
    }
    if (!reason && g->count == count)
        return add(g, strdup(folder), GATHERED_EMPTY, 0);
    return reason;
}

static bool is_folder(const char *operand)
{
    struct stat info;
    return strcmp(operand, "-") != 0 && stat(operand, &info) == 0 &&
           S_ISDIR(info.st_mode);
}

bool gather(const struct cli *cli, const struct args *args,
            struct gathering *gathering)
{
    struct walk walk = {gathering, 0};
    int reason = 0;
    *gathering = (struct gathering){0};
    for (size_t i = 0; !reason && i < args->operand_count; i++) {
        const char *operand = args->operands[i];
        reason = is_folder(operand)
                     ? take_folder(&walk, operand)
                     : add(gathering, strdup(operand), GATHERED_PICTURE, 0);
    }
    if (reason)
        COMPLAIN(cli, MEMORY, NULL);
    return reason == 0;
}
