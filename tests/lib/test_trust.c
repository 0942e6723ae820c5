/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/trust.h>: bundles written, opened and asked. */
#include "trust_sample.h"
#include <stdlib.h>

/* ---- there and back ----------------------------------------------------- */

static bool same(struct tem_bytes a, struct tem_bytes b)
{
    return a.size == b.size && (a.size == 0 || !memcmp(a.data, b.data, a.size));
}

TEST(all_of_it_comes_back)
{
    struct tem_trust *trust = opened();
    const struct tem_trust_contents *c = tem_trust_all(trust);
    CHECK_INT(c->province, 14);
    CHECK_INT(c->version, 5);
    CHECK_INT(c->issued, DAY);
    CHECK_INT(c->next_update, DAY + 30);
    CHECK_INT(c->expires, DAY + 90);
    CHECK_INT(c->host_count, 2);
    CHECK(same(c->hosts[0], B("ocop.sonla.gov.vn")));
    REQUIRE(c->key_count == 4 && c->maker_count == 2 && c->product_count == 4);
    for (int i = 0; i < 4; i++) {
        CHECK_INT(c->keys[i].kid, sample.keys[i].kid);
        CHECK(same(c->keys[i].raw, sample.keys[i].raw));
        CHECK(same(c->keys[i].holder, sample.keys[i].holder));
        CHECK_INT(c->keys[i].algorithm, sample.keys[i].algorithm);
        CHECK_INT(c->keys[i].packed_from, sample.keys[i].packed_from);
        CHECK_INT(c->keys[i].packed_to, sample.keys[i].packed_to);
        CHECK_INT(c->keys[i].quota, sample.keys[i].quota);
    }
    CHECK_INT(c->keys[0].products.count, 2);
    CHECK(same(c->makers[0].name_en, B("Sample Cooperative")));
    CHECK(same(c->makers[0].address, sample.makers[0].address));
    CHECK_INT(c->makers[1].commune, 4105);
    CHECK_INT(c->products[PLUM].net_count, 2);
    CHECK_INT(c->products[PLUM].nets[1], 1000);
    CHECK_INT(c->products[PLUM].image.size, 32);
    CHECK(c->products[HONEY].volume && !c->products[PLUM].volume);
    CHECK(same(c->products[DRIED].name, B("Mận sấy dẻo")));
    REQUIRE(c->certificate_count == 3 && c->certificate_end_count == 1);
    CHECK_INT(c->certificates[1].authority, TEM_AUTHORITY_DISTRICT);
    CHECK_INT(c->certificates[1].decided, DAY - 1300);
    CHECK_INT(c->certificates[1].valid_to, DAY - 205);
    CHECK(same(c->certificates[2].decision, B("5272/QĐ-BNNMT")));
    CHECK(same(c->certificate_ends[0].reason, B("không đúng quy trình")));
    REQUIRE(c->key_end_count == 2 && c->withdrawal_count == 4);
    CHECK(c->key_ends[1].lost && !c->key_ends[0].lost);
    CHECK_INT(c->key_ends[1].known.count, 2);
    CHECK(same(c->withdrawals[3].what.to, B("A00100")));
    CHECK_INT(c->next.size, 0);
    tem_trust_free(trust);
}

TEST(the_same_contents_give_the_same_bytes)
{
    struct file first = written(keys.root), second = written(keys.root);
    CHECK(same(bytes_of(&first), bytes_of(&second)));
    struct tem_key *other = new_key(TEM_ALGORITHM_ES256);
    first = written(other);
    second = written(other);
    CHECK_INT(first.size, second.size);
    CHECK(memcmp(first.bytes, second.bytes, first.size - 64) == 0);
    CHECK_INT(refusal(bytes_of(&second), other, NULL), TEM_MSG_NONE);
    tem_key_free(other);
}

TEST(it_is_a_cose_sign1_with_its_own_type)
{
    struct file file = written(keys.root);
    struct tem_bytes payload, none = {NULL, 0};
    bool holds = false;
    CHECK_INT(
        tem_cose_check(bytes_of(&file), none, none, keys.root, &holds, NULL),
        TEM_OK);
    CHECK(holds);
    CHECK_INT(tem_cose_open(bytes_of(&file), "application/vnd.tem.bundle+cbor",
                            &payload, NULL),
              TEM_OK);
    CHECK_INT(
        tem_cose_open(bytes_of(&file), "application/cbor", &payload, NULL),
        TEM_E_FORMAT);
    CHECK(file.size <= payload.size + TEM_COSE_EXTRA);
}

/* ---- questions ---------------------------------------------------------- */

