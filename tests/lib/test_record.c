/* SPDX-License-Identifier: MIT */
/* <tem/record.h>: JSON files and the values in them. */
#include "record_file.h"

/* ---- values: one member, what it becomes or what is told -------------- */

/* Read `{"key": value}`. @return the first problem with it. */
static const char *read_member(const char *key, const char *value)
{
    static char text[20000];
    snprintf(text, sizeof text, "{\"%s\": %s}", key, value);
    open_text(text, 1000);
    CHECK(next_lot());
    return first_problem();
}

#define BAD(key, value, id)                                                    \
    CHECK_STR(read_member(key, value), told(key, TEM_MSG_##id))
#define GOOD_INT(key, value, member, want)                                     \
    do {                                                                       \
        CHECK_STR(read_member(key, value), "");                                \
        CHECK_INT(file_record.member, want);                                   \
    } while (0)
#define GOOD_STR(key, value, member, want)                                     \
    do {                                                                       \
        CHECK_STR(read_member(key, value), "");                                \
        CHECK_STR(file_record.member, want);                                   \
    } while (0)

TEST(numbers_are_scaled_and_bounded)
{
    GOOD_INT("maker_id", "1", maker_id, 1);
    GOOD_INT("maker_id", "\"65535\"", maker_id, 65535);
    GOOD_INT("maker_id", "7.0", maker_id, 7);
    GOOD_INT("maker_id", "1e2", maker_id, 100);
    GOOD_INT("Chủ thể mã", "9", maker_id, 9);
    BAD("maker_id", "0", RECORD_RANGE);
    BAD("maker_id", "65536", RECORD_RANGE);
    BAD("maker_id", "-1", RECORD_RANGE);
    BAD("maker_id", "99999999999999", RECORD_RANGE);
    BAD("maker_id", "\"99999999999999999999\"", RECORD_RANGE);
    BAD("maker_id", "1.5", RECORD_DECIMALS);
    BAD("maker_id", "\"1.000\"", RECORD_THOUSANDS);
    BAD("maker_id", "\"một\"", RECORD_NUMBER);
    BAD("maker_id", "\"-\"", RECORD_NUMBER);
    BAD("maker_id", "true", RECORD_WANTS_NUMBER);
    BAD("maker_id", "{}", RECORD_WANTS_NUMBER);
    GOOD_INT("protein_g", "1.125", protein_mg, 1125);
    GOOD_INT("protein_g", "\"1,1250\"", protein_mg, 1125);
    GOOD_INT("protein_g", "\"0,125\"", protein_mg, 125);
    GOOD_INT("protein_g", "100", protein_mg, 100000);
    BAD("protein_g", "100.001", RECORD_RANGE);
    BAD("protein_g", "0.0005", RECORD_DECIMALS);
    BAD("protein_g", "\"5.\"", RECORD_NUMBER);
    BAD("protein_g", "\",5\"", RECORD_NUMBER);
    BAD("protein_g", "\"1.185,5\"", RECORD_THOUSANDS);
    BAD("protein_g", "\"1.5kg\"", RECORD_NUMBER);
    BAD("protein_g", "\"99999999999999999\"", RECORD_RANGE);
    GOOD_INT("ocop_points", "78.5", ocop_points10, 785);
    GOOD_INT("ocop_stars", "3", ocop_stars, 3);
    BAD("ocop_stars", "6", RECORD_RANGE);
    BAD("schema_version", "2", RECORD_VERSION);
}

TEST(a_thousand_and_a_decimal_mark_are_not_confused)
{
    BAD("protein_g", "\"1.125\"", RECORD_THOUSANDS);
    BAD("protein_g", "\"-1,125\"", RECORD_THOUSANDS);
    BAD("protein_g", "\"1.185,5\"", RECORD_THOUSANDS);
    CHECK_INT(file_record.protein_mg, TEM_NUMBER_NONE);
    GOOD_INT("protein_g", "1.125", protein_mg, 1125); /* JSON is plain */
    GOOD_INT("protein_g", "\"0,125\"", protein_mg, 125);
    GOOD_INT("protein_g", "\"1,12\"", protein_mg, 1120);
    GOOD_INT("protein_g", "\"1,1250\"", protein_mg, 1125);
}

TEST(long_numbers_are_told_for_what_they_are)
{
    BAD("energy_kcal", "\"99999999999999\"", RECORD_RANGE);
    BAD("energy_kcal", "\"999999999999999999999\"", RECORD_RANGE);
    BAD("protein_g", "\"1,99999999999999999999\"", RECORD_DECIMALS);
    BAD("protein_g", "0.333333333333333333", RECORD_DECIMALS);
    BAD("protein_g", "0.00001", RECORD_DECIMALS);
    BAD("protein_g", "-1e300", RECORD_RANGE);
    BAD("energy_kcal", "1e15", RECORD_RANGE);
    GOOD_INT("protein_g", "1e1", protein_mg, 10000);
    GOOD_INT("protein_g", "5e-3", protein_mg, 5);
    CHECK_STR(read_member("raw_lots", "[{\"area_ha\": \"99999999999999\"}]"),
              told("raw_lots[1].area_ha", TEM_MSG_RECORD_RANGE));
}

TEST(words_and_truth)
{
    static const char *const yes[] = {"true", "1", "\"có\"", "\"x\"",
                                      "\"YES\""};
    static const char *const no[] = {"false", "0", "\"không\"", "\"no\""};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        GOOD_INT("example", yes[i], example, 1);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        GOOD_INT("example", no[i], example, 0);
    BAD("example", "2", RECORD_BOOL);
    BAD("example", "-1", RECORD_BOOL);
    BAD("example", "\"-1\"", RECORD_BOOL);
    BAD("example", "\"maybe\"", RECORD_BOOL);
    BAD("example", "[]", RECORD_WANTS_TEXT);
    GOOD_INT("maker_kind", "\"HTX\"", maker_kind, TEM_MAKER_COOPERATIVE);
    GOOD_INT("maker_kind", "\"household\"", maker_kind, TEM_MAKER_HOUSEHOLD);
    BAD("maker_kind", "1", RECORD_WANTS_TEXT);
    BAD("maker_kind", "\"club\"", RECORD_CHOICE);
    size_t count;
    CHECK_STR(tem_record_problems(file_reader, &count)->message.args[2],
              "HTX, THT, DN, HKD");
    GOOD_INT("maker_kind", "\"Hợp tác xã\"", maker_kind,
             TEM_MAKER_COOPERATIVE);
    GOOD_INT("decision_authority", "\"Tỉnh\"", decision_authority,
             TEM_AUTHORITY_PROVINCE);
}

TEST(days)
{
    GOOD_INT("packed_on", "\"2026-08-15\"", packed_on, 20680);
    GOOD_INT("nsx", "\"15/8/2026\"", packed_on, 20680);
    BAD("packed_on", "\"2026-06-31\"", RECORD_NO_SUCH_DAY);
    BAD("packed_on", "\"31/06/2026\"", RECORD_NO_SUCH_DAY);
    BAD("packed_on", "\"June\"", RECORD_DATE);
    BAD("packed_on", "\"14/6/26\"", RECORD_DATE);
    BAD("packed_on", "\"46000\"", RECORD_DATE_NUMBER);
    BAD("packed_on", "\"08/15/2026\"", RECORD_DAY_FIRST);
    BAD("packed_on", "\"08/32/2026\"", RECORD_NO_SUCH_DAY);
    GOOD_INT("packed_on", "\"2026-08-15 00:00:00\"", packed_on, 20680);
    GOOD_INT("packed_on", "\"15/08/2026 00:00\"", packed_on, 20680);
    GOOD_INT("packed_on", "\"15/8/2026 0:00\"", packed_on, 20680);
    BAD("packed_on", "\"2026-08-15 12:00:00\"", RECORD_DATE);
    BAD("packed_on", "20680", RECORD_WANTS_TEXT);
}

TEST(texts)
{
    char text[2000];
    GOOD_STR("maker_name", "\"  HTX\\u00a0\"", maker_name, "HTX");
    GOOD_STR("maker_name", "\"Ca\\u0300 phe\\u0302\"", maker_name, "Cà phê");
    GOOD_STR("maker_name", "\" \"", maker_name, "");
    GOOD_STR("maker_name", "null", maker_name, "");
    BAD("maker_name", "\"ab\"", RECORD_LENGTH);
    BAD("maker_name", "\"a\\u0001b\"", TEXT_CONTROL);
    BAD("maker_name", "12.5", RECORD_WANTS_TEXT);
    BAD("maker_name", "false", RECORD_WANTS_TEXT);
    snprintf(text, sizeof text, "\"%0120d\"", 7);
    CHECK_STR(read_member("maker_name", text), "");
    snprintf(text, sizeof text, "\"%0121d\"", 7);
    BAD("maker_name", text, RECORD_LENGTH);
    snprintf(text, sizeof text, "\"%01700d\"", 7);
    BAD("maker_name", text, RECORD_TEXT_LONG);
}

TEST(code_numbers)
{
    GOOD_STR("gtin", "\"9520124600104\"", gtin, "09520124600104");
    BAD("gtin", "\"9520124600105\"", RECORD_CHECK_DIGIT);
    BAD("gtin", "9520124600104", RECORD_WANTS_TEXT);
    GOOD_STR("gln", "\"9520124690105\"", gln, "9520124690105");
    BAD("gln", "\"09520124600104\"", RECORD_GLN);
    BAD("gln", "\"9520124690106\"", RECORD_CHECK_DIGIT);
    GOOD_STR("tax_code", "\"0000000001\"", tax_code, "0000000001");
    GOOD_STR("tax_code", "\"0000000001-002\"", tax_code, "0000000001-002");
    GOOD_STR("tax_code", "\"000000000007\"", tax_code, "000000000007");
    BAD("tax_code", "\"00000000001\"", RECORD_TAX_CODE);
    BAD("tax_code", "\"0000000001002-\"", RECORD_TAX_CODE);
    GOOD_STR("phone", "\"0200000000\"", phone, "0200000000");
    BAD("phone", "\"1200000000\"", RECORD_PHONE);
    BAD("phone", "\"02000000000\"", RECORD_PHONE);
    GOOD_STR("commune", "\"04099\"", commune, "04099");
    BAD("commune", "\"4099\"", RECORD_COMMUNE);
    GOOD_STR("product_code", "\"CHUOI-200\"", product_code, "CHUOI-200");
    BAD("product_code", "\"C\"", RECORD_PRODUCT_CODE);
    BAD("product_code", "\"chuoi\"", RECORD_PRODUCT_CODE);
    BAD("product_code", "\"ABCDEFGHIJ123\"", RECORD_PRODUCT_CODE);
    GOOD_STR("record_id", "\"01JB3K00000000000000000000\"", record_id,
             "01JB3K00000000000000000000");
    BAD("record_id", "\"01JB3K\"", RECORD_ID);
    BAD("record_id", "\"01jb3k00000000000000000000\"", RECORD_ID);
    GOOD_STR("salt", "\"00112233445566778899aabbccddeeff\"", salt,
             "00112233445566778899aabbccddeeff");
    BAD("salt", "\"00\"", RECORD_HEX);
    BAD("salt", "\"0011223344556677889900112233445g\"", RECORD_HEX);
    GOOD_STR("decision_number", "\"3073/QĐ-UBND\"", decision_number,
             "3073/QĐ-UBND");
    GOOD_STR("lot", "\"NP7K3Q9M\"", lot, "NP7K3Q9M");
    BAD("lot", "\"np7k3q9m\"", RECORD_LOT_CASE);
    BAD("lot", "\"NP7K3Q9M-260605-00001\"", RECORD_LOT_LONG);
    BAD("lot", "\"NP 7\"", RECORD_LOT);
    BAD("lot", "\"ĐẶNGĐẶNGĐẶNG\"", RECORD_LOT); /* 12 characters, 28 bytes */
    BAD("lot", "\"đặngđặngđặng\"", RECORD_LOT);
}

TEST(lists_of_gtins)
{
    char many[33 * 17 + 3] = "[";
    CHECK_STR(read_member("certificate_gtins",
                          "[\"9520124600104\", \"09520124600203\"]"),
              "");
    CHECK_INT(file_record.certificate_gtin_count, 2);
    CHECK_STR(file_record.certificate_gtins[0], "09520124600104");
    GOOD_INT("qd_gtin", "\"9520124600104; 9520124600203|9520124600302\"",
             certificate_gtin_count, 3);
    GOOD_INT("certificate_gtins", "[]", certificate_gtin_count, 0);
    CHECK_STR(read_member("certificate_gtins", "[1]"),
              told("certificate_gtins[1]", TEM_MSG_RECORD_WANTS_TEXT));
    BAD("certificate_gtins", "7", RECORD_WANTS_TEXT);
    CHECK_STR(read_member("certificate_gtins", "[\"12\"]"),
              told("certificate_gtins[1]", TEM_MSG_RECORD_GTIN));
    CHECK_STR(read_member("qd_gtin", "\"9520124600104; 12\""),
              told("certificate_gtins", TEM_MSG_RECORD_GTIN));
    for (int i = 0; i < 33; i++)
        strcat(strcat(many, i ? "," : ""), "\"9520124600104\"");
    CHECK_STR(read_member("certificate_gtins", strcat(many, "]")),
              told("certificate_gtins[33]", TEM_MSG_RECORD_TOO_MANY));
    CHECK_INT(file_record.certificate_gtin_count, 32);
    snprintf(many, sizeof many, "[\"%0500d\"]", 0);
    CHECK_STR(read_member("certificate_gtins", many),
              told("certificate_gtins[1]", TEM_MSG_RECORD_GTIN));
}

/* ---- lists of rows ---------------------------------------------------- */

#define ROW_BAD(list, row, member, id)                                         \
    CHECK_STR(read_member(list, "[" row "]"),                                  \
              told(list "[1]" member, TEM_MSG_##id))

TEST(rows_of_steps_and_raw_lots)
{
    CHECK_STR(read_member("steps", "[{\"hours\": 14.25, \"step\": \"sấy\","
                                   "\"started\": \"13/08/2026 18:00\","
                                   "\"ended\": \"2026-08-14T08:15\","
                                   "\"temperature_c\": -5.5,"
                                   "\"kg_vao\": 0.005, \"kg_ra\": \"0,5\"}]"),
              "");
    CHECK_INT(file_record.step_count, 1);
    CHECK_INT(file_record.steps[0].minutes, 855);
    CHECK_INT(file_record.steps[0].started_min, 20678 * 1440 + 1080);
    CHECK_INT(file_record.steps[0].ended_min, 20679 * 1440 + 495);
    CHECK_INT(file_record.steps[0].temperature_c10, -55);
    CHECK_INT(file_record.steps[0].mass_in_g, 5);
    CHECK_INT(file_record.steps[0].mass_out_g, 500);
    CHECK_INT(file_record.steps[0].method, TEM_NUMBER_NONE);
    ROW_BAD("steps", "{\"hours\": 0.06}", ".hours", RECORD_HOURS);
    ROW_BAD("steps", "{\"hours\": 0.04}", ".hours", RECORD_RANGE);
    ROW_BAD("steps", "{\"hours\": 336.05}", ".hours", RECORD_RANGE);
    ROW_BAD("steps", "{\"hours\": \"x\"}", ".hours", RECORD_NUMBER);
    ROW_BAD("steps", "{\"minutes\": 60, \"gio\": 1}", ".hours", RECORD_TWICE);
    ROW_BAD("steps", "{\"started\": \"2026-08-13\"}", ".started",
            RECORD_MOMENT);
    ROW_BAD("steps", "{\"started\": \"2026-08-13 24:00\"}", ".started",
            RECORD_MOMENT);
    ROW_BAD("steps", "{\"started\": \"2026-02-30 10:00\"}", ".started",
            RECORD_NO_SUCH_DAY);
    ROW_BAD("steps", "{\"temperature_c\": 250.1}", ".temperature_c",
            RECORD_RANGE);
    ROW_BAD("steps", "{\"kg_vo\": 5}", ".kg_vo", RECORD_UNKNOWN);
    CHECK_STR(read_member("steps", "[7]"),
              told("steps", TEM_MSG_RECORD_WANTS_ARRAY));
    BAD("steps", "{}", RECORD_WANTS_ARRAY);
    CHECK_STR(read_member("raw_lots", "[{\"growing_area\": \"VN-SLOR0001\"}]"),
              "");
    CHECK_STR(file_record.raw_lots[0].growing_area, "VN-SLOR-0001");
    ROW_BAD("raw_lots", "{\"growing_area\": \"VN-S-0001\"}", ".growing_area",
            RECORD_AREA);
    ROW_BAD("raw_lots", "{\"growing_area\": \"VN-SLOR-00001\"}",
            ".growing_area", RECORD_AREA);
    ROW_BAD("raw_lots", "{\"area_ha\": 1.00005}", ".area_ha", RECORD_DECIMALS);
    ROW_BAD("raw_lots", "{\"raw_lot\": \"AB\"}", ".raw_lot", RECORD_LENGTH);
    CHECK_STR(read_member("raw_lots", "null"), "");
    CHECK_STR(read_member("steps", "[{},{},{},{},{},{},{},{},{},{},{},{},{}]"),
              told("steps", TEM_MSG_RECORD_TOO_MANY));
    CHECK_INT(file_record.step_count, 0);
}

TEST(one_word_may_say_how_it_was_dried)
{
    CHECK_STR(read_member("steps", "[{\"step\": \"say_bom_nhiet\"}]"), "");
    CHECK_INT(file_record.steps[0].kind, TEM_STEP_DRY);
    CHECK_INT(file_record.steps[0].method, TEM_DRYING_HEAT_PUMP);
    CHECK_INT(file_record.steps[0].energy, TEM_ENERGY_ELECTRICITY);
    CHECK_STR(read_member("steps", "[{\"energy\": \"củi\", \"method\": \"lò\","
                                   "\"step\": \"say_bom_nhiet\"}]"),
              "");
    CHECK_INT(file_record.steps[0].method, TEM_DRYING_KILN);
    CHECK_INT(file_record.steps[0].energy, TEM_ENERGY_WOOD);
}

/* ---- keys ------------------------------------------------------------- */

static size_t missing(void)
{
    size_t count, found = 0;
    const struct tem_problem *problem =
        tem_record_problems(file_reader, &count);
    for (size_t i = 0; i < count; i++)
        found += problem[i].message.id == TEM_MSG_RECORD_REQUIRED;
    return found;
}

TEST(keys_that_nobody_knows)
{
    char key[200];
    BAD("colour", "1", RECORD_UNKNOWN_FAR);
    BAD("stepss", "1", RECORD_UNKNOWN);
    BAD("product_nam", "\"x\"", RECORD_UNKNOWN);
    BAD("Tên hàg", "1", RECORD_UNKNOWN);
    memset(key, 'k', sizeof key);
    key[199] = '\0';
    CHECK(strncmp(read_member(key, "1"), "kkkk", 4) == 0);
    open_text("{\"lot\": \"A1\", \"Mã lô\": \"A2\"}", 1);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("lot", TEM_MSG_RECORD_TWICE));
    CHECK_STR(file_record.lot, "A1");
}

TEST(what_must_be_given)
{
    open_text("{}", 1);
    CHECK(next_lot());
    CHECK_INT(missing(), 17);
    CHECK_INT(file_record.schema_version, 1);
    CHECK_INT(file_record.example, 0);
    CHECK_STR(file_record.origin, "Việt Nam");
    CHECK_INT(file_record.maker_id, TEM_NUMBER_NONE);
    CHECK_INT(file_record.packed_on, TEM_DATE_NONE);
    CHECK_INT(file_record.deliveries[63].units, TEM_NUMBER_NONE);
    open_text("{\"steps\": [{}], \"raw_lots\": [{}, {}]}", 1);
    CHECK(next_lot());
    CHECK_INT(missing(), 15 + 3 + 2 * 6);
    open_text("{\"product_nam\": 1}", 1);
    CHECK(next_lot());
    CHECK_INT(missing(), 17);
}

/* ---- files ------------------------------------------------------------ */

int main(void)
{
    RUN(numbers_are_scaled_and_bounded);
    RUN(a_thousand_and_a_decimal_mark_are_not_confused);
    RUN(long_numbers_are_told_for_what_they_are);
    RUN(words_and_truth);
    RUN(days);
    RUN(texts);
    RUN(code_numbers);
    RUN(lists_of_gtins);
    RUN(rows_of_steps_and_raw_lots);
    RUN(one_word_may_say_how_it_was_dried);
    RUN(keys_that_nobody_knows);
    RUN(what_must_be_given);
    close_text();
    return test_done();
}
