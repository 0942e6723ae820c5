/* SPDX-License-Identifier: MIT */
/* Is a public key a point that a signature can be trusted under? OpenSSL takes
 * any 32 bytes for an Ed25519 key. */
#include "../error/fail.h"
#include "key.h"
#include <openssl/bn.h>
#include <string.h>

enum { BYTES = TEM_SIGN_ED25519_BYTES };

/* y of the eight points whose order divides the cofactor 8 (RFC 8032 section
 * 5.1), little-endian; the sign of x, the top bit, is left out. Under such a
 * key one signature may hold over many messages. */
static const uint8_t small_order[][BYTES] = {
    {0}, /* order 4 */
    {1}, /* order 1, the neutral element */
    {0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4,
     0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6,
     0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05}, /* 8 */
    {0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B,
     0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39,
     0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A}, /* 8 */
    {0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}, /* 2 */
};

static bool has_small_order(const uint8_t y[BYTES])
{
    for (size_t i = 0; i < sizeof small_order / sizeof *small_order; i++)
        if (memcmp(y, small_order[i], BYTES) == 0)
            return true;
    return false;
}

/* RFC 8032 section 5.1.3 step 1: y < p = 2^255 - 19. */
static bool is_reduced(const uint8_t y[BYTES])
{
    for (size_t i = 1; i < BYTES - 1; i++)
        if (y[i] != 0xFF)
            return true;
    return y[BYTES - 1] != 0x7F || y[0] < 0xED;
}

/* RFC 8032 section 5.1.3 step 2: x^2 = (y^2 - 1) / (d y^2 + 1) has a root. A
 * quotient is a square when the product is. 1: yes, 0: no, -1: no memory. */
static int has_x(const uint8_t y[BYTES], BN_CTX *context)
{
    static const char p_hex[] =
        "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED";
    static const char d_hex[] =
        "52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3";
    int symbol = -2;
    BN_CTX_start(context);
    BIGNUM *p = BN_CTX_get(context), *d = BN_CTX_get(context);
    BIGNUM *square = BN_CTX_get(context), *u = BN_CTX_get(context);
    BIGNUM *v = BN_CTX_get(context);
    if (v && BN_hex2bn(&p, p_hex) && BN_hex2bn(&d, d_hex) &&
        BN_lebin2bn(y, BYTES, square) &&
        BN_mod_sqr(square, square, p, context) && BN_copy(u, square) &&
        BN_sub_word(u, 1) && BN_mod_mul(v, d, square, p, context) &&
        BN_add_word(v, 1) && BN_mod_mul(u, u, v, p, context))
        symbol = BN_kronecker(u, p, context);
    BN_CTX_end(context);
    return symbol == -2 ? -1 : symbol >= 0;
}

enum tem_status tem_sign_check_ed25519(const uint8_t raw[BYTES],
                                       struct tem_error *error)
{
    uint8_t y[BYTES];
    memcpy(y, raw, BYTES);
    y[BYTES - 1] &= 0x7F;
    if (!is_reduced(y))
        return TEM_FAIL(error, TEM_E_KEY, KEY_POINT, "");
    if (has_small_order(y))
        return TEM_FAIL(error, TEM_E_KEY, KEY_SMALL_ORDER, "");
    BN_CTX *context = BN_CTX_new();
    int found = context ? has_x(y, context) : -1;
    BN_CTX_free(context);
    if (found < 0)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (!found)
        return TEM_FAIL(error, TEM_E_KEY, KEY_POINT, "");
    return TEM_OK;
}
