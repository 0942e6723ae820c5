/* SPDX-License-Identifier: MIT */
#ifndef TEM_ERROR_FAIL_H
#define TEM_ERROR_FAIL_H

/* How every stage reports a failure: fill in the error object, if there is
 * one, and give the status back, so that a return statement reads
 *     return TEM_FAIL(error, TEM_E_LIMIT, IMAGE_PIXELS, "dd", w, h);
 */

#include <stddef.h>
#include <tem/error.h>

#define TEM_FAIL(error, status_, name, ...)                                    \
    (((error) != NULL                                                          \
          ? ((error)->status = (status_), (error)->offset = 0,                 \
             tem_message_set(&(error)->message, TEM_MSG_##name, __VA_ARGS__))  \
          : (void)0),                                                          \
     (enum tem_status)(status_))

#define TEM_FAIL_AT(error, status_, at, name, ...)                             \
    (((error) != NULL                                                          \
          ? ((error)->status = (status_), (error)->offset = (at),              \
             tem_message_set(&(error)->message, TEM_MSG_##name, __VA_ARGS__))  \
          : (void)0),                                                          \
     (enum tem_status)(status_))

#endif
