/* SPDX-License-Identifier: MIT */
/* Mirrors the content half of <tem/payload.h>: CBOR and records to content. */
#include "../../lib/payload/area.h"
#include "chance.h"
#include "sample.h"
#include "test.h"

static size_t encode(const struct tem_payload *p, uint8_t *memory)
{
    struct tem_buffer out = {memory, TEM_PAYLOAD_MAX, 0};
    CHECK_INT(tem_payload_encode(p, &out, NULL), TEM_OK);
    return out.size;
}

static enum tem_status decode(const uint8_t *data, size_t size,
                              struct tem_error *error)
{
    struct tem_payload p;
    return tem_payload_decode((struct tem_bytes){data, size}, &p, error);
}

static bool same(const struct tem_payload *a, const struct tem_payload *b)
{
    uint8_t x[TEM_PAYLOAD_MAX], y[TEM_PAYLOAD_MAX];
    size_t n = encode(a, x);
    return n == encode(b, y) && memcmp(x, y, n) == 0;
}

/* The worked example of lib/payload/FORMAT.md, byte for byte. */
TEST(the_sample_is_the_worked_example)
{
    static const uint8_t want[] = {
        0x8e, 0x01, 0x03, 0x0e, 0x19, 0x50, 0xc6, 0x02, 0x19, 0x01, 0x6f,
        0x01, 0x01, 0x18, 0x3e, 0x0e, 0x19, 0x03, 0x3c, 0x19, 0x01, 0xf4,
        0x19, 0x10, 0x09, 0x1a, 0x00, 0x05, 0x39, 0xa6};
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_payload p = sample_payload();
    size_t size = encode(&p, memory);
    CHECK_INT(size, sizeof want);
    CHECK(size == sizeof want && memcmp(memory, want, size) == 0);
}

TEST(content_comes_back)
{
    struct tem_payload rows[] = {sample_payload(), longest_payload(),
                                 sample_payload(), sample_payload()};
    rows[2].serial[0] = '\0';
    rows[2].plain = true;
    strcpy(rows[2].product_code, "AB");
    strcpy(rows[2].lot, "L");
    rows[3].stars = rows[3].certificate_id = rows[3].farm_id = 0;
    rows[3].drying = (struct tem_drying){0};
    rows[3].growing_area[0] = '\0';
    rows[3].packed = rows[3].harvest = 0;
    rows[3].best_before = 1;
    for (size_t i = 0; i < 4; i++) {
        uint8_t memory[TEM_PAYLOAD_MAX];
        struct tem_payload back;
        size_t size = encode(&rows[i], memory);
        REQUIRE(tem_payload_decode((struct tem_bytes){memory, size}, &back,
                                   NULL) == TEM_OK);
        CHECK(same(&rows[i], &back));
        CHECK_STR(back.growing_area, rows[i].growing_area);
        CHECK_INT(back.packed, rows[i].packed);
        CHECK_INT(back.stars, rows[i].stars);
        CHECK_INT(back.volume, rows[i].volume);
        CHECK_INT(back.net, rows[i].net);
        CHECK_STR(back.lot, rows[i].plain ? rows[i].lot : "");
    }
}

static bool same_numbers(const struct tem_payload *a,
                         const struct tem_payload *b)
{
    return a->example == b->example && a->has_digest == b->has_digest &&
           a->plain == b->plain && a->named == b->named &&
           a->maker_id == b->maker_id && a->farm_id == b->farm_id &&
           a->harvest == b->harvest && a->packed == b->packed &&
           a->best_before == b->best_before &&
           a->drying.method == b->drying.method &&
           a->drying.energy == b->drying.energy &&
           a->drying.temperature_c == b->drying.temperature_c &&
           a->drying.hours == b->drying.hours && a->stars == b->stars &&
           a->certificate_id == b->certificate_id && a->volume == b->volume &&
           a->net == b->net && a->commune == b->commune;
}

static bool same_texts(const struct tem_payload *a,
                       const struct tem_payload *b)
{
    return strcmp(a->growing_area, b->growing_area) == 0 &&
           memcmp(a->digest, b->digest, sizeof a->digest) == 0 &&
           strcmp(a->product_code, b->product_code) == 0 &&
           strcmp(a->lot, b->lot) == 0 && strcmp(a->serial, b->serial) == 0 &&
           strcmp(a->product_name, b->product_name) == 0 &&
           strcmp(a->maker_name, b->maker_name) == 0;
}

