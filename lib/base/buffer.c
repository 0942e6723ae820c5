/* SPDX-License-Identifier: MIT */
/* See buffer.h. */
#include "buffer.h"
#include "../error/fail.h"
#include <string.h>

enum tem_status tem_buffer_put(struct tem_buffer *out, struct tem_bytes bytes,
                               struct tem_error *error)
{
    if (bytes.size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)bytes.size);
    if (bytes.size > 0)
        memcpy(out->data, bytes.data, bytes.size);
    out->size = bytes.size;
    return TEM_OK;
}