TEST(entries_are_found_by_number)
{
    struct tem_trust *trust = opened();
    static const uint16_t kids[] = {0, 1, 2, 3, 7, 8, 300, 65535};
    static const bool there[] = {0, 1, 1, 0, 1, 0, 1, 0};
    for (int i = 0; i < 8; i++) {
        const struct tem_trust_key *key = tem_trust_find_key(trust, kids[i]);
        CHECK_INT(key != NULL, there[i]);
        CHECK(!key || key->kid == kids[i]);
    }
    CHECK(tem_trust_find_maker(trust, 101) && tem_trust_find_maker(trust, 202));
    CHECK(!tem_trust_find_maker(trust, 100) &&
          !tem_trust_find_maker(trust, 150) &&
          !tem_trust_find_maker(trust, 203));
    CHECK(tem_trust_find_certificate(trust, 11) &&
          tem_trust_find_certificate(trust, 99));
    CHECK(!tem_trust_find_certificate(trust, 13) &&
          !tem_trust_find_certificate(trust, 0));
    CHECK(tem_trust_find_key_end(trust, 2) && tem_trust_find_key_end(trust, 7));
    CHECK(!tem_trust_find_key_end(trust, 1));
    CHECK(tem_trust_find_certificate_end(trust, 99));
    CHECK(!tem_trust_find_certificate_end(trust, 11));
    tem_trust_free(trust);
}

TEST(products_are_found_by_gtin_and_code)
{
    struct tem_trust *trust = opened();
    const struct tem_trust_product *all = tem_trust_all(trust)->products;
    CHECK(tem_trust_find_gtin(trust, "09521234543213") == &all[PLUM]);
    CHECK(tem_trust_find_gtin(trust, "09521234543220") == &all[DRIED]);
    CHECK(tem_trust_find_gtin(trust, "09521234543237") == &all[LONGAN]);
    CHECK(!tem_trust_find_gtin(trust, "09521234543244"));
    CHECK(!tem_trust_find_gtin(trust, "00000000000000"));
    CHECK(!tem_trust_find_gtin(trust, ""));
    CHECK(tem_trust_find_code(trust, 101, "MS-200") == &all[DRIED]);
    CHECK(tem_trust_find_code(trust, 202, "MO-700") == &all[HONEY]);
    CHECK(!tem_trust_find_code(trust, 202, "MS-200")); /* another maker's */
    CHECK(!tem_trust_find_code(trust, 101, "MS-20"));
    CHECK(!tem_trust_find_code(trust, 101, ""));
    const struct tem_trust_contents *c = tem_trust_all(trust);
    CHECK(tem_trust_lists(trust, c->keys[0].products, &all[PLUM]));
    CHECK(tem_trust_lists(trust, c->keys[0].products, &all[DRIED]));
    CHECK(!tem_trust_lists(trust, c->keys[0].products, &all[HONEY]));
    CHECK(!tem_trust_lists(trust, c->keys[1].products, &all[PLUM]));
    CHECK(tem_trust_lists(trust, c->certificates[2].products, &all[LONGAN]));
    CHECK(!tem_trust_lists(trust, c->certificates[2].products, &all[HONEY]));
    tem_trust_free(trust);
}

TEST(withdrawn_labels_are_found)
{
    static const struct {
        unsigned product;
        const char *lot, *serial;
        int number; /* of the withdrawal, or -1 */
    } rows[] = {{PLUM, "L1", "", 0},         {PLUM, "L1", "000001", 0},
                {PLUM, "L1", "ZZ", 0},       {DRIED, "L1", "", -1},
                {PLUM, "L", "", -1},         {PLUM, "L10", "", -1},
                {PLUM, "L2", "", -1},        {PLUM, "L2", "000", -1},
                {PLUM, "L2", "001", 1},      {PLUM, "L2", "005", 1},
                {PLUM, "L2", "010", 1},      {PLUM, "L2", "011", -1},
                {PLUM, "L2", "049", -1},     {PLUM, "L2", "050", 2},
                {PLUM, "L2", "051", -1},     {PLUM, "L2", "0005", -1},
                {PLUM, "L2", "05", -1},      {PLUM, "L3", "005", -1},
                {HONEY, "L2", "A00000", -1}, {HONEY, "L2", "A00001", 3},
                {HONEY, "L2", "A00100", 3},  {HONEY, "L2", "A00101", -1},
                {HONEY, "L2", "B00001", -1}, {HONEY, "L2", "A000505", -1},
                {LONGAN, "L2", "A00001", -1}};
    struct tem_trust *trust = opened();
    const struct tem_trust_contents *c = tem_trust_all(trust);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct tem_trust_withdrawal *found = tem_trust_find_withdrawal(
            trust, &c->products[rows[i].product], rows[i].lot, rows[i].serial);
        CHECK_INT(found ? found - c->withdrawals : -1, rows[i].number);
    }
    tem_trust_free(trust);
}

