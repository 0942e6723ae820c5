/* SPDX-License-Identifier: MIT */
/* See wording.h. Each field has a function that writes its value; captions
 * stand in one table. */
#include "wording.h"
#include <stdio.h>
#include <string.h>

/* ---- pieces ------------------------------------------------------------- */

struct tem_piece tem_piece_next(const char **at)
{
    struct tem_piece piece = {TEM_PIECE_END, *at, 0};
    const char *p = *at;
    if (*p == '*') {
        piece.kind = TEM_PIECE_BOLD;
        piece.size = 1;
    } else if (*p == '{') {
        size_t inside = strcspn(p + 1, "{}*");
        piece.kind = p[1 + inside] == '}' ? TEM_PIECE_FIELD : TEM_PIECE_BROKEN;
        piece.text = p + 1;
        piece.size = inside;
        *at = p + inside + 1 + (piece.kind == TEM_PIECE_FIELD);
        return piece;
    } else if (*p == '}') {
        piece.kind = TEM_PIECE_BROKEN;
        piece.size = 1;
    } else if (*p) {
        piece.kind = TEM_PIECE_WORDS;
        piece.size = strcspn(p, "{}*");
    }
    *at = p + piece.size;
    return piece;
}

/* ---- values ------------------------------------------------------------- */

struct wording_in {
    const struct tem_label_content *content;
    const struct tem_record *record;
    enum tem_label_language language;
    bool english; /* no Vietnamese */
};

/* Appends to a NUL-terminated text of TEM_WORDING_SIZE bytes. */
static void add(char *out, const char *text)
{
    size_t used = strlen(out);
    snprintf(out + used, TEM_WORDING_SIZE - used, "%s", text);
}

static const char *either(const char *first, const char *second)
{
    return first && first[0] ? first : second;
}

static const char *own_name(const struct wording_in *in)
{
    return either(in->content->product_name, in->record->product_name);
}

static const char *english_name(const struct wording_in *in)
{
    return either(in->content->product_name_en, "");
}

static void write_name(const struct wording_in *in, char *out)
{
    add(out,
        in->english ? either(english_name(in), own_name(in)) : own_name(in));
}

/* Under the Vietnamese one. */
static void write_name_en(const struct wording_in *in, char *out)
{
    if (in->language == TEM_LABEL_BOTH)
        add(out, english_name(in));
}

static void write_maker_name(const struct wording_in *in, char *out)
{
    const char *own = either(in->content->maker_name, in->record->maker_name);
    add(out, in->english ? either(in->content->maker_name_en, own) : own);
}

static void write_maker(const struct wording_in *in, char *out)
{
    write_maker_name(in, out);
    if (in->record->address[0]) {
        add(out, ", ");
        add(out, in->record->address);
    }
}

/* Grams or millilitres: 500 g, 1,5 kg; the comma is a full stop in English. */
static void write_amount(int64_t small, const char *unit, const char *large,
                         bool english, char *out)
{
    char text[48];
    long long whole = small / 1000, rest = small % 1000;
    if (small < 1000) {
        snprintf(text, sizeof text, "%lld %s", (long long)small, unit);
    } else if (rest == 0) {
        snprintf(text, sizeof text, "%lld %s", whole, large);
    } else {
        int places = rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3;
        for (int i = places; i < 3; i++)
            rest /= 10;
        snprintf(text, sizeof text, "%lld%c%0*lld %s", whole,
                 english ? '.' : ',', places, rest, large);
    }
    add(out, text);
}

static void write_net(const struct wording_in *in, char *out)
{
    const struct tem_record *r = in->record;
    if (r->net_mass_g != TEM_NUMBER_NONE)
        write_amount(r->net_mass_g, "g", "kg", in->english, out);
    else if (r->net_volume_ml != TEM_NUMBER_NONE)
        write_amount(r->net_volume_ml, "ml", "l", in->english, out);
}

static void write_date(int32_t date, char *out)
{
    char text[TEM_DATE_TEXT_SIZE];
    add(out, tem_date_vn(date, text));
}

