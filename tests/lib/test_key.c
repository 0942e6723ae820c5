/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/sign.h>: keys in PEM text and raw. */
#include "keys.h"
#include "pems.h"

static struct tem_key *read_private(const char *pem, const char *passphrase)
{
    struct tem_bytes secret = B(passphrase ? passphrase : "");
    struct tem_key *key = NULL;
    struct tem_error error;
    if (tem_key_read_private(B(pem), passphrase ? &secret : NULL, &key,
                             &error) != TEM_OK) {
        char text[TEM_MESSAGE_TEXT_MAX];
        printf("# %s\n", tem_message_text(&error.message, TEM_LANG_EN, text,
                                          sizeof text));
    }
    check_quiet();
    return key;
}

static struct tem_key *read_public(const char *pem)
{
    struct tem_key *key = NULL;
    CHECK_INT(tem_key_read_public(B(pem), &key, NULL), TEM_OK);
    check_quiet();
    return key;
}

static bool same_public(const struct tem_key *a, const struct tem_key *b)
{
    uint8_t one[TEM_SHA256_BYTES], other[TEM_SHA256_BYTES];
    return tem_key_fingerprint(a, one, NULL) == TEM_OK &&
           tem_key_fingerprint(b, other, NULL) == TEM_OK &&
           memcmp(one, other, sizeof one) == 0;
}

static bool seals_for(const struct tem_key *key, const struct tem_key *other)
{
    uint8_t signature[TEM_SIGNATURE_BYTES];
    bool holds = false;
    return tem_sign(key, B("mận"), signature, NULL) == TEM_OK &&
           tem_sign_check(other, B("mận"),
                          (struct tem_bytes){signature, sizeof signature},
                          &holds, NULL) == TEM_OK &&
           holds;
}

/* ---- reading what openssl wrote ---- */

TEST(private_keys_of_openssl_are_read)
{
    static const struct {
        const char *pem, *passphrase, *public_pem;
        enum tem_algorithm algorithm;
    } rows[] = {
        {ED25519_PRIVATE, NULL, ED25519_PUBLIC, TEM_ALGORITHM_ED25519},
        {ED25519_PRIVATE, "not needed", ED25519_PUBLIC, TEM_ALGORITHM_ED25519},
        {ED25519_ENCRYPTED, "mận", ED25519_PUBLIC, TEM_ALGORITHM_ED25519},
        {P256_PRIVATE, NULL, P256_PUBLIC, TEM_ALGORITHM_ES256},
        {P256_ENCRYPTED, "secret", NULL, TEM_ALGORITHM_ES256},
        {P256_COMPRESSED_PRIVATE, NULL, P256_PUBLIC, TEM_ALGORITHM_ES256},
        {P256_PRIVATE, NULL, P256_COMPRESSED_PUBLIC, TEM_ALGORITHM_ES256},
        {SEC1_PRIVATE, NULL, NULL, TEM_ALGORITHM_ES256},
        {SEC1_ENCRYPTED, "secret", P256_PUBLIC, TEM_ALGORITHM_ES256},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_key *key = read_private(rows[i].pem, rows[i].passphrase);
        if (!key)
            printf("# row %zu\n", i);
        REQUIRE(key != NULL);
        CHECK_INT(tem_key_algorithm(key), rows[i].algorithm);
        CHECK(tem_key_is_private(key));
        CHECK(!tem_key_is_demo(key));
        struct tem_key *half = rows[i].public_pem
                                   ? read_public(rows[i].public_pem)
                                   : public_of(key);
        REQUIRE(half != NULL);
        CHECK(!tem_key_is_private(half));
        CHECK(same_public(key, half));
        CHECK(seals_for(key, half));
        CHECK(seals_for(key, key));
        tem_key_free(half);
        tem_key_free(key);
    }
}

TEST(text_may_stand_around_the_block)
{
    char text[1000];
    snprintf(text, sizeof text, "khóa của HTX\n\n%s\nhết\n%s", ED25519_PRIVATE,
             ED25519_PUBLIC);
    struct tem_key *key = read_private(text, NULL);
    struct tem_key *half = read_public(text);
    REQUIRE(key != NULL && half != NULL);
    CHECK(same_public(key, half));
    tem_key_free(key);
    tem_key_free(half);
}

struct refusal {
    const char *pem;
    enum tem_status status;
    enum tem_message_id id;
    const char *argument; /* NULL: not looked at */
};

