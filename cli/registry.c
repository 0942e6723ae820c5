/* SPDX-License-Identifier: MIT */
/* See registry.h. */
#define _DEFAULT_SOURCE /* gethostname, realpath */
#include "registry.h"
#include "file.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST_SIZE = 256 };

struct registry {
    const struct cli *cli;
    const char *where;
    char name[REGISTRY_PATH_SIZE]; /* what to call it: without a password */
    struct tem_registry *inside;
    bool server;
    char home[REGISTRY_PATH_SIZE]; /* real path of the folder of its file */
    char host[HOST_SIZE + 1];      /* "name:", of this machine */
    const char *folder;            /* of the command, or NULL */
    struct tem_registry_command command;
    uint64_t pending; /* a command for so many labels is not noted yet, or 0 */
};

static bool done(const struct registry *registry, enum tem_status status,
                 const struct tem_error *error)
{
    if (status != TEM_OK)
        complain_error(registry->cli, registry->name, error);
    return status == TEM_OK;
}

/* ---- opening ------------------------------------------------------------ */

static int64_t now(void *context)
{
    (void)context;
    return clock_now();
}

static bool is_server(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 ||
           strncmp(where, "postgres://", 11) == 0;
}

/* An address without the name and password before "@", and without what
 * follows "?". */
static void name_it(struct registry *registry)
{
    const char *from = registry->where;
    if (registry->server) {
        size_t size = strcspn(from, "?");
        from = strstr(from, "://") + 3;
        size -= (size_t)(from - registry->where);
        const char *at = memchr(from, '@', size);
        for (; at; at = memchr(from, '@', size)) {
            size -= (size_t)(at + 1 - from);
            from = at + 1;
        }
        snprintf(registry->name, sizeof registry->name, "postgresql://%.*s",
                 (int)size, from);
    } else {
        snprintf(registry->name, sizeof registry->name, "%s", from);
    }
}

static void find_host(struct registry *registry)
{
    char name[HOST_SIZE] = "";
    if (gethostname(name, sizeof name - 1) != 0 || !name[0])
        strcpy(name, "?");
    for (char *p = name; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == ':' || *p == '/' || *p == 0x7F)
            *p = '?';
    snprintf(registry->host, sizeof registry->host, "%s:", name);
}

/* Find the real folder of the file. */
static int find_home(struct registry *registry)
{
    char real[PATH_MAX];
    if (!realpath(registry->where, real))
        return errno;
    *strrchr(real, '/') = '\0'; /* "" is the root */
    int size = snprintf(registry->home, sizeof registry->home, "%s", real);
    return (size_t)size < sizeof registry->home ? 0 : ENAMETOOLONG;
}

static bool open_inside(struct registry *registry, enum tem_registry_mode mode,
                        const char *office, bool *fresh)
{
    struct tem_error error;
    struct tem_registry_options options = {
        .where = registry->where, .mode = mode, .office = office, .clock = now};
    if (!done(registry,
              tem_registry_open(&options, &registry->inside, fresh, &error),
              &error))
        return false;
    if (registry->server) {
        find_host(registry);
        return true;
    }
    int reason = find_home(registry);
    if (reason)
        file_complain(registry->cli, registry->name, reason, false);
    return reason == 0;
}

struct registry *registry_open(const struct cli *cli, const char *where,
                               enum tem_registry_mode mode, const char *office,
                               bool *fresh)
{
    struct registry *registry = calloc(1, sizeof *registry);
    if (!registry) {
        COMPLAIN(cli, MEMORY, NULL);
        return NULL;
    }
    registry->cli = cli;
    registry->where = where;
    registry->server = is_server(where);
    name_it(registry);
    if (open_inside(registry, mode, office, fresh))
        return registry;
    registry_close(registry);
    return NULL;
}

void registry_close(struct registry *registry)
{
    if (!registry)
        return;
    tem_registry_close(registry->inside);
    free(registry);
}

struct tem_registry *registry_inside(struct registry *registry)
{
    return registry->inside;
}

const char *registry_name(const struct registry *registry)
{
    return registry->name;
}

/* ---- bundles ------------------------------------------------------------ */

/* A bundle, told by its version and its root, among those that were noted. */
struct bundle_search {
    uint64_t version;
    const char *root;
    bool found;
};

static enum tem_status look_for_bundle(void *context,
                                       const struct tem_event *event,
                                       struct tem_error *error)
{
    struct bundle_search *search = context;
    (void)error;
    search->found |=
        event->kind == TEM_EVENT_BUNDLE && event->count == search->version &&
        event->digest.size == strlen(search->root) &&
        memcmp(event->digest.data, search->root, event->digest.size) == 0;
    return TEM_OK;
}

