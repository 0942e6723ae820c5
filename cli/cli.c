/* SPDX-License-Identifier: MIT */
/* See cmd.h: texts, complaints, exit status, the clock. */
#include "cmd.h"
#include <errno.h>
#include <string.h>
#include <time.h>

/* A path, or a library's message, when each byte of it is escaped. */
enum { ARGUMENT_SIZE = 8192, LINE_SIZE = 2 * ARGUMENT_SIZE };

static const struct both texts[] = {
#define T(name, en, vi) [TEXT_##name] = {en, vi},
#include "text.def"
#undef T
};

/* ---- texts ---- */

const char *in_lang(enum tem_lang lang, struct both text)
{
    return lang == TEM_LANG_VI ? text.vi : text.en;
}

const char *text_of(enum tem_lang lang, enum text_id id)
{
    return in_lang(lang, texts[id]);
}

const char *text_format(enum tem_lang lang, enum text_id id,
                        const char *const *arguments, char *out,
                        size_t capacity)
{
    char memory[TEXT_ARGUMENTS][ARGUMENT_SIZE];
    const char *escaped[TEXT_ARGUMENTS];
    size_t count = 0;
    for (; count < TEXT_ARGUMENTS && arguments[count]; count++)
        escaped[count] = escape(tem_bytes_of(arguments[count]), memory[count],
                                sizeof memory[count]);
    return tem_message_format(text_of(lang, id), escaped, count, out, capacity);
}

void complain_at(const struct cli *cli, enum text_id id,
                 const char *const *arguments)
{
    char line[LINE_SIZE];
    fflush(stdout); /* so that both stand in order in one file */
    fprintf(stderr, "tem: %s\n",
            text_format(cli->lang, id, arguments, line, sizeof line));
}

void say_at(const struct cli *cli, enum text_id id,
            const char *const *arguments)
{
    char line[LINE_SIZE];
    printf("%s\n", text_format(cli->lang, id, arguments, line, sizeof line));
}

void tell_at(const struct cli *cli, enum text_id id,
             const char *const *arguments)
{
    if (!cli->quiet && !cli->json)
        say_at(cli, id, arguments);
}

/* What the library, which knows no command, leaves out. */
static const struct {
    enum tem_message_id id;
    enum text_id hint;
} hints[] = {
    {TEM_MSG_KEY_OTHER_PEM, TEXT_HINT_KEYGEN},
    {TEM_MSG_IMAGE_PIXELS, TEXT_HINT_MAX_PIXELS},
    {TEM_MSG_VERIFY_DEMO_KEY, TEXT_HINT_DEMO},
};

const char *message_text(const struct cli *cli,
                         const struct tem_message *message, char *out,
                         size_t capacity)
{
    tem_message_text(message, cli->lang, out, capacity);
    size_t used = strlen(out);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].id == message->id)
            text_format(cli->lang, hints[i].hint, ARGUMENTS(NULL), out + used,
                        capacity - used);
    return out;
}

void complain_error(const struct cli *cli, const char *file,
                    const struct tem_error *error)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    COMPLAIN(cli, ABOUT_FILE, file,
             message_text(cli, &error->message, text, sizeof text));
}

const char *decimal_text(const struct cli *cli, double value, int places,
                         char *out, size_t capacity)
{
    snprintf(out, capacity, "%.*f", places, value);
    if (out[0] == '-' && strspn(out, "-0.") == strlen(out))
        memmove(out, out + 1, strlen(out));
    char *point = strchr(out, '.');
    if (point && cli->lang == TEM_LANG_VI)
        *point = ',';
    return out;
}

const char *reason_text(const struct cli *cli, int number)
{
    static const struct {
        int number;
        enum text_id id;
    } reasons[] = {
        {ENOENT, TEXT_REASON_ENOENT}, {EACCES, TEXT_REASON_EACCES},
        {EPERM, TEXT_REASON_EPERM},   {ENOSPC, TEXT_REASON_ENOSPC},
        {EDQUOT, TEXT_REASON_EDQUOT}, {EROFS, TEXT_REASON_EROFS},
        {EISDIR, TEXT_REASON_EISDIR}, {ENOTDIR, TEXT_REASON_ENOTDIR},
        {EIO, TEXT_REASON_EIO},       {ENOMEM, TEXT_REASON_ENOMEM},
        {EMFILE, TEXT_REASON_EMFILE}, {ENAMETOOLONG, TEXT_REASON_ENAMETOOLONG},
        {EINVAL, TEXT_REASON_EINVAL},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].number == number)
            return text_of(cli->lang, reasons[i].id);
    return strerror(number);
}