/* Field by field: what is lost on both ways would encode to the same bytes. */
TEST(any_content_comes_back)
{
    struct chance chance = {20260813};
    for (int i = 0; i < 4000; i++) {
        uint8_t memory[TEM_PAYLOAD_MAX];
        struct tem_payload p = chance_payload(&chance), back;
        int before = test_failures;
        size_t size = encode(&p, memory);
        CHECK_INT(tem_payload_decode((struct tem_bytes){memory, size}, &back,
                                     NULL),
                  TEM_OK);
        if (test_failures == before) {
            CHECK(same_numbers(&p, &back));
            CHECK(same_texts(&p, &back));
        }
        if (test_failures != before) {
            printf("# case %d\n", i);
            return;
        }
    }
}

TEST(the_longest_content_fits)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_payload p = longest_payload();
    struct tem_error error;
    size_t size = encode(&p, memory);
    struct tem_buffer small = {memory, size - 1, 0};
    CHECK(size > 880 && size <= TEM_PAYLOAD_MAX);
    CHECK_INT(tem_payload_encode(&p, &small, &error), TEM_E_CAPACITY);
    CHECK_INT(atoi(error.message.args[0]), (int)size);
    CHECK_INT(small.size, 0);
}

/* One field set just inside and just outside its range. */
static void edge(const char *name, struct tem_payload in,
                 struct tem_payload out)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer buffer = {memory, sizeof memory, 0};
    struct tem_error error;
    CHECK_INT(tem_payload_encode(&in, &buffer, &error), TEM_OK);
    CHECK_INT(tem_payload_encode(&out, &buffer, &error), TEM_E_ARGUMENT);
    CHECK_STR(error.message.args[0], name);
}

#define EDGE(name, inside, outside)                                            \
    do {                                                                       \
        struct tem_payload in = base, out = base;                              \
        {                                                                      \
            struct tem_payload *p = &in;                                       \
            inside;                                                            \
        }                                                                      \
        {                                                                      \
            struct tem_payload *p = &out;                                      \
            outside;                                                           \
        }                                                                      \
        edge(name, in, out);                                                   \
    } while (0)

TEST(ranges_hold_on_both_sides)
{
    struct tem_payload base = sample_payload();
    EDGE("maker_id", p->maker_id = 1, p->maker_id = 0);
    EDGE("maker_id", p->maker_id = 65535, p->maker_id = 65536);
    EDGE("farm_id", p->farm_id = 65535, p->farm_id = 65536);
    EDGE("harvest", p->harvest = 13000, p->harvest = -1);
    EDGE("packed", p->packed = p->harvest, p->packed = p->harvest - 1);
    EDGE("packed",
         (p->packed = p->harvest + 9998, p->best_before = p->packed + 1),
         p->packed = p->harvest + 10000);
    EDGE("best_before", p->best_before = p->packed + 1,
         p->best_before = p->packed);
    EDGE("best_before", p->best_before = p->harvest + 9999,
         p->best_before = p->harvest + 10000);
    EDGE("packed",
         (p->harvest = TEM_DATE_MAX - 2, p->packed = TEM_DATE_MAX - 1,
          p->best_before = TEM_DATE_MAX),
         (p->harvest = TEM_DATE_MAX - 2, p->packed = TEM_DATE_MAX + 1,
          p->best_before = TEM_DATE_MAX + 2));
    EDGE("best_before",
         (p->harvest = p->packed = TEM_DATE_MAX - 1,
          p->best_before = TEM_DATE_MAX),
         (p->harvest = p->packed = TEM_DATE_MAX - 1,
          p->best_before = TEM_DATE_MAX + 1));
    EDGE("drying", p->drying.temperature_c = 255,
         p->drying.temperature_c = 256);
    EDGE("drying", p->drying.hours = 999, p->drying.hours = 1000);
    EDGE("drying", p->drying = (struct tem_drying){0},
         p->drying.method = TEM_DRYING_NONE);
    EDGE("ocop", p->stars = 3, p->stars = 2);
    EDGE("ocop", p->stars = 5, p->stars = 6);
    EDGE("ocop", p->certificate_id = 1, p->certificate_id = 0);
    EDGE("ocop", p->certificate_id = 1000000, p->certificate_id = 1000001);
    EDGE("ocop", p->stars = p->certificate_id = 0, p->stars = 0);
    EDGE("net", p->net = 1, p->net = 0);
    EDGE("net", p->net = 50000, p->net = 50001);
    EDGE("commune", p->commune = 99999, p->commune = 100000);
    EDGE("commune", p->commune = 1, p->commune = 0);
    EDGE("growing_area", p->growing_area[0] = '\0',
         strcpy(p->growing_area, "VN-S-0000"));
    base = longest_payload();
    EDGE("product_code", strcpy(p->product_code, "A-"),
         strcpy(p->product_code, "A"));
    EDGE("product_code", (void)p, strcpy(p->product_code, "ab"));
    EDGE("lot", strcpy(p->lot, "A"), strcpy(p->lot, ""));
    EDGE("serial", strcpy(p->serial, ""), strcpy(p->serial, "a"));
    EDGE("product_name", strcpy(p->product_name, "x"),
         strcpy(p->product_name, ""));
    EDGE("product_name", strcpy(p->product_name, "ế"),
         strcpy(p->product_name, "e\xcc\x82\xcc\x81"));
    EDGE("product_name", (void)p,
         (memset(p->product_name, 'a', 81), p->product_name[81] = '\0'));
    EDGE("maker_name", strcpy(p->maker_name, "a"),
         strcpy(p->maker_name, "\xff"));
}

