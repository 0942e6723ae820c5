/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/sign.h>: signatures over bytes, digests, random bytes. */
#include "keys.h"
#include "pems.h"

TEST(only_two_algorithms_are_generated)
{
    struct tem_key *key = NULL;
    CHECK_INT(tem_key_generate((enum tem_algorithm)2, &key, NULL),
              TEM_E_ARGUMENT);
    CHECK(key == NULL);
}

/* RFC 8032 section 7.1, test 2: also the same each time. */
TEST(ed25519_signs_as_rfc_8032_says)
{
    uint8_t signature[TEM_SIGNATURE_BYTES];
    struct tem_key *key = NULL;
    static const char pem[] =
        PEM("PRIVATE KEY",
            "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7");
    REQUIRE(tem_key_read_private(B(pem), NULL, &key, NULL) == TEM_OK);
    struct tem_bytes want = unhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    for (int i = 0; i < 3; i++) {
        memset(signature, 0, sizeof signature);
        CHECK_INT(tem_sign(key, unhex("72"), signature, NULL), TEM_OK);
        CHECK(memcmp(signature, want.data, want.size) == 0);
    }
    tem_key_free(key);
}

TEST(es256_is_random_and_its_s_is_low)
{
    static const uint8_t half[] = {0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0};
    struct tem_key *key = new_key(TEM_ALGORITHM_ES256);
    struct tem_key *half_key = public_of(key);
    uint8_t first[TEM_SIGNATURE_BYTES], signature[TEM_SIGNATURE_BYTES];
    CHECK_INT(tem_sign(key, B("a"), first, NULL), TEM_OK);
    for (int i = 0; i < 64; i++) {
        bool holds = false;
        CHECK_INT(tem_sign(key, B("a"), signature, NULL), TEM_OK);
        CHECK(memcmp(first, signature, 32) != 0);
        CHECK(memcmp(signature + 32, half, sizeof half) <= 0);
        struct tem_bytes bytes = {signature, sizeof signature};
        CHECK_INT(tem_sign_check(half_key, B("a"), bytes, &holds, NULL),
                  TEM_OK);
        CHECK(holds);
    }
    tem_key_free(half_key);
    tem_key_free(key);
}

/* n - a number, n being the order of P-256. */
static void take_from_order(uint8_t number[32])
{
    struct tem_bytes n = unhex("ffffffff00000000ffffffffffffffff"
                               "bce6faada7179e84f3b9cac2fc632551");
    int borrow = 0;
    for (int i = 31; i >= 0; i--) {
        int digit = n.data[i] - number[i] - borrow;
        borrow = digit < 0;
        number[i] = (uint8_t)digit;
    }
}

/* s and n - s are both signatures (FIPS 186-5 section 6.4.2). */
TEST(checking_takes_high_s_too)
{
    struct tem_key *key = new_key(TEM_ALGORITHM_ES256);
    uint8_t signature[TEM_SIGNATURE_BYTES];
    bool holds = false;
    CHECK_INT(tem_sign(key, B("a"), signature, NULL), TEM_OK);
    take_from_order(signature + 32);
    struct tem_bytes bytes = {signature, sizeof signature};
    CHECK_INT(tem_sign_check(key, B("a"), bytes, &holds, NULL), TEM_OK);
    CHECK(holds);
    tem_key_free(key);
}

/* Where u1 G + u2 Q is the point at infinity, OpenSSL answers as it does when
 * it fails. Under the key G that is r = n - e, for any s. */
TEST(a_forged_point_at_infinity_does_not_hold)
{
    struct tem_bytes raw =
        unhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2"
              "964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51"
              "f5");
    uint8_t signature[TEM_SIGNATURE_BYTES] = {[63] = 1};
    struct tem_bytes bytes = {signature, sizeof signature};
    struct tem_key *key = NULL;
    bool holds = true;
    CHECK_INT(tem_sha256(B("a"), signature, NULL), TEM_OK);
    take_from_order(signature);
    REQUIRE(tem_key_from_raw(TEM_ALGORITHM_ES256, raw, &key, NULL) == TEM_OK);
    CHECK_INT(tem_sign_check(key, B("a"), bytes, &holds, NULL), TEM_OK);
    CHECK(!holds);
    check_quiet();
    tem_key_free(key);
}

