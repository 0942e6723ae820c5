/* SPDX-License-Identifier: MIT */
/* tem_trust_source_*() and tem_trust_follow() of <tem/trust.h>: the lists that
 * an office keeps. Each fault of SOURCE.md is planted alone, on both sides of
 * its edge; what they say in words tests/cli/trust.sh looks at. */
#include "keys.h"
#include "trust_faults.h"
#include <tem/trust.h>

/* ---- files in memory ---------------------------------------------------- */

struct text {
    const char *at;
    size_t piece;
};

static ptrdiff_t read_text(void *context, void *data, size_t size)
{
    struct text *text = context;
    size_t left = strlen(text->at);
    size = size < left ? size : left;
    size = size < text->piece ? size : text->piece;
    memcpy(data, text->at, size);
    text->at += size;
    return (ptrdiff_t)size;
}

static ptrdiff_t read_nothing(void *context, void *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return -1;
}

/* What was told: "a:3 kid 931; ..", errors only unless they are all there is.
 */
static char told[4096];
static int errors;

static void tell(void *context, const char *file,
                 const struct tem_problem *problem)
{
    size_t used = strlen(told);
    (void)context;
    errors += problem->severity == TEM_SEVERITY_ERROR;
    snprintf(told + used, sizeof told - used, "%s%s:%d %s%s%d",
             used ? "; " : "", file, (int)problem->row, problem->field,
             problem->field[0] ? " " : "", (int)problem->message.id);
}

static struct tem_trust_source *source;

static void begin(void)
{
    tem_trust_source_free(source);
    source = NULL;
    told[0] = '\0';
    errors = 0;
    REQUIRE(tem_trust_source_new(tell, NULL, &source, NULL) == TEM_OK);
}

static void give(const char *name, const char *text, size_t piece)
{
    struct text file = {text, piece};
    CHECK_INT(tem_trust_source_read(source, name, read_text, &file,
                                    TEM_FORMAT_AUTO, NULL),
              TEM_OK);
}

static struct tem_trust_contents *
finish(const struct tem_trust_contents *before)
{
    struct tem_trust_contents *contents = NULL;
    CHECK_INT(tem_trust_source_finish(source, before, &contents, NULL), TEM_OK);
    CHECK((contents == NULL) == (errors > 0));
    return contents;
}

/* ---- a sound source ----------------------------------------------------- */

static void check_whole(const struct tem_trust_contents *c)
{
    REQUIRE(c != NULL);
    CHECK_INT(c->province, 14);
    CHECK_INT(c->version, 2);
    CHECK_INT(c->host_count, 2);
    CHECK(memcmp(c->hosts[1].data, "ocop.sonla.gov.vn", 17) == 0);
    CHECK_INT(c->maker_count, 2);
    CHECK_INT(c->makers[0].id, 1);
    CHECK_INT(c->product_count, 2);
    CHECK_INT(c->products[0].net_count, 2);
    CHECK_INT(c->products[0].nets[0], 100);
    CHECK(memcmp(c->products[0].gtin.data, "09521234543213", 14) == 0);
    CHECK_INT(c->keys[0].products.count, 1); /* it was named twice */
    CHECK_INT(c->keys[0].quota, 10);
    CHECK_INT(c->certificates[0].valid_to,
              tem_date_parse(tem_bytes_of("2027-06-30")));
    CHECK_INT(c->key_end_count, 1);
    CHECK_INT(c->key_ends[0].known.count, 1);
    CHECK_INT(c->withdrawal_count, 1);
    CHECK_INT(c->certificate_end_count, 1);
}

TEST(a_sound_source_gives_a_bundle)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        begin();
        give("a", WHOLE, pieces[i]);
        check_whole(finish(NULL));
        CHECK_STR(told, "");
    }
}

TEST(lists_may_be_spread_over_files_in_any_order)
{
    begin();
    give("r", "{\"note\":\"of 2026\"," REVOCATIONS "}", 5);
    give("k", "{" KEYS "," CERTIFICATES "}", 5);
    give("p", "{" PRODUCTS "}", 5);
    give("m", "maker_id;maker_name;commune\n2;B;04105\n1;A;04099\n", 5);
    give("h", "{" HEAD "}", 5);
    check_whole(finish(NULL));
    CHECK_STR(told, "");
}

