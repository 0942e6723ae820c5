/* SPDX-License-Identifier: MIT */
#ifndef TEM_BASE_BUFFER_H
#define TEM_BASE_BUFFER_H

/* How a finished result goes out to the caller's memory. */

#include <tem/base.h>

/* All of @p bytes, or TEM_E_CAPACITY and @p out as it was. */
TEM_MUST_USE enum tem_status tem_buffer_put(struct tem_buffer *out,
                                            struct tem_bytes bytes,
                                            struct tem_error *error);

#endif
