/* SPDX-License-Identifier: MIT */
/* See value.h. */
#include "value.h"
#include "decimal.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    TEXT_MAX = 400, /* characters of the longest field */
    NFC_MAX = TEM_TEXT_SIZE(TEXT_MAX)
};

/* Everything that setting one value needs. */
struct setting {
    void *base;
    const struct tem_field *field;
    const char *path;
    struct tem_problems *problems;
    const char *text; /* the value, normalised and trimmed, NUL-terminated */
    size_t characters;
    bool is_number; /* it was a JSON number */
};

#define WRONG(s, name, ...)                                                    \
    tem_problems_add((s)->problems, (s)->path, "", TEM_SEVERITY_ERROR,         \
                     TEM_MSG_##name, __VA_ARGS__)

/* ---- numbers ---- */

static bool read_number(const struct setting *s, int64_t *number)
{
    const struct tem_field *f = s->field;
    struct tem_decimal d = tem_decimal_parse(s->text);
    char low[TEM_DECIMAL_SIZE], high[TEM_DECIMAL_SIZE];
    if (d.two_marks || (d.well_formed && !s->is_number &&
                        tem_decimal_is_ambiguous(&d, s->text))) {
        WRONG(s, RECORD_THOUSANDS, "s", s->text);
    } else if (!d.well_formed) {
        WRONG(s, RECORD_NUMBER, "s", s->text);
    } else if (d.whole <= TEM_DECIMAL_DIGITS &&
               !tem_decimal_scale(&d, f->decimals)) {
        WRONG(s, RECORD_DECIMALS, "sd", s->text, (long long)f->decimals);
    } else if (d.too_long || d.digits < f->min || d.digits > f->max) {
        WRONG(s, RECORD_RANGE, "snn", s->text,
              tem_decimal_show(f->min, f->decimals, low),
              tem_decimal_show(f->max, f->decimals, high));
    } else {
        *number = d.digits;
        return true;
    }
    return false;
}

static void set_number(const struct setting *s)
{
    int64_t number;
    if (!read_number(s, &number))
        return;
    if (s->field->hours && number * 60 % 100 != 0)
        WRONG(s, RECORD_HOURS, "s", s->text);
    else
        *(int64_t *)tem_field_at(s->base, s->field) =
            s->field->hours ? number * 60 / 100 : number;
}

/* ---- dates ---- */

/* Has it the shape of a date, so that only the day is wrong? */
static bool looks_like_date(const char *text)
{
    return tem_pattern_fits("9999-99-99|9{1,2}/9{1,2}/9999|"
                            "9{1,2}-9{1,2}-9999|9{1,2}.9{1,2}.9999",
                            text);
}

/* Month and day the other way round, if that makes a day: 08/15/2026. */
static bool swap_day_and_month(const char *text, char out[32])
{
    int month, day, year;
    if (sscanf(text, "%2d%*[/.-]%2d%*[/.-]%4d", &month, &day, &year) != 3)
        return false;
    snprintf(out, 32, "%02d/%02d/%04d", day, month, year);
    return tem_date_parse(tem_bytes_of(out)) != TEM_DATE_NONE;
}

static int32_t read_date(const struct setting *s, const char *text)
{
    char swapped[32];
    int32_t date = tem_date_parse(tem_bytes_of(text));
    if (date != TEM_DATE_NONE)
        return date;
    if (tem_pattern_fits("9{5}", text))
        WRONG(s, RECORD_DATE_NUMBER, "s", text);
    else if (!looks_like_date(text))
        WRONG(s, RECORD_DATE, "s", text);
    else if (swap_day_and_month(text, swapped))
        WRONG(s, RECORD_DAY_FIRST, "ss", text, swapped);
    else
        WRONG(s, RECORD_NO_SUCH_DAY, "s", text);
    return date;
}

/* A date, and the time of day that stands behind it ("" if none). */
struct day_and_time {
    char day[32];
    const char *time;
};

static struct day_and_time split_time(const char *text)
{
    struct day_and_time both = {.time = ""};
    size_t length = strcspn(text, "T ");
    if (length < sizeof both.day) {
        memcpy(both.day, text, length);
        both.time = text + length + (text[length] != '\0');
    }
    return both;
}

/* A spreadsheet may write midnight behind a date. */
static void set_date(const struct setting *s)
{
    struct day_and_time both = split_time(s->text);
    bool midnight = tem_pattern_fits("00:00|00:00:00|0:00|0:00:00", both.time);
    int32_t date = read_date(s, midnight ? both.day : s->text);
    if (date != TEM_DATE_NONE)
        *(int32_t *)tem_field_at(s->base, s->field) = date;
}

/* "2026-08-13T18:00" or "13/08/2026 18:00"; whole minutes. */
static void set_moment(const struct setting *s)
{
    struct day_and_time both = split_time(s->text);
    const char *time = both.time;
    int hour = 0, minute = 60;
    if (tem_pattern_fits("99:99|99:99:00", time)) {
        hour = (time[0] - '0') * 10 + time[1] - '0';
        minute = (time[3] - '0') * 10 + time[4] - '0';
    }
    if (hour > 23 || minute > 59) {
        WRONG(s, RECORD_MOMENT, "s", s->text);
        return;
    }
    int32_t date = read_date(s, both.day);
    if (date != TEM_DATE_NONE)
        *(int64_t *)tem_field_at(s->base, s->field) =
            ((int64_t)date * 24 + hour) * 60 + minute;
}

/* ---- words ---- */

/* Yes, no, or neither (-1). The digits are not folded: "-1" would be 1. */
static int truth_of(const char *text)
{
    static const struct tem_choice words[] = {{"true", "có", 1},
                                              {"yes", "x", 1},
                                              {"false", "không", 0},
                                              {"no", NULL, 0},
                                              {NULL, NULL, 0}};
    char folded[TEM_FOLDED_SIZE];
    if (strcmp(text, "1") == 0 || strcmp(text, "0") == 0)
        return text[0] - '0';
    tem_text_fold(tem_bytes_of(text), folded, sizeof folded);
    const struct tem_choice *word = tem_choice_find(words, folded);
    return word ? word->value : -1;
}

static void set_bool(const struct setting *s)
{
    int truth = truth_of(s->text);
    if (truth < 0)
        WRONG(s, RECORD_BOOL, "s", s->text);
    else
        *(int64_t *)tem_field_at(s->base, s->field) = truth;
}

static void set_choice(const struct setting *s)
{
    char folded[TEM_FOLDED_SIZE];
    char en[TEM_MESSAGE_ARG_SIZE], vi[TEM_MESSAGE_ARG_SIZE];
    tem_text_fold(tem_bytes_of(s->text), folded, sizeof folded);
    const struct tem_choice *choice =
        tem_choice_find(s->field->choices, folded);
    if (choice) {
        *(int64_t *)tem_field_at(s->base, s->field) = choice->value;
        return;
    }
    tem_choice_names(s->field->choices, en, vi);
    WRONG(s, RECORD_CHOICE, "sss", s->text, en, vi);
}

/* ---- texts and codes ---- */

static void put_text(const struct setting *s, const char *text)
{
    char *at = tem_field_at(s->base, s->field);
    size_t length = strlen(text);
    assert(length < s->field->size); /* the limits in the table see to it */
    memcpy(at, text, length + 1);
}

static void set_text(const struct setting *s)
{
    const struct tem_field *f = s->field;
    if ((int64_t)s->characters < f->min || (int64_t)s->characters > f->max)
        WRONG(s, RECORD_LENGTH, "ddd", (long long)s->characters,
              (long long)f->min, (long long)f->max);
    else
        put_text(s, s->text);
}

static bool check_digit_right(const char *digits)
{
    size_t length = strlen(digits);
    struct tem_bytes body = {(const uint8_t *)digits, length - 1};
    return tem_gs1_check_digit(body) == digits[length - 1];
}

static void set_pattern(const struct setting *s)
{
    const struct tem_field *f = s->field;
    if (!tem_pattern_fits(f->pattern, s->text))
        tem_problems_add(s->problems, s->path, "", TEM_SEVERITY_ERROR, f->wrong,
                         "sd", s->text, (long long)f->size - 1);
    else if (f->type == TEM_FIELD_GLN && !check_digit_right(s->text))
        WRONG(s, RECORD_CHECK_DIGIT, "s", s->text);
    else
        put_text(s, s->text);
}

/* Fourteen digits of a GTIN of any length; false with a problem. */
static bool read_gtin(const struct setting *s, char out[TEM_GTIN_SIZE])
{
    size_t length = strlen(s->text);
    if (!tem_pattern_fits("9{8}|9{12}|9{13}|9{14}", s->text)) {
        WRONG(s, RECORD_GTIN, "s", s->text);
        return false;
    }
    if (!tem_gtin_valid(tem_bytes_of(s->text))) {
        WRONG(s, RECORD_CHECK_DIGIT, "s", s->text);
        return false;
    }
    memset(out, '0', 14);
    memcpy(out + 14 - length, s->text, length + 1);
    return true;
}

static void set_gtin(const struct setting *s)
{
    char gtin[TEM_GTIN_SIZE];
    if (read_gtin(s, gtin))
        put_text(s, gtin);
}

static void set_lot(const struct setting *s)
{
    char upper[TEM_TEXT_SIZE(TEM_LOT_SIZE - 1)];
    if (s->characters >= TEM_LOT_SIZE) {
        WRONG(s, RECORD_LOT_LONG, "sd", s->text, (long long)s->characters);
        return;
    }
    if (tem_lot_valid(tem_bytes_of(s->text))) {
        put_text(s, s->text);
        return;
    }
    for (size_t i = 0; i <= strlen(s->text); i++)
        upper[i] = s->text[i] >= 'a' && s->text[i] <= 'z'
                       ? (char)(s->text[i] & ~0x20)
                       : s->text[i];
    if (tem_lot_valid(tem_bytes_of(upper)))
        WRONG(s, RECORD_LOT_CASE, "ss", s->text, upper);
    else
        WRONG(s, RECORD_LOT, "s", s->text);
}

/* VN-SLOR0000 is kept as VN-SLOR-0000. */
static void set_area(const struct setting *s)
{
    char code[32];
    size_t letters = 0;
    if (strncmp(s->text, "VN-", 3) == 0)
        while (s->text[3 + letters] >= 'A' && s->text[3 + letters] <= 'Z')
            letters++;
    const char *digits = s->text + 3 + letters;
    if (letters >= 2 && letters <= 4 &&
        tem_pattern_fits("9{3,4}|-9{3,4}", digits)) {
        snprintf(code, sizeof code, "%.*s-%s", (int)(3 + letters), s->text,
                 digits + (*digits == '-'));
        put_text(s, code);
    } else {
        WRONG(s, RECORD_AREA, "s", s->text);
    }
}

/* ---- all together ---- */

static void set(const struct setting *s)
{
    static void (*const setters[])(const struct setting *) = {
        [TEM_FIELD_TEXT] = set_text,       [TEM_FIELD_NUMBER] = set_number,
        [TEM_FIELD_BOOL] = set_bool,       [TEM_FIELD_DATE] = set_date,
        [TEM_FIELD_MOMENT] = set_moment,   [TEM_FIELD_CHOICE] = set_choice,
        [TEM_FIELD_GTIN] = set_gtin,       [TEM_FIELD_LOT] = set_lot,
        [TEM_FIELD_PATTERN] = set_pattern, [TEM_FIELD_GLN] = set_pattern,
        [TEM_FIELD_AREA] = set_area,
    };
    setters[s->field->type](s);
}

/* One more of the several that a field may have. */
static void add(const struct setting *s)
{
    struct setting one = *s;
    struct tem_field element = *s->field;
    char *base = s->base;
    size_t *count = (size_t *)(void *)(base + s->field->count_offset);
    if (*count == s->field->most) {
        WRONG(s, RECORD_TOO_MANY, "d", (long long)s->field->most);
        return;
    }
    element.offset += *count * element.size;
    element.most = 0;
    one.field = &element;
    set(&one);
    *count += !tem_field_absent(s->base, &element);
}

/* A cell with several between spaces and marks. */
static void add_all(const struct setting *s)
{
    for (const char *at = s->text; *at;) {
        char word[NFC_MAX + 1];
        size_t length = strcspn(at, " ;|,");
        struct setting one = *s;
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        one.text = word;
        one.characters = strlen(word);
        if (length > 0)
            add(&one);
        at += length + (at[length] != '\0');
    }
}

/* Bytes of the space that a text begins with, or ends in; 0 without one. */
static size_t space_at(struct tem_bytes text, bool end)
{
    static const char *const spaces[] = {
        " ",
        "\t",
        "\xC2\xA0", /* no-break */
        "\xE2\x80\x82",
        "\xE2\x80\x83",
        "\xE2\x80\x89",
        "\xE2\x80\xAF",
        "\xE3\x80\x80", /* ideographic */
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        size_t size = strlen(spaces[i]);
        if (size <= text.size &&
            memcmp(text.data + (end ? text.size - size : 0), spaces[i], size) ==
                0)
            return size;
    }
    return 0;
}

struct tem_bytes tem_value_trim(struct tem_bytes text)
{
    size_t width;
    while ((width = space_at(text, false)) > 0) {
        text.data += width;
        text.size -= width;
    }
    while ((width = space_at(text, true)) > 0)
        text.size -= width;
    return text;
}

/* One line of a text that may go over several, cut to fit. */
static struct tem_bytes join_lines(struct tem_bytes text, uint8_t out[NFC_MAX])
{
    size_t size = text.size < NFC_MAX ? text.size : NFC_MAX;
    for (size_t i = 0; i < size; i++)
        out[i] =
            text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i];
    return (struct tem_bytes){out, size};
}

