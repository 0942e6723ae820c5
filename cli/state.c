/* SPDX-License-Identifier: MIT */
/* See state.h. */
#include "state.h"
#include "file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEADER "tem-state\t1"

enum { FILE_MOST = 65536, LINE_SIZE = 256, TRIES = 200, TRY_MS = 10 };

/* ---- where it is ---- */

/* $XDG_STATE_HOME must be absolute, else it is as if it were not there. */
static bool find_path(const char *option, char out[STATE_PATH_SIZE])
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int size = 0;
    out[0] = '\0';
    if (option && strcmp(option, "none") == 0)
        return true;
    if (option)
        size = snprintf(out, STATE_PATH_SIZE, "%s", option);
    else if (state && state[0] == '/')
        size = snprintf(out, STATE_PATH_SIZE, "%s/tem/bundles", state);
    else if (home && home[0] == '/')
        size =
            snprintf(out, STATE_PATH_SIZE, "%s/.local/state/tem/bundles", home);
    return size < STATE_PATH_SIZE;
}

/* ---- its lines ---- */

static bool read_hex(const char *hex, uint8_t *out, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 2 * size; i++) {
        const char *digit = hex[i] ? strchr(digits, hex[i]) : NULL;
        if (!digit)
            return false;
        unsigned value = (unsigned)(digit - digits);
        out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | value : value << 4);
    }
    return hex[2 * size] == '\0';
}

/* The root itself, which notes of earlier versions do not have. */
static bool read_key(const char *hex, unsigned long algorithm,
                     struct tem_trust_seen *seen)
{
    seen->algorithm = (enum tem_algorithm)algorithm;
    seen->key_size = strlen(hex) / 2;
    return algorithm <= TEM_ALGORITHM_ES256 &&
           seen->key_size <= TEM_TRUST_KEY_MAX &&
           read_hex(hex, seen->key, seen->key_size);
}

static bool read_line(const char *line, struct tem_trust_seen *seen)
{
    char hex[2 * TEM_SHA256_BYTES + 2], key[2 * TEM_TRUST_KEY_MAX + 2];
    unsigned long province, version, algorithm;
    memset(seen, 0, sizeof *seen);
    int fields = sscanf(line, "%lu\t%lu\t%65s\t%lu\t%131s", &province,
                        &version, hex, &algorithm, key);
    if ((fields != 3 && fields != 5) || province < 1 || province > STATE_PROVINCES || version < 1 ||
        version > UINT32_MAX)
        return false;
    seen->province = (uint32_t)province;
    seen->version = (uint32_t)version;
    return read_hex(hex, seen->root, sizeof seen->root) &&
           (fields == 3 || read_key(key, algorithm, seen));
}

/* @return the line that is wrong, from 1, or 0. */
static long long read_lines(char *text, struct state *state)
{
    long long number = 0;
    for (char *line = text; *line;) {
        char *end = strchr(line, '\n');
        number++;
        if (!end) /* cut off */
            return number;
        *end = '\0';
        if (number == 1 ? strcmp(line, HEADER) != 0
                        : state->count == STATE_PROVINCES ||
                              !read_line(line, &state->seen[state->count]))
            return number;
        state->count += number > 1;
        line = end + 1;
    }
    return number == 0;
}

