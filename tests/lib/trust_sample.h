/* SPDX-License-Identifier: MIT */
#ifndef TEST_TRUST_SAMPLE_H
#define TEST_TRUST_SAMPLE_H

/* A small bundle: two makers, four products, of every list something. */

#include "keys.h"
#include <tem/trust.h>

enum {
    DAY = 20800, /* 2026-12-13 */
    PLUM = 0,    /* numbers of products */
    DRIED = 1,
    HONEY = 2,
    LONGAN = 3,
};

/* The lists of a bundle, to be changed by a test. */
struct sample {
    struct tem_trust_contents c;
    struct tem_trust_key keys[4];
    struct tem_trust_maker makers[2];
    struct tem_trust_product products[4];
    struct tem_trust_certificate certificates[3];
    struct tem_trust_key_end key_ends[2];
    struct tem_trust_withdrawal withdrawals[4];
    struct tem_trust_certificate_end certificate_ends[1];
    uint32_t listed[5];
    struct tem_trust_lot known[2];
};

/* Of the four keys of the bundle, and of its root. */
struct sample_keys {
    struct tem_key *root, *sealer[4];
};

static inline struct sample_keys sample_keys(void)
{
    struct sample_keys keys = {.root = new_key(TEM_ALGORITHM_ED25519)};
    for (int i = 0; i < 4; i++)
        keys.sealer[i] = new_key(algorithms[i % 2]);
    return keys;
}

static inline void sample_keys_free(struct sample_keys *keys)
{
    tem_key_free(keys->root);
    for (int i = 0; i < 4; i++)
        tem_key_free(keys->sealer[i]);
}

static inline struct tem_trust_lot lot_of(uint32_t product, const char *lot,
                                          const char *from, const char *to)
{
    return (struct tem_trust_lot){product, B(lot), B(from), B(to)};
}

static inline void sample_entries(struct sample *s)
{
    s->makers[0] = (struct tem_trust_maker){
        101, B("HTX Nông sản bản địa Mẫu"), B("Sample Cooperative"), 4099,
        B("Bản Kim Chung, xã Phiêng Khoài")};
    s->makers[1] =
        (struct tem_trust_maker){202, B("Công ty Mẫu"), B(""), 4105, B("")};
    s->products[PLUM] =
        (struct tem_trust_product){101,
                                   B("09521234543213"),
                                   B(""),
                                   B("Mận Ruby"),
                                   B("Ruby plum"),
                                   false,
                                   2,
                                   {500, 1000},
                                   B("0123456789abcdef0123456789abcdef")};
    s->products[DRIED] =
        (struct tem_trust_product){101,         B("09521234543220"),
                                   B("MS-200"), B("Mận sấy dẻo"),
                                   B(""),       false,
                                   1,           {200},
                                   B("")};
    s->products[HONEY] = (struct tem_trust_product){
        202, B(""), B("MO-700"), B("Mật ong hoa nhãn"), B("Longan honey"), true,
        0,   {0},   B("")};
    s->products[LONGAN] = (struct tem_trust_product){
        202,  B("09521234543237"), B(""), B("Long nhãn"), B(""), false, 0, {0},
        B("")};
    s->certificates[0] = (struct tem_trust_certificate){11,
                                                        4,
                                                        B("3073/QĐ-UBND"),
                                                        DAY - 800,
                                                        TEM_AUTHORITY_PROVINCE,
                                                        DAY - 800,
                                                        DAY + 296,
                                                        {2, 1}};
    s->certificates[1] = (struct tem_trust_certificate){12,
                                                        3,
                                                        B("12/QĐ-UBND"),
                                                        DAY - 1300,
                                                        TEM_AUTHORITY_DISTRICT,
                                                        DAY - 1300,
                                                        DAY - 205,
                                                        {3, 1}};
    s->certificates[2] = (struct tem_trust_certificate){99,
                                                        5,
                                                        B("5272/QĐ-BNNMT"),
                                                        DAY - 100,
                                                        TEM_AUTHORITY_CENTRE,
                                                        DAY - 100,
                                                        DAY + 996,
                                                        {4, 1}};
    s->withdrawals[0] = (struct tem_trust_withdrawal){
        lot_of(PLUM, "L1", "", ""), DAY - 3, B("nhiễm nấm mốc")};
    s->withdrawals[1] = (struct tem_trust_withdrawal){
        lot_of(PLUM, "L2", "001", "010"), DAY - 3, B("mất cuộn tem")};
    s->withdrawals[2] = (struct tem_trust_withdrawal){
        lot_of(PLUM, "L2", "050", "050"), DAY - 2, B("mất một tem")};
    s->withdrawals[3] = (struct tem_trust_withdrawal){
        lot_of(HONEY, "L2", "A00001", "A00100"), DAY - 2, B("mất cuộn tem")};
    s->key_ends[0] =
        (struct tem_trust_key_end){2, false, DAY - 50, B("hết hạn"), {0, 0}};
    s->key_ends[1] = (struct tem_trust_key_end){
        7, true, DAY - 20, B("mất máy tính"), {0, 2}};
    s->known[0] = lot_of(HONEY, "H1", "", "");
    s->known[1] = lot_of(HONEY, "H2", "0001", "0500");
    s->certificate_ends[0] = (struct tem_trust_certificate_end){
        99, DAY - 10, B("không đúng quy trình")};
}