/* Normalise into @p memory; false with a problem. */
static bool normalise(struct setting *s, struct tem_bytes text,
                      uint8_t memory[NFC_MAX + 1])
{
    uint8_t joined[NFC_MAX];
    struct tem_buffer out = {memory, NFC_MAX, 0};
    struct tem_error error;
    if (s->field->lines)
        text = join_lines(text, joined);
    enum tem_status status =
        tem_text_nfc(tem_value_trim(text), &out, &s->characters, &error);
    if (status == TEM_E_MEMORY)
        s->problems->no_memory = true;
    else if (status == TEM_E_CAPACITY)
        WRONG(s, RECORD_TEXT_LONG, "d", (long long)TEXT_MAX);
    else if (status != TEM_OK)
        tem_problems_add(s->problems, s->path, "", TEM_SEVERITY_ERROR,
                         error.message.id, "");
    if (status != TEM_OK)
        return false;
    memory[out.size] = '\0';
    s->text = (const char *)memory;
    return true;
}

static bool kind_fits(const struct setting *s, const struct tem_value *value)
{
    bool number = value->kind == TEM_VALUE_NUMBER;
    bool wants_number = s->field->type == TEM_FIELD_NUMBER;
    bool wants_bool = s->field->type == TEM_FIELD_BOOL;
    if (value->kind == TEM_VALUE_TEXT ||
        (number && (wants_number || wants_bool)))
        return true;
    return value->kind == TEM_VALUE_BOOL && wants_bool;
}