/* FORMAT.md section 4: what can hide in a name or make it read otherwise. */
TEST(names_hold_no_hidden_characters)
{
    struct tem_payload base = longest_payload();
    static const char *const refused[] = {
        "a\tb",     "a\x7f",   "\xc2\x85",           /* controls */
        "\u2028",   "\u2029",                        /* separators */
        "a\u061cb", "\u200eb", "\u200f",            /* directions */
        "a\u202a",  "a\u202e", "\u2066", "a\u2069", /* more of them */
        "\u0378",   "\ufffe",                        /* not assigned */
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        EDGE("product_name", strcpy(p->product_name, "\u202f\u2010"),
             strcpy(p->product_name, refused[i]));
        EDGE("maker_name", strcpy(p->maker_name, "\u00a0b"),
             strcpy(p->maker_name, refused[i]));
    }
}

/* Rewrite one item of the sample in a way that CBOR allows and we do not. */
TEST(only_the_one_encoding_is_taken)
{
    uint8_t good[TEM_PAYLOAD_MAX], bad[TEM_PAYLOAD_MAX + 8];
    struct tem_payload p = sample_payload();
    struct tem_error error;
    size_t size = encode(&p, good);
    CHECK_INT(decode(good, size, NULL), TEM_OK);

    memcpy(bad, good, size); /* trailing byte */
    bad[size] = 0;
    CHECK_INT(decode(bad, size + 1, &error), TEM_E_FORMAT);
    CHECK_INT(error.message.id, TEM_MSG_PAYLOAD_TRAILING);
    CHECK_INT(error.offset, size);

    bad[0] = 0x98; /* the array's length in two bytes */
    bad[1] = 14;
    memcpy(bad + 2, good + 1, size - 1);
    CHECK_INT(decode(bad, size + 1, &error), TEM_E_FORMAT);
    CHECK_INT(error.message.id, TEM_MSG_PAYLOAD_CANONICAL);
    CHECK_INT(error.offset, 0);

    bad[0] = 0x9f; /* indefinite length */
    memcpy(bad + 1, good + 1, size - 1);
    bad[size] = 0xff;
    CHECK_INT(decode(bad, size + 1, NULL), TEM_E_FORMAT);

    memcpy(bad, good, 2); /* maker 3 in two bytes */
    bad[2] = 0x18;
    memcpy(bad + 3, good + 2, size - 2);
    CHECK_INT(decode(bad, size + 1, NULL), TEM_E_FORMAT);

    memcpy(bad, good, size);
    bad[0] = 0x8f; /* one item more than there are */
    CHECK_INT(decode(bad, size, NULL), TEM_E_FORMAT);
    bad[0] = 0xae; /* a map */
    CHECK_INT(decode(bad, size, NULL), TEM_E_FORMAT);
    memcpy(bad, good, size);
    bad[1] = 16; /* an unknown form */
    CHECK_INT(decode(bad, size, NULL), TEM_E_FORMAT);
    bad[1] = 3; /* a digest that is not there */
    CHECK_INT(decode(bad, size, NULL), TEM_E_FORMAT);
}