TEST(no_turned_bit_holds)
{
    for (size_t a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]);
        uint8_t message[16] = "long nhan", signature[TEM_SIGNATURE_BYTES];
        struct tem_bytes bytes = {message, sizeof message};
        struct tem_bytes sealed = {signature, sizeof signature};
        bool holds = false;
        CHECK_INT(tem_sign(key, bytes, signature, NULL), TEM_OK);
        for (size_t bit = 0; bit < 8 * (16 + TEM_SIGNATURE_BYTES); bit++) {
            uint8_t *byte =
                bit < 128 ? message + bit / 8 : signature + (bit - 128) / 8;
            *byte ^= (uint8_t)(1 << bit % 8);
            holds = true;
            CHECK_INT(tem_sign_check(key, bytes, sealed, &holds, NULL), TEM_OK);
            CHECK(!holds);
            *byte ^= (uint8_t)(1 << bit % 8);
        }
        CHECK_INT(tem_sign_check(key, bytes, sealed, &holds, NULL), TEM_OK);
        CHECK(holds);
        for (size_t size = 0; size <= 65; size++) {
            uint8_t wide[65] = {0};
            memcpy(wide, signature, sizeof signature);
            holds = false;
            struct tem_bytes cut = {wide, size};
            CHECK_INT(tem_sign_check(key, bytes, cut, &holds, NULL), TEM_OK);
            CHECK_INT(holds, size == TEM_SIGNATURE_BYTES);
        }
        check_quiet();
        tem_key_free(key);
    }
}

TEST(other_keys_and_public_keys_do_not_sign)
{
    struct tem_bytes nothing = {NULL, 0};
    for (size_t a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]);
        struct tem_key *other = new_key(algorithms[a]);
        struct tem_key *foreign = new_key(algorithms[1 - a]);
        struct tem_key *half = public_of(key);
        uint8_t signature[TEM_SIGNATURE_BYTES] = {7};
        struct tem_error error;
        bool holds = false;
        CHECK_INT(tem_sign(half, nothing, signature, &error), TEM_E_KEY);
        CHECK_INT(error.message.id, TEM_MSG_KEY_NOT_PRIVATE);
        CHECK(signature[0] == 7 && signature[1] == 0);
        CHECK_INT(tem_sign(key, nothing, signature, NULL), TEM_OK);
        struct tem_bytes sealed = {signature, sizeof signature};
        CHECK_INT(tem_sign_check(half, nothing, sealed, &holds, NULL), TEM_OK);
        CHECK(holds);
        CHECK_INT(tem_sign_check(other, nothing, sealed, &holds, NULL), TEM_OK);
        CHECK(!holds);
        holds = true;
        CHECK_INT(tem_sign_check(foreign, nothing, sealed, &holds, NULL),
                  TEM_OK);
        CHECK(!holds);
        check_quiet();
        tem_key_free(key);
        tem_key_free(other);
        tem_key_free(foreign);
        tem_key_free(half);
    }
}

/* ---- small services ---- */

TEST(sha_256_random_bytes_and_wiping)
{
    uint8_t digest[TEM_SHA256_BYTES], other[TEM_SHA256_BYTES];
    /* FIPS 180-4 examples */
    CHECK_INT(tem_sha256(B("abc"), digest, NULL), TEM_OK);
    CHECK(
        memcmp(digest,
               unhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61"
                     "f20015ad")
                   .data,
               32) == 0);
    CHECK_INT(tem_sha256((struct tem_bytes){NULL, 0}, digest, NULL), TEM_OK);
    CHECK(
        memcmp(digest,
               unhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
                     "7852b855")
                   .data,
               32) == 0);
    CHECK_INT(tem_random(digest, sizeof digest, NULL), TEM_OK);
    CHECK_INT(tem_random(other, sizeof other, NULL), TEM_OK);
    CHECK(memcmp(digest, other, sizeof digest) != 0);
    CHECK_INT(tem_random(NULL, 0, NULL), TEM_OK);
    tem_wipe(digest, sizeof digest);
    memset(other, 0, sizeof other);
    CHECK(memcmp(digest, other, sizeof digest) == 0);
}

/* ---- the caller's OpenSSL errors ---- */

static void use_keys(void)
{
    uint8_t memory[TEM_KEY_PEM_MAX], digest[TEM_SHA256_BYTES];
    struct tem_bytes secret = B("secret"), other = B("Secret");
    for (size_t a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]), *again = NULL;
        check_quiet();
        struct tem_buffer pem = {memory, sizeof memory, 0};
        CHECK_INT(tem_key_write_private(key, &secret, &pem, NULL), TEM_OK);
        check_quiet();
        struct tem_bytes text = {memory, pem.size};
        CHECK_INT(tem_key_read_private(text, &other, &again, NULL),
                  TEM_E_PASSPHRASE);
        check_quiet();
        CHECK_INT(tem_key_read_private(text, &secret, &again, NULL), TEM_OK);
        check_quiet();
        tem_key_free(again);
        CHECK_INT(tem_key_write_public(key, &pem, NULL), TEM_OK);
        check_quiet();
        text.size = pem.size;
        CHECK_INT(tem_key_read_public(text, &again, NULL), TEM_OK);
        check_quiet();
        CHECK_INT(tem_key_fingerprint(again, digest, NULL), TEM_OK);
        check_quiet();
        tem_key_free(again);
        tem_key_free(key);
        check_quiet();
    }
}

