/* SPDX-License-Identifier: MIT */
/* See json.h. */
#include "json.h"

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

/* RFC 8259 section 7; beyond U+FFFF by a surrogate pair. */
static void put_unsafe(FILE *out, uint32_t c)
{
    if (c > 0xFFFF) {
        c -= 0x10000;
        fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 | c >> 10),
                (unsigned)(0xDC00 | (c & 0x3FF)));
    } else {
        fprintf(out, "\\u%04x", (unsigned)c);
    }
}

static void put_char(FILE *out, struct tem_bytes character, uint32_t c)
{
    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", (int)c);
    else if (is_unsafe(c))
        put_unsafe(out, c);
    else
        fwrite(character.data, 1, character.size, out);
}

static void put_latin1(FILE *out, uint8_t byte)
{
    uint8_t two[] = {(uint8_t)(0xC0 | byte >> 6), 0x80 | (byte & 0x3F)};
    if (byte < 0x80)
        put_char(out, (struct tem_bytes){&byte, 1}, byte);
    else
        put_char(out, (struct tem_bytes){two, 2}, byte);
}

static bool is_utf8(struct tem_bytes bytes)
{
    uint32_t c;
    for (size_t at = 0, length; at < bytes.size; at += length) {
        length = utf8_read(bytes.data + at, bytes.size - at, &c);
        if (length == 0)
            return false;
    }
    return true;
}

void json_bytes(struct json *json, const char *key, struct tem_bytes bytes)
{
    bool utf8 = is_utf8(bytes);
    key_before(json, key);
    putc('"', json->out);
    for (size_t at = 0, length = 1; at < bytes.size; at += length) {
        const uint8_t *p = bytes.data + at;
        uint32_t c;
        if (utf8) {
            length = utf8_read(p, bytes.size - at, &c);
            put_char(json->out, (struct tem_bytes){p, length}, c);
        } else {
            put_latin1(json->out, *p);
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

void json_decimal(struct json *json, const char *key, double value, int places)
{
    key_before(json, key);
    fprintf(json->out, "%.*f", places, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    key_before(json, key);
    fputs(value ? "true" : "false", json->out);
}

void json_date(struct json *json, const char *key, int32_t date)
{
    char text[TEM_DATE_TEXT_SIZE];
    json_string(json, key, tem_date_iso(date, text));
}

void json_message(struct json *json, enum tem_severity severity,
                  const struct tem_message *message)
{
    static const char *const words[] = {"", "info", "warning", "error"};
    char text[TEM_MESSAGE_TEXT_MAX];
    json_string(json, "severity", words[severity]);
    json_number(json, "message", message->id);
    json_string(json, "text_vi",
                tem_message_text(message, TEM_LANG_VI, text, sizeof text));
    json_string(json, "text_en",
                tem_message_text(message, TEM_LANG_EN, text, sizeof text));
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
