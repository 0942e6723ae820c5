/* SPDX-License-Identifier: MIT */
/* See field.h: the words of choices. */
#include "field.h"
#include <string.h>

static bool is_called(const struct tem_choice *choice, const char *folded)
{
    char vi[TEM_FOLDED_SIZE];
    if (strcmp(choice->word, folded) == 0)
        return true;
    return choice->vi &&
           strcmp(tem_text_fold(tem_bytes_of(choice->vi), vi, sizeof vi),
                  folded) == 0;
}

const struct tem_choice *tem_choice_find(const struct tem_choice *choices,
                                         const char *folded)
{
    for (const struct tem_choice *c = choices; c->word; c++)
        if (is_called(c, folded))
            return c;
    return NULL;
}

static size_t join(char *out, size_t capacity, size_t used, const char *word)
{
    size_t comma = used > 0 ? 2 : 0, length = strlen(word);
    if (used + comma + length + 1 > capacity)
        return used;
    memcpy(out + used, ", ", comma);
    memcpy(out + used + comma, word, length + 1);
    return used + comma + length;
}

void tem_choice_names(const struct tem_choice *choices,
                      char en[TEM_MESSAGE_ARG_SIZE],
                      char vi[TEM_MESSAGE_ARG_SIZE])
{
    size_t en_used = 0, vi_used = 0;
    en[0] = vi[0] = '\0';
    for (const struct tem_choice *c = choices; c->word; c++) {
        if (!c->vi)
            continue;
        en_used = join(en, TEM_MESSAGE_ARG_SIZE, en_used, c->word);
        vi_used = join(vi, TEM_MESSAGE_ARG_SIZE, vi_used, c->vi);
    }
}