static void use_bad_keys(void)
{
    static const uint8_t zeros[65] = {4};
    struct tem_key *key = NULL;
    CHECK_INT(tem_key_read_private(B(P384_PRIVATE), NULL, &key, NULL),
              TEM_E_UNSUPPORTED);
    check_quiet();
    CHECK_INT(
        tem_key_read_private(B(PEM("PRIVATE KEY", "MAA=")), NULL, &key, NULL),
        TEM_E_FORMAT);
    check_quiet();
    CHECK_INT(tem_key_read_public(B(PEM("PUBLIC KEY", "MAA=")), &key, NULL),
              TEM_E_FORMAT);
    check_quiet();
    CHECK_INT(tem_key_from_raw(TEM_ALGORITHM_ES256,
                               (struct tem_bytes){zeros, 65}, &key, NULL),
              TEM_E_KEY);
    check_quiet();
    CHECK_INT(tem_key_from_raw(TEM_ALGORITHM_ED25519,
                               (struct tem_bytes){zeros + 1, 32}, &key, NULL),
              TEM_E_KEY);
    check_quiet();
}

static void use_signatures(void)
{
    for (size_t a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]);
        uint8_t signature[TEM_SIGNATURE_BYTES], message[TEM_COSE_MAX];
        struct tem_buffer out = {message, sizeof message, 0};
        struct tem_bytes bytes = {signature, sizeof signature}, none = {0};
        char text[TEM_URI_SIZE];
        bool holds = false;
        CHECK_INT(tem_sign(key, B("a"), signature, NULL), TEM_OK);
        check_quiet();
        CHECK_INT(tem_sign_check(key, B("a"), bytes, &holds, NULL), TEM_OK);
        CHECK(holds);
        check_quiet();
        CHECK_INT(tem_sign_check(key, B("b"), bytes, &holds, NULL), TEM_OK);
        CHECK(!holds);
        check_quiet();
        CHECK_INT(tem_seal(key, 1, B("a"), "HTTPS://A.VN/T/", text, sizeof text,
                           NULL),
                  TEM_OK);
        check_quiet();
        struct tem_sealed sealed = {algorithms[a], 1, B("a"), bytes};
        CHECK_INT(tem_sealed_check(&sealed, none, key, &holds, NULL), TEM_OK);
        CHECK(!holds);
        check_quiet();
        CHECK_INT(tem_cose_encode(&sealed, &out, NULL), TEM_OK);
        check_quiet();
        CHECK_INT(tem_cose_check((struct tem_bytes){message, out.size}, none,
                                 none, key, &holds, NULL),
                  TEM_OK);
        CHECK(!holds);
        check_quiet();
        memset(signature, 0xFF, sizeof signature); /* r and s out of range */
        CHECK_INT(tem_sign_check(key, B("a"), bytes, &holds, NULL), TEM_OK);
        CHECK(!holds);
        check_quiet();
        tem_key_free(key);
    }
}

TEST(the_callers_openssl_errors_are_left_alone)
{
    uint8_t digest[TEM_SHA256_BYTES];
    queue_an_error();
    use_keys();
    use_bad_keys();
    use_signatures();
    CHECK_INT(tem_sha256(B("a"), digest, NULL), TEM_OK);
    CHECK_INT(tem_random(digest, sizeof digest, NULL), TEM_OK);
    check_quiet();
    clear_the_queue();
}

/* A mark of the caller's still tells its errors from those before it. */
TEST(the_callers_mark_stays_where_it_is)
{
    queue_an_error();
    ERR_set_mark();
    ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR);
    unsigned long last = ERR_peek_last_error();
    struct tem_key *key = new_key(TEM_ALGORITHM_ES256);
    uint8_t signature[TEM_SIGNATURE_BYTES] = {0};
    struct tem_bytes bytes = {signature, sizeof signature};
    bool holds = true;
    CHECK_INT(tem_sign_check(key, B("a"), bytes, &holds, NULL), TEM_OK);
    CHECK(!holds);
    CHECK(ERR_peek_last_error() == last);
    CHECK_INT(ERR_pop_to_mark(), 1);
    check_quiet();
    clear_the_queue();
    tem_key_free(key);
}

int main(void)
{
    RUN(only_two_algorithms_are_generated);
    RUN(ed25519_signs_as_rfc_8032_says);
    RUN(es256_is_random_and_its_s_is_low);
    RUN(checking_takes_high_s_too);
    RUN(a_forged_point_at_infinity_does_not_hold);
    RUN(no_turned_bit_holds);
    RUN(other_keys_and_public_keys_do_not_sign);
    RUN(sha_256_random_bytes_and_wiping);
    RUN(the_callers_openssl_errors_are_left_alone);
    RUN(the_callers_mark_stays_where_it_is);
    return test_done();
}
