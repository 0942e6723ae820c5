/* SPDX-License-Identifier: MIT */
/* See <tem/error.h>. */
#include <stdarg.h>
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

/* Where to cut so that @p room bytes are not passed and no character split. */
static size_t cut_at_character(const char *text, size_t room)
{
    size_t end = room;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    return end;
}

static void set_text(char out[TEM_MESSAGE_ARG_SIZE], const char *text)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(text);
    if (length < TEM_MESSAGE_ARG_SIZE) {
        memcpy(out, text, length + 1);
        return;
    }
    size_t end =
        cut_at_character(text, TEM_MESSAGE_ARG_SIZE - sizeof ellipsis);
    memcpy(out, text, end);
    memcpy(out + end, ellipsis, sizeof ellipsis);
}

void tem_message_set(struct tem_message *message, enum tem_message_id id,
                     const char *kinds, ...)
{
    memset(message, 0, sizeof *message);
    message->id = id;
    va_list args;
    va_start(args, kinds);
    for (size_t i = 0; i < TEM_MESSAGE_ARGS && kinds[i]; i++) {
        if (kinds[i] == 's')
            set_text(message->args[i], va_arg(args, const char *));
        else
            snprintf(message->args[i], TEM_MESSAGE_ARG_SIZE, "%lld",
                     va_arg(args, long long));
    }
    va_end(args);
}

const char *tem_message_expand(const char *format,
                               const struct tem_message *message, char *out,
                               size_t capacity)
{
    size_t used = 0;
    for (const char *p = format; *p && used + 1 < capacity;) {
        if (p[0] == '{' && p[1] >= '1' && p[1] < '1' + TEM_MESSAGE_ARGS &&
            p[2] == '}') {
            const char *arg = message->args[p[1] - '1'];
            size_t length = strlen(arg);
            if (length > capacity - 1 - used)
                length = cut_at_character(arg, capacity - 1 - used);
            memcpy(out + used, arg, length);
            used += length;
            p += 3;
        } else {
            out[used++] = *p++;
        }
    }
    out[used] = '\0';
    return out;
}

const char *tem_message_text(const struct tem_message *message,
                             enum tem_lang lang, char *out, size_t capacity)
{
    const struct text *text = find(message->id);
    return tem_message_expand(lang == TEM_LANG_EN ? text->en : text->vi,
                              message, out, capacity);
}
