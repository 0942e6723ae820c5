/* SPDX-License-Identifier: MIT */
/* A bundle for a province and far past it: 500 makers with a key each, 5,000
 * products with a certificate each, 50,000 withdrawn ranges. How long it takes
 * to open, how much memory it holds, and how long one question takes. */
#include "bench.h"
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <tem/trust.h>

enum {
    MAKERS = 500,
    PRODUCTS = 5000,
    RANGES = 50000,
    ROUNDS = 15,
    QUESTIONS = 1000000,
    DAY = 20800,
};

static struct tem_trust_key keys[MAKERS];
static struct tem_trust_maker makers[MAKERS];
static struct tem_trust_product products[PRODUCTS];
static struct tem_trust_certificate certificates[PRODUCTS];
static struct tem_trust_withdrawal ranges[RANGES];
static uint32_t listed[PRODUCTS];
static char text[PRODUCTS * 16 + RANGES * 32];
static size_t used;

static struct tem_bytes say(const char *format, unsigned number)
{
    char *at = text + used;
    int size = snprintf(at, sizeof text - used, format, number);
    need(size > 0 && used + (size_t)size < sizeof text);
    used += (size_t)size;
    return (struct tem_bytes){(const uint8_t *)at, (size_t)size};
}

static void make_makers(void)
{
    for (unsigned i = 0; i < MAKERS; i++) {
        struct tem_key *key;
        static uint8_t raw[MAKERS][32];
        need(tem_key_generate(TEM_ALGORITHM_ED25519, &key, NULL) == TEM_OK);
        memcpy(raw[i], tem_key_raw(key).data, 32);
        tem_key_free(key);
        makers[i] = (struct tem_trust_maker){
            i + 1, tem_bytes_of("Hợp tác xã nông nghiệp và dịch vụ"),
            tem_bytes_of("Agricultural service cooperative"), 4099,
            tem_bytes_of("Bản Kim Chung, xã Phiêng Khoài, tỉnh Sơn La")};
        keys[i] = (struct tem_trust_key){(uint16_t)(i + 1),
                                         TEM_ALGORITHM_ED25519,
                                         {raw[i], 32},
                                         tem_bytes_of("Nguyễn Thị Mẫu"),
                                         i + 1,
                                         {0, 0},
                                         TEM_DATE_NONE,
                                         TEM_DATE_NONE,
                                         0};
    }
}

static void make_products(void)
{
    for (unsigned i = 0; i < PRODUCTS; i++) {
        char digits[15];
        snprintf(digits, sizeof digits, "0952%09u", i);
        digits[13] = tem_gs1_check_digit(tem_bytes_of(digits));
        digits[14] = '\0';
        memcpy(text + used, digits, 14);
        products[i] = (struct tem_trust_product){
            i / (PRODUCTS / MAKERS) + 1,
            {(uint8_t *)text + used, 14},
            {NULL, 0},
            tem_bytes_of("Long nhãn sấy khô loại một"),
            tem_bytes_of("Dried longan, first grade"),
            false,
            2,
            {200, 500},
            {NULL, 0}};
        used += 14;
        listed[i] = i;
        certificates[i] =
            (struct tem_trust_certificate){i + 1,
                                           4,
                                           tem_bytes_of("3073/QĐ-UBND"),
                                           DAY - 100,
                                           TEM_AUTHORITY_PROVINCE,
                                           DAY - 100,
                                           DAY + 996,
                                           {i, 1}};
    }
}

static void make_ranges(void)
{
    for (unsigned i = 0; i < RANGES; i++)
        ranges[i] = (struct tem_trust_withdrawal){
            {i / 10, say("L%05u", i % 10), say("%06u", i), say("%06u", i + 9)},
            DAY - 10,
            tem_bytes_of("mất cuộn tem")};
}

static size_t held(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void ask(const struct tem_trust *trust)
{
    const struct tem_trust_contents *c = tem_trust_all(trust);
    char gtin[15] = "";
    unsigned found = 0;
    double start = now();
    for (unsigned i = 0; i < QUESTIONS; i++) {
        unsigned range = i * 7919u % RANGES;
        memcpy(gtin, products[range / 10].gtin.data, 14);
        char lot[8], serial[8];
        memcpy(lot, ranges[range].what.lot.data, 6);
        lot[6] = '\0';
        memcpy(serial, ranges[range].what.to.data, 6);
        serial[6] = '\0';
        const struct tem_trust_product *product =
            tem_trust_find_gtin(trust, gtin);
        found += tem_trust_find_withdrawal(trust, product, lot, serial) ==
                 &c->withdrawals[range];
    }
    double each = (now() - start) / QUESTIONS * 1e3;
    need(found == QUESTIONS);
    printf("  product by GTIN and withdrawal of its label: %.2f us (wanted < 2 "
           "each)\n",
           each);
}

int main(void)
{
    struct tem_key *root;
    need(tem_key_generate(TEM_ALGORITHM_ES256, &root, NULL) == TEM_OK);
    make_makers();
    make_products();
    make_ranges();
    struct tem_trust_contents contents = {
        .province = 14,
        .version = 1,
        .issued = DAY,
        .next_update = DAY,
        .expires = DAY,
        .hosts = {tem_bytes_of("ocop.sonla.gov.vn")},
        .host_count = 1,
        .keys = keys,
        .key_count = MAKERS,
        .makers = makers,
        .maker_count = MAKERS,
        .products = products,
        .product_count = PRODUCTS,
        .certificates = certificates,
        .certificate_count = PRODUCTS,
        .withdrawals = ranges,
        .withdrawal_count = RANGES,
        .listed = listed,
        .listed_count = PRODUCTS};
    static uint8_t memory[8 << 20];
    struct tem_buffer out = {memory, sizeof memory, 0};
    need(tem_trust_write(&contents, root, &out, NULL) == TEM_OK);
    struct tem_trust *trust = NULL;
    double best = 1e9;
    size_t before = held();
    for (int i = 0; i < ROUNDS; i++) {
        tem_trust_free(trust);
        double start = now();
        need(tem_trust_open((struct tem_bytes){memory, out.size}, root, NULL,
                            &trust, NULL) == TEM_OK);
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("%d makers, %d products, %d withdrawn ranges: %zu bytes\n", MAKERS,
           PRODUCTS, RANGES, out.size);
    printf("  open: %.1f ms (wanted < 50); held: %.1f MiB (wanted < 32)\n",
           best, (double)(held() - before) / (1 << 20));
    ask(trust);
    tem_trust_free(trust);
    tem_key_free(root);
    return 0;
}