static void check_refusals(const struct refusal *rows, size_t count,
                           bool is_private)
{
    for (size_t i = 0; i < count; i++) {
        struct tem_key *key = NULL;
        struct tem_error error = {0};
        enum tem_status status =
            is_private
                ? tem_key_read_private(B(rows[i].pem), NULL, &key, &error)
                : tem_key_read_public(B(rows[i].pem), &key, &error);
        int before = test_failures;
        CHECK_INT(status, rows[i].status);
        CHECK_INT(error.status, rows[i].status);
        CHECK_INT(error.message.id, rows[i].id);
        if (rows[i].argument)
            CHECK_STR(error.message.args[0], rows[i].argument);
        CHECK(key == NULL);
        check_quiet();
        if (before != test_failures)
            printf("# row %zu, private %d\n", i, is_private);
    }
}

TEST(what_is_no_private_key_is_told_apart)
{
    static const struct refusal rows[] = {
        {"", TEM_E_FORMAT, TEM_MSG_KEY_NO_PEM, "PRIVATE KEY"},
        {"mận\n", TEM_E_FORMAT, TEM_MSG_KEY_NO_PEM, "PRIVATE KEY"},
        {"-----BEGIN ", TEM_E_FORMAT, TEM_MSG_KEY_NO_PEM, "PRIVATE KEY"},
        {ED25519_PUBLIC, TEM_E_FORMAT, TEM_MSG_KEY_IS_PUBLIC, NULL},
        {CERTIFICATE, TEM_E_FORMAT, TEM_MSG_KEY_IS_CERTIFICATE, NULL},
        {PEM("TRUSTED CERTIFICATE", "MAA="), TEM_E_FORMAT,
         TEM_MSG_KEY_IS_CERTIFICATE, NULL},
        {PEM("CERTIFICATE REQUEST", "MAA="), TEM_E_FORMAT,
         TEM_MSG_KEY_OTHER_PEM, "CERTIFICATE REQUEST"},
        {PEM("OPENSSH PRIVATE KEY", "MAA="), TEM_E_FORMAT,
         TEM_MSG_KEY_OTHER_PEM, "OPENSSH PRIVATE KEY"},
        {PEM("PRIVATE KEY", "MAA="), TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        {PEM("PRIVATE KEY", "!"), TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        {PEM("EC PRIVATE KEY", "MAA="), TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED,
         NULL},
        {"-----END PRIVATE KEY-----", TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        {P384_PRIVATE, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "secp384r1"},
        {RSA_PRIVATE, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "RSA"},
        {ED448_PRIVATE, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "ED448"},
        {EXPLICIT_PRIVATE, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM,
         "P-256 (explicit parameters)"},
        {ED25519_ENCRYPTED, TEM_E_PASSPHRASE, TEM_MSG_PASSPHRASE_NEEDED, NULL},
        {SEC1_ENCRYPTED, TEM_E_PASSPHRASE, TEM_MSG_PASSPHRASE_NEEDED, NULL},
    };
    check_refusals(rows, sizeof rows / sizeof *rows, true);
}

TEST(what_is_no_public_key_is_told_apart)
{
    static const struct refusal rows[] = {
        {"", TEM_E_FORMAT, TEM_MSG_KEY_NO_PEM, "PUBLIC KEY"},
        {ED25519_PRIVATE, TEM_E_FORMAT, TEM_MSG_KEY_IS_PRIVATE, NULL},
        {ED25519_ENCRYPTED, TEM_E_FORMAT, TEM_MSG_KEY_IS_PRIVATE, NULL},
        {CERTIFICATE, TEM_E_FORMAT, TEM_MSG_KEY_IS_CERTIFICATE, NULL},
        {PEM("RSA PUBLIC KEY", "MAA="), TEM_E_FORMAT, TEM_MSG_KEY_OTHER_PEM,
         "RSA PUBLIC KEY"},
        {PEM("PUBLIC KEY", "MAA="), TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        {PEM("PUBLIC KEY", "!"), TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        /* a byte after the key */
        {PEM("PUBLIC KEY",
             "MCowBQYDK2VwAyEASZvVa5mlE7QT54SmnFJMPB3AmqOafZUSbeiHpVl6JpEA"),
         TEM_E_FORMAT, TEM_MSG_KEY_DAMAGED, NULL},
        {P384_PUBLIC, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "secp384r1"},
        {RSA_PUBLIC, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "RSA"},
        {ED448_PUBLIC, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, "ED448"},
        {EXPLICIT_PUBLIC, TEM_E_UNSUPPORTED, TEM_MSG_KEY_ALGORITHM, NULL},
        /* y = 1, the neutral element */
        {PEM("PUBLIC KEY", "MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                           "AAAAAAAAA="),
         TEM_E_KEY, TEM_MSG_KEY_SMALL_ORDER, NULL},
        /* (1, 1) is not on P-256 */
        {PEM("PUBLIC KEY",
             "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAAAAAAAAAAAAAAAAAAAAAAAA\n"
             "AAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
             "AQ=="),
         TEM_E_KEY, TEM_MSG_KEY_POINT, NULL},
    };
    check_refusals(rows, sizeof rows / sizeof *rows, false);
}

TEST(key_files_have_a_size_limit)
{
    static char text[TEM_KEY_PEM_MAX + 2];
    struct tem_key *key = NULL;
    struct tem_error error;
    memset(text, '\n', TEM_KEY_PEM_MAX + 1);
    memcpy(text + 5, ED25519_PRIVATE, strlen(ED25519_PRIVATE));
    memcpy(text + 999, ED25519_PUBLIC, strlen(ED25519_PUBLIC));
    CHECK_INT(tem_key_read_private(B(text), NULL, &key, &error), TEM_E_LIMIT);
    CHECK_STR(error.message.args[0], "16384");
    CHECK_INT(tem_key_read_public(B(text), &key, NULL), TEM_E_LIMIT);
    text[TEM_KEY_PEM_MAX] = '\0';
    CHECK_INT(tem_key_read_private(B(text), NULL, &key, &error), TEM_OK);
    tem_key_free(key);
    CHECK_INT(tem_key_read_public(B(text), &key, NULL), TEM_OK);
    tem_key_free(key);
}

/* ---- passphrases ---- */

TEST(wrong_passphrases_are_told_from_missing_ones)
{
    static const char *const pems[] = {ED25519_ENCRYPTED, P256_ENCRYPTED,
                                       SEC1_ENCRYPTED};
    static const char *const wrong[] = {"", "man", "SECRET", "secret "};
    struct tem_key *key = NULL;
    struct tem_error error;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 4; j++) {
            struct tem_bytes passphrase = B(wrong[j]);
            CHECK_INT(
                tem_key_read_private(B(pems[i]), &passphrase, &key, &error),
                TEM_E_PASSPHRASE);
            CHECK_INT(error.message.id, TEM_MSG_PASSPHRASE_WRONG);
            check_quiet();
        }
    CHECK(key == NULL);
}

static enum tem_status write_and_read(const struct tem_key *key,
                                      struct tem_bytes passphrase,
                                      struct tem_key **again)
{
    uint8_t memory[TEM_KEY_PEM_MAX];
    struct tem_buffer pem = {memory, sizeof memory, 0};
    enum tem_status status =
        tem_key_write_private(key, &passphrase, &pem, NULL);
    if (status != TEM_OK)
        return status;
    CHECK(strstr((char *)memory, "-----BEGIN ENCRYPTED PRIVATE KEY-----") ==
          (char *)memory);
    return tem_key_read_private((struct tem_bytes){memory, pem.size},
                                &passphrase, again, NULL);
}

TEST(passphrases_have_1_to_1023_bytes)
{
    static uint8_t secret[TEM_PASSPHRASE_MAX + 1];
    struct tem_key *key = new_key(TEM_ALGORITHM_ED25519), *again = NULL;
    memset(secret, 0xE1, sizeof secret);
    secret[1] = 0; /* a byte like any other */
    static const size_t sizes[] = {1, 2, TEM_PASSPHRASE_MAX};
    for (size_t i = 0; i < 3; i++) {
        struct tem_bytes passphrase = {secret, sizes[i]};
        CHECK_INT(write_and_read(key, passphrase, &again), TEM_OK);
        CHECK(same_public(key, again));
        tem_key_free(again);
    }
    struct tem_bytes none = {secret, 0}, large = {secret, sizeof secret};
    struct tem_error error;
    uint8_t memory[9];
    struct tem_buffer pem = {memory, sizeof memory, 0};
    CHECK_INT(write_and_read(key, none, &again), TEM_E_ARGUMENT);
    CHECK_INT(tem_key_write_private(key, &large, &pem, &error), TEM_E_ARGUMENT);
    CHECK_INT(error.message.id, TEM_MSG_PASSPHRASE_SIZE);
    CHECK_STR(error.message.args[1], "1024");
    CHECK_INT(tem_key_read_private(B(ED25519_ENCRYPTED), &large, &again, NULL),
              TEM_E_ARGUMENT);
    tem_key_free(key);
}

/* ---- writing ---- */

TEST(keys_survive_their_files)
{
    for (size_t i = 0; i < 2; i++) {
        struct tem_key *key = new_key(algorithms[i]), *again = NULL;
        CHECK_INT(tem_key_algorithm(key), algorithms[i]);
        CHECK(tem_key_is_private(key));
        CHECK_INT(write_and_read(key, B("mật khẩu"), &again), TEM_OK);
        REQUIRE(again != NULL);
        CHECK(same_public(key, again) && seals_for(again, key));
        tem_key_free(again);
        uint8_t memory[TEM_KEY_PEM_MAX];
        struct tem_buffer pem = {memory, sizeof memory, 0};
        CHECK_INT(tem_key_write_private(key, NULL, &pem, NULL), TEM_OK);
        CHECK(memcmp(memory, "-----BEGIN PRIVATE KEY-----", 27) == 0);
        struct tem_bytes text = {memory, pem.size};
        CHECK_INT(tem_key_read_private(text, NULL, &again, NULL), TEM_OK);
        CHECK(same_public(key, again) && seals_for(again, key));
        tem_key_free(again);
        struct tem_key *half = public_of(key);
        CHECK(seals_for(key, half));
        CHECK_INT(tem_key_write_private(half, NULL, &pem, NULL), TEM_E_KEY);
        tem_key_free(half);
        tem_key_free(key);
        check_quiet();
    }
}

TEST(public_keys_are_written_as_openssl_does)
{
    static const char *const pems[] = {ED25519_PUBLIC, P256_PUBLIC};
    for (size_t i = 0; i < 2; i++) {
        struct tem_key *key = read_public(pems[i]);
        uint8_t memory[TEM_KEY_PEM_MAX];
        struct tem_buffer pem = {memory, sizeof memory, 0};
        REQUIRE(key != NULL);
        CHECK_INT(tem_key_write_public(key, &pem, NULL), TEM_OK);
        CHECK_INT(pem.size, strlen(pems[i]));
        CHECK(memcmp(memory, pems[i], pem.size) == 0);
        tem_key_free(key);
    }
}

TEST(writing_stops_at_the_capacity)
{
    struct tem_key *key = read_private(ED25519_PRIVATE, NULL);
    REQUIRE(key != NULL);
    uint8_t memory[200];
    memset(memory, 7, sizeof memory);
    size_t sizes[] = {strlen(ED25519_PRIVATE), strlen(ED25519_PUBLIC)};
    for (int i = 0; i < 2; i++) {
        struct tem_buffer pem = {memory, sizes[i] - 1, 0};
        struct tem_error error;
        enum tem_status status =
            i ? tem_key_write_public(key, &pem, &error)
              : tem_key_write_private(key, NULL, &pem, &error);
        CHECK_INT(status, TEM_E_CAPACITY);
        CHECK_INT(atoi(error.message.args[0]), sizes[i]);
        CHECK(memory[0] == 7 && pem.size == 0);
        pem.capacity++;
        status = i ? tem_key_write_public(key, &pem, &error)
                   : tem_key_write_private(key, NULL, &pem, &error);
        CHECK_INT(status, TEM_OK);
        CHECK_INT(pem.size, sizes[i]);
        memset(memory, 7, sizeof memory);
    }
    tem_key_free(key);
}

TEST(a_demonstration_key_is_known)
{
    static const char demo[] =
        PEM("PUBLIC KEY",
            "MCowBQYDK2VwAyEADrYEhPia8MZgi6OLSOtSCo6Yx+lAQ0p2G4BV8nwtG6Y=");
    struct tem_key *key = read_public(demo), *other = NULL;
    REQUIRE(key != NULL);
    CHECK(tem_key_is_demo(key));
    tem_key_free(key);
    for (size_t i = 0; i < 2; i++) {
        other = new_key(algorithms[i]);
        CHECK(!tem_key_is_demo(other));
        tem_key_free(other);
    }
    tem_key_free(NULL);
}

/* ---- raw public keys ---- */

static enum tem_status from_raw(enum tem_algorithm algorithm, const char *raw,
                                enum tem_message_id *id)
{
    struct tem_key *key = NULL;
    struct tem_error error = {0};
    enum tem_status status =
        tem_key_from_raw(algorithm, unhex(raw), &key, &error);
    CHECK((status == TEM_OK) == (key != NULL));
    tem_key_free(key);
    *id = error.message.id;
    check_quiet();
    return status;
}

/* Every encoding of the eight points whose order divides 8, the ones with
 * y >= p and with the sign of x = 0 included. */
TEST(points_of_small_order_are_refused)
{
    static const char *const ys[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    for (size_t i = 0; i < sizeof ys / sizeof *ys; i++)
        for (int sign = 0; sign < 2; sign++) {
            uint8_t raw[32];
            struct tem_key *key = NULL;
            struct tem_error error = {0};
            memcpy(raw, unhex(ys[i]).data, sizeof raw);
            raw[31] = (uint8_t)(raw[31] | sign << 7);
            CHECK_INT(tem_key_from_raw(TEM_ALGORITHM_ED25519,
                                       (struct tem_bytes){raw, 32}, &key,
                                       &error),
                      TEM_E_KEY);
            CHECK_INT(error.message.id,
                      i < 5 ? TEM_MSG_KEY_SMALL_ORDER : TEM_MSG_KEY_POINT);
        }
}

TEST(raw_keys_must_be_points_of_their_curve)
{
    static const struct {
        enum tem_algorithm algorithm;
        const char *raw;
        enum tem_status status;
        enum tem_message_id id;
    } rows[] = {
        /* RFC 8032 section 7.1, test 1; its neighbours are no squares */
        {TEM_ALGORITHM_ED25519,
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
         TEM_OK, TEM_MSG_NONE},
        /* the base point */
        {TEM_ALGORITHM_ED25519,
         "5866666666666666666666666666666666666666666666666666666666666666",
         TEM_OK, TEM_MSG_NONE},
        {TEM_ALGORITHM_ED25519,
         "0200000000000000000000000000000000000000000000000000000000000000",
         TEM_E_KEY, TEM_MSG_KEY_POINT},
        {TEM_ALGORITHM_ED25519,
         "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
         TEM_E_KEY, TEM_MSG_KEY_POINT},
        {TEM_ALGORITHM_ED25519, "d75a98", TEM_E_KEY, TEM_MSG_KEY_RAW},
        {TEM_ALGORITHM_ED25519, "", TEM_E_KEY, TEM_MSG_KEY_RAW},
        /* the base point of P-256 (SP 800-186 section 3.2.1.3) */
        {TEM_ALGORITHM_ES256,
         "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
         "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
         TEM_OK, TEM_MSG_NONE},
        {TEM_ALGORITHM_ES256,
         "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
         "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f4",
         TEM_E_KEY, TEM_MSG_KEY_POINT},
        {TEM_ALGORITHM_ES256,
         "066b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
         "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
         TEM_E_KEY, TEM_MSG_KEY_RAW},
        {TEM_ALGORITHM_ES256,
         "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
         TEM_E_KEY, TEM_MSG_KEY_RAW},
        {(enum tem_algorithm)2,
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
         TEM_E_KEY, TEM_MSG_KEY_RAW},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum tem_message_id id;
        int before = test_failures;
        CHECK_INT(from_raw(rows[i].algorithm, rows[i].raw, &id),
                  rows[i].status);
        if (rows[i].status != TEM_OK)
            CHECK_INT(id, rows[i].id);
        if (before != test_failures)
            printf("# row %zu\n", i);
    }
}

/* A P-256 key whose public half is the base point's, but d = 2. */
TEST(halves_must_belong_together)
{
    static const char pem[] =
        PEM("EC PRIVATE KEY",
            "MHcCAQEEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACoAoGCCqGSM49\n"
            "AwEHoUQDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/\n"
            "m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==");
    static const struct refusal rows[] = {
        {pem, TEM_E_KEY, TEM_MSG_KEY_HALVES, NULL}};
    check_refusals(rows, 1, true);
}

static void run_all(void)
{
    RUN(private_keys_of_openssl_are_read);
    RUN(text_may_stand_around_the_block);
    RUN(what_is_no_private_key_is_told_apart);
    RUN(what_is_no_public_key_is_told_apart);
    RUN(key_files_have_a_size_limit);
    RUN(wrong_passphrases_are_told_from_missing_ones);
    RUN(passphrases_have_1_to_1023_bytes);
    RUN(keys_survive_their_files);
    RUN(public_keys_are_written_as_openssl_does);
    RUN(writing_stops_at_the_capacity);
    RUN(a_demonstration_key_is_known);
    RUN(points_of_small_order_are_refused);
    RUN(raw_keys_must_be_points_of_their_curve);
    RUN(halves_must_belong_together);
}

int main(void)
{
    run_all();
    queue_an_error(); /* OpenSSL itself minds one that is not its own */
    run_all();
    return test_done();
}
