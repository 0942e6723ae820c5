/* SPDX-License-Identifier: MIT */
#ifndef TEM_PAYLOAD_CONTENT_H
#define TEM_PAYLOAD_CONTENT_H

/* The ranges of a label's content, for what makes it and what encodes it. */

#include <tem/payload.h>

/*
 * Check every range that struct tem_payload states.
 *
 * @retval TEM_E_ARGUMENT  names the first field outside its own.
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_payload_check(const struct tem_payload *payload,
                                               struct tem_error *error);

#endif
