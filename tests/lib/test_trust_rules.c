/* SPDX-License-Identifier: MIT */
/* The rules of lib/trust/FORMAT.md, one by one: contents that break one are not
 * written; and a forger who has the root key, and writes them all the same, is
 * not believed. */
#include "../../lib/trust/contents.h"
#include "trust_sample.h"
#include <stdlib.h>

/* 120, 121, 160, 161, 200 and 201 letters. */
static const char letters[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static struct tem_bytes so_many(size_t count)
{
    return (struct tem_bytes){(const uint8_t *)letters, count};
}

/* Sign what the library would not write. */
static enum tem_status forged(struct tem_error *error)
{
    static uint8_t payload[16384], memory[16384];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_trust *trust = NULL;
    size_t size = tem_trust_encode(&sample.c, payload, sizeof payload);
    if (size > sizeof payload ||
        tem_cose_sign(keys.root, TEM_TRUST_TYPE,
                      (struct tem_bytes){payload, size}, &out, NULL) != TEM_OK)
        exit(99);
    enum tem_status status = tem_trust_open(
        (struct tem_bytes){memory, out.size}, keys.root, NULL, &trust, error);
    tem_trust_free(trust);
    return status;
}

static enum tem_status wrote(struct tem_error *error)
{
    static uint8_t memory[16384];
    struct tem_buffer out = {memory, sizeof memory, 0};
    return tem_trust_write(&sample.c, keys.root, &out, error);
}

/* The sample as it is now keeps all rules. */
static void check_right(int line)
{
    struct tem_error error = {0};
    if (wrote(&error) == TEM_OK && forged(&error) == TEM_OK)
        return;
    test_failures++;
    printf("# line %d: refused for %s %s %s\n", line, error.message.args[0],
           error.message.args[1], error.message.args[2]);
}

/* It breaks the rule of a field. Then it is made anew. */
static void check_wrong(int line, const char *list, const char *field)
{
    struct tem_error error = {0}, again = {0};
    enum tem_status status = wrote(&error), opened = forged(&again);
    bool named = strcmp(error.message.args[0], list) == 0 &&
                 strcmp(error.message.args[2], field) == 0;
    if (status != TEM_E_ARGUMENT || opened != TEM_E_FORMAT || !named) {
        test_failures++;
        printf("# line %d: written %d, opened %d; %s %s %s\n", line, status,
               opened, error.message.args[0], error.message.args[1],
               error.message.args[2]);
    }
    sample_make(&sample, &keys);
}

#define RIGHT(change)                                                          \
    ((change), check_right(__LINE__), sample_make(&sample, &keys))
#define WRONG(change, list, field)                                             \
    ((change), check_wrong(__LINE__, list, field))

TEST(the_head)
{
    struct tem_trust_contents *c = &sample.c;
    WRONG(c->province = 0, "bundle", "province");
    RIGHT(c->province = 1);
    RIGHT(c->province = 99);
    WRONG(c->version = 0, "bundle", "version");
    RIGHT(c->version = UINT32_MAX);
    RIGHT(c->next_update = DAY);
    WRONG(c->next_update = DAY - 1, "bundle", "next_update");
    RIGHT(c->expires = DAY + 30);
    WRONG(c->expires = DAY + 29, "bundle", "expires");
    RIGHT(c->expires = TEM_DATE_MAX);
    WRONG(c->host_count = 0, "bundle", "hosts");
    WRONG(c->hosts[0] = B("OCOP.sonla.gov.vn"), "hosts", "host");
    WRONG(c->hosts[0] = B("ocop..vn"), "hosts", "host");
    WRONG(c->hosts[1] = B("ocop.sonla.gov.vn"), "hosts", "order");
    WRONG(c->hosts[1] = B("a.vn"), "hosts", "order");
}

TEST(keys_of_makers)
{
    struct tem_trust_key *k = sample.keys;
    RIGHT(k[0].kid = 0);
    WRONG(k[1].kid = 1, "keys", "kid");
    WRONG(k[2].kid = 301, "keys", "kid");
    WRONG(k[0].raw.size = 31, "keys", "key");
    WRONG(k[0].raw = k[1].raw, "keys", "key");
    /* the same key twice: the later is named */
    WRONG((k[2].raw = k[0].raw, k[2].algorithm = k[0].algorithm), "keys",
          "key");
    WRONG(k[0].algorithm = TEM_ALGORITHM_ES256, "keys", "key");
    WRONG(k[0].holder = B(""), "keys", "holder");
    RIGHT(k[0].holder = so_many(120));
    WRONG(k[0].holder = so_many(121), "keys", "holder");
    WRONG(k[0].holder = B("a\nb"), "keys", "holder");
    WRONG(k[0].holder = B("\xff"), "keys", "holder");
    WRONG(k[0].holder = B("Bu\xcc\x80i"), "keys", "holder"); /* not NFC */
    WRONG(k[0].maker_id = 102, "keys", "maker");
    WRONG(k[0].maker_id = 202, "keys", "products"); /* they are 101's */
    WRONG(sample.listed[1] = PLUM, "keys", "products");
    WRONG(sample.listed[1] = 4, "keys", "products");
    RIGHT(k[1].packed_from = k[1].packed_to);
    WRONG(k[1].packed_from = k[1].packed_to + 1, "keys", "packed_to");
    RIGHT(k[1].packed_to = TEM_DATE_NONE);
    RIGHT(k[1].packed_from = TEM_DATE_NONE);
}

TEST(makers)
{
    struct tem_trust_maker *m = sample.makers;
    RIGHT(m[1].id = 202);
    WRONG(m[1].name = B(""), "makers", "name");
    WRONG(m[1].name = so_many(121), "makers", "name");
    RIGHT(m[1].name_en = so_many(120));
    WRONG(m[1].name_en = so_many(121), "makers", "name_en");
    WRONG(m[1].commune = 0, "makers", "commune");
    RIGHT(m[1].commune = 99999);
    RIGHT(m[1].address = so_many(160));
    WRONG(m[1].address = so_many(161), "makers", "address");
    sample.makers[0].id = 202;
    check_wrong(__LINE__, "makers", "id");
}

TEST(products)
{
    struct tem_trust_product *p = sample.products;
    WRONG(p[PLUM].gtin = B("09521234543214"), "products", "gtin");
    WRONG(p[PLUM].gtin = B("9521234543213"), "products", "gtin");
    WRONG(p[PLUM].gtin = B(""), "products", "code");
    WRONG(p[HONEY].code = B(""), "products", "code");
    WRONG(p[HONEY].code = B("M"), "products", "code");
    RIGHT(p[HONEY].code = B("M1"));
    RIGHT(p[HONEY].code = B("ABCDEFGHI-12"));
    WRONG(p[HONEY].code = B("ABCDEFGHI-123"), "products", "code");
    WRONG(p[HONEY].code = B("mo-700"), "products", "code");
    WRONG(p[HONEY].maker_id = 203, "products", "maker");
    WRONG(p[DRIED].gtin = p[PLUM].gtin, "products", "gtin");
    WRONG(
        (p[LONGAN].gtin = B("09521234543244"), p[LONGAN].code = p[HONEY].code),
        "products", "code");
    WRONG(p[PLUM].name = B(""), "products", "name");
    RIGHT(p[PLUM].name = so_many(120));
    WRONG(p[PLUM].name_en = so_many(121), "products", "name_en");
    WRONG(p[PLUM].nets[1] = 500, "products", "nets");
    WRONG(p[PLUM].nets[0] = 0, "products", "nets");
    RIGHT(p[PLUM].nets[1] = 50000);
    WRONG(p[PLUM].nets[1] = 50001, "products", "nets");
    WRONG(p[PLUM].image.size = 31, "products", "image");
    RIGHT(p[PLUM].image.size = 0);
}

TEST(certificates)
{
    struct tem_trust_certificate *c = sample.certificates;
    WRONG(c[0].id = 0, "certificates", "id");
    WRONG(c[1].id = 11, "certificates", "id");
    WRONG(c[2].id = 1000001, "certificates", "id");
    WRONG(c[0].stars = 2, "certificates", "stars");
    RIGHT(c[0].stars = 3);
    WRONG(c[0].decision = B(""), "certificates", "decision");
    RIGHT(c[0].decision = so_many(40));
    WRONG(c[0].decision = so_many(41), "certificates", "decision");
    WRONG(c[0].authority = TEM_AUTHORITY_NONE, "certificates", "authority");
    RIGHT(c[0].valid_to = c[0].valid_from);
    WRONG(c[0].valid_to = c[0].valid_from - 1, "certificates", "valid_to");
    WRONG(c[0].products.count = 0, "certificates", "products");
}

TEST(ends_of_keys)
{
    struct tem_trust_key_end *e = sample.key_ends;
    WRONG(e[0].kid = 3, "key_ends", "kid"); /* there is none */
    WRONG(e[0].kid = 7, "key_ends", "kid");
    WRONG(e[0].reason = B(""), "key_ends", "reason");
    RIGHT(e[0].reason = so_many(200));
    WRONG(e[0].reason = so_many(201), "key_ends", "reason");
    WRONG(e[1].lost = false, "key_ends", "known"); /* it is told by the day */
    WRONG(sample.known[0].lot = B("h1"), "key_ends", "lot");
    WRONG(sample.known[0].product = 4, "key_ends", "product");
    WRONG(sample.known[1].lot = B("H1"), "key_ends", "known");
    WRONG(sample.known[1].to = B("0000"), "key_ends", "to");
    WRONG(sample.known[1].to = B("00500"), "key_ends", "to");
    RIGHT(sample.known[1].to = B("0001"));
    WRONG(sample.known[0].lot = B("H3"), "key_ends", "known");
}

TEST(withdrawals)
{
    struct tem_trust_withdrawal *w = sample.withdrawals;
    WRONG(w[0].what.product = 4, "withdrawals", "product");
    WRONG(w[0].what.lot = B("L1-"), "withdrawals", "lot");
    WRONG(w[0].what.to = B("001"), "withdrawals", "from");
    WRONG(w[1].what.to = B(""), "withdrawals", "to");
    WRONG(w[1].what.to = B("050"), "withdrawals", "order"); /* overlaps */
    RIGHT(w[1].what.to = B("049"));
    WRONG(w[1].what.lot = B("L1"), "withdrawals", "order"); /* in a whole lot */
    WRONG(w[2].what.from = B("001"), "withdrawals", "order");
    WRONG(w[0].reason = B(""), "withdrawals", "reason");
    RIGHT(w[3].what.product = PLUM); /* longer serials */
}

TEST(ends_of_certificates)
{
    struct tem_trust_certificate_end *e = sample.certificate_ends;
    WRONG(e[0].id = 0, "certificate_ends", "id");
    RIGHT(e[0].id = 5); /* of one that was left out since */
    WRONG(e[0].reason = B(""), "certificate_ends", "reason");
}

/* One GTIN for two makers' products is told when the bundle is opened, and by
 * whoever writes it. */
TEST(a_gtin_is_one_products)
{
    sample.products[LONGAN].gtin = sample.products[PLUM].gtin;
    check_wrong(__LINE__, "products", "gtin");
}

/* ---- bytes -------------------------------------------------------------- */

static enum tem_message_id opened_with(struct tem_bytes payload)
{
    static uint8_t memory[32768];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_trust *trust = NULL;
    struct tem_error error = {0};
    if (tem_cose_sign(keys.root, TEM_TRUST_TYPE, payload, &out, NULL) != TEM_OK)
        exit(99);
    CHECK((tem_trust_open((struct tem_bytes){memory, out.size}, keys.root, NULL,
                          &trust, &error) == TEM_OK) == (trust != NULL));
    tem_trust_free(trust);
    return error.message.id;
}

/* Signed by the root itself: cut at each byte, longer, of a later format. */
TEST(there_is_one_way_to_write_it)
{
    static uint8_t payload[16384];
    size_t size = tem_trust_encode(&sample.c, payload, sizeof payload - 1);
    for (size_t cut = 0; cut < size; cut++)
        CHECK(opened_with((struct tem_bytes){payload, cut}) != TEM_MSG_NONE);
    payload[size] = 0;
    CHECK_INT(opened_with((struct tem_bytes){payload, size + 1}),
              TEM_MSG_TRUST_CONTENT);
    CHECK_INT(opened_with((struct tem_bytes){payload, size}), TEM_MSG_NONE);
    CHECK_INT(payload[0], 0x90); /* an array of 16: the format comes first */
    payload[1] = 2;
    CHECK_INT(opened_with((struct tem_bytes){payload, size}),
              TEM_MSG_TRUST_NEWER);
    payload[1] = 0;
    CHECK_INT(opened_with((struct tem_bytes){payload, size}),
              TEM_MSG_TRUST_CONTENT);
    payload[1] = 1;
    memmove(payload + 3, payload + 2, size - 2);
    payload[2] = 0x18; /* province 14 in two bytes */
    CHECK_INT(opened_with((struct tem_bytes){payload, size + 1}),
              TEM_MSG_TRUST_CONTENT);
}

/* A count that promises more than there is takes no memory. */
TEST(counts_are_held_against_what_is_there)
{
    static const uint8_t head[] = {0x90, 1,    14,   5,    0x19, 0x51, 0x40,
                                   0x19, 0x51, 0x5e, 0x19, 0x51, 0x9a};
    static uint8_t payload[64];
    static const uint8_t arrays[] = {0x9b, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40};
    memcpy(payload, head, sizeof head);
    memcpy(payload + sizeof head, arrays, sizeof arrays); /* a million hosts */
    CHECK_INT(opened_with((struct tem_bytes){payload, sizeof payload}),
              TEM_MSG_TRUST_CONTENT);
    payload[sizeof head] = 0x80; /* none, and as many keys */
    memcpy(payload + sizeof head + 1, arrays, sizeof arrays);
    CHECK_INT(opened_with((struct tem_bytes){payload, sizeof payload}),
              TEM_MSG_TRUST_CONTENT);
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    RUN(the_head);
    RUN(keys_of_makers);
    RUN(makers);
    RUN(products);
    RUN(certificates);
    RUN(ends_of_keys);
    RUN(withdrawals);
    RUN(ends_of_certificates);
    RUN(a_gtin_is_one_products);
    RUN(there_is_one_way_to_write_it);
    RUN(counts_are_held_against_what_is_there);
    sample_keys_free(&keys);
    return test_done();
}
