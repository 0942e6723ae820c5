/* SPDX-License-Identifier: MIT */
#ifndef TEM_VERIFY_JUDGE_H
#define TEM_VERIFY_JUDGE_H

/* What the files of the verify stage share. */

#include <tem/verify.h>

/* One finding more; where there is no room for it, in the place of the last.
 * @return its message, to be set. */
struct tem_message *tem_finding_add(struct tem_result *result, const char *rule,
                                    enum tem_severity severity);

/* How old the bundle is. A clock before its issue decides: cannot-tell. */
void tem_judge_freshness(const struct tem_verify_options *options,
                         struct tem_result *result);

/* With a bundle that has expired nothing is known to be genuine. */
void tem_judge_stale(const struct tem_verify_options *options,
                     struct tem_result *result);

/* A label whose seal holds under a key of the bundle: revoked, out of scope or
 * genuine; its names and its stars. */
void tem_judge_register(const struct tem_verify_options *options,
                        const struct tem_trust_key *key,
                        struct tem_result *result);

#endif
