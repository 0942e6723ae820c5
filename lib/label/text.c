/* SPDX-License-Identifier: MIT */
/* See text.h: what a box says, and how large. */
#include "text.h"
#include "../error/fail.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 32768, BOLDS_MAX = 64 };

/* A box's text being put together. */
struct writing {
    const struct tem_pen *pen;
    const struct tem_box *box;
    const struct tem_saying *saying;
    struct tem_text *out;
    size_t size;
    struct {
        size_t from, to;
    } bolds[BOLDS_MAX];
    size_t bold_count;
    bool bold;        /* here */
    char longest[32]; /* name of the field with the most characters */
    size_t characters;
};

/* ---- what it says ------------------------------------------------------- */

static void append(struct writing *w, const char *text, size_t size)
{
    if (size > TEXT_MAX - 1 - w->size)
        size = 0; /* over any that a record can hold */
    memcpy(w->out->text + w->size, text, size);
    w->size += size;
    w->out->text[w->size] = '\0';
}

/* Capitals where the box wants them. */
static void append_words(struct writing *w, const char *text, size_t size)
{
    if (!w->box->upper) {
        append(w, text, size);
        return;
    }
    gchar *upper = g_utf8_strup(text, (gssize)size);
    append(w, upper, strlen(upper));
    g_free(upper);
}

static enum tem_status append_live(struct writing *w, enum tem_live_kind kind,
                                   struct tem_error *error)
{
    const char *longest =
        kind == TEM_LIVE_SERIAL ? w->saying->serial : w->saying->counter;
    if (w->out->run_count == TEM_RUNS_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, TEMPLATE_BOXES, "d",
                        (long long)TEM_RUNS_MAX);
    w->out->runs[w->out->run_count++] = (struct tem_run){
        kind, w->size, strlen(longest), w->bold || w->box->bold == 1,
        w->box->align != TEM_ALIGN_START};
    append(w, longest, strlen(longest));
    return TEM_OK;
}

static void remember_longest(struct writing *w, const struct tem_piece *field,
                             const char *words)
{
    size_t count = (size_t)g_utf8_strlen(words, -1);
    if (count <= w->characters)
        return;
    w->characters = count;
    snprintf(w->longest, sizeof w->longest, "%.*s", (int)field->size,
             field->text);
}

/* A sign that is seen, of a script that runs from left to right: DejaVu has
 * Hebrew and Arabic letters too, which would turn the order of a line. */
static bool is_written_right(gunichar c)
{
    GUnicodeScript script = g_unichar_get_script(c);
    return g_unichar_isgraph(c) && (script == G_UNICODE_SCRIPT_LATIN ||
                                    script == G_UNICODE_SCRIPT_COMMON ||
                                    script == G_UNICODE_SCRIPT_INHERITED ||
                                    script == G_UNICODE_SCRIPT_GREEK);
}

/* @p name of the field, for the message. */
static enum tem_status check_letters(const struct writing *w, const char *name,
                                     size_t name_size, const char *words,
                                     struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    PangoFont *font = pango_font_map_load_font(
        w->pen->map, w->pen->context,
        pango_layout_get_font_description(w->out->layout));
    for (const char *p = words; status == TEM_OK && *p;
         p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        char field[32], letter[32];
        if (c == ' ' || c == 0xA0 ||
            (is_written_right(c) && pango_font_has_char(font, c)))
            continue;
        snprintf(field, sizeof field, "%.*s", (int)name_size, name);
        snprintf(letter, sizeof letter, "%.*s (U+%04X)",
                 (int)(g_utf8_next_char(p) - p), p, c);
        status = TEM_FAIL(error, TEM_E_UNSUPPORTED, LABEL_LETTER, "sss",
                          w->pen->font, letter, field);
    }
    g_object_unref(font);
    return status;
}

