/* SPDX-License-Identifier: MIT */
/* What happens when OpenSSL gets no memory, at each of its requests in turn:
 * never a false answer, never a changed output, never somebody blamed. */
#include "keys.h"
#include "pems.h"
#include <openssl/crypto.h>

enum { REQUESTS_MAX = 20000, SCRYPT_BYTES = 1 << 24 };

static long left = -1;   /* requests to grant; -1: all */
static bool once;        /* only the one after them fails */
static bool refused;     /* has one failed? */
static size_t too_large; /* requests of that size fail; 0: none */

static bool grant(size_t size)
{
    bool granted = left != 0 && (too_large == 0 || size < too_large);
    if (left > 0 || (left == 0 && once))
        left--;
    refused |= !granted;
    return granted;
}

static void *take(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return grant(size) ? malloc(size) : NULL;
}

static void *change(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return grant(size) ? realloc(memory, size) : NULL;
}

static void give_back(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    free(memory);
}

/* ---- every failure of one piece of work ---- */

static enum tem_algorithm algorithm; /* of what is worked with */
static struct tem_key *key;          /* private */
static uint8_t signature[TEM_SIGNATURE_BYTES];
static struct tem_bytes text; /* PEM */

/* Does the work, and checks that nothing is given unless it succeeds. */
typedef enum tem_status work(struct tem_error *error);

static void check_outcome(enum tem_status status, const struct tem_error *error)
{
    if (status == TEM_OK)
        return;
    CHECK(status == TEM_E_MEMORY || (once && status == TEM_E_CRYPTO));
    CHECK_INT(error->status, status);
    CHECK_INT(error->message.id,
              status == TEM_E_MEMORY ? TEM_MSG_MEMORY : TEM_MSG_CRYPTO);
}

/* Do the work with so many requests granted. */
static void starve_at(work *do_work, long granted)
{
    struct tem_error error = {.status = TEM_OK};
    int before = test_failures;
    if (!once && granted % 2)
        queue_an_error();
    refused = false;
    left = granted;
    enum tem_status status = do_work(&error);
    left = -1;
    check_outcome(status, &error);
    /* OpenSSL keeps 16 errors: many of its own push the caller's out. */
    CHECK(ERR_peek_last_error() == queued || ERR_peek_last_error() == 0);
    clear_the_queue();
    if (before != test_failures)
        printf("# request %ld%s, status %d, message %d\n", granted,
               once ? " alone" : "", (int)status, (int)error.message.id);
}

/* Let requests fail from the first on, from the second on, ..., until the work
 * has what it wants; or each alone. Where there are many, some stand for all.
 */
static void starve(work *do_work, bool alone)
{
    long granted = 0;
    CHECK_INT(do_work(NULL), TEM_OK); /* what OpenSSL keeps, it has now */
    once = alone;
    do
        starve_at(do_work, granted);
    while (refused && (granted += granted < 250 ? 1 : 61) < REQUESTS_MAX);
    CHECK(granted > 1 && granted < REQUESTS_MAX);
}

static enum tem_status sign(struct tem_error *error)
{
    uint8_t made[TEM_SIGNATURE_BYTES];
    memset(made, 7, sizeof made);
    enum tem_status status = tem_sign(key, B("a"), made, error);
    CHECK(status == TEM_OK || (made[0] == 7 && made[63] == 7));
    return status;
}

static enum tem_status check(struct tem_error *error)
{
    struct tem_bytes bytes = {signature, sizeof signature};
    bool holds = true;
    enum tem_status status = tem_sign_check(key, B("a"), bytes, &holds, error);
    CHECK(holds);
    return status;
}

static enum tem_status done(enum tem_status status, struct tem_key *made)
{
    CHECK((made != NULL) == (status == TEM_OK));
    tem_key_free(made);
    return status;
}

static enum tem_status generate(struct tem_error *error)
{
    struct tem_key *made = NULL;
    enum tem_status status = tem_key_generate(algorithm, &made, error);
    return done(status, made);
}

static enum tem_status from_raw(struct tem_error *error)
{
    struct tem_key *made = NULL;
    struct tem_bytes raw =
        unhex(algorithm == TEM_ALGORITHM_ED25519
                  ? "5866666666666666666666666666666666666666666666666666666666"
                    "666666"
                  : "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945"
                    "d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececb"
                    "b6406837bf51f5");
    enum tem_status status = tem_key_from_raw(algorithm, raw, &made, error);
    return done(status, made);
}

static enum tem_status read_private(struct tem_error *error)
{
    struct tem_key *made = NULL;
    enum tem_status status = tem_key_read_private(text, NULL, &made, error);
    return done(status, made);
}

static enum tem_status read_encrypted(struct tem_error *error)
{
    struct tem_key *made = NULL;
    struct tem_bytes passphrase =
        B(algorithm == TEM_ALGORITHM_ED25519 ? "mận" : "secret");
    enum tem_status status =
        tem_key_read_private(text, &passphrase, &made, error);
    return done(status, made);
}

static enum tem_status read_public(struct tem_error *error)
{
    struct tem_key *made = NULL;
    enum tem_status status = tem_key_read_public(text, &made, error);
    return done(status, made);
}

