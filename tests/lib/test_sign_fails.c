/* SPDX-License-Identifier: MIT */
/* What happens when OpenSSL gets no memory, at each of its requests in turn:
 * never a false answer, never a changed output. */
#include "keys.h"
#include "pems.h"
#include <openssl/crypto.h>

static long left = -1; /* requests to grant; -1: all */

static bool grant(void)
{
    if (left > 0)
        left--;
    return left != 0;
}

static void *take(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return grant() ? malloc(size) : NULL;
}

static void *change(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return grant() ? realloc(memory, size) : NULL;
}

static void give_back(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    free(memory);
}

static bool is_failure(enum tem_status status)
{
    return status == TEM_E_MEMORY || status == TEM_E_CRYPTO;
}

TEST(signing_without_memory_gives_no_signature)
{
    for (int a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]);
        uint8_t signature[TEM_SIGNATURE_BYTES];
        long requests = 0;
        enum tem_status status;
        do {
            memset(signature, 7, sizeof signature);
            left = requests++;
            status = tem_sign(key, B("a"), signature, NULL);
            left = -1;
            CHECK(status == TEM_OK || is_failure(status));
            CHECK(status == TEM_OK ||
                  (signature[0] == 7 && signature[63] == 7));
        } while (status != TEM_OK && requests < 1000);
        printf("# %ld requests\n", requests - 1);
        CHECK(requests > 1 && requests < 1000);
        tem_key_free(key);
    }
}

TEST(checking_without_memory_accuses_nobody)
{
    for (int a = 0; a < 2; a++) {
        struct tem_key *key = new_key(algorithms[a]);
        uint8_t signature[TEM_SIGNATURE_BYTES];
        CHECK_INT(tem_sign(key, B("a"), signature, NULL), TEM_OK);
        struct tem_bytes bytes = {signature, sizeof signature};
        long requests = 0;
        enum tem_status status;
        do {
            bool holds = true;
            left = requests++;
            status = tem_sign_check(key, B("a"), bytes, &holds, NULL);
            left = -1;
            CHECK(status == TEM_OK || is_failure(status));
            CHECK(holds);
        } while (status != TEM_OK && requests < 1000);
        printf("# %ld requests\n", requests - 1);
        CHECK(requests > 1 && requests < 1000);
        tem_key_free(key);
    }
}

int main(void)
{
    if (CRYPTO_set_mem_functions(take, change, give_back) != 1)
        return 99;
    RUN(signing_without_memory_gives_no_signature);
    RUN(checking_without_memory_accuses_nobody);
    return test_done();
}