bool registry_note_bundle(struct registry *registry,
                          const struct tem_trust *trust)
{
    struct tem_trust_seen seen;
    struct tem_error error;
    char root[2 * sizeof seen.root + 1];
    tem_trust_remember(trust, &seen);
    to_hex(seen.root, sizeof seen.root, root);
    struct bundle_search search = {seen.version, root, false};
    struct tem_event event = {.kind = TEM_EVENT_BUNDLE,
                              .count = seen.version,
                              .issued = tem_trust_all(trust)->issued,
                              .digest = tem_bytes_of(root)};
    enum tem_status status = tem_registry_folder_walk(
        registry->inside, "", look_for_bundle, &search, &error);
    if (status == TEM_OK && !search.found)
        status =
            tem_registry_note(registry->inside, &event, 1, 0, NULL, &error);
    return done(registry, status, &error);
}

/* ---- folders ------------------------------------------------------------ */

/* A tab or line end in a name would break the events' lines. */
static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return true;
    return false;
}

int registry_folder(const struct registry *registry, const char *folder,
                    char out[REGISTRY_PATH_SIZE])
{
    char real[PATH_MAX];
    size_t home = strlen(registry->home);
    if (!realpath(folder, real))
        return errno;
    if (has_control(real))
        return EINVAL;
    bool inside = !registry->server &&
                  strncmp(real, registry->home, home) == 0 &&
                  (real[home] == '/' || real[home] == '\0');
    int size = snprintf(out, REGISTRY_PATH_SIZE, "%s%s%s", registry->host,
                        inside ? "@" : "", inside ? real + home : real);
    return size < REGISTRY_PATH_SIZE ? 0 : ENAMETOOLONG;
}

/* Is a folder one of this machine's? */
static bool is_here(const struct registry *registry, const char *name)
{
    return strncmp(name, registry->host, strlen(registry->host)) == 0;
}

const char *registry_folder_path(const struct registry *registry,
                                 const char *name, char out[REGISTRY_PATH_SIZE])
{
    if (is_here(registry, name))
        name += strlen(registry->host);
    bool inside = name[0] == '@';
    snprintf(out, REGISTRY_PATH_SIZE, "%s%s", inside ? registry->home : "",
             name + inside);
    return out;
}

/* Is somebody at work in it? */
static bool is_busy(const struct registry *registry, const char *name)
{
    char path[REGISTRY_PATH_SIZE];
    int lock = -1;
    int reason =
        file_lock_folder(registry_folder_path(registry, name, path), &lock);
    if (lock >= 0)
        close(lock);
    return reason == EWOULDBLOCK;
}

/* ---- commands ----------------------------------------------------------- */

static struct tem_event command_event(const struct registry *registry,
                                      enum tem_event_kind kind, uint64_t count)
{
    return (struct tem_event){
        .kind = kind, .count = count, .folder = tem_bytes_of(registry->folder)};
}

bool registry_begin(struct registry *registry, uint64_t count,
                    const char *folder, bool anew)
{
    struct tem_error error;
    registry->folder = folder;
    if (!done(registry,
              tem_registry_command_read(registry->inside, folder,
                                        &registry->command, &error),
              &error))
        return false;
    bool same = registry->command.open && registry->command.count == count;
    registry->pending = same && !anew ? 0 : count;
    return true;
}

bool registry_end(struct registry *registry)
{
    struct tem_error error;
    struct tem_event event = command_event(registry, TEM_EVENT_END, 0);
    if (registry->pending > 0 || !registry->command.open)
        return true;
    registry->command.open = false;
    return done(registry,
                tem_registry_note(registry->inside, &event, 1, 0, NULL, &error),
                &error);
}

bool registry_has_done(const struct registry *registry,
                       const struct known *known)
{
    for (size_t i = known->is.run_count; registry->pending == 0 && i > 0; i--) {
        const struct tem_run *run = &known->is.runs[i - 1];
        if (run->done && run->command == registry->command.number &&
            run->command > 0 && strcmp(run->folder, registry->folder) == 0)
            return true;
    }
    return false;
}

/* ---- lots --------------------------------------------------------------- */

static bool is_open(const struct tem_run *run)
{
    return !run->done && !run->abandoned;
}

static bool is_own(const struct registry *registry, const struct tem_run *run)
{
    return registry->folder && strcmp(run->folder, registry->folder) == 0;
}

