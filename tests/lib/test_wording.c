/* SPDX-License-Identifier: MIT */
/* What the fields of a text box say, in either language and in both. */
#include "../../lib/label/wording.h"
#include "label_sample.h"

#define NB "\xC2\xA0"

static const char *words(const char *name, const struct tem_record *record,
                         enum tem_label_language language)
{
    static char out[TEM_WORDING_SIZE];
    struct tem_label_content content = tem_label_content_of(record);
    struct tem_piece piece = {TEM_PIECE_FIELD, name, strlen(name)};
    content.product_name_en = "Dried longan";
    content.maker_name_en = "Dat Thuy Ltd";
    CHECK(tem_wording_known(&piece));
    return tem_wording_write(&piece, &content, language, out);
}

TEST(every_field_has_its_words)
{
    static const struct {
        const char *name, *vi, *en, *both;
    } rows[] = {
        {"name", "Long nhãn sấy khô", "Dried longan", "Long nhãn sấy khô"},
        {"name_en", "", "", "Dried longan"},
        {"ingredients", "Thành phần: 100% cùi nhãn",
         "Ingredients: 100% cùi nhãn", "Thành phần: 100% cùi nhãn"},
        {"additives", "", "", ""},
        {"net", "Khối" NB "lượng" NB "tịnh:" NB "500" NB "g",
         "Net" NB "weight:" NB "500" NB "g",
         "Khối" NB "lượng" NB "tịnh/Net" NB "weight:" NB "500" NB "g"},
        {"net.value", "500" NB "g", "500" NB "g", "500" NB "g"},
        {"made", "NSX:" NB "15/08/2026", "Packed:" NB "15/08/2026",
         "NSX/Packed:" NB "15/08/2026"},
        {"made.caption", "NSX", "Packed", "NSX/Packed"},
        {"best_before", "HSD:" NB "15/08/2027",
         "Best" NB "before:" NB "15/08/2027",
         "HSD/Best" NB "before:" NB "15/08/2027"},
        {"harvest.value", "13/08/2026", "13/08/2026", "13/08/2026"},
        {"lot", "Lô:" NB "DT9H2VW6", "Lot:" NB "DT9H2VW6",
         "Lô/Lot:" NB "DT9H2VW6"},
        {"storage", "Bảo quản: Nơi khô mát dưới 30 °C, tránh ẩm",
         "Storage: Nơi khô mát dưới 30 °C, tránh ẩm",
         "Bảo quản: Nơi khô mát dưới 30 °C, tránh ẩm"},
        {"usage.value", "Ăn liền hoặc nấu chè", "Ăn liền hoặc nấu chè",
         "Ăn liền hoặc nấu chè"},
        {"warnings", "Cảnh báo: Không dùng khi bao bì hở",
         "Warning: Không dùng khi bao bì hở",
         "Cảnh báo: Không dùng khi bao bì hở"},
        {"maker",
         "Sản xuất tại: Công ty TNHH MTV Đạt Thủy, Bản Mẫu, xã Mai Sơn, tỉnh "
         "Sơn La",
         "Made by: Dat Thuy Ltd, Bản Mẫu, xã Mai Sơn, tỉnh Sơn La",
         "Sản xuất tại: Công ty TNHH MTV Đạt Thủy, Bản Mẫu, xã Mai Sơn, tỉnh "
         "Sơn La"},
        {"maker_name", "Công ty TNHH MTV Đạt Thủy", "Dat Thuy Ltd",
         "Công ty TNHH MTV Đạt Thủy"},
        {"address", "Bản Mẫu, xã Mai Sơn, tỉnh Sơn La",
         "Bản Mẫu, xã Mai Sơn, tỉnh Sơn La",
         "Bản Mẫu, xã Mai Sơn, tỉnh Sơn La"},
        {"phone.value", "0200000000", "0200000000", "0200000000"},
        {"origin.value", "Việt" NB "Nam", "Viet" NB "Nam", "Việt" NB "Nam"},
        {"standard.value", "TCCS 01:2026/ĐT", "TCCS 01:2026/ĐT",
         "TCCS 01:2026/ĐT"},
        {"growing_area", "Mã vùng trồng: VN-SLOR-0000",
         "Growing area: VN-SLOR-0000", "Mã vùng trồng: VN-SLOR-0000"},
        {"gtin", "GTIN:" NB "09520124600302", "GTIN:" NB "09520124600302",
         "GTIN:" NB "09520124600302"},
        {"ocop", "OCOP 4 sao – QĐ 0000/QĐ-UBND, đến 28/12/2026",
         "OCOP 4-star – decision 0000/QĐ-UBND, until 28/12/2026",
         "OCOP 4-star / OCOP 4 sao – QĐ 0000/QĐ-UBND, đến 28/12/2026"},
        {"serial", "Sê-ri:" NB, "Serial:" NB, "Sê-ri/Serial:" NB},
        {"counter", "", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct tem_record *record = specimen();
        CHECK_STR(words(rows[i].name, record, TEM_LABEL_VI), rows[i].vi);
        CHECK_STR(words(rows[i].name, record, TEM_LABEL_EN), rows[i].en);
        CHECK_STR(words(rows[i].name, record, TEM_LABEL_BOTH), rows[i].both);
    }
}

TEST(amounts_are_in_the_units_of_the_law)
{
    static const struct {
        int64_t grams;
        const char *vi, *en;
    } rows[] = {
        {1, "1" NB "g", "1" NB "g"},
        {999, "999" NB "g", "999" NB "g"},
        {1000, "1" NB "kg", "1" NB "kg"},
        {1500, "1,5" NB "kg", "1.5" NB "kg"},
        {1050, "1,05" NB "kg", "1.05" NB "kg"},
        {1005, "1,005" NB "kg", "1.005" NB "kg"},
        {50000, "50" NB "kg", "50" NB "kg"},
    };
    struct tem_record *record = specimen();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        record->net_mass_g = rows[i].grams;
        CHECK_STR(words("net.value", record, TEM_LABEL_VI), rows[i].vi);
        CHECK_STR(words("net.value", record, TEM_LABEL_EN), rows[i].en);
    }
    record->net_mass_g = TEM_NUMBER_NONE;
    record->net_volume_ml = 750;
    CHECK_STR(words("net.value", record, TEM_LABEL_VI), "750" NB "ml");
    record->net_volume_ml = 1000;
    CHECK_STR(words("net.value", record, TEM_LABEL_VI), "1" NB "l");
}

