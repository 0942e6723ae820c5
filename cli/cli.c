/* SPDX-License-Identifier: MIT */
/* See cmd.h: texts, complaints, exit status, the clock. */
#include "cmd.h"
#include <string.h>
#include <time.h>

static const char *const texts[][2] = {
#define T(name, en, vi) [TEXT_##name] = {vi, en},
#include "text.def"
#undef T
};

const char *text_format(enum tem_lang lang, enum text_id id,
                        const char *const *arguments, char *out,
                        size_t capacity)
{
    size_t used = 0, count = 0;
    while (arguments[count])
        count++;
    for (const char *p = texts[id][lang == TEM_LANG_EN];
         *p && used + 1 < capacity;) {
        bool hole = p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}';
        size_t index = hole ? (size_t)(p[1] - '1') : count;
        if (index >= count) {
            out[used++] = *p++;
            continue;
        }
        size_t length = strlen(arguments[index]);
        if (length > capacity - 1 - used)
            length = capacity - 1 - used;
        memcpy(out + used, arguments[index], length);
        used += length;
        p += 3;
    }
    out[used] = '\0';
    return out;
}

void complain_at(const struct cli *cli, enum text_id id,
                 const char *const *arguments)
{
    char line[8192];
    fflush(stdout); /* so that both stand in order in one file */
    fprintf(stderr, "tem: %s\n",
            text_format(cli->lang, id, arguments, line, sizeof line));
}

void tell_at(const struct cli *cli, enum text_id id,
             const char *const *arguments)
{
    char line[8192];
    if (!cli->quiet && !cli->json)
        printf("%s\n",
               text_format(cli->lang, id, arguments, line, sizeof line));
}

void complain_error(const struct cli *cli, const char *file,
                    const struct tem_error *error)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    tem_message_text(&error->message, cli->lang, text, sizeof text);
    COMPLAIN(cli, ABOUT_FILE, file, text);
}

int worsen(struct cli *cli, int status)
{
    static const int rank[] = {[EXIT_DONE] = 0, [EXIT_NEGATIVE] = 1,
                               [EXIT_USAGE] = 2, [EXIT_FAILED] = 3};
    if (rank[status] > rank[cli->status])
        cli->status = status;
    return cli->status;
}

struct number_text number_text(long long value)
{
    struct number_text result;
    snprintf(result.text, sizeof result.text, "%lld", value);
    return result;
}

int32_t today(void)
{
    enum { HANOI = 7 * 3600, DAY = 86400 };
    return (int32_t)((time(NULL) + HANOI) / DAY);
}