/* @param[out] said  whether there was something to say. */
static enum tem_status append_field(struct writing *w,
                                    const struct tem_piece *field, bool *said,
                                    struct tem_error *error)
{
    char words[TEM_WORDING_SIZE];
    enum tem_live_kind live = tem_wording_live(field);
    const char *sample = live == TEM_LIVE_SERIAL    ? w->saying->serial
                         : live == TEM_LIVE_COUNTER ? w->saying->counter
                                                    : "-";
    *said = false;
    if (!sample || !sample[0])
        return TEM_OK;
    tem_wording_write(field, w->saying->content, w->saying->language, words);
    *said = words[0] || live != TEM_LIVE_NONE;
    append_words(w, words, strlen(words));
    remember_longest(w, field, words);
    if (live != TEM_LIVE_NONE)
        return append_live(w, live, error);
    return check_letters(w, field->text, field->size, words, error);
}

/* What the template itself says. */
static enum tem_status append_own(struct writing *w,
                                  const struct tem_piece *piece,
                                  struct tem_error *error)
{
    char words[TEM_TEXT_SIZE(200)];
    snprintf(words, sizeof words, "%.*s", (int)piece->size, piece->text);
    append_words(w, words, piece->size);
    return check_letters(w, "text", 4, words, error);
}

static void turn_bold(struct writing *w)
{
    if (!w->bold && w->bold_count < BOLDS_MAX)
        w->bolds[w->bold_count].from = w->size;
    else if (w->bold && w->bold_count < BOLDS_MAX)
        w->bolds[w->bold_count++].to = w->size;
    w->bold = !w->bold;
}

/* One paragraph; taken back if all of its fields have nothing to say. */
static enum tem_status append_paragraph(struct writing *w, const char *text,
                                        struct tem_error *error)
{
    size_t size = w->size, bolds = w->bold_count;
    size_t runs = w->out->run_count;
    unsigned fields = 0, said = 0;
    enum tem_status status = TEM_OK;
    struct tem_piece piece;
    if (w->size > 0)
        append(w, "\n", 1);
    while (status == TEM_OK &&
           (piece = tem_piece_next(&text)).kind != TEM_PIECE_END) {
        bool some = false;
        if (piece.kind == TEM_PIECE_BOLD)
            turn_bold(w);
        else if (piece.kind == TEM_PIECE_WORDS)
            status = append_own(w, &piece, error);
        else
            status = append_field(w, &piece, &some, error);
        fields += piece.kind == TEM_PIECE_FIELD;
        said += some;
    }
    if (fields > 0 && said == 0) {
        w->size = size;
        w->out->text[size] = '\0';
        w->bold_count = bolds;
        w->out->run_count = runs;
    }
    return status;
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute,
                          size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

/* What is bold; and live fields in one piece, their letters side by side. */
static PangoAttrList *emphasis(const struct writing *w)
{
    PangoAttrList *list = pango_attr_list_new();
    for (size_t i = 0; i < w->bold_count; i++)
        add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD),
                      w->bolds[i].from, w->bolds[i].to);
    for (size_t i = 0; i < w->out->run_count; i++) {
        const struct tem_run *run = &w->out->runs[i];
        add_attribute(list, pango_attr_allow_breaks_new(FALSE), run->at,
                      run->at + run->size);
        add_attribute(list, pango_attr_font_features_new("kern=0"), run->at,
                      run->at + run->size);
    }
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    return list;
}

/* ---- how large ---------------------------------------------------------- */