/* The worked example with one byte changed, and where that is noticed. */
TEST(what_is_wrong_is_told_with_its_place)
{
    static const struct {
        size_t at, offset;
        uint8_t byte;
        const char *name; /* NULL: not the one encoding */
    } rows[] = {
        {0, 0, 0x8d, "array"},       {1, 1, 16, "form"},
        {1, 0, 5, "array"},          {2, 2, 0, "maker_id"},
        {2, 2, 0x60, "maker_id"},    {4, 4, 0x39, "harvest"},
        {7, 7, 0x20, "packed"},      {9, 8, 0xff, "best_before"},
        {11, 11, 10, "drying"},      {12, 12, 0x60, "drying"},
        {11, 11, 0, "drying"},       {18, 16, 0x3e, "ocop"},
        {20, 19, 0xff, "net"},       {23, 22, 0, NULL},
        {25, 25, 0x60, "growing_area"}};
    uint8_t good[TEM_PAYLOAD_MAX];
    struct tem_payload p = sample_payload();
    size_t size = encode(&p, good);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_error error = {.status = TEM_OK};
        uint8_t before = good[rows[i].at];
        good[rows[i].at] = rows[i].byte;
        CHECK_INT(decode(good, size, &error), TEM_E_FORMAT);
        if (rows[i].name)
            CHECK_STR(error.message.args[0], rows[i].name);
        CHECK_INT(error.offset, rows[i].offset);
        good[rows[i].at] = before;
    }
}

TEST(cut_content_is_refused_and_nothing_written)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_payload longest = longest_payload();
    size_t size = encode(&longest, memory);
    for (size_t n = 0; n < size; n++) {
        struct tem_payload p = {.maker_id = 7};
        CHECK_INT(tem_payload_decode((struct tem_bytes){memory, n}, &p, NULL),
                  TEM_E_FORMAT);
        CHECK_INT(p.maker_id, 7);
    }
}

