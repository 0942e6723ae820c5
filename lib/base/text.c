/* SPDX-License-Identifier: MIT */
/* See <tem/base.h>. The only file that sees utf8proc. */
#include "../error/fail.h"
#include "buffer.h"
#include <stdlib.h>
#include <string.h>
#include <tem/base.h>
#include <utf8proc.h>

/* What nobody sees, or what may turn into anything: controls, those of writing
 * direction and joiners among them, private and unassigned code points. */
static bool is_refused(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_CC ||
           category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_CN ||
           category == UTF8PROC_CATEGORY_CO ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/* Walk @p text; count code points. */
static enum tem_status inspect(struct tem_bytes text, size_t *characters,
                               struct tem_error *error)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size; count++) {
        utf8proc_int32_t c;
        utf8proc_ssize_t used = utf8proc_iterate(
            text.data + at, (utf8proc_ssize_t)(text.size - at), &c);
        if (used <= 0)
            return TEM_FAIL_AT(error, TEM_E_FORMAT, at, TEXT_UTF8, "");
        if (is_refused(c))
            return TEM_FAIL_AT(error, TEM_E_FORMAT, at, TEXT_CONTROL, "");
        at += (size_t)used;
    }
    *characters = count;
    return TEM_OK;
}

/* Normalise into a buffer of utf8proc's; the caller frees it. */
static enum tem_status compose(struct tem_bytes text, utf8proc_uint8_t **made,
                               size_t *size, struct tem_error *error)
{
    utf8proc_ssize_t length =
        utf8proc_map(text.data, (utf8proc_ssize_t)text.size, made,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length == UTF8PROC_ERROR_NOMEM)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (length < 0)
        return TEM_FAIL(error, TEM_E_FORMAT, TEXT_UTF8, "");
    *size = (size_t)length;
    return TEM_OK;
}

enum tem_status tem_text_nfc(struct tem_bytes text, struct tem_buffer *out,
                             size_t *characters, struct tem_error *error)
{
    size_t count;
    enum tem_status status = inspect(text, &count, error);
    if (status != TEM_OK)
        return status;
    utf8proc_uint8_t *made = NULL;
    size_t size = 0;
    status = compose(text, &made, &size, error);
    if (status != TEM_OK)
        return status;
    struct tem_bytes composed = {made, size};
    status = inspect(composed, &count, error);
    if (status == TEM_OK)
        status = tem_buffer_put(out, composed, error);
    if (status == TEM_OK && characters)
        *characters = count;
    free(made);
    return status;
}

/* Letters and numbers of any script. */
static bool is_letter(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU &&
           category <= UTF8PROC_CATEGORY_NO &&
           category != UTF8PROC_CATEGORY_MN &&
           category != UTF8PROC_CATEGORY_MC && category != UTF8PROC_CATEGORY_ME;
}

/* Add the letters and digits of one character, a `_` before them where others
 * were skipped. @return false when they no longer fit. */
static bool fold_one(utf8proc_int32_t c, char *out, size_t capacity,
                     size_t *used, bool *gap)
{
    enum { PARTS = 32 }; /* no character of Unicode has more than 18 */
    utf8proc_int32_t parts[PARTS];
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, parts, PARTS,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
            UTF8PROC_STRIPMARK,
        NULL);
    if (count == 0)
        return true; /* a mark alone */
    for (utf8proc_ssize_t i = 0; i < count && i < PARTS; i++) {
        c = parts[i] == 0x111 ? 'd' : parts[i]; /* đ has no decomposition */
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && is_letter(c))
            c = '?'; /* of another script: no name has it */
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '?') {
            *gap = *used > 0;
            continue;
        }
        if (*used + 2 + *gap > capacity)
            return false;
        if (*gap)
            out[(*used)++] = '_';
        out[(*used)++] = (char)c;
        *gap = false;
    }
    return true;
}

const char *tem_text_fold(struct tem_bytes text, char *out, size_t capacity)
{
    size_t used = 0;
    bool gap = false;
    for (size_t at = 0; at < text.size;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate(
            text.data + at, (utf8proc_ssize_t)(text.size - at), &c);
        if (length <= 0) {
            used = 0;
            break;
        }
        if (!fold_one(c, out, capacity, &used, &gap))
            break;
        at += (size_t)length;
    }
    out[used] = '\0';
    return out;
}