TEST(nutrition_says_what_is_known)
{
    struct tem_record *record = specimen();
    CHECK_STR(words("nutrition", record, TEM_LABEL_VI), "");
    record->energy_kcal = 286;
    record->protein_mg = 4900;
    record->carbohydrate_mg = 74049;
    record->sodium_mg = 48;
    CHECK_STR(words("nutrition.value", record, TEM_LABEL_VI),
              "286 kcal; đạm 4,9 g; đường bột 74,0 g; natri 48 mg");
    CHECK_STR(words("nutrition.value", record, TEM_LABEL_EN),
              "286 kcal; protein 4.9 g; carbohydrate 74.0 g; natri 48 mg");
}

TEST(declarations_name_what_they_rest_on)
{
    struct tem_record *record = specimen();
    strcpy(record->declaration_number, "01/NP/2026");
    CHECK_STR(words("declaration.value", record, TEM_LABEL_VI), "01/NP/2026");
    strcpy(record->declaration_basis, "NĐ 15/2018");
    CHECK_STR(words("declaration.value", record, TEM_LABEL_VI),
              "01/NP/2026 (NĐ 15/2018)");
}

/* On both sides of each day. */
TEST(stars_are_those_in_force_on_the_packing_date)
{
    struct tem_record *record = specimen();
    int32_t first = record->decision_date, last = record->certificate_expires;
    const struct {
        int32_t packed;
        unsigned stars;
    } rows[] = {{first - 1, 0}, {first, 4}, {last, 4}, {last + 1, 0}};
    for (size_t i = 0; i < 4; i++) {
        record->packed_on = rows[i].packed;
        struct tem_label_content content = tem_label_content_of(record);
        CHECK_INT(content.stars, rows[i].stars);
        CHECK(rows[i].stars ? content.stars_until == last
                            : content.stars_until == TEM_DATE_NONE);
        CHECK_STR(words("ocop", record, TEM_LABEL_VI),
                  rows[i].stars ? "OCOP 4 sao – QĐ 0000/QĐ-UBND, đến 28/12/2026"
                                : "");
    }
    record->packed_on = first;
    record->certificate_expires = TEM_DATE_NONE;
    CHECK_INT(tem_label_content_of(record).stars, 0);
    record->certificate_expires = last;
    record->ocop_stars = 0;
    CHECK_INT(tem_label_content_of(record).stars, 0);
}

TEST(paragraphs_fall_into_pieces)
{
    const char *at = "A *{lot}*: {made.value}";
    static const struct {
        int kind;
        const char *text;
    } want[] = {{TEM_PIECE_WORDS, "A "},  {TEM_PIECE_BOLD, "*"},
                {TEM_PIECE_FIELD, "lot"}, {TEM_PIECE_BOLD, "*"},
                {TEM_PIECE_WORDS, ": "},  {TEM_PIECE_FIELD, "made.value"},
                {TEM_PIECE_END, ""},      {TEM_PIECE_END, ""}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct tem_piece piece = tem_piece_next(&at);
        CHECK_INT(piece.kind, want[i].kind);
        CHECK_INT(piece.size, strlen(want[i].text));
        CHECK(memcmp(piece.text, want[i].text, piece.size) == 0);
    }
}

int main(void)
{
    RUN(every_field_has_its_words);
    RUN(amounts_are_in_the_units_of_the_law);
    RUN(nutrition_says_what_is_known);
    RUN(declarations_name_what_they_rest_on);
    RUN(stars_are_those_in_force_on_the_packing_date);
    RUN(paragraphs_fall_into_pieces);
    return test_done();
}
