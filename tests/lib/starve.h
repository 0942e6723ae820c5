/* SPDX-License-Identifier: MIT */
#ifndef TEST_STARVE_H
#define TEST_STARVE_H

/* A piece of work without memory: each allocation of the library's own fails in
 * its turn, and each of its calls of utf8proc_map(). The linker sends them here
 * (--wrap, see meson.build). */

#include "test.h"
#include <tem/error.h>
#include <utf8proc.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *old);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *old);
utf8proc_ssize_t __real_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t size,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options);
utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t size,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options);

static long left = -1; /* allocations before one fails; -1: none does */
static long live;      /* blocks given out and not yet freed */

static bool fails(void)
{
    return left >= 0 && left-- == 0;
}

void *__wrap_malloc(size_t size)
{
    void *made = fails() ? NULL : __real_malloc(size);
    live += made != NULL;
    return made;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *made = fails() ? NULL : __real_calloc(count, size);
    live += made != NULL;
    return made;
}

void *__wrap_realloc(void *old, size_t size)
{
    void *made = fails() ? NULL : __real_realloc(old, size);
    live += made != NULL && old == NULL;
    return made;
}

void __wrap_free(void *old)
{
    live -= old != NULL;
    __real_free(old);
}

utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t size,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options)
{
    if (fails())
        return UTF8PROC_ERROR_NOMEM;
    utf8proc_ssize_t length = __real_utf8proc_map(text, size, made, options);
    live += length >= 0;
    return length;
}

/* ---- every failure of one piece of work ------------------------------- */

typedef enum tem_status work(struct tem_error *error);

/* Let allocation 0, 1, 2, ... fail until the work succeeds for want of
 * failures, at least so many times. */
static void starve(work *do_work, long at_least)
{
    long failures = 0;
    for (; failures < 1000; failures++) {
        struct tem_error error = {.status = TEM_OK};
        long before = live;
        left = failures;
        enum tem_status status = do_work(&error);
        bool unused = left >= 0;
        left = -1;
        CHECK_INT(live, before);
        if (status == TEM_OK && unused)
            break;
        if (status == TEM_OK)
            continue; /* it could do without */
        CHECK_INT(status, TEM_E_MEMORY);
        CHECK_INT(error.status, TEM_E_MEMORY);
        CHECK_INT(error.message.id, TEM_MSG_MEMORY);
    }
    CHECK(failures >= at_least && failures < 1000);
}

#endif
