/* SPDX-License-Identifier: MIT */
#ifndef CLI_KEY_SHOW_H
#define CLI_KEY_SHOW_H

/* A key's fingerprint as people compare it: digits, words to be said over a
 * telephone, a QR symbol to be photographed. */

#include "json.h"

/* Digits and words, lines on stdout; false with a complaint. */
bool key_say(const struct cli *cli, const struct tem_key *key);

/* The symbol too; false with a complaint. */
bool key_show(const struct cli *cli, const struct tem_key *key);

/* "algorithm", "fingerprint" and "words"; false with a complaint. */
bool key_json(const struct cli *cli, struct json *json,
              const struct tem_key *key);

/* Does a text say that fingerprint, in any of the three ways? */
bool key_is(const struct tem_key *key, const char *text);

#endif
