/* SPDX-License-Identifier: MIT */
/* See <tem/error.h>. */
#include "cut.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <tem/error.h>

struct text {
    enum tem_message_id id;
    const char *en;
    const char *vi;
};

static const struct text texts[] = {
#define M(name, number, en, vi) {TEM_MSG_##name, en, vi},
#include <tem/messages.def>
#undef M
};

static const struct text *find(enum tem_message_id id)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].id == id)
            return &texts[i];
    return &texts[0];
}

static void set_text(char out[TEM_MESSAGE_ARG_SIZE], const char *text)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(text);
    if (length < TEM_MESSAGE_ARG_SIZE) {
        memcpy(out, text, length + 1);
        return;
    }
    size_t end = tem_cut(text, TEM_MESSAGE_ARG_SIZE - sizeof ellipsis);
    memcpy(out, text, end);
    memcpy(out + end, ellipsis, sizeof ellipsis);
}

void tem_message_vset(struct tem_message *message, enum tem_message_id id,
                      const char *kinds, va_list args)
{
    memset(message, 0, sizeof *message);
    message->id = id;
    for (size_t i = 0; i < TEM_MESSAGE_ARGS && kinds[i]; i++) {
        if (kinds[i] == 's' || kinds[i] == 'n')
            set_text(message->args[i], va_arg(args, const char *));
        else
            snprintf(message->args[i], TEM_MESSAGE_ARG_SIZE, "%lld",
                     va_arg(args, long long));
        if (kinds[i] == 'n')
            message->numbers |= (uint8_t)(1 << i);
    }
}

void tem_message_set(struct tem_message *message, enum tem_message_id id,
                     const char *kinds, ...)
{
    va_list args;
    va_start(args, kinds);
    tem_message_vset(message, id, kinds, args);
    va_end(args);
}

/* Is it `{1}` up to the number of arguments? */
static bool is_argument(const char *p, size_t count)
{
    return p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}' &&
           (size_t)(p[1] - '0') <= count;
}

const char *tem_message_format(const char *format,
                               const char *const *arguments, size_t count,
                               char *out, size_t capacity)
{
    size_t used = 0;
    for (const char *p = format; *p;) {
        bool argument = is_argument(p, count);
        const char *piece = argument ? arguments[p[1] - '1'] : p;
        size_t length = argument ? strlen(piece) : 1 + strcspn(p + 1, "{");
        size_t room = capacity - 1 - used;
        size_t fits = length > room ? tem_cut(piece, room) : length;
        memcpy(out + used, piece, fits);
        used += fits;
        if (fits < length)
            break;
        p += argument ? 3 : length;
    }
    out[used] = '\0';
    return out;
}

/* 0.375 is 0,375 in Vietnamese, where 1.000 is a thousand. */
static const char *with_comma(const char *number,
                              char out[TEM_MESSAGE_ARG_SIZE])
{
    strcpy(out, number);
    for (char *point = out; (point = strchr(point, '.')) != NULL;)
        *point = ',';
    return out;
}

const char *tem_message_text(const struct tem_message *message,
                             enum tem_lang lang, char *out, size_t capacity)
{
    const struct text *text = find(message->id);
    char local[TEM_MESSAGE_ARGS][TEM_MESSAGE_ARG_SIZE];
    const char *arguments[TEM_MESSAGE_ARGS];
    for (size_t i = 0; i < TEM_MESSAGE_ARGS; i++) {
        bool comma = lang == TEM_LANG_VI && (message->numbers >> i & 1);
        arguments[i] = comma ? with_comma(message->args[i], local[i])
                             : message->args[i];
    }
    return tem_message_format(lang == TEM_LANG_EN ? text->en : text->vi,
                              arguments, TEM_MESSAGE_ARGS, out, capacity);
}
