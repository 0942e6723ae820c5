/* SPDX-License-Identifier: MIT */
/* Any bytes as a trust bundle, and as the payload of one. Properties: a payload
 * that keeps the rules can be asked anything; written again it is a payload of
 * the same contents. */
#include "../../lib/trust/contents.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The public key of RFC 8032 section 7.1 (test 1), so that seeds can be signed
 * by anybody. */
static const uint8_t ed25519[32] = {
    0xD7, 0x5A, 0x98, 0x01, 0x82, 0xB1, 0x0A, 0xB7, 0xD5, 0x4B, 0xFE,
    0xD3, 0xC9, 0x64, 0x07, 0x3A, 0x0E, 0xE1, 0x72, 0xF3, 0xDA, 0xA6,
    0x23, 0x25, 0xAF, 0x02, 0x1A, 0x68, 0xF7, 0x07, 0x51, 0x1A};

static void need(bool condition)
{
    if (!condition)
        abort();
}

static void as_file(struct tem_bytes file)
{
    static struct tem_key *root;
    struct tem_trust *trust = NULL;
    struct tem_error error = {0};
    if (!root)
        need(tem_key_from_raw(TEM_ALGORITHM_ED25519,
                              (struct tem_bytes){ed25519, sizeof ed25519},
                              &root, NULL) == TEM_OK);
    enum tem_status status = tem_trust_open(file, root, NULL, &trust, &error);
    need((status == TEM_OK) == (trust != NULL));
    need(status == error.status);
    tem_trust_free(trust);
}

/* Every lot that is withdrawn or known is found, by its first serial. */
static void ask(struct tem_trust *trust)
{
    const struct tem_trust_contents *c = &trust->contents;
    for (size_t i = 0; i < c->withdrawal_count; i++) {
        const struct tem_trust_lot *what = &c->withdrawals[i].what;
        char lot[TEM_LOT_SIZE] = "", serial[TEM_LOT_SIZE] = "";
        memcpy(lot, what->lot.data, what->lot.size);
        if (what->from.size > 0)
            memcpy(serial, what->from.data, what->from.size);
        need(tem_trust_find_withdrawal(trust, &c->products[what->product], lot,
                                       serial) == &c->withdrawals[i]);
    }
    for (size_t i = 0; i < c->key_count; i++)
        need(tem_trust_find_key(trust, c->keys[i].kid) == &c->keys[i]);
    for (size_t i = 0; i < c->product_count; i++) {
        char gtin[TEM_GTIN_SIZE] = "";
        if (c->products[i].gtin.size > 0) {
            memcpy(gtin, c->products[i].gtin.data, 14);
            need(tem_trust_find_gtin(trust, gtin) == &c->products[i]);
        }
    }
}

static void write_again(const struct tem_trust_contents *contents)
{
    struct tem_trust_contents again;
    size_t size = tem_trust_encode(contents, NULL, 0);
    uint8_t *first = malloc(size), *second = malloc(size);
    need(first && second);
    need(tem_trust_encode(contents, first, size) == size);
    need(tem_trust_decode((struct tem_bytes){first, size}, &again, NULL) ==
         TEM_OK);
    need(tem_trust_encode(&again, second, size) == size);
    need(memcmp(first, second, size) == 0);
    tem_trust_release(&again);
    free(first);
    free(second);
}

static void as_payload(struct tem_bytes payload)
{
    struct tem_trust trust = {.file = NULL};
    struct tem_error error = {0};
    enum tem_status status = tem_trust_decode(payload, &trust.contents, &error);
    need(status == TEM_OK || error.offset <= payload.size);
    if (status == TEM_OK)
        write_again(&trust.contents);
    if (status == TEM_OK)
        status = tem_trust_check(&trust.contents, TEM_E_FORMAT, &error);
    if (status == TEM_OK)
        status = tem_trust_index(&trust.contents, &trust.index, &error);
    if (status == TEM_OK) {
        if (tem_trust_index_check(&trust.contents, &trust.index, TEM_E_FORMAT,
                                  &error) == TEM_OK)
            ask(&trust);
        tem_trust_index_free(&trust.index);
    }
    tem_trust_release(&trust.contents);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_file((struct tem_bytes){data, size});
    as_payload((struct tem_bytes){data, size});
    return 0;
}