static PangoLayout *set_text(const struct writing *w,
                             const struct tem_rect *room, double letters)
{
    static const PangoAlignment aligns[] = {
        [TEM_ALIGN_START] = PANGO_ALIGN_LEFT,
        [TEM_ALIGN_MIDDLE] = PANGO_ALIGN_CENTER,
        [TEM_ALIGN_END] = PANGO_ALIGN_RIGHT};
    PangoLayout *layout = tem_pen_layout(w->pen, w->box->bold == 1, letters);
    PangoAttrList *attributes = emphasis(w);
    pango_layout_set_width(layout, room->width * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_alignment(layout, aligns[w->box->align]);
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_text(layout, w->out->text, -1);
    pango_attr_list_unref(attributes);
    return layout;
}

/* Ink beyond the lines counts too: a letter's foot may reach to the left of
 * where it begins. */
static bool fits(PangoLayout *layout, const struct tem_rect *room,
                 enum tem_align valign, struct tem_text *out)
{
    PangoRectangle ink, logical;
    pango_layout_get_pixel_extents(layout, &ink, &logical);
    int above = ink.y < 0 ? -ink.y : 0;
    int below = ink.y + ink.height > logical.height ? ink.y + ink.height
                                                    : logical.height;
    int spare = room->height - above - below;
    int past = ink.x + ink.width - room->width;
    out->left = ink.x < 0 ? -ink.x : past > 0 ? -past : 0;
    out->top = above + (valign == TEM_ALIGN_MIDDLE ? spare / 2
                        : valign == TEM_ALIGN_END  ? spare
                                                   : 0);
    return spare >= 0 && ink.width <= room->width;
}

static enum tem_status refuse(const struct writing *w, double letters,
                              struct tem_error *error)
{
    char size[48], low[16];
    snprintf(size, sizeof size, "%lld.%lld x %lld.%lld",
             (long long)(w->box->width / 1000),
             (long long)(w->box->width / 100 % 10),
             (long long)(w->box->height / 1000),
             (long long)(w->box->height / 100 % 10));
    snprintf(low, sizeof low, "%.2f", letters * 25.4 / w->pen->dpi);
    return TEM_FAIL(error, TEM_E_LIMIT, LABEL_OVERFLOW, "sdsn", w->longest,
                    (long long)w->characters, size, low);
}

/* Whole dots, at least what is wanted less one per cent: 203 dpi stands for 8
 * dots a millimetre. */
static double letter_dots(const struct tem_pen *pen, int64_t um)
{
    double dots = (double)um * pen->dpi / 25400;
    int whole = (int)dots;
    return whole + (dots * 0.99 > whole);
}

static enum tem_status size_text(struct writing *w, const struct tem_rect *room,
                                 struct tem_error *error)
{
    struct tem_text *out = w->out;
    double least = letter_dots(w->pen, w->box->letters_min);
    double letters = letter_dots(w->pen, w->box->letters);
    for (; letters >= least; letters--) {
        PangoLayout *layout = set_text(w, room, letters);
        if (fits(layout, room, (enum tem_align)w->box->valign, out)) {
            g_object_unref(out->layout);
            out->layout = layout;
            out->letters = letters;
            return TEM_OK;
        }
        g_object_unref(layout);
    }
    return refuse(w, least, error);
}

enum tem_status tem_text_fit(const struct tem_pen *pen,
                             const struct tem_box *box,
                             const struct tem_rect *room,
                             const struct tem_saying *saying,
                             struct tem_text *text, struct tem_error *error)
{
    struct writing w = {.pen = pen, .box = box, .saying = saying, .out = text};
    enum tem_status status = TEM_OK;
    memset(text, 0, sizeof *text);
    text->bold = box->bold == 1;
    text->text = malloc(TEXT_MAX);
    if (!text->text)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    text->text[0] = '\0';
    text->layout = tem_pen_layout(pen, text->bold, 10); /* for its font */
    for (size_t i = 0; status == TEM_OK && i < box->text_count; i++)
        status = append_paragraph(&w, box->text[i], error);
    if (status == TEM_OK && w.size > 0)
        status = size_text(&w, room, error);
    if (status != TEM_OK || w.size == 0)
        tem_text_free(text);
    return status;
}

void tem_text_free(struct tem_text *text)
{
    if (text->layout)
        g_object_unref(text->layout);
    free(text->text);
    text->layout = NULL;
    text->text = NULL;
    text->run_count = 0;
}
