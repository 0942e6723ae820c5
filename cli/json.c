/* SPDX-License-Identifier: MIT */
/* See json.h. */
#include "json.h"
#include <string.h>

static void key_before(struct json *json, const char *key)
{
    if (json->comma)
        putc(',', json->out);
    if (key)
        fprintf(json->out, "\"%s\":", key);
    json->comma = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    key_before(json, key);
    putc(bracket, json->out);
    json->comma = false;
}

void json_close(struct json *json, char bracket)
{
    putc(bracket, json->out);
    json->comma = true;
}

void json_end(struct json *json)
{
    putc('\n', json->out);
    json->comma = false;
}

static void put_char(FILE *out, uint8_t c)
{
    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7F)
        fprintf(out, "\\u%04x", c);
    else
        putc(c, out);
}

/* Length of the UTF-8 sequence at @p p, 0 if there is none (RFC 3629). */
static size_t sequence(const uint8_t *p, size_t left)
{
    static const struct {
        uint8_t first, last, low, high;
        size_t length;
    } rows[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (p[0] < rows[i].first || p[0] > rows[i].last)
            continue;
        if (left < rows[i].length)
            return 0;
        if (rows[i].length > 1 && (p[1] < rows[i].low || p[1] > rows[i].high))
            return 0;
        for (size_t k = 2; k < rows[i].length; k++)
            if ((p[k] & 0xC0) != 0x80)
                return 0;
        return rows[i].length;
    }
    return 0;
}

static bool is_utf8(struct tem_bytes bytes)
{
    for (size_t at = 0; at < bytes.size;) {
        size_t length = sequence(bytes.data + at, bytes.size - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

void json_bytes(struct json *json, const char *key, struct tem_bytes bytes)
{
    bool utf8 = is_utf8(bytes);
    key_before(json, key);
    putc('"', json->out);
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t c = bytes.data[i];
        if (c >= 0x80 && !utf8) {
            putc(0xC0 | c >> 6, json->out);
            putc(0x80 | (c & 0x3F), json->out);
        } else {
            put_char(json->out, c);
        }
    }
    putc('"', json->out);
}

void json_string(struct json *json, const char *key, const char *text)
{
    json_bytes(json, key, tem_bytes_of(text));
}

void json_number(struct json *json, const char *key, long long value)
{
    key_before(json, key);
    fprintf(json->out, "%lld", value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    key_before(json, key);
    fputs(value ? "true" : "false", json->out);
}

void json_null(struct json *json, const char *key)
{
    key_before(json, key);
    fputs("null", json->out);
}

void json_date(struct json *json, const char *key, int32_t date)
{
    char text[TEM_DATE_TEXT_SIZE];
    json_string(json, key, tem_date_iso(date, text));
}

void json_corners(struct json *json, const struct tem_point corners[4])
{
    json_open(json, "corners", '[');
    for (size_t k = 0; k < 4; k++) {
        json_open(json, NULL, '[');
        json_number(json, NULL, corners[k].x);
        json_number(json, NULL, corners[k].y);
        json_close(json, ']');
    }
    json_close(json, ']');
}
