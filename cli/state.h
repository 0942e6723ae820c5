/* SPDX-License-Identifier: MIT */
#ifndef CLI_STATE_H
#define CLI_STATE_H

/*
 * The note of the newest trust bundle that was seen of each province, so that
 * nobody can bring back an older one. A text file of lines:
 *
 *     tem-state  1
 *     PROVINCE  VERSION  FINGERPRINT-OF-THE-ROOT  ALGORITHM  ROOT
 *
 * Tabs between; the last two (a number and the public key as digits, so that
 * what that root hands over can be followed) may be missing.
 */

#include "cmd.h"

enum { STATE_PROVINCES = 99, STATE_PATH_SIZE = 4096 };

struct state {
    char path[STATE_PATH_SIZE]; /* "" : none is kept */
    struct tem_trust_seen seen[STATE_PROVINCES];
    size_t count;
};

/* @param option  of the command line: a file, "none", or NULL for the one in
 * $XDG_STATE_HOME or ~/.local/state. False with a complaint, where it is broken
 * too. */
bool state_load(const struct cli *cli, const char *option, struct state *state);

bool state_find(const struct state *state, uint32_t province,
                struct tem_trust_seen *seen);

/* Keep it if it is newer than what the file says by now. False with a
 * complaint. */
bool state_note(const struct cli *cli, const struct state *state,
                const struct tem_trust_seen *seen);

#endif
