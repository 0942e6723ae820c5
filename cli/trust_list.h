/* SPDX-License-Identifier: MIT */
#ifndef CLI_TRUST_LIST_H
#define CLI_TRUST_LIST_H

/* What a trust bundle says, a line an entry: to be shown, and to be compared
 * with what another one says. */

#include "cmd.h"

/* @param key   names the entry in its list, and orders it
 * @param text  all that it says */
typedef void (*trust_list_fn)(void *context, const char *key, const char *text);

/* With @p head also what trust_summary() says and two bundles may differ in.
 * @return false without memory: something was left out. */
bool trust_list(const struct cli *cli,
                const struct tem_trust_contents *contents, bool head,
                trust_list_fn each, void *context);

/* The same for programs, an object a line. */
void trust_list_json(const struct tem_trust_contents *contents);

/* How many there are of what, the dates, the roots: on stdout. */
void trust_summary(const struct cli *cli,
                   const struct tem_trust_contents *contents);

/* What differs, on stdout. @return how many entries, or -1 without memory. */
long trust_diff(const struct cli *cli, const struct tem_trust_contents *before,
                const struct tem_trust_contents *after);

#endif