static void write_made(const struct wording_in *in, char *out)
{
    write_date(in->record->packed_on, out);
}

static void write_best_before(const struct wording_in *in, char *out)
{
    write_date(in->record->best_before, out);
}

static void write_harvest(const struct wording_in *in, char *out)
{
    write_date(tem_record_harvest(in->record), out);
}

static void write_origin(const struct wording_in *in, char *out)
{
    const char *origin = in->record->origin;
    add(out,
        in->english && strcmp(origin, "Việt Nam") == 0 ? "Viet Nam" : origin);
}

static void write_declaration(const struct wording_in *in, char *out)
{
    const struct tem_record *r = in->record;
    add(out, r->declaration_number);
    if (r->declaration_number[0] && r->declaration_basis[0]) {
        add(out, " (");
        add(out, r->declaration_basis);
        add(out, ")");
    }
}

/* "OCOP 4 sao – QĐ 0000/QĐ-UBND, đến 28/12/2026" */
static void write_stars(const struct wording_in *in, bool english, char *out)
{
    const struct tem_label_content *c = in->content;
    char text[24];
    snprintf(text, sizeof text, english ? "OCOP %u-star" : "OCOP %u sao",
             c->stars);
    add(out, text);
    if (c->decision && c->decision[0]) {
        add(out, english ? " – decision " : " – QĐ ");
        add(out, c->decision);
    }
    if (c->stars_until != TEM_DATE_NONE) {
        add(out, english ? ", until " : ", đến ");
        write_date(c->stars_until, out);
    }
}

static void write_ocop(const struct wording_in *in, char *out)
{
    char text[24];
    if (in->content->stars == 0)
        return;
    if (in->language == TEM_LABEL_BOTH) {
        snprintf(text, sizeof text, "OCOP %u-star / ", in->content->stars);
        add(out, text);
    }
    write_stars(in, in->english, out);
}

struct nutrient {
    const char *vi, *en;
    int64_t milligrams;
};

static void write_nutrient(const struct wording_in *in,
                           const struct nutrient *nutrient, char *out)
{
    char text[32];
    if (nutrient->milligrams == TEM_NUMBER_NONE)
        return;
    add(out, out[0] ? "; " : "");
    add(out, in->english ? nutrient->en : nutrient->vi);
    /* in grams, to a tenth */
    long long tenths = (long long)(nutrient->milligrams + 50) / 100;
    snprintf(text, sizeof text, " %lld%c%lld g", tenths / 10,
             in->english ? '.' : ',', tenths % 10);
    add(out, text);
}

static void write_nutrition(const struct wording_in *in, char *out)
{
    const struct tem_record *r = in->record;
    const struct nutrient nutrients[] = {
        {"đạm", "protein", r->protein_mg},
        {"đường bột", "carbohydrate", r->carbohydrate_mg},
        {"béo", "fat", r->fat_mg},
        {"đường", "sugars", r->sugars_mg}};
    char text[48];
    if (r->energy_kcal != TEM_NUMBER_NONE) {
        snprintf(text, sizeof text, "%lld kcal", (long long)r->energy_kcal);
        add(out, text);
    }
    for (size_t i = 0; i < sizeof nutrients / sizeof *nutrients; i++)
        write_nutrient(in, &nutrients[i], out);
    if (r->sodium_mg != TEM_NUMBER_NONE) {
        snprintf(text, sizeof text, "%snatri %lld mg", out[0] ? "; " : "",
                 (long long)r->sodium_mg);
        add(out, text);
    }
}

/* Every growing area once. */
static void write_growing_area(const struct wording_in *in, char *out)
{
    const struct tem_record *r = in->record;
    for (size_t i = 0; i < r->raw_lot_count; i++) {
        const char *area = r->raw_lots[i].growing_area;
        if (!area[0] || strstr(out, area))
            continue;
        add(out, out[0] ? ", " : "");
        add(out, area);
    }
}

