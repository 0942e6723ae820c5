/* SPDX-License-Identifier: MIT */
#ifndef CLI_JSON_H
#define CLI_JSON_H

/* One JSON object a line, written as it goes; keys are ours, plain ASCII. What
 * is_unsafe() stands as \u escapes: the value is the same, and a terminal
 * that shows it is not steered. */

#include "cmd.h"

struct json {
    FILE *out;
    bool comma; /* the next member needs one before it */
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_end(struct json *json); /* the line */
void json_string(struct json *json, const char *key, const char *text);
/* Bytes as text: UTF-8 if they are, else each byte as its Latin-1 character. */
void json_bytes(struct json *json, const char *key, struct tem_bytes bytes);
void json_decimal(struct json *json, const char *key, double value, int places);
void json_number(struct json *json, const char *key, long long value);
void json_bool(struct json *json, const char *key, bool value);
/* "severity", "message" (its number), "text_vi" and "text_en" of a finding. */
void json_message(struct json *json, enum tem_severity severity,
                  const struct tem_message *message);
/* "corners": [[x, y] x 4] of a symbol. */
void json_corners(struct json *json, const struct tem_point corners[4]);
void json_date(struct json *json, const char *key, int32_t date);

#endif