TEST(a_sheet_is_the_list_that_its_headings_tell)
{
    begin();
    give("h",
         "Tỉnh,Phiên bản,Ngày cấp,Cập nhật sau,Hết hạn,Tên miền\n"
         "14,2,01/07/2026,01/10/2026,01/01/2027,b.vn ocop.sonla.gov.vn\n",
         9);
    give("m", "Mã xã,Chủ thể tên,Chủ thể mã,Ghi chú\n04099,A,1,x\n04105,B,2,\n",
         9);
    give("p",
         "Chủ thể mã,GTIN,Mã SP,Tên hàng,Quy cách "
         "g\n1,9521234543213,,P,100;500\n"
         "2,,LN-1,L,\n",
         9);
    give("k",
         "Mã khóa,Người giữ khóa,Khóa công khai,Chủ thể mã,Sản phẩm,Hạn mức "
         "tem\n"
         "9,H,\"-----BEGIN PUBLIC KEY-----\n" KEY
         "\n-----END PUBLIC KEY-----\n\",1,9521234543213,10\n",
         9);
    give("c",
         "Chứng nhận mã,Chủ thể mã,Sao,QĐ số,QĐ ngày,QĐ cơ quan,Sản phẩm\n"
         "5,1,4,3073/QĐ-UBND,30/06/2024,tỉnh,9521234543213\n",
         9);
    give("r",
         "Thu hồi,Mã khóa,Chứng nhận mã,Sản phẩm,Mã lô,Sê-ri đầu,Sê-ri cuối,"
         "Từ ngày,Lý do\nlô,,,9521234543213,L2,,,01/08/2026,r\n"
         "mất khóa,9,,,,,,01/08/2026,r\n"
         "ký trước khi mất,9,,9521234543213,L1,001,009,01/08/2026,r\n"
         "chứng nhận,,5,,,,,01/08/2026,r\n",
         9);
    check_whole(finish(NULL));
    CHECK_STR(told, "");
}

/* ---- faults ------------------------------------------------------------- */

/* The sound source with one piece of its text replaced. */
static const char *altered(const char *from, const char *to)
{
    static char text[8192];
    const char *at = strstr(WHOLE, from);
    CHECK(at != NULL);
    if (!at)
        return "";
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - WHOLE), WHOLE, to,
             at + strlen(from));
    return text;
}

TEST(each_fault_is_told)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        begin();
        give("a", altered(faults[i].from, faults[i].to), 100000);
        finish(NULL);
        if (strcmp(told, faults[i].told) != 0)
            printf("# row %zu, %s\n", i, faults[i].to);
        CHECK_STR(told, faults[i].told);
    }
}

/* Of as many letters as it may have, in a cell with others. */
TEST(long_hosts_are_not_cut)
{
    static const char host[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.sonla.gov.vn";
    char sheet[512];
    snprintf(sheet, sizeof sheet,
             "province,version,issued,next_update,expires,hosts\n"
             "14,2,2026-07-01,2026-10-01,2027-01-01,b.vn %s\n",
             host);
    CHECK_INT(strlen(host), 99);
    begin();
    give("h", sheet, 1000);
    give("m", "{" MAKERS "," PRODUCTS "," KEYS "}", 1000);
    const struct tem_trust_contents *c = finish(NULL);
    REQUIRE(c != NULL);
    CHECK_INT(c->hosts[0].size, 99);
    CHECK(memcmp(c->hosts[0].data, host, 99) == 0);
}

TEST(broken_json_is_told_with_its_line)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"{\"makers\":[\n{\"maker_id\":", "a:2 202"},
        {"{\"makers\":[\n}", "a:2 201"},
        {"{\"makers\":3}", "a:1 makers 216"},
        {"{,}", "a:1 201"},
        {"{\"version\":1 \"province\":2}", "a:1 201"},
        {"{\"version\" 1}", "a:1 201"},
        {"{\"note\":\"x\"", "a:1 202"},
        {"[]", "a:1 201"},
        {"{\"hosts\":[[[[[[\"\"]]]]]]}", "a:1 205"},
        {"{} x", "a:1 201"},
        {"{\"version\":1,\"version\":1}", "a:1 version 211; a:1 province 210; "
                                          "a:1 issued 210; a:1 next_update 210;"
                                          " a:1 expires 210; a:1 hosts 210"},
        {"{\"versoin\":1}", "a:1 versoin 206"},
        {"{\"makers\":[{\"maker_nam\":\"x\"}]}",
         "a:1 maker_nam 206; a:1 maker_id 210; a:1 maker_name 210; "
         "a:1 commune 210"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin();
        give("a", rows[i].text, 3);
        CHECK_STR(told, rows[i].told);
        finish(NULL);
    }
}