int worsen(struct cli *cli, int status)
{
    static const int rank[] = {[EXIT_DONE] = 0,
                               [EXIT_NEGATIVE] = 1,
                               [EXIT_USAGE] = 2,
                               [EXIT_FAILED] = 3};
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

void to_hex(const uint8_t *data, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++)
        snprintf(out + 2 * i, 3, "%02x", data[i]);
    out[2 * size] = '\0';
}

/* ---- what others wrote ---- */

size_t utf8_read(const uint8_t *p, size_t left, uint32_t *character)
{
    static const struct {
        uint8_t first, last, low, high; /* of byte 1, of byte 2 */
        uint8_t length, bits;
    } rows[] = {
        {0x00, 0x7F, 0, 0, 1, 0x7F},       {0xC2, 0xDF, 0x80, 0xBF, 2, 0x1F},
        {0xE0, 0xE0, 0xA0, 0xBF, 3, 0x0F}, {0xE1, 0xEC, 0x80, 0xBF, 3, 0x0F},
        {0xED, 0xED, 0x80, 0x9F, 3, 0x0F}, {0xEE, 0xEF, 0x80, 0xBF, 3, 0x0F},
        {0xF0, 0xF0, 0x90, 0xBF, 4, 0x07}, {0xF1, 0xF3, 0x80, 0xBF, 4, 0x07},
        {0xF4, 0xF4, 0x80, 0x8F, 4, 0x07},
    };
    size_t i = 0, end = sizeof rows / sizeof *rows;
    while (i < end && (p[0] < rows[i].first || p[0] > rows[i].last))
        i++;
    if (i == end || left < rows[i].length)
        return 0;
    if (rows[i].length > 1 && (p[1] < rows[i].low || p[1] > rows[i].high))
        return 0;
    *character = p[0] & rows[i].bits;
    for (size_t k = 1; k < rows[i].length; k++) {
        if ((p[k] & 0xC0) != 0x80)
            return 0;
        *character = *character << 6 | (p[k] & 0x3F);
    }
    return rows[i].length;
}

bool is_unsafe(uint32_t character)
{
    static const uint32_t ranges[][2] = {
        {0x0000, 0x001F},   {0x007F, 0x009F}, /* C0, DEL, C1 */
        {0x061C, 0x061C},   {0x200B, 0x200F}, /* marks, zero width */
        {0x2028, 0x202E},   {0x2060, 0x206F}, /* lines, bidi controls */
        {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB}, /* byte order, annotation */
        {0xE0000, 0xE007F},                   /* tags */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i][0] && character <= ranges[i][1])
            return true;
    return false;
}

enum { UNIT_SIZE = 12 }; /* an escaped character and its NUL */

/* Take the next character, or byte of what is none, off @p rest. */
static size_t escape_one(struct tem_bytes *rest, char out[UNIT_SIZE])
{
    uint32_t c = 0;
    size_t taken = utf8_read(rest->data, rest->size, &c);
    const char *format = NULL;
    if (taken == 0)
        c = rest->data[0];
    if (taken == 0 || (c < 0x80 && is_unsafe(c)))
        format = "\\x%02x";
    else if (is_unsafe(c))
        format = c > 0xFFFF ? "\\U%08x" : "\\u%04x";
    else if (c == '\\')
        format = "\\\\";
    taken += taken == 0;
    int length = format ? snprintf(out, UNIT_SIZE, format, (unsigned)c)
                        : snprintf(out, UNIT_SIZE, "%.*s", (int)taken,
                                   (const char *)rest->data);
    rest->data += taken;
    rest->size -= taken;
    return (size_t)length;
}

const char *escape(struct tem_bytes text, char *out, size_t capacity)
{
    static const char ellipsis[] = "…";
    size_t used = 0;
    size_t room = capacity - sizeof ellipsis; /* always kept for it */
    while (text.size > 0) {
        char unit[UNIT_SIZE];
        size_t length = escape_one(&text, unit);
        if (length > room - used) {
            memcpy(out + used, ellipsis, sizeof ellipsis);
            return out;
        }
        memcpy(out + used, unit, length);
        used += length;
    }
    out[used] = '\0';
    return out;
}

void print_escaped(struct tem_bytes text)
{
    char unit[UNIT_SIZE];
    while (text.size > 0) {
        escape_one(&text, unit);
        fputs(unit, stdout);
    }
}

/* ---- the clock ---- */

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int32_t today(void)
{
    enum { HANOI = 7 * 3600, DAY = 86400 };
    return (int32_t)((time(NULL) + HANOI) / DAY);
}