static enum tem_status write_with(const struct tem_bytes *passphrase,
                                  struct tem_error *error)
{
    uint8_t memory[TEM_KEY_PEM_MAX] = {7};
    struct tem_buffer pem = {memory, sizeof memory, 0};
    enum tem_status status =
        tem_key_write_private(key, passphrase, &pem, error);
    CHECK((pem.size > 0) == (status == TEM_OK));
    CHECK(status == TEM_OK || memory[0] == 7);
    return status;
}

static enum tem_status write_private(struct tem_error *error)
{
    return write_with(NULL, error);
}

static enum tem_status write_encrypted(struct tem_error *error)
{
    struct tem_bytes passphrase = B("secret");
    return write_with(&passphrase, error);
}

static enum tem_status write_public(struct tem_error *error)
{
    uint8_t memory[TEM_KEY_PEM_MAX] = {7};
    struct tem_buffer pem = {memory, sizeof memory, 0};
    enum tem_status status = tem_key_write_public(key, &pem, error);
    CHECK((pem.size > 0) == (status == TEM_OK));
    CHECK(status == TEM_OK || memory[0] == 7);
    return status;
}

static enum tem_status fingerprint(struct tem_error *error)
{
    uint8_t digest[TEM_SHA256_BYTES] = {0};
    return tem_key_fingerprint(key, digest, error);
}

/* ---- the tests ---- */

static void with_each_key(work *do_work, bool alone)
{
    for (int a = 0; a < 2; a++) {
        algorithm = algorithms[a];
        key = new_key(algorithm);
        CHECK_INT(tem_sign(key, B("a"), signature, NULL), TEM_OK);
        starve(do_work, false);
        if (alone)
            starve(do_work, true);
        tem_key_free(key);
    }
}

static void with_text(work *do_work, enum tem_algorithm of, const char *pem,
                      bool alone)
{
    algorithm = of;
    text = B(pem);
    starve(do_work, false);
    if (alone)
        starve(do_work, true);
}

TEST(signing_without_memory_gives_no_signature)
{
    with_each_key(sign, true);
}

TEST(checking_without_memory_accuses_nobody)
{
    with_each_key(check, true);
}

TEST(keys_are_not_made_without_memory)
{
    with_each_key(generate, true);
    with_each_key(from_raw, false);
    with_each_key(fingerprint, true);
}

/* When one request alone fails, OpenSSL reads some public keys no further and
 * gives no reason: those are starved for good only. */
TEST(keys_are_not_called_bad_for_want_of_memory)
{
    with_text(read_private, TEM_ALGORITHM_ED25519, ED25519_PRIVATE, true);
    with_text(read_private, TEM_ALGORITHM_ES256, P256_PRIVATE, true);
    with_text(read_private, TEM_ALGORITHM_ES256, SEC1_PRIVATE, true);
    with_text(read_public, TEM_ALGORITHM_ED25519, ED25519_PUBLIC, false);
    with_text(read_public, TEM_ALGORITHM_ES256, P256_PUBLIC, false);
    with_text(read_public, TEM_ALGORITHM_ES256, P256_COMPRESSED_PUBLIC, false);
}

TEST(passphrases_are_not_called_wrong_for_want_of_memory)
{
    with_text(read_encrypted, TEM_ALGORITHM_ED25519, ED25519_ENCRYPTED, true);
    with_text(read_encrypted, TEM_ALGORITHM_ES256, P256_ENCRYPTED, true);
}

TEST(keys_are_not_written_without_memory)
{
    with_each_key(write_private, true);
    with_each_key(write_public, true);
}

/* A scrypt of 16 MiB, which OpenSSL may not get though it has all else. */
TEST(scrypt_without_memory_is_no_wrong_passphrase)
{
    static uint8_t memory[TEM_KEY_PEM_MAX];
    struct tem_buffer pem = {memory, sizeof memory, 0};
    struct tem_bytes passphrase = B("secret");
    struct tem_error error;
    algorithm = TEM_ALGORITHM_ES256;
    key = new_key(algorithm);
    REQUIRE(tem_key_write_private(key, &passphrase, &pem, NULL) == TEM_OK);
    text = (struct tem_bytes){memory, pem.size};
    too_large = SCRYPT_BYTES;
    CHECK_INT(write_encrypted(&error), TEM_E_MEMORY);
    CHECK_INT(read_encrypted(&error), TEM_E_MEMORY);
    too_large = 0;
    CHECK_INT(read_encrypted(&error), TEM_OK);
    tem_key_free(key);
}

int main(void)
{
    if (CRYPTO_set_mem_functions(take, change, give_back) != 1)
        return 99;
    RUN(signing_without_memory_gives_no_signature);
    RUN(checking_without_memory_accuses_nobody);
    RUN(keys_are_not_made_without_memory);
    RUN(keys_are_not_called_bad_for_want_of_memory);
    RUN(passphrases_are_not_called_wrong_for_want_of_memory);
    RUN(keys_are_not_written_without_memory);
    RUN(scrypt_without_memory_is_no_wrong_passphrase);
    return test_done();
}