TEST(what_names_no_bundle_is_told)
{
    begin();
    CHECK(finish(NULL) == NULL);
    CHECK_STR(told, ":0 932");
    begin();
    give("a", "{" MAKERS "}", 100);
    finish(NULL);
    CHECK_STR(told, "a:0 932");
    begin();
    give("a", WHOLE, 100);
    give("b", "{" HEAD "}", 100);
    finish(NULL);
    CHECK_STR(told, "b:1 version 931");
}

TEST(a_source_that_cannot_be_read_fails)
{
    struct tem_error error;
    begin();
    CHECK_INT(tem_trust_source_read(source, "a", read_nothing, NULL,
                                    TEM_FORMAT_AUTO, &error),
              TEM_E_IO);
    begin();
    for (int i = 0; i < 64; i++)
        give("a", "{}", 100);
    struct text file = {"{}", 100};
    CHECK_INT(tem_trust_source_read(source, "a", read_text, &file,
                                    TEM_FORMAT_AUTO, &error),
              TEM_E_LIMIT);
}

/* ---- the bundle before -------------------------------------------------- */

static struct tem_trust *open_written(const struct tem_trust_contents *c,
                                      const struct tem_key *root)
{
    static uint8_t memory[65536];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_trust *trust = NULL;
    CHECK_INT(tem_trust_write(c, root, &out, NULL), TEM_OK);
    CHECK_INT(tem_trust_open((struct tem_bytes){memory, out.size}, root, NULL,
                             &trust, NULL),
              TEM_OK);
    return trust;
}

TEST(nothing_is_taken_back)
{
    static const struct {
        const char *from, *to, *told;
    } rows[] = {
        {"\"version\":2", "\"version\":3", ""},
        {"\"version\":2", "\"version\":1", "a:1 version 948"},
        {"\"version\":2", "\"version\":2", "a:1 version 948"},
        {"14,\"version\":2", "15,\"version\":3", "a:1 province 947"},
        {"2,\"issued\":\"2026-07-01\"", "3,\"issued\":\"2026-06-30\"",
         "a:1 issued 949"},
        {"\"version\":2,\"issued\":\"2026-07-01\"",
         "\"version\":3,\"issued\":\"2026-07-01\"", ""},
        {"3073/", "3074/", "a:1 version 948; a:1 certificates 953"},
        {"2024-06-30", "2024-07-01", "a:1 version 948; a:1 certificates 953"},
        {"\"certificate_id\":5,\"maker_id\"",
         "\"certificate_id\":6,\"maker_id\"",
         "a:1 certificate_id 946; a:1 version 948"},
        {KEY, "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
         "a:1 version 948; a:1 keys 951"},
        {"key_lost", "key_retired",
         "a:1 kid 945; a:1 version 948; a:1 revocations 952"},
    };
    struct tem_key *root = new_key(TEM_ALGORITHM_ED25519);
    begin();
    give("a", WHOLE, 1000);
    struct tem_trust *before = open_written(finish(NULL), root);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin();
        give("a", altered(rows[i].from, rows[i].to), 1000);
        finish(tem_trust_all(before));
        CHECK_STR(told, rows[i].told);
    }
    begin();
    give("a",
         "{\"province\":14,\"version\":3,\"issued\":\"2026-07-01\","
         "\"next_update\":\"2026-10-01\",\"expires\":\"2027-01-01\","
         "\"hosts\":[\"b.vn\"]}",
         100);
    finish(tem_trust_all(before));
    CHECK_STR(told, "a:1 keys 950; a:1 revocations 952; a:1 revocations 957; "
                    "a:1 revocations 958");
    tem_trust_free(before);
    tem_key_free(root);
}

/* One revocation of a product, as JSON. */
#define LOT(product, lot, from, to)                                            \
    "{\"kind\":\"lot\",\"maker_id\":" product ",\"lot\":\"" lot                \
    "\",\"serial_first\":\"" from "\",\"serial_last\":\"" to                   \
    "\",\"since\":\"2026-08-01\",\"reason\":\"r\"}"
#define FIRST "1,\"product\":\"9521234543213\""
#define SECOND "2,\"product\":\"LN-1\""
#define END(kind, field)                                                       \
    "{\"kind\":\"" kind "\"," field                                            \
    ",\"since\":\"2026-08-01\",\"reason\":\"r\"}"

static struct tem_trust_contents *
with_revocations(int version, const char *list,
                 const struct tem_trust_contents *before)
{
    char text[4096];
    snprintf(text, sizeof text,
             "{\"province\":14,\"version\":%d,\"issued\":\"2026-07-01\","
             "\"next_update\":\"01/10/2026\",\"expires\":\"2027-01-01\","
             "\"hosts\":[\"b.vn\"]," MAKERS "," PRODUCTS "," KEYS
             "," CERTIFICATES ",\"revocations\":[%s]}",
             version, list);
    begin();
    give("a", text, 1000);
    return finish(before);
}