static void tell_kind(const struct setting *s)
{
    if (s->field->type == TEM_FIELD_NUMBER)
        WRONG(s, RECORD_WANTS_NUMBER, "");
    else
        WRONG(s, RECORD_WANTS_TEXT, "");
}

void tem_value_set(void *base, const struct tem_field *field,
                   const struct tem_value *value, const char *path,
                   struct tem_problems *problems)
{
    uint8_t memory[NFC_MAX + 1];
    struct setting s = {.base = base,
                        .field = field,
                        .path = path,
                        .problems = problems,
                        .is_number = value->kind == TEM_VALUE_NUMBER};
    if (!kind_fits(&s, value)) {
        tell_kind(&s);
        return;
    }
    if (!normalise(&s, value->text, memory) || s.text[0] == '\0')
        return;
    if (!tem_field_absent(base, field))
        WRONG(&s, RECORD_TWICE, "");
    else if (field->most > 0 && field->lines)
        add(&s);
    else if (field->most > 0)
        add_all(&s);
    else
        set(&s);
}

void tem_value_add(void *base, const struct tem_field *field,
                   const struct tem_value *value, const char *path,
                   struct tem_problems *problems)
{
    uint8_t memory[NFC_MAX + 1];
    struct setting s = {.base = base,
                        .field = field,
                        .path = path,
                        .problems = problems,
                        .is_number = value->kind == TEM_VALUE_NUMBER};
    if (!kind_fits(&s, value))
        tell_kind(&s);
    else if (normalise(&s, value->text, memory) && s.text[0] != '\0')
        add(&s);
}
