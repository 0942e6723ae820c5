/* SPDX-License-Identifier: MIT */
/* See lines.h. */
#include "lines.h"
#include <errno.h>
#include <string.h>

/* ---- taking a text in ---- */

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Bytes before the text that a scanner or an editor puts there. */
static size_t mark_size(struct tem_bytes text)
{
    static const uint8_t byte_order[] = {0xEF, 0xBB, 0xBF};
    if (text.size >= sizeof byte_order &&
        memcmp(text.data, byte_order, sizeof byte_order) == 0)
        return sizeof byte_order;
    /* ISO/IEC 15424: `]Q` and a modifier 0..6 before a QR symbol's data. */
    if (text.size >= 3 && memcmp(text.data, "]Q", 2) == 0 &&
        text.data[2] >= '0' && text.data[2] <= '6')
        return 3;
    return text.size > 0 && is_blank(text.data[0]);
}

static struct tem_bytes clean(struct tem_bytes text)
{
    for (size_t mark; (mark = mark_size(text)) > 0;) {
        text.data += mark;
        text.size -= mark;
    }
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    return text;
}

struct line {
    size_t size; /* of all of it, whatever was kept */
    uint8_t text[TEM_SYMBOL_TEXT_MAX + 64]; /* and what clean() takes off */
};

/* Read to the end of a line, however long. @return false if there is none. */
static bool read_line(FILE *file, struct line *line)
{
    int c = getc(file);
    bool any = c != EOF;
    for (line->size = 0; c != EOF && c != '\n'; c = getc(file)) {
        if (line->size < sizeof line->text)
            line->text[line->size] = (uint8_t)c;
        line->size++;
    }
    while (line->size > 0 && line->size <= sizeof line->text &&
           line->text[line->size - 1] == '\r')
        line->size--;
    return any;
}

/* @return how many lines were too long. */
static size_t walk_stdin(struct cli *cli, lines_fn each, void *context)
{
    static struct line line;
    struct place place = {"", 1};
    size_t left_out = 0;
    bool any = false;
    errno = 0;
    for (; read_line(stdin, &line); place.line++) {
        struct tem_bytes text = {line.text, line.size};
        if (line.size <= sizeof line.text)
            text = clean(text);
        bool fits = text.size <= TEM_SYMBOL_TEXT_MAX;
        if (!fits) {
            FAILURE(cli, TEXT_LONG, place, "too-long",
                    number_text(place.line).text);
            left_out++;
        }
        any |= text.size > 0;
        if (text.size > 0 && fits)
            each(context, place, text);
        fflush(stdout); /* the next scan may be minutes away */
        errno = 0;
    }
    if (ferror(stdin))
        COMPLAIN(cli, FILE_READ, "-", reason_text(cli, errno));
    else if (!any)
        COMPLAIN(cli, NO_TEXT, "-");
    if (ferror(stdin) || !any)
        worsen(cli, EXIT_FAILED);
    return left_out;
}

size_t lines_walk(struct cli *cli, const char *option, lines_fn each,
                  void *context)
{
    if (strcmp(option, "-") == 0)
        return walk_stdin(cli, each, context);
    each(context, (struct place){"", 0}, clean(tem_bytes_of(option)));
    return 0;
}

/* ---- what may have spoiled it ---- */

enum { SHORTEST_LABEL = 64 }; /* characters; less is no label spoiled */

static uint8_t upper(uint8_t c)
{
    return c >= 'a' && c <= 'z' ? (uint8_t)(c & ~0x20) : c;
}

/* Is it a label once Caps Lock is off? */
static bool is_label_in_capitals(struct tem_bytes text)
{
    static uint8_t memory[TEM_URI_SIZE];
    static struct tem_parts parts;
    bool ours;
    if (text.size > sizeof memory)
        return false;
    for (size_t i = 0; i < text.size; i++)
        memory[i] = upper(text.data[i]);
    return tem_verify_parts((struct tem_bytes){memory, text.size}, &parts,
                            &ours, NULL) == TEM_OK &&
           tem_verify_parts(text, &parts, &ours, NULL) != TEM_OK;
}

static bool begins_https(struct tem_bytes text)
{
    for (size_t i = 0; i < 5; i++)
        if (upper(text.data[i]) != (uint8_t)"HTTPS"[i])
            return false;
    return true;
}

static bool has_beyond_ascii(struct tem_bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 0x80)
            return true;
    return false;
}

void lines_hint(const struct cli *cli, struct place place,
                struct tem_bytes text)
{
    char memory[64];
    const char *where = place_text(cli, place, memory, sizeof memory);
    if (text.size < SHORTEST_LABEL)
        return;
    if (!*where)
        where = "--text";
    if (begins_https(text) && memcmp(text.data + 5, "://", 3) != 0)
        COMPLAIN(cli, HINT_LAYOUT, where);
    else if (begins_https(text) && has_beyond_ascii(text))
        COMPLAIN(cli, HINT_TYPING, where);
    else if (is_label_in_capitals(text))
        COMPLAIN(cli, HINT_CAPS_LOCK, where);
}