/* What is withdrawn no more would be called genuine again: it may be, but not
 * unnoticed. */
TEST(what_comes_back_is_told)
{
    static const struct {
        const char *before, *after, *told;
    } rows[] = {
        {LOT(FIRST, "L", "", ""), LOT(FIRST, "L", "", ""), ""},
        {LOT(FIRST, "L", "", ""), "", "a:1 revocations 957"},
        {LOT(FIRST, "L", "", ""), LOT(FIRST, "L", "1", "9"),
         "a:1 revocations 957"},
        {LOT(FIRST, "L", "", ""), LOT(FIRST, "K", "", ""),
         "a:1 revocations 957"},
        {LOT(SECOND, "L", "", ""), LOT(SECOND, "L", "", ""), ""},
        {LOT(SECOND, "L", "", ""), LOT(FIRST, "L", "", ""),
         "a:1 revocations 957"},
        {LOT(FIRST, "L", "10", "20"), LOT(FIRST, "L", "", ""), ""},
        {LOT(FIRST, "L", "10", "20"), LOT(FIRST, "L", "10", "20"), ""},
        {LOT(FIRST, "L", "10", "20"), LOT(FIRST, "L", "09", "21"), ""},
        {LOT(FIRST, "L", "10", "20"), LOT(FIRST, "L", "11", "20"),
         "a:1 revocations 957"},
        {LOT(FIRST, "L", "10", "20"), LOT(FIRST, "L", "10", "19"),
         "a:1 revocations 957"},
        {END("certificate", "\"certificate_id\":5"),
         END("certificate", "\"certificate_id\":5"), ""},
        {END("certificate", "\"certificate_id\":5"), "", "a:1 revocations 958"},
        {END("key_retired", "\"kid\":9"), END("key_retired", "\"kid\":9"), ""},
        {END("key_retired", "\"kid\":9"), END("key_lost", "\"kid\":9"), ""},
        {END("key_retired", "\"kid\":9"), "", "a:1 revocations 959"},
    };
    struct tem_key *root = new_key(TEM_ALGORITHM_ED25519);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_trust *before =
            open_written(with_revocations(2, rows[i].before, NULL), root);
        CHECK(with_revocations(3, rows[i].after, tem_trust_all(before)));
        CHECK_STR(told, rows[i].told);
        tem_trust_free(before);
    }
    tem_key_free(root);
}

TEST(the_chain_goes_on)
{
    struct tem_key *root = new_key(TEM_ALGORITHM_ED25519);
    struct tem_key *next = new_key(TEM_ALGORITHM_ES256);
    uint8_t memory[TEM_TRUST_STATEMENT_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_error error;
    begin();
    give("a", WHOLE, 1000);
    struct tem_trust_contents *c = finish(NULL);
    CHECK_INT(tem_trust_succeed(root, 14, next, &out, NULL), TEM_OK);
    c->next = (struct tem_bytes){memory, out.size};
    struct tem_trust *before = open_written(c, root);
    c->version++;
    CHECK_INT(tem_trust_follow(c, before, root, &error), TEM_OK);
    CHECK_INT(c->chain_count, 0);
    CHECK_INT(c->next.size, out.size); /* still to come */
    CHECK_INT(tem_trust_follow(c, before, next, &error), TEM_OK);
    CHECK_INT(c->chain_count, 1);
    CHECK_INT(c->next.size, 0);
    struct tem_key *other = new_key(TEM_ALGORITHM_ED25519);
    CHECK_INT(tem_trust_follow(c, before, other, &error), TEM_E_KEY);
    CHECK_INT(error.message.id, TEM_MSG_TRUST_NOT_NEXT);
    tem_key_free(other);
    tem_trust_free(before);
    tem_key_free(root);
    tem_key_free(next);
}

int main(void)
{
    RUN(a_sound_source_gives_a_bundle);
    RUN(lists_may_be_spread_over_files_in_any_order);
    RUN(a_sheet_is_the_list_that_its_headings_tell);
    RUN(each_fault_is_told);
    RUN(long_hosts_are_not_cut);
    RUN(broken_json_is_told_with_its_line);
    RUN(what_names_no_bundle_is_told);
    RUN(a_source_that_cannot_be_read_fails);
    RUN(nothing_is_taken_back);
    RUN(what_comes_back_is_told);
    RUN(the_chain_goes_on);
    tem_trust_source_free(source);
    return test_done();
}
