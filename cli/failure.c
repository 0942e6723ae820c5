/* SPDX-License-Identifier: MIT */
/* See failure.h. */
#include "failure.h"
#include "json.h"

const char *place_text(const struct cli *cli, struct place place, char *out,
                       size_t capacity)
{
    if (place.line == 0)
        return place.file;
    return text_format(cli->lang, TEXT_LINE,
                       ARGUMENTS(number_text(place.line).text), out, capacity);
}

static void print(struct cli *cli, struct place place, const char *kind,
                  const char *en, const char *vi)
{
    struct json json = {stdout, false};
    worsen(cli, EXIT_FAILED);
    if (!cli->json)
        return;
    json_open(&json, NULL, '{');
    json_string(&json, "file", place.file);
    if (place.line)
        json_number(&json, "line", place.line);
    json_string(&json, "error", kind);
    json_string(&json, "text_vi", vi);
    json_string(&json, "text_en", en);
    json_close(&json, '}');
    json_end(&json);
}

static void print_text(struct cli *cli, enum text_id id, struct place place,
                       const char *kind, const char *const *arguments)
{
    char en[8192], vi[8192];
    text_format(TEM_LANG_EN, id, arguments, en, sizeof en);
    text_format(TEM_LANG_VI, id, arguments, vi, sizeof vi);
    print(cli, place, kind, en, vi);
}

void failure_at(struct cli *cli, enum text_id id, struct place place,
                const char *kind, const char *const *arguments)
{
    complain_at(cli, id, arguments);
    print_text(cli, id, place, kind, arguments);
}

void failure_of_file(struct cli *cli, const char *file)
{
    print_text(cli, TEXT_UNREADABLE, (struct place){file, 0}, "unreadable",
               ARGUMENTS(file));
}

void failure_error(struct cli *cli, struct place place, const char *kind,
                   const struct tem_error *error)
{
    char en[TEM_MESSAGE_TEXT_MAX], vi[TEM_MESSAGE_TEXT_MAX], where[64];
    tem_message_text(&error->message, TEM_LANG_EN, en, sizeof en);
    tem_message_text(&error->message, TEM_LANG_VI, vi, sizeof vi);
    complain_error(cli, place_text(cli, place, where, sizeof where), error);
    print(cli, place, kind, en, vi);
}
