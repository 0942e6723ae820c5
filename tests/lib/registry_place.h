/* SPDX-License-Identifier: MIT */
#ifndef TEST_REGISTRY_PLACE_H
#define TEST_REGISTRY_PLACE_H

/* Where a test's registries are: files, and, where TEM_POSTGRES names a server
 * (see tests/server), schemas of its database. BOTH(name) makes two tests of
 * one function `static void name(void)`. */

#include "../test.h"
#include <stdbool.h>
#include <tem/tem.h>
#include <unistd.h>

static bool on_server;
static char place[512], schema[64], folder[64];
static int64_t test_time = 1764000000; /* 2025-11-24 */

static inline int64_t test_clock(void *context)
{
    (void)context;
    return test_time;
}

static inline int shell(const char *command)
{
    return system(command);
}

/* A place where nothing is yet. */
static inline bool new_place(void)
{
    static int number;
    char command[1024];
    const char *server = getenv("TEM_POSTGRES");
    number++;
    if (!on_server) {
        if (!folder[0]) {
            strcpy(folder, "/tmp/tem-registry-XXXXXX");
            if (!mkdtemp(folder))
                return false;
        }
        snprintf(place, sizeof place, "%s/r%d.db", folder, number);
        return true;
    }
    snprintf(schema, sizeof schema, "t%ld_%d", (long)getpid(), number);
    snprintf(place, sizeof place, "%s?options=-csearch_path%%3D%s", server,
             schema);
    snprintf(command, sizeof command,
             "psql -qXd '%s' -c 'CREATE SCHEMA %s' >/dev/null", server, schema);
    return shell(command) == 0;
}

/* Statements as somebody would give them behind our back; "'" is not for
 * here. */
static inline bool meddle(const char *sql)
{
    char command[2048];
    if (on_server)
        snprintf(command, sizeof command, "psql -qXd '%s' -c \"%s\" >/dev/null",
                 place, sql);
    else
        snprintf(command, sizeof command, "sqlite3 '%s' \"%s\" >/dev/null",
                 place, sql);
    return shell(command) == 0;
}

static inline void clear_places(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (folder[0])
        shell(command);
}

#define BOTH(name)                                                             \
    TEST(name##_file)                                                          \
    {                                                                          \
        on_server = false;                                                     \
        REQUIRE(new_place());                                                  \
        name();                                                                \
    }                                                                          \
    TEST(name##_server)                                                        \
    {                                                                          \
        const char *server_ = getenv("TEM_POSTGRES");                          \
        if (!server_ || !*server_)                                             \
            SKIP("no server: see tests/server");                               \
        on_server = true;                                                      \
        REQUIRE(new_place());                                                  \
        name();                                                                \
    }

#define RUN_BOTH(name)                                                         \
    RUN(name##_file);                                                          \
    RUN(name##_server)

#endif
