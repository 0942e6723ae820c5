/* SPDX-License-Identifier: MIT */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

/* Passphrases and key files. */

#include "cmd.h"

struct passphrase {
    uint8_t data[TEM_PASSPHRASE_MAX];
    size_t size;
};

/* The first line of a file, or what is typed at the terminal without echo,
 * asked twice when @p again. @p file may be NULL. False with a complaint,
 * and wiped; the caller wipes what it was given. */
bool passphrase_get(const struct cli *cli, const char *about, const char *file,
                    bool again, struct passphrase *passphrase);

/* Is it the URI of a key in a token, not a file's name? */
bool key_in_token(const char *path);

/* Read a key file, or find a key in a token; a passphrase or PIN is asked for
 * only if the key needs one. NULL with a complaint. */
struct tem_key *key_load_private(const struct cli *cli, const char *path,
                                 const char *passphrase_file);
struct tem_key *key_load_public(const struct cli *cli, const char *path);

#endif