static inline void sample_keys_in(struct sample *s,
                                  const struct sample_keys *keys)
{
    static const uint16_t kids[] = {1, 2, 7, 300};
    for (int i = 0; i < 4; i++)
        s->keys[i] = (struct tem_trust_key){kids[i],
                                            tem_key_algorithm(keys->sealer[i]),
                                            tem_key_raw(keys->sealer[i]),
                                            B("Bùi Thị Mẫu"),
                                            i < 2 ? 101 : 202,
                                            {0, 0},
                                            TEM_DATE_NONE,
                                            TEM_DATE_NONE,
                                            0};
    s->keys[0].products = (struct tem_trust_slice){0, 2};
    s->keys[1].packed_from = DAY - 300;
    s->keys[1].packed_to = DAY + 65;
    s->keys[1].quota = 5000;
    s->listed[0] = s->listed[2] = PLUM;
    s->listed[1] = s->listed[3] = DRIED;
    s->listed[4] = LONGAN;
}

/* The lists borrow from *s: it must stay where it is. */
static inline void sample_make(struct sample *s, const struct sample_keys *keys)
{
    memset(s, 0, sizeof *s);
    sample_entries(s);
    sample_keys_in(s, keys);
    s->c = (struct tem_trust_contents){
        .province = 14,
        .version = 5,
        .issued = DAY,
        .next_update = DAY + 30,
        .expires = DAY + 90,
        .hosts = {B("ocop.sonla.gov.vn"), B("tem.example")},
        .host_count = 2,
        .keys = s->keys,
        .key_count = 4,
        .makers = s->makers,
        .maker_count = 2,
        .products = s->products,
        .product_count = 4,
        .certificates = s->certificates,
        .certificate_count = 3,
        .key_ends = s->key_ends,
        .key_end_count = 2,
        .withdrawals = s->withdrawals,
        .withdrawal_count = 4,
        .certificate_ends = s->certificate_ends,
        .certificate_end_count = 1,
        .listed = s->listed,
        .listed_count = 5,
        .known = s->known,
        .known_count = 2};
}

/* ---- files -------------------------------------------------------------- */

static struct sample_keys keys;
static struct sample sample;

/* A bundle in memory. */
struct file {
    uint8_t bytes[16384];
    size_t size;
};

static inline struct file written(const struct tem_key *root)
{
    static struct file file;
    struct tem_buffer out = {file.bytes, sizeof file.bytes, 0};
    struct tem_error error;
    enum tem_status status = tem_trust_write(&sample.c, root, &out, &error);
    CHECK_INT(status, TEM_OK);
    file.size = status == TEM_OK ? out.size : 0;
    return file;
}

static inline struct tem_bytes bytes_of(const struct file *file)
{
    return (struct tem_bytes){file->bytes, file->size};
}

/* What opening it fails with; TEM_MSG_NONE if it does not. */
static inline enum tem_message_id refusal(struct tem_bytes file,
                                          const struct tem_key *root,
                                          const struct tem_trust_seen *seen)
{
    struct tem_trust *trust = NULL;
    struct tem_error error = {0};
    enum tem_status status = tem_trust_open(file, root, seen, &trust, &error);
    CHECK((trust != NULL) == (status == TEM_OK));
    CHECK_INT(error.status, status);
    tem_trust_free(trust);
    return error.message.id;
}

static inline struct tem_trust *opened(void)
{
    struct file file = written(keys.root);
    struct tem_trust *trust = NULL;
    struct tem_error error = {0};
    if (tem_trust_open(bytes_of(&file), keys.root, NULL, &trust, &error) !=
        TEM_OK) {
        char text[TEM_MESSAGE_TEXT_MAX];
        tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
        printf("# %s\n", text);
        exit(99);
    }
    return trust;
}

#endif
