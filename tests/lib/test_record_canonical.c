/* SPDX-License-Identifier: MIT */
/* tem_record_canonical(): RFC 8785 to the byte. */
#include "record/fields.h"
#include "record_file.h"

static char canonical_text[TEM_RECORD_CANONICAL_MAX + 1];

/* The canonical form of a record, NUL-terminated. */
static const char *canonical(const struct tem_record *record)
{
    struct tem_error error;
    struct tem_buffer out = {(uint8_t *)canonical_text,
                             TEM_RECORD_CANONICAL_MAX, 0};
    CHECK_INT(tem_record_canonical(record, &out, &error), TEM_OK);
    canonical_text[out.size] = '\0';
    return canonical_text;
}

/* Of the one lot of a file. */
static const char *canonical_of(const char *text)
{
    open_text(text, 1000);
    CHECK(next_lot());
    return canonical(&file_record);
}

TEST(nothing_is_an_empty_object)
{
    struct tem_record record;
    tem_record_init(&record);
    CHECK_STR(canonical(&record), "{}");
}

TEST(golden_bytes)
{
    CHECK_STR(
        canonical_of(
            "{\"units\": 5, \"test_report\": \"x\", \"labels_issued\": 1,"
            "\"print_runs\": [{\"printed\": 1}], \"samples\": 2,"
            "\"deliveries\": [{\"units\": 3}], \"labels_void\": 0,"
            "\"tem_huy\": null, \"salt\": \"00112233445566778899aabbccddeeff\","
            "\"ten_hang\": \"Me\\u0302\\\"\\\\/n\", \"QĐ GTIN\": "
            "[\"9520124600104\", \"9520124600203\"],"
            "\"ocop_points\": 78.50, \"sao\": \"4\", \"nsx\": \"5/6/2026\","
            "\"fat_g\": \"0,005\", \"maker_kind\": \"HTX\","
            "\"raw_lots\": [{\"area_ha\": 0.0001, \"mass_kg\": 1185.125}],"
            "\"steps\": [{\"buoc\": \"sấy\", \"gio\": 14, \"nhiet_do_c\": "
            "-0.5, \"started\": \"31/12/1969 23:59\"}, {\"kg_vao\": 0}]}"),
        "{\"certificate_gtins\":[\"09520124600104\",\"09520124600203\"],"
        "\"example\":false,\"fat_g\":0.005,\"maker_kind\":\"cooperative\","
        "\"ocop_points\":78.5,\"ocop_stars\":4,\"origin\":\"Việt Nam\","
        "\"packed_on\":\"2026-06-05\",\"product_name\":\"Mê\\\"\\\\/n\","
        "\"raw_lots\":[{\"area_ha\":0.0001,\"mass_kg\":1185.125}],"
        "\"salt\":\"00112233445566778899aabbccddeeff\",\"schema_version\":1,"
        "\"steps\":[{\"minutes\":840,\"started\":\"1969-12-31T23:59\","
        "\"step\":\"dry\",\"temperature_c\":-0.5},{\"mass_in_kg\":0}]}");
}

/* The longest that each field of a table can be written. */
static void fill(void *base, const struct tem_field *fields)
{
    for (const struct tem_field *f = fields; f->key; f++) {
        void *at = tem_field_at(base, f);
        if (f->type == TEM_FIELD_DATE)
            *(int32_t *)at = TEM_DATE_MAX;
        else if (f->type == TEM_FIELD_MOMENT)
            *(int64_t *)at = (int64_t)TEM_DATE_MAX * 24 * 60;
        else if (f->type == TEM_FIELD_CHOICE)
            *(int64_t *)at = f->choices->value;
        else if (f->type == TEM_FIELD_NUMBER || f->type == TEM_FIELD_BOOL)
            *(int64_t *)at = f->max - 1;
        else if (f->most == 0)
            memset(at, '"', f->size - 1); /* each needs an escape */
    }
}

TEST(the_fullest_record_fits)
{
    static struct tem_record record;
    tem_record_init(&record);
    fill(&record, tem_record_fields);
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++) {
        *tem_list_count(&record, l) = l->most;
        for (size_t i = 0; i < l->most; i++)
            fill(tem_list_item(&record, l, i), l->fields);
    }
    record.certificate_gtin_count = TEM_RECORD_GTINS_MAX;
    for (size_t i = 0; i < TEM_RECORD_GTINS_MAX; i++)
        memset(record.certificate_gtins[i], '0', TEM_GTIN_SIZE - 1);
    CHECK(strlen(canonical(&record)) > 25000);
}

TEST(a_small_buffer_is_left_alone)
{
    struct tem_record record;
    struct tem_error error;
    uint8_t bytes[20];
    struct tem_buffer out = {bytes, 11, 0};
    memset(bytes, 0xAA, sizeof bytes);
    tem_record_init(&record);
    strcpy(record.lot, "A1");
    CHECK_INT(tem_record_canonical(&record, &out, &error), TEM_E_CAPACITY);
    CHECK_STR(error.message.args[0], "12");
    CHECK(out.size == 0 && bytes[0] == 0xAA);
    out.capacity = 12;
    CHECK_INT(tem_record_canonical(&record, &out, &error), TEM_OK);
    CHECK(out.size == 12 && memcmp(bytes, "{\"lot\":\"A1\"}", 12) == 0);
    CHECK(bytes[12] == 0xAA);
}

/* ---- the examples ----------------------------------------------------- */

static char *load_example(const char *name)
{
    const char *source = getenv("TEM_SOURCE");
    char path[1000];
    snprintf(path, sizeof path, "%s/examples/sonla/%s", source ? source : ".",
             name);
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 100000);
    if (file && text && fread(text, 1, 99999, file) == 0)
        text[0] = '\0';
    if (file)
        fclose(file);
    return text;
}

TEST(it_reads_back_to_itself)
{
    static const char *const names[] = {"01-man-ruby.json",
                                        "02-cac-lo-khac.json", "sonla.csv"};
    static char first[TEM_RECORD_CANONICAL_MAX + 1];
    int lots = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *text = load_example(names[i]);
        REQUIRE(text != NULL);
        for (int skip = 0;; skip++) {
            open_text(text, 5000);
            bool found = next_lot();
            for (int j = 0; j < skip && found; j++)
                found = next_lot();
            if (!found)
                break;
            lots++;
            CHECK_STR(first_problem(), "");
            strcpy(first, canonical(&file_record));
            CHECK_STR(canonical_of(first), first);
            CHECK(!next_lot());
        }
        free(text);
    }
    CHECK_INT(lots, 16);
}

int main(void)
{
    RUN(nothing_is_an_empty_object);
    RUN(golden_bytes);
    RUN(the_fullest_record_fits);
    RUN(a_small_buffer_is_left_alone);
    RUN(it_reads_back_to_itself);
    close_text();
    return test_done();
}