TEST(lots_known_of_a_lost_key_are_found)
{
    static const struct {
        unsigned product;
        const char *lot, *serial;
        bool known;
    } rows[] = {{HONEY, "H1", "", true},      {HONEY, "H1", "77", true},
                {HONEY, "H2", "0001", true},  {HONEY, "H2", "0500", true},
                {HONEY, "H2", "0501", false}, {HONEY, "H2", "", false},
                {HONEY, "H3", "", false},     {PLUM, "H1", "", false},
                {LONGAN, "H1", "", false}};
    struct tem_trust *trust = opened();
    const struct tem_trust_contents *c = tem_trust_all(trust);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(tem_trust_is_known(trust, &c->key_ends[1],
                                     &c->products[rows[i].product], rows[i].lot,
                                     rows[i].serial),
                  rows[i].known);
    CHECK(!tem_trust_is_known(trust, &c->key_ends[0], &c->products[HONEY], "H1",
                              ""));
    tem_trust_free(trust);
}

TEST(hosts_are_known_in_any_case)
{
    struct tem_trust *trust = opened();
    CHECK(tem_trust_is_host(trust, "OCOP.SONLA.GOV.VN"));
    CHECK(tem_trust_is_host(trust, "ocop.sonla.gov.vn"));
    CHECK(tem_trust_is_host(trust, "Tem.Example"));
    CHECK(!tem_trust_is_host(trust, "OCOP.SONLA.GOV.V"));
    CHECK(!tem_trust_is_host(trust, "OCOP.SONLA.GOV.VN1"));
    CHECK(!tem_trust_is_host(trust, ""));
    tem_trust_free(trust);
}

/* ---- what is no bundle -------------------------------------------------- */

/* Cut off anywhere, or any bit of it turned, it is none. */
TEST(nothing_can_be_changed)
{
    struct file file = written(keys.root);
    for (size_t size = 0; size < file.size; size++)
        CHECK(refusal((struct tem_bytes){file.bytes, size}, keys.root, NULL) !=
              TEM_MSG_NONE);
    for (size_t i = 0; i < file.size; i++)
        for (int bit = 0; bit < 8; bit++) {
            file.bytes[i] ^= (uint8_t)(1 << bit);
            CHECK(refusal(bytes_of(&file), keys.root, NULL) != TEM_MSG_NONE);
            file.bytes[i] ^= (uint8_t)(1 << bit);
        }
    CHECK_INT(refusal(bytes_of(&file), keys.root, NULL), TEM_MSG_NONE);
}

TEST(another_key_is_no_root)
{
    struct file file = written(keys.root);
    for (int i = 0; i < 4; i++)
        CHECK_INT(refusal(bytes_of(&file), keys.sealer[i], NULL),
                  TEM_MSG_TRUST_OTHER_ROOT);
}

/* ---- going back --------------------------------------------------------- */

TEST(older_ones_are_refused)
{
    struct tem_trust *trust = opened();
    struct tem_trust_seen seen;
    tem_trust_remember(trust, &seen);
    tem_trust_free(trust);
    CHECK_INT(seen.province, 14);
    CHECK_INT(seen.version, 5);
    static const struct {
        uint32_t version;
        enum tem_message_id id;
    } rows[] = {{4, TEM_MSG_TRUST_ROLLBACK},
                {5, TEM_MSG_NONE},
                {6, TEM_MSG_NONE},
                {1, TEM_MSG_TRUST_ROLLBACK},
                {UINT32_MAX, TEM_MSG_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sample.c.version = rows[i].version;
        struct file file = written(keys.root);
        CHECK_INT(refusal(bytes_of(&file), keys.root, &seen), rows[i].id);
    }
    struct tem_trust_seen nothing = {0};
    sample.c.version = 1;
    struct file file = written(keys.root);
    CHECK_INT(refusal(bytes_of(&file), keys.root, &nothing), TEM_MSG_NONE);
    sample.c.version = 6;
    sample.c.province = 11;
    file = written(keys.root);
    CHECK_INT(refusal(bytes_of(&file), keys.root, &seen),
              TEM_MSG_TRUST_PROVINCE);
    sample_make(&sample, &keys);
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    RUN(all_of_it_comes_back);
    RUN(the_same_contents_give_the_same_bytes);
    RUN(it_is_a_cose_sign1_with_its_own_type);
    RUN(entries_are_found_by_number);
    RUN(products_are_found_by_gtin_and_code);
    RUN(withdrawn_labels_are_found);
    RUN(lots_known_of_a_lost_key_are_found);
    RUN(hosts_are_known_in_any_case);
    RUN(nothing_can_be_changed);
    RUN(another_key_is_no_root);
    RUN(older_ones_are_refused);
    sample_keys_free(&keys);
    return test_done();
}
