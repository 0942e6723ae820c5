/* SPDX-License-Identifier: MIT */
/* Logs of scans as files: what is read of a row, and what is wrong with it. */
#include "../test.h"
#include <stdbool.h>
#include <tem/tem.h>

static struct tem_error error;

struct text {
    const char *at;
    size_t left;
};

static ptrdiff_t read_text(void *context, void *data, size_t size)
{
    struct text *text = context;
    size_t take = size < text->left ? size : text->left;
    memcpy(data, text->at, take);
    text->at += take;
    text->left -= take;
    return (ptrdiff_t)take;
}

/* The first scan of a log; its problems' ids with spaces between. */
static bool first(const char *log_text, struct tem_registry_scan *scan,
                  char problems[256])
{
    struct text text = {log_text, strlen(log_text)};
    struct tem_scan_log *log;
    bool found = false;
    size_t count;
    problems[0] = '\0';
    CHECK_INT(
        tem_scan_log_open(read_text, &text, TEM_FORMAT_AUTO, &log, &error),
        TEM_OK);
    CHECK_INT(tem_scan_log_next(log, scan, &found, &error), TEM_OK);
    const struct tem_problem *list = tem_scan_log_problems(log, &count);
    for (size_t i = 0; i < count; i++)
        snprintf(problems + strlen(problems), 256 - strlen(problems), "%s%s:%d",
                 i ? " " : "", list[i].field, (int)list[i].message.id);
    scan->text = (struct tem_bytes){0}; /* it was the log's */
    tem_scan_log_free(log);
    return found;
}

TEST(a_row_with_names)
{
    struct tem_registry_scan scan;
    char problems[256];
    REQUIRE(first("Kết luận;Lúc quét;Sản phẩm;Mã lô;Sê-ri;Vĩ độ;Kinh độ;Nơi "
                  "quét;Người quét;Phiên bản gói\n"
                  "Thật;05/10/2026 09:30;09520124600104;NP7K3Q9M;000007;"
                  "21,3270;103.9140;Chợ Mộc Châu;QLTT;12\n",
                  &scan, problems));
    CHECK_STR(problems, "");
    CHECK_INT(scan.verdict, TEM_VERDICT_GENUINE);
    CHECK_INT(scan.seen, tem_time_parse(tem_bytes_of("2026-10-05T09:30")));
    CHECK_STR(scan.lot.maker, "-");
    CHECK_STR(scan.lot.product, "09520124600104");
    CHECK_STR(scan.lot.lot, "NP7K3Q9M");
    CHECK_STR(scan.serial, "000007");
    CHECK_INT(scan.latitude, 21327000);
    CHECK_INT(scan.longitude, 103914000);
    CHECK_STR(scan.place, "Chợ Mộc Châu");
    CHECK_STR(scan.who, "QLTT");
    CHECK_INT(scan.trust_version, 12);
    CHECK(tem_registry_scan_valid(&scan));
}

TEST(a_code_of_a_maker)
{
    struct tem_registry_scan scan;
    char problems[256];
    REQUIRE(first("{\"verdict\":\"revoked\",\"seen\":\"2026-10-05T09:30:01Z\","
                  "\"maker_id\":17,\"product\":\"ML-01\",\"lot\":\"A1\"}",
                  &scan, problems));
    CHECK_STR(problems, "");
    CHECK_STR(scan.lot.maker, "17");
    CHECK_STR(scan.lot.product, "ML-01");
    CHECK_STR(scan.serial, "");
    CHECK_INT(scan.latitude, TEM_DEGREES_NONE);
    CHECK_INT(scan.longitude, TEM_DEGREES_NONE);
    CHECK(tem_registry_scan_valid(&scan));
}

/* What a label says that does not hold is not to be believed. */
TEST(a_label_that_does_not_hold)
{
    struct tem_registry_scan scan;
    char problems[256];
    REQUIRE(first("{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\","
                  "\"text\":\"HTTPS://X/1\",\"product\":\"09520124600104\","
                  "\"lot\":\"A1\",\"serial\":\"1\"}",
                  &scan, problems));
    CHECK_STR(problems, "");
    CHECK_STR(scan.lot.lot, "");
    CHECK_STR(scan.serial, "");
    CHECK(tem_registry_scan_valid(&scan));
}

TEST(what_is_wrong)
{
    static const struct {
        const char *log, *problems;
    } cases[] = {
        {"{\"seen\":\"2026-10-05T09:30\",\"text\":\"a\"}", "verdict"},
        {"{\"verdict\":\"altered\",\"text\":\"a\"}", "seen"},
        {"{\"verdict\":\"fine\",\"seen\":\"2026-10-05T09:30\",\"text\":\"a\"}",
         "verdict"},
        {"{\"verdict\":\"altered\",\"seen\":\"2026-10-05\",\"text\":\"a\"}",
         "seen:1124"},
        {"{\"verdict\":\"genuine\",\"seen\":\"2026-10-05T09:30\",\"text\":"
         "\"a\"}",
         "text:1125"},
        {"{\"verdict\":\"genuine\",\"seen\":\"2026-10-05T09:30\","
         "\"product\":\"ML-01\"}",
         "lot:1126"},
        {"{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\",\"text\":"
         "\"a\","
         "\"latitude\":21}",
         "latitude:1127"},
        {"{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\",\"text\":"
         "\"a\","
         "\"latitude\":90.000001,\"longitude\":0}",
         "latitude"},
        {"{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\",\"text\":"
         "\"a\","
         "\"digest\":\"00\"}",
         "digest:1128"},
        {"{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\",\"text\":"
         "\"a\","
         "\"when\":\"now\"}",
         "when"},
        {"{\"verdict\":\"altered\"", ":"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tem_registry_scan scan;
        char problems[256];
        CHECK(first(cases[i].log, &scan, problems));
        if (!strstr(problems, cases[i].problems)) {
            CHECK(false);
            printf("# %s: %s\n", cases[i].log, problems);
        }
    }
}

TEST(digests)
{
    struct tem_registry_scan scan;
    char problems[256];
    REQUIRE(first("{\"verdict\":\"altered\",\"seen\":\"2026-10-05T09:30\","
                  "\"text\":\"abc\",\"digest\":\"ba7816bf8f01cfea414140de5dae22"
                  "23b00361a396177a9cb410ff61f20015ad\"}",
                  &scan, problems));
    CHECK_STR(problems, "");
    CHECK_INT(scan.digest[0], 0xBA);
    CHECK_INT(scan.digest[31], 0xAD);
    REQUIRE(first("{\"verdict\":\"genuine\",\"seen\":\"2026-10-05T09:30\","
                  "\"product\":\"ML-01\",\"lot\":\"A\"}",
                  &scan, problems));
    CHECK_INT(scan.digest[0], 0); /* typed: nobody read a label */
}

TEST(an_empty_log)
{
    struct tem_registry_scan scan;
    char problems[256];
    CHECK(!first("[]", &scan, problems));
}

int main(void)
{
    RUN(a_row_with_names);
    RUN(a_code_of_a_maker);
    RUN(a_label_that_does_not_hold);
    RUN(what_is_wrong);
    RUN(digests);
    RUN(an_empty_log);
    return test_done();
}
