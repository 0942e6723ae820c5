/* SPDX-License-Identifier: MIT */
/* See <tem/base.h>: times of day. Vietnam has kept +07:00 since 1975. */
#include <stdio.h>
#include <string.h>
#include <tem/base.h>

enum { HANOI = 7 * 3600, DAY = 86400, ZONE_MAX = 14 * 3600 };

/* Two digits and nothing else, from 0 to @p most; -1 if it is not so. */
static int two_digits(struct tem_bytes text, size_t at, int most)
{
    if (at + 2 > text.size)
        return -1;
    int tens = text.data[at] - '0', ones = text.data[at + 1] - '0';
    bool digits = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return digits && tens * 10 + ones <= most ? tens * 10 + ones : -1;
}

static bool is_at(struct tem_bytes text, size_t at, char c)
{
    return at < text.size && text.data[at] == (uint8_t)c;
}

/* "HH:MM" with, if @p seconds, ":SS" where it stands. @return seconds, or -1;
 * @p at goes behind it. */
static int clock_time(struct tem_bytes text, size_t *at, bool seconds)
{
    int hour = two_digits(text, *at, 23);
    int minute = two_digits(text, *at + 3, 59), second = 0;
    if (hour < 0 || minute < 0 || !is_at(text, *at + 2, ':'))
        return -1;
    *at += 5;
    if (seconds && is_at(text, *at, ':')) {
        second = two_digits(text, *at + 1, 59);
        *at += 3;
    }
    return second < 0 ? -1 : hour * 3600 + minute * 60 + second;
}

/* Seconds to the east, or ZONE_MAX + 1 if it is no zone. */
static int zone(struct tem_bytes text, size_t at)
{
    bool west = is_at(text, at, '-');
    if (at == text.size)
        return HANOI;
    if (is_at(text, at, 'Z') && at + 1 == text.size)
        return 0;
    if (!west && !is_at(text, at, '+'))
        return ZONE_MAX + 1;
    at++;
    int east = clock_time(text, &at, false);
    if (east < 0 || east > ZONE_MAX || at != text.size)
        return ZONE_MAX + 1;
    return west ? -east : east;
}

/* Where the day ends and the time begins. */
static size_t day_size(struct tem_bytes text)
{
    size_t i = 0;
    while (i < text.size && text.data[i] != 'T' && text.data[i] != ' ')
        i++;
    return i;
}

int64_t tem_time_parse(struct tem_bytes text)
{
    size_t at = day_size(text);
    int32_t day = tem_date_parse((struct tem_bytes){text.data, at});
    if (at == text.size || day == TEM_DATE_NONE)
        return TEM_TIME_NONE;
    at++;
    int seconds = clock_time(text, &at, true);
    int east = seconds < 0 ? ZONE_MAX + 1 : zone(text, at);
    int64_t time = (int64_t)day * DAY + seconds - east;
    return east > ZONE_MAX || time < 0 || time > TEM_TIME_MAX ? TEM_TIME_NONE
                                                              : time;
}

const char *tem_time_iso(int64_t time, char out[TEM_TIME_TEXT_SIZE])
{
    char day[TEM_DATE_TEXT_SIZE];
    int32_t date = tem_time_day(time);
    int of_day = date == TEM_DATE_NONE ? 0 : (int)((time + HANOI) % DAY);
    out[0] = '\0';
    if (date != TEM_DATE_NONE)
        snprintf(out, TEM_TIME_TEXT_SIZE, "%sT%02u:%02u:%02u+07:00",
                 tem_date_iso(date, day), (unsigned)of_day / 3600 % 100,
                 (unsigned)of_day / 60 % 60, (unsigned)of_day % 60);
    return out;
}

int32_t tem_time_day(int64_t time)
{
    int64_t day = time < 0 || time > TEM_TIME_MAX ? -1 : (time + HANOI) / DAY;
    return day < 0 || day > TEM_DATE_MAX ? TEM_DATE_NONE : (int32_t)day;
}
