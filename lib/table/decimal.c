/* SPDX-License-Identifier: MIT */
/* See decimal.h. */
#include "decimal.h"
#include <stdio.h>

struct tem_decimal tem_decimal_parse(const char *p)
{
    struct tem_decimal d = {0};
    d.negative = *p == '-';
    p += d.negative;
    for (; *p; p++) {
        if (*p == ',' || *p == '.') {
            d.two_marks |= d.mark != 0;
            d.mark = *p;
        } else if (*p >= '0' && *p <= '9') {
            d.too_long |= d.whole + d.places >= TEM_DECIMAL_DIGITS;
            if (!d.too_long)
                d.digits = d.digits * 10 + (*p - '0');
            *(d.mark ? &d.places : &d.whole) += 1;
        } else {
            return d;
        }
    }
    d.well_formed = d.whole > 0 && (!d.mark || d.places > 0);
    return d;
}

bool tem_decimal_is_ambiguous(const struct tem_decimal *d, const char *text)
{
    return d->mark && d->places == 3 && text[d->negative] != '0';
}

bool tem_decimal_scale(struct tem_decimal *d, unsigned decimals)
{
    for (; d->places > decimals && d->digits % 10 == 0; d->places--)
        d->digits /= 10;
    if (d->too_long || d->places > decimals)
        return false;
    for (; d->places < decimals; d->places++)
        d->digits *= 10;
    d->digits = d->negative ? -d->digits : d->digits;
    return true;
}

const char *tem_decimal_show(int64_t value, unsigned decimals,
                             char out[TEM_DECIMAL_SIZE])
{
    const char *sign = value < 0 ? "-" : "";
    int64_t unit = 1, size = value < 0 ? -value : value;
    for (; decimals > 0 && size % 10 == 0; decimals--)
        size /= 10;
    for (unsigned i = 0; i < decimals; i++)
        unit *= 10;
    int length = snprintf(out, TEM_DECIMAL_SIZE, "%s%lld", sign,
                          (long long)(size / unit));
    if (decimals > 0)
        snprintf(out + length, TEM_DECIMAL_SIZE - (size_t)length, ".%0*lld",
                 (int)decimals, (long long)(size % unit));
    return out;
}