/* A text of the record as it stands. */
#define AS_IT_IS(member)                                                       \
    static void write_##member(const struct wording_in *in, char *out)         \
    {                                                                          \
        add(out, in->record->member);                                          \
    }
AS_IT_IS(ingredients)
AS_IT_IS(additives)
AS_IT_IS(lot)
AS_IT_IS(storage)
AS_IT_IS(usage)
AS_IT_IS(warnings)
AS_IT_IS(standard)
AS_IT_IS(phone)
AS_IT_IS(address)
AS_IT_IS(gtin)

static void write_nothing(const struct wording_in *in, char *out)
{
    (void)in;
    (void)out;
}

/* ---- fields ------------------------------------------------------------- */

struct wording {
    const char *name;
    const char *vi, *en; /* captions, or NULL: none */
    void (*write)(const struct wording_in *in, char *out);
    enum { MAY_BREAK, ONE_LINE } lines; /* one: short, and kept together */
    enum tem_live_kind live;
};

static const struct wording wordings[] = {
    {"name", NULL, NULL, write_name, MAY_BREAK, TEM_LIVE_NONE},
    {"name_en", NULL, NULL, write_name_en, MAY_BREAK, TEM_LIVE_NONE},
    {"ingredients", "Thành phần", "Ingredients", write_ingredients, MAY_BREAK,
     TEM_LIVE_NONE},
    {"additives", "Phụ gia", "Additives", write_additives, MAY_BREAK,
     TEM_LIVE_NONE},
    {"net", "Khối lượng tịnh", "Net weight", write_net, ONE_LINE,
     TEM_LIVE_NONE},
    {"made", "NSX", "Packed", write_made, ONE_LINE, TEM_LIVE_NONE},
    {"best_before", "HSD", "Best before", write_best_before, ONE_LINE,
     TEM_LIVE_NONE},
    {"harvest", "Thu hoạch", "Harvested", write_harvest, ONE_LINE,
     TEM_LIVE_NONE},
    {"lot", "Lô", "Lot", write_lot, ONE_LINE, TEM_LIVE_NONE},
    {"storage", "Bảo quản", "Storage", write_storage, MAY_BREAK, TEM_LIVE_NONE},
    {"usage", "Cách dùng", "Directions", write_usage, MAY_BREAK, TEM_LIVE_NONE},
    {"warnings", "Cảnh báo", "Warning", write_warnings, MAY_BREAK,
     TEM_LIVE_NONE},
    {"maker", "Sản xuất tại", "Made by", write_maker, MAY_BREAK, TEM_LIVE_NONE},
    {"maker_name", NULL, NULL, write_maker_name, MAY_BREAK, TEM_LIVE_NONE},
    {"address", NULL, NULL, write_address, MAY_BREAK, TEM_LIVE_NONE},
    {"phone", "ĐT", "Tel.", write_phone, ONE_LINE, TEM_LIVE_NONE},
    {"origin", "Xuất xứ", "Origin", write_origin, ONE_LINE, TEM_LIVE_NONE},
    {"standard", "Tiêu chuẩn", "Standard", write_standard, MAY_BREAK,
     TEM_LIVE_NONE},
    {"declaration", "Số công bố", "Declaration", write_declaration, MAY_BREAK,
     TEM_LIVE_NONE},
    {"nutrition", "Dinh dưỡng/100 g", "Nutrition per 100 g", write_nutrition,
     MAY_BREAK, TEM_LIVE_NONE},
    {"growing_area", "Mã vùng trồng", "Growing area", write_growing_area,
     MAY_BREAK, TEM_LIVE_NONE},
    {"gtin", "GTIN", "GTIN", write_gtin, ONE_LINE, TEM_LIVE_NONE},
    {"ocop", NULL, NULL, write_ocop, MAY_BREAK, TEM_LIVE_NONE},
    {"serial", "Sê-ri", "Serial", write_nothing, ONE_LINE, TEM_LIVE_SERIAL},
    {"counter", NULL, NULL, write_nothing, ONE_LINE, TEM_LIVE_COUNTER},
};

