/* SPDX-License-Identifier: MIT */
/* See <tem/base.h>. Day counts by the usual 400-year-era arithmetic. */
#include <stdio.h>
#include <tem/base.h>

enum { DAYS_PER_ERA = 146097, EPOCH_SHIFT = 719468 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

int32_t tem_date_from_civil(int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return TEM_DATE_NONE;
    int y = year - (month <= 2); /* years begin in March */
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT;
}

void tem_date_to_civil(int32_t date, int *year, int *month, int *day)
{
    int shifted = date + EPOCH_SHIFT;
    int era = shifted / DAYS_PER_ERA;
    int day_of_era = shifted - era * DAYS_PER_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                       day_of_era / 146096) /
                      365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* One run of @p least..@p most digits at *at; -1 if there is none. */
static int number(struct tem_bytes text, size_t *at, size_t least, size_t most)
{
    int value = 0;
    size_t count = 0;
    while (count < most && *at < text.size && text.data[*at] >= '0' &&
           text.data[*at] <= '9') {
        value = value * 10 + (text.data[*at] - '0');
        ++*at;
        count++;
    }
    return count < least ? -1 : value;
}

static int32_t parse_iso(struct tem_bytes text)
{
    size_t at = 0;
    int year = number(text, &at, 4, 4);
    if (at >= text.size || text.data[at++] != '-')
        return TEM_DATE_NONE;
    int month = number(text, &at, 2, 2);
    if (at >= text.size || text.data[at++] != '-')
        return TEM_DATE_NONE;
    int day = number(text, &at, 2, 2);
    return at == text.size ? tem_date_from_civil(year, month, day)
                           : TEM_DATE_NONE;
}

static int32_t parse_day_first(struct tem_bytes text)
{
    size_t at = 0;
    int day = number(text, &at, 1, 2);
    if (at >= text.size)
        return TEM_DATE_NONE;
    uint8_t separator = text.data[at++];
    if (separator != '/' && separator != '-' && separator != '.')
        return TEM_DATE_NONE;
    int month = number(text, &at, 1, 2);
    if (at >= text.size || text.data[at++] != separator)
        return TEM_DATE_NONE;
    int year = number(text, &at, 4, 4);
    return at == text.size ? tem_date_from_civil(year, month, day)
                           : TEM_DATE_NONE;
}

int32_t tem_date_parse(struct tem_bytes text)
{
    bool iso = text.size == 10 && text.data[4] == '-';
    return iso ? parse_iso(text) : parse_day_first(text);
}

static bool in_range(int32_t date)
{
    return date >= TEM_DATE_MIN && date <= TEM_DATE_MAX;
}

const char *tem_date_iso(int32_t date, char out[TEM_DATE_TEXT_SIZE])
{
    int year, month, day;
    out[0] = '\0';
    if (in_range(date)) {
        tem_date_to_civil(date, &year, &month, &day);
        snprintf(out, TEM_DATE_TEXT_SIZE, "%04u-%02u-%02u",
                 (unsigned)year % 10000, (unsigned)month % 100,
                 (unsigned)day % 100);
    }
    return out;
}

const char *tem_date_vn(int32_t date, char out[TEM_DATE_TEXT_SIZE])
{
    int year, month, day;
    out[0] = '\0';
    if (in_range(date)) {
        tem_date_to_civil(date, &year, &month, &day);
        snprintf(out, TEM_DATE_TEXT_SIZE, "%02u/%02u/%04u",
                 (unsigned)day % 100, (unsigned)month % 100,
                 (unsigned)year % 10000);
    }
    return out;
}

int32_t tem_date_add_months(int32_t date, int months)
{
    int year, month, day;
    if (!in_range(date) || months < -4000 || months > 4000)
        return TEM_DATE_NONE;
    tem_date_to_civil(date, &year, &month, &day);
    int total = year * 12 + month - 1 + months;
    year = total / 12;
    month = total % 12 + 1;
    int last = days_in_month(year, month);
    return tem_date_from_civil(year, month, day < last ? day : last);
}