/* Any single bit turned either is refused or says something else. */
TEST(a_turned_bit_is_never_the_same_content)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_payload p = longest_payload(), read;
    strcpy(p.product_name, "Long nhãn");
    strcpy(p.maker_name, "Hợp tác xã");
    size_t size = encode(&p, memory), accepted = 0;
    for (size_t bit = 0; bit < size * 8; bit++) {
        memory[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (tem_payload_decode((struct tem_bytes){memory, size}, &read, NULL) ==
            TEM_OK) {
            accepted++;
            CHECK(!same(&p, &read));
        }
        memory[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK(accepted > 100); /* the digest's bits at least */
}

TEST(growing_areas_pack_and_come_back)
{
    static const char *const codes[] = {
        "",            "VN-AA-0000",   "VN-ZZ-9999",  "VN-AAA-0000",
        "VN-SLOR-0000", "VN-SLOR-0128", "VN-SLPH-128", "VN-ZZZZ-9999",
        "VN-AA-000",   "VN-ZZZZ-999"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        uint64_t packed;
        char back[16];
        CHECK(tem_payload_pack_area(codes[i], &packed));
        CHECK(tem_payload_unpack_area(packed, back));
        CHECK_STR(back, codes[i]);
    }
    static const char *const wrong[] = {
        "VN",          "VN-",         "VN-A-0000",     "VN-AAAAA-0000",
        "VN-AA-00",    "VN-AA-00000", "VN-AA0000",     "VN-aa-0000",
        "XX-AA-0000",  "VN-AA-0000 ", "VN-SLOR-0000X", "VN-SL0R-0000"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint64_t packed;
        CHECK(!tem_payload_pack_area(wrong[i], &packed));
    }
    uint64_t last;
    char back[16];
    CHECK(tem_payload_pack_area("VN-ZZZZ-999", &last));
    CHECK(last == TEM_AREA_MAX);
    CHECK(!tem_payload_unpack_area(TEM_AREA_MAX + 1, back));
}

/* ---- from a record ---- */

static struct tem_record longan(void)
{
    static struct tem_record r;
    tem_record_init(&r);
    r.example = 1;
    r.maker_id = 3;
    strcpy(r.maker_name, "Công ty TNHH MTV Đạt Thủy");
    strcpy(r.gtin, SAMPLE_GTIN);
    strcpy(r.product_name, "Long nhãn sấy khô");
    r.net_mass_g = 500;
    r.ocop_stars = 4;
    r.certificate_id = 103;
    r.farm_id = 14;
    strcpy(r.harvest_commune, "04105");
    r.raw_lot_count = 1;
    strcpy(r.raw_lots[0].growing_area, "VN-SLOR-0000");
    r.raw_lots[0].harvest_from = 20677;
    r.raw_lots[0].harvest_to = 20678;
    r.step_count = 1;
    r.steps[0] = (struct tem_step){.kind = TEM_STEP_DRY,
                                   .method = TEM_DRYING_HEAT_PUMP,
                                   .energy = TEM_ENERGY_ELECTRICITY,
                                   .temperature_c10 = 620,
                                   .minutes = 840};
    strcpy(r.lot, "DT9H2VW6");
    r.packed_on = 20680;
    r.best_before = 21045;
    return r;
}

TEST(a_record_gives_the_sample)
{
    struct tem_record record = longan();
    struct tem_payload_options options = {NULL, false, NULL};
    struct tem_payload p, want = sample_payload();
    REQUIRE(tem_payload_from_record(&record, &options, &p, NULL) == TEM_OK);
    CHECK(same(&p, &want));
}

TEST(options_add_digest_names_and_serial)
{
    struct tem_record record = longan();
    uint8_t digest[TEM_DIGEST_BYTES] = {1, 2, 3};
    struct tem_payload_options options = {digest, true, "000001"};
    struct tem_payload p;
    record.gtin[0] = '\0';
    strcpy(record.product_code, "LONGNHAN");
    REQUIRE(tem_payload_from_record(&record, &options, &p, NULL) == TEM_OK);
    CHECK(p.plain && p.has_digest && p.named);
    CHECK_STR(p.product_code, "LONGNHAN");
    CHECK_STR(p.serial, "000001");
    CHECK_STR(p.product_name, "Long nhãn sấy khô");
    CHECK(memcmp(p.digest, digest, sizeof digest) == 0);
    options.serial = NULL;
    REQUIRE(tem_payload_from_record(&record, &options, &p, NULL) == TEM_OK);
    CHECK_STR(p.serial, "");
    options.serial = "123456789012345678901";
    CHECK_INT(tem_payload_from_record(&record, &options, &p, NULL),
              TEM_E_ARGUMENT);
}

TEST(a_record_without_stars_area_or_drying_is_fine)
{
    struct tem_record record = longan();
    struct tem_payload_options options = {NULL, false, NULL};
    struct tem_payload p;
    record.ocop_stars = 0;
    record.step_count = 0;
    record.farm_id = TEM_NUMBER_NONE;
    record.net_mass_g = TEM_NUMBER_NONE;
    record.net_volume_ml = 700;
    record.raw_lot_count = 2; /* two areas: the label can name neither */
    record.raw_lots[1] = record.raw_lots[0];
    strcpy(record.raw_lots[1].growing_area, "VN-SLOR-0001");
    REQUIRE(tem_payload_from_record(&record, &options, &p, NULL) == TEM_OK);
    CHECK_STR(p.growing_area, "");
    CHECK_INT(p.drying.method, TEM_DRYING_NONE);
    CHECK(p.volume && p.net == 700);
    CHECK(p.certificate_id == 0 && p.farm_id == 0);
    record.raw_lots[1].growing_area[0] = '\0';
    REQUIRE(tem_payload_from_record(&record, &options, &p, NULL) == TEM_OK);
    CHECK_STR(p.growing_area, "VN-SLOR-0000");
}

TEST(a_record_without_what_a_label_needs_is_refused)
{
    struct tem_record record = longan();
    struct tem_payload_options options = {NULL, false, NULL};
    struct tem_payload p;
    struct tem_error error;
    record.maker_id = TEM_NUMBER_NONE;
    CHECK_INT(tem_payload_from_record(&record, &options, &p, &error),
              TEM_E_ARGUMENT);
    CHECK_STR(error.message.args[0], "maker_id");
    record = longan();
    record.raw_lot_count = 0;
    CHECK_INT(tem_payload_from_record(&record, &options, &p, &error),
              TEM_E_ARGUMENT);
    CHECK_STR(error.message.args[0], "harvest");
}

int main(void)
{
    RUN(the_sample_is_the_worked_example);
    RUN(content_comes_back);
    RUN(any_content_comes_back);
    RUN(the_longest_content_fits);
    RUN(ranges_hold_on_both_sides);
    RUN(names_hold_no_hidden_characters);
    RUN(only_the_one_encoding_is_taken);
    RUN(what_is_wrong_is_told_with_its_place);
    RUN(cut_content_is_refused_and_nothing_written);
    RUN(a_turned_bit_is_never_the_same_content);
    RUN(growing_areas_pack_and_come_back);
    RUN(a_record_gives_the_sample);
    RUN(options_add_digest_names_and_serial);
    RUN(a_record_without_stars_area_or_drying_is_fine);
    RUN(a_record_without_what_a_label_needs_is_refused);
    return test_done();
}