/* What may stand behind a field's name: only that part of it. */
enum part { PART_ALL, PART_VALUE, PART_CAPTION };

static const struct {
    const char *end;
    enum part part;
} ends[] = {{".value", PART_VALUE}, {".caption", PART_CAPTION}};

static enum part part_of(const struct tem_piece *field, size_t *name_size)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t size = strlen(ends[i].end);
        *name_size = field->size - size;
        if (field->size > size &&
            memcmp(field->text + *name_size, ends[i].end, size) == 0)
            return ends[i].part;
    }
    *name_size = field->size;
    return PART_ALL;
}

static const struct wording *find(const struct tem_piece *field)
{
    size_t size;
    part_of(field, &size);
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        if (strlen(wordings[i].name) == size &&
            memcmp(wordings[i].name, field->text, size) == 0)
            return &wordings[i];
    return NULL;
}

bool tem_wording_known(const struct tem_piece *field)
{
    return find(field) != NULL;
}

enum tem_live_kind tem_wording_live(const struct tem_piece *field)
{
    size_t size;
    const struct wording *wording = find(field);
    return wording && part_of(field, &size) != PART_CAPTION ? wording->live
                                                            : TEM_LIVE_NONE;
}

/* "Khối lượng tịnh/Net weight". An English word before what only those who
 * read Vietnamese understand is of no use, where there is a Vietnamese one. */
static void write_caption(const struct wording *wording,
                          enum tem_label_language language, char *out)
{
    bool one = wording->lines == MAY_BREAK ||
               (wording->vi && strcmp(wording->vi, wording->en) == 0);
    if (!wording->vi)
        return;
    if (language != TEM_LABEL_EN)
        add(out, wording->vi);
    if (language == TEM_LABEL_BOTH && !one)
        add(out, "/");
    if (language == TEM_LABEL_EN || (language == TEM_LABEL_BOTH && !one))
        add(out, wording->en);
}

/* Its spaces become such that no line ends at. */
static void keep_together(char *out)
{
    static const char no_break[] = "\xC2\xA0";
    char copy[TEM_WORDING_SIZE];
    memcpy(copy, out, strlen(out) + 1);
    out[0] = '\0';
    for (const char *at = copy; *at;) {
        char words[TEM_WORDING_SIZE];
        size_t length = strcspn(at, " ");
        snprintf(words, sizeof words, "%.*s", (int)length, at);
        add(out, words);
        at += length;
        if (*at == ' ') {
            add(out, no_break);
            at++;
        }
    }
}

const char *tem_wording_write(const struct tem_piece *field,
                              const struct tem_label_content *content,
                              enum tem_label_language language,
                              char out[TEM_WORDING_SIZE])
{
    const struct wording *wording = find(field);
    struct wording_in in = {content, content->record, language,
                            language == TEM_LABEL_EN};
    char value[TEM_WORDING_SIZE] = "";
    size_t size;
    enum part part = part_of(field, &size);
    out[0] = '\0';
    if (!wording)
        return out;
    wording->write(&in, value);
    if (!value[0] && wording->live == TEM_LIVE_NONE)
        return out;
    if (part != PART_VALUE)
        write_caption(wording, language, out);
    if (part == PART_ALL && out[0])
        add(out, ": ");
    if (part != PART_CAPTION)
        add(out, value);
    if (wording->lines == ONE_LINE)
        keep_together(out);
    return out;
}

/* ---- content ------------------------------------------------------------ */

struct tem_label_content tem_label_content_of(const struct tem_record *record)
{
    struct tem_label_content content = {.record = record,
                                        .stars_until = TEM_DATE_NONE};
    bool in_force = record->ocop_stars >= 3 &&
                    record->decision_date != TEM_DATE_NONE &&
                    record->decision_date <= record->packed_on &&
                    record->certificate_expires != TEM_DATE_NONE &&
                    record->certificate_expires >= record->packed_on;
    if (in_force) {
        content.stars = (unsigned)record->ocop_stars;
        content.decision = record->decision_number;
        content.stars_until = record->certificate_expires;
    }
    return content;
}
