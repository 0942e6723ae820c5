/* SPDX-License-Identifier: MIT */
/* lib/trust/FORMAT.md and bundle.cddl tell the truth: the worked example is
 * what comes out, and the limits of the grammar are those of <tem/trust.h>. */
#include "keys.h"
#include <ctype.h>
#include <tem/trust.h>

static char page[65536];

/* A file of lib/trust without its line breaks and the spaces around them. */
static const char *flat(const char *name)
{
    char path[4096];
    const char *source = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/lib/trust/%s", source ? source : ".", name);
    FILE *file = fopen(path, "rb");
    size_t used = 0;
    for (int c; file && (c = fgetc(file)) != EOF && used + 1 < sizeof page;)
        if (c != '\n' && c != ' ')
            page[used++] = (char)c;
    page[used] = '\0';
    if (file)
        fclose(file);
    return page;
}

/* ---- the worked example ------------------------------------------------- */

/* RFC 8032 section 7.1: everybody knows the root's secret half (test 1) and the
 * maker's public one (test 2). */
static const char root_pem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
static const char maker_hex[] =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

static size_t example(uint8_t *memory, size_t capacity)
{
    struct tem_trust_key key = {.kid = 7,
                                .raw = unhex(maker_hex),
                                .holder = B("HTX Mẫu"),
                                .maker_id = 3,
                                .packed_from = 20635,
                                .packed_to = TEM_DATE_NONE,
                                .quota = 5000};
    struct tem_trust_maker maker = {3, B("HTX Mẫu"), B("Sample Coop"), 4105,
                                    B("Xã Mai Sơn")};
    struct tem_trust_product product = {.maker_id = 3,
                                        .gtin = B("09520124600302"),
                                        .name = B("Long nhãn"),
                                        .net_count = 1,
                                        .nets = {500}};
    struct tem_trust_certificate certificate = {
        103,   4,     B("3073/QĐ-UBND"), 19719, TEM_AUTHORITY_PROVINCE, 19719,
        20815, {0, 1}};
    struct tem_trust_withdrawal withdrawal = {
        {0, B("L1"), B("001"), B("009")}, 20700, B("mất cuộn tem")};
    uint32_t listed[] = {0};
    struct tem_trust_contents c = {.province = 14,
                                   .version = 1,
                                   .issued = 20635,
                                   .next_update = 20727,
                                   .expires = 20819,
                                   .hosts = {B("ocop.sonla.gov.vn")},
                                   .host_count = 1,
                                   .keys = &key,
                                   .key_count = 1,
                                   .makers = &maker,
                                   .maker_count = 1,
                                   .products = &product,
                                   .product_count = 1,
                                   .certificates = &certificate,
                                   .certificate_count = 1,
                                   .withdrawals = &withdrawal,
                                   .withdrawal_count = 1,
                                   .listed = listed,
                                   .listed_count = 1};
    struct tem_key *root = NULL;
    struct tem_buffer out = {memory, capacity, 0};
    struct tem_error error;
    CHECK_INT(tem_key_read_private(B(root_pem), NULL, &root, &error), TEM_OK);
    if (root)
        CHECK_INT(tem_trust_write(&c, root, &out, &error), TEM_OK);
    tem_key_free(root);
    return out.size;
}

TEST(the_worked_example_is_what_comes_out)
{
    uint8_t memory[1024];
    char hex[2 * sizeof memory + 1] = "";
    size_t size = example(memory, sizeof memory);
    for (size_t i = 0; i < size; i++)
        snprintf(hex + 2 * i, 3, "%02x", memory[i]);
    if (!strstr(flat("FORMAT.md"), hex))
        printf("# missing: %s\n", hex);
    CHECK(size > 0 && strstr(page, hex) != NULL);
    char count[64];
    snprintf(count, sizeof count, "Thewholebundle,%zubytes:", size);
    CHECK(strstr(page, count) != NULL);
}

/* ---- the grammar -------------------------------------------------------- */

TEST(the_grammar_has_the_limits_of_the_header)
{
    static const struct {
        const char *format;
        long long limit;
    } rows[] = {
        {"hosts:[1*%lldhost]", TEM_TRUST_HOSTS_MAX},
        {"keys:[*%lldkey]", TEM_TRUST_KEYS_MAX},
        {"makers:[*%lldmaker]", TEM_TRUST_MAKERS_MAX},
        {"products:[*%lldproduct]", TEM_TRUST_PRODUCTS_MAX},
        {"certificates:[*%lldcertificate]", TEM_TRUST_CERTIFICATES_MAX},
        {"withdrawals:[*%lldwithdrawal]", TEM_TRUST_WITHDRAWALS_MAX},
        {"products:[1*%lldnumber]", TEM_TRUST_LISTED_MAX},
        {"chain:[*%lldstatement]", TEM_TRUST_CHAIN_MAX},
        {"nets:[*%lldnet]", TEM_TRUST_NETS_MAX},
        {"statement=bstr.size(1..%lld)", TEM_TRUST_STATEMENT_MAX},
        {"date=0..%lld;", TEM_DATE_MAX},
        {"name=text;1..%lldcharacters", TEM_TRUST_NAME_MAX},
        {"reason=text;1..%lldcharacters", TEM_TRUST_REASON_MAX},
    };
    flat("bundle.cddl");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[128];
        snprintf(line, sizeof line, rows[i].format, rows[i].limit);
        if (!strstr(page, line))
            printf("# bundle.cddl: no %s\n", line);
        CHECK(strstr(page, line) != NULL);
    }
}

int main(void)
{
    RUN(the_worked_example_is_what_comes_out);
    RUN(the_grammar_has_the_limits_of_the_header);
    return test_done();
}