static bool is_absent(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static bool read_file(const struct cli *cli, struct state *state)
{
    uint8_t *data;
    size_t size;
    state->count = 0;
    if (is_absent(state->path)) /* else what it says is not known */
        return true;
    if (!file_read(cli, state->path, FILE_MOST, &data, &size))
        return false;
    char *text = malloc(size + 1);
    long long wrong = 1;
    if (text) {
        memcpy(text, data, size);
        text[size] = '\0';
        wrong = strlen(text) == size ? read_lines(text, state) : 1;
    }
    free(text);
    free(data);
    if (wrong)
        COMPLAIN(cli, STATE_BROKEN, state->path, number_text(wrong).text);
    return wrong == 0;
}

bool state_load(const struct cli *cli, const char *option, struct state *state)
{
    memset(state, 0, sizeof *state);
    if (!find_path(option, state->path)) {
        COMPLAIN(cli, STATE_KEEP, state->path, reason_text(cli, ENAMETOOLONG));
        return false;
    }
    return !state->path[0] || read_file(cli, state);
}

bool state_find(const struct state *state, uint32_t province,
                struct tem_trust_seen *seen)
{
    for (size_t i = 0; i < state->count; i++)
        if (state->seen[i].province == province) {
            *seen = state->seen[i];
            return true;
        }
    return false;
}

/* ---- keeping it ---- */

static int write_file(const struct state *state)
{
    char *text = malloc((state->count + 1) * LINE_SIZE);
    if (!text)
        return ENOMEM;
    size_t used = (size_t)sprintf(text, HEADER "\n");
    for (size_t i = 0; i < state->count; i++) {
        const struct tem_trust_seen *s = &state->seen[i];
        char hex[2 * TEM_SHA256_BYTES + 1], key[2 * TEM_TRUST_KEY_MAX + 1];
        to_hex(s->root, sizeof s->root, hex);
        used += (size_t)sprintf(text + used, "%lu\t%lu\t%s",
                                (unsigned long)s->province,
                                (unsigned long)s->version, hex);
        to_hex(s->key, s->key_size, key);
        used += (size_t)(s->key_size > 0
                             ? sprintf(text + used, "\t%d\t%s\n",
                                       (int)s->algorithm, key)
                             : sprintf(text + used, "\n"));
    }
    int reason = file_renew(state->path, text, used, 0600);
    free(text);
    return reason;
}

static bool has_root(const struct tem_trust_seen *a,
                     const struct tem_trust_seen *b)
{
    return memcmp(a->root, b->root, sizeof a->root) == 0;
}

/* The higher version stays. Of another root one comes in only if what is noted
 * is still what it was held against, @p before. */
static void add(struct state *state, const struct tem_trust_seen *seen,
                const struct tem_trust_seen *before)
{
    size_t i = 0;
    while (i < state->count && state->seen[i].province != seen->province)
        i++;
    if (i == state->count && state->count < STATE_PROVINCES)
        state->seen[state->count++] = *seen;
    else if (i < state->count && state->seen[i].version <= seen->version &&
             (has_root(&state->seen[i], seen) ||
              has_root(&state->seen[i], before)))
        state->seen[i] = *seen;
}

/* Another command that notes something is done soon. */
static int lock(const char *folder, int *held)
{
    const struct timespec pause = {0, TRY_MS * 1000000L};
    int reason = EWOULDBLOCK;
    for (int i = 0; i < TRIES && reason == EWOULDBLOCK; i++) {
        if (i > 0)
            nanosleep(&pause, NULL);
        reason = file_lock_folder(folder, held);
    }
    return reason;
}

/* What the file says by now, and this. */
static bool merge(const struct cli *cli, const char *path,
                  const struct tem_trust_seen *seen,
                  const struct tem_trust_seen *before, int *reason)
{
    struct state *now = calloc(1, sizeof *now);
    bool whole = now != NULL;
    *reason = now ? 0 : ENOMEM;
    if (now) {
        memcpy(now->path, path, strlen(path) + 1);
        whole = read_file(cli, now);
    }
    if (whole) {
        add(now, seen, before);
        *reason = write_file(now);
    }
    free(now);
    return whole || *reason;
}

static const char *folder_of(const char *path, char out[STATE_PATH_SIZE])
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strcpy(out, ".");
    size_t size = slash == path ? 1 : (size_t)(slash - path);
    memcpy(out, path, size);
    out[size] = '\0';
    return out;
}

bool state_note(const struct cli *cli, const struct state *state,
                const struct tem_trust_seen *seen)
{
    char folder[STATE_PATH_SIZE];
    struct tem_trust_seen before;
    int held = -1;
    bool whole = true;
    memset(&before, 0, sizeof before);
    if (state_find(state, seen->province, &before) &&
        memcmp(&before, seen, sizeof before) == 0)
        return true;
    folder_of(state->path, folder);
    int reason = file_make_folder(folder);
    if (reason == 0)
        reason = lock(folder, &held);
    if (reason == 0)
        whole = merge(cli, state->path, seen, &before, &reason);
    if (held >= 0)
        close(held);
    if (reason)
        COMPLAIN(cli, STATE_KEEP, state->path, reason_text(cli, reason));
    return whole && reason == 0;
}