/* Its own runs of this machine; @p left: the one that begins with this serial,
 * too, if it is still open. */
static void choose_runs(const struct registry *registry, struct known *known,
                        uint64_t left)
{
    known->open = known->before = NULL;
    for (size_t i = 0; i < known->is.run_count; i++) {
        const struct tem_run *run = &known->is.runs[i];
        if (!is_here(registry, run->folder))
            continue;
        if (run->done)
            known->before = run;
        if (is_open(run) && is_own(registry, run))
            known->open = run;
    }
    const struct tem_run *run =
        left && !known->open ? tem_registry_lot_run(&known->is, left) : NULL;
    if (run && is_open(run))
        known->open = run;
}

/* An open run of this machine in another folder where nobody is at work. */
static uint64_t find_left(const struct registry *registry,
                          const struct known *known)
{
    for (size_t i = known->is.run_count; i > 0; i--) {
        const struct tem_run *run = &known->is.runs[i - 1];
        if (is_open(run) && is_here(registry, run->folder) &&
            !is_own(registry, run) && !is_busy(registry, run->folder))
            return run->serials.first;
    }
    return 0;
}

/* Who was at work may have come to an end between the reading and the look at
 * the folder: only a run that is still open when it is read again was left. */
bool registry_read(struct registry *registry, const struct tem_lot_name *name,
                   struct known *known)
{
    struct tem_error error;
    struct tem_lot_name kept = *name; /* it may be the lot's own */
    uint64_t left = 0;
    for (;;) {
        if (!done(registry,
                  tem_registry_lot_read(registry->inside, &kept, &known->is,
                                        &error),
                  &error))
            return false;
        choose_runs(registry, known, left);
        if (known->open || (left = find_left(registry, known)) == 0)
            return true;
    }
}

void known_free(struct known *known)
{
    tem_registry_lot_free(&known->is);
    *known = (struct known){0};
}

bool registry_given(struct registry *registry, uint16_t kid, uint64_t *labels)
{
    struct tem_error error;
    return done(registry,
                tem_registry_given(registry->inside, kid, labels, &error),
                &error);
}

/* What was noted of the lot is known, too. */
static bool apply(struct registry *registry, struct known *known,
                  const struct tem_event *event)
{
    struct tem_error error;
    uint64_t left = known->open ? known->open->serials.first : 0;
    bool applied = done(
        registry, tem_registry_lot_apply(&known->is, event, &error), &error);
    choose_runs(registry, known, left);
    return applied;
}

static bool note(struct registry *registry, struct known *known,
                 const struct tem_event *event)
{
    struct tem_error error;
    return done(registry,
                tem_registry_note(registry->inside, event, 1, 0, NULL, &error),
                &error) &&
           apply(registry, known, event);
}

bool registry_note(struct registry *registry, struct known *known,
                   enum tem_event_kind kind, struct tem_serials serials)
{
    struct tem_event event = {
        .kind = kind, .lot = known->is.name, .serials = serials};
    return note(registry, known, &event);
}

bool registry_seal(struct registry *registry, struct known *known,
                   const char *salt, const char *digest,
                   struct tem_bytes record)
{
    struct tem_event event = {.kind = TEM_EVENT_SEAL,
                              .lot = known->is.name,
                              .salt = tem_bytes_of(salt),
                              .digest = tem_bytes_of(digest),
                              .record = record};
    return note(registry, known, &event);
}

bool registry_reserve(struct registry *registry, struct known *known,
                      const struct tem_run *run, uint64_t quota, bool *taken)
{
    struct tem_error error;
    bool begins = registry->pending > 0;
    struct tem_event events[2] = {
        command_event(registry, TEM_EVENT_BEGIN, registry->pending)};
    struct tem_event *reserve = &events[begins];
    *reserve = (struct tem_event){.kind = TEM_EVENT_RESERVE,
                                  .lot = known->is.name,
                                  .serials = run->serials,
                                  .width = run->width,
                                  .kid = run->kid,
                                  .command = registry->command.number + begins,
                                  .print = tem_bytes_of(run->print),
                                  .folder = tem_bytes_of(run->folder)};
    if (!done(registry,
              tem_registry_note(registry->inside, events, 1 + begins, quota,
                                taken, &error),
              &error))
        return false;
    if (!*taken) {
        struct tem_lot_name name = known->is.name;
        return registry_read(registry, &name, known);
    }
    registry->command.number += begins;
    registry->command.open = true;
    registry->pending = 0;
    return apply(registry, known, reserve);
}
