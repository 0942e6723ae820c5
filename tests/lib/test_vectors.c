/* SPDX-License-Identifier: MIT */
/* Published vectors that the project does not carry: Wycheproof's for Ed25519
 * and ECDSA, and the COSE working group's examples of COSE_Sign1. Looked for
 * under TEM_SHARED, else beside the sources; skipped when they are not there.
 */
#include "keys.h"
#include <jansson.h>

static json_t *load(const char *name)
{
    const char *shared = getenv("TEM_SHARED"), *source = getenv("TEM_SOURCE");
    char path[4096];
    snprintf(path, sizeof path, "%s%s/data/vectors/%s",
             shared   ? shared
             : source ? source
                      : "..",
             shared   ? ""
             : source ? "/../shared"
                      : "/shared",
             name);
    return json_load_file(path, 0, NULL);
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* ---- Wycheproof ---- */

/* One case in all ways that tem_sign_check() must tell. */
static bool agrees(const struct tem_key *key, const json_t *test)
{
    bool holds = false;
    enum tem_status status =
        tem_sign_check(key, unhex(text_of(test, "msg")),
                       unhex(text_of(test, "sig")), &holds, NULL);
    bool want = strcmp(text_of(test, "result"), "valid") == 0;
    if (status == TEM_OK && holds == want)
        return true;
    printf("# case %lld (%s): status %d, holds %d\n",
           (long long)json_integer_value(json_object_get(test, "tcId")),
           text_of(test, "comment"), (int)status, holds);
    return false;
}

static void run_wycheproof(const char *name, enum tem_algorithm algorithm,
                           const char *key_name)
{
    json_t *file = load(name);
    if (!file)
        SKIP("the vectors are not here");
    size_t ran = 0, i, j;
    json_t *group, *test;
    json_array_foreach(json_object_get(file, "testGroups"), i, group)
    {
        const json_t *public_key = json_object_get(group, "publicKey");
        struct tem_key *key = NULL;
        CHECK_INT(tem_key_from_raw(algorithm,
                                   unhex(text_of(public_key, key_name)), &key,
                                   NULL),
                  TEM_OK);
        if (!key)
            continue;
        json_array_foreach(json_object_get(group, "tests"), j, test)
        {
            CHECK(agrees(key, test));
            ran++;
        }
        tem_key_free(key);
    }
    CHECK_INT(ran, json_integer_value(json_object_get(file, "numberOfTests")));
    printf("# %s: %zu cases\n", name, ran);
    json_decref(file);
}

TEST(wycheproof_ed25519)
{
    run_wycheproof("wycheproof/ed25519_test.json", TEM_ALGORITHM_ED25519, "pk");
}

TEST(wycheproof_es256)
{
    run_wycheproof("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json",
                   TEM_ALGORITHM_ES256, "uncompressed");
}

/* ---- COSE ---- */

static int sextet(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
                                   "pqrstuvwxyz0123456789-_";
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* base64url of 32 bytes. */
static void coordinate(const char *text, uint8_t out[32])
{
    uint32_t bits = 0;
    size_t size = 0;
    for (int have = 0; sextet(*text) >= 0 && size < 32; text++) {
        bits = bits << 6 | (uint32_t)sextet(*text);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[size++] = (uint8_t)(bits >> have);
        }
    }
}

static struct tem_key *key_of(const json_t *json)
{
    struct tem_key *key = NULL;
    enum tem_status status;
    if (strcmp(text_of(json, "crv"), "Ed25519") == 0) {
        status = tem_key_from_raw(TEM_ALGORITHM_ED25519,
                                  unhex(text_of(json, "x_hex")), &key, NULL);
    } else {
        uint8_t raw[65] = {4};
        coordinate(text_of(json, "x"), raw + 1);
        coordinate(text_of(json, "y"), raw + 33);
        status = tem_key_from_raw(TEM_ALGORITHM_ES256,
                                  (struct tem_bytes){raw, 65}, &key, NULL);
    }
    CHECK_INT(status, TEM_OK);
    return key;
}

static void run_cose(const char *name, enum tem_status want, bool want_holds,
                     int *ran)
{
    char path[100];
    snprintf(path, sizeof path, "cose/%s.json", name);
    json_t *file = load(path);
    if (!file)
        return;
    const json_t *input =
        json_object_get(json_object_get(file, "input"), "sign0");
    struct tem_key *key = key_of(json_object_get(input, "key"));
    REQUIRE(key != NULL);
    bool holds = false;
    enum tem_status status =
        tem_cose_check(unhex(text_of(json_object_get(file, "output"), "cbor")),
                       unhex(text_of(input, "external")),
                       (struct tem_bytes){NULL, 0}, key, &holds, NULL);
    int before = test_failures;
    CHECK_INT(status, want);
    CHECK_INT(holds, want_holds);
    if (before != test_failures)
        printf("# %s\n", name);
    ++*ran;
    tem_key_free(key);
    json_decref(file);
}

TEST(cose_working_group_examples)
{
    static const struct {
        const char *name;
        enum tem_status status;
        bool holds;
    } rows[] = {
        {"eddsa-sig-01", TEM_OK, true},
        {"sign-pass-01", TEM_OK, true},             /* an empty map protected */
        {"sign-pass-02", TEM_OK, true},             /* external_aad */
        {"sign-pass-03", TEM_OK, true},             /* no tag */
        {"sign-fail-01", TEM_E_FORMAT, false},      /* tag 998 */
        {"sign-fail-02", TEM_OK, false},            /* a bit turned */
        {"sign-fail-03", TEM_E_UNSUPPORTED, false}, /* algorithm -999 */
        {"sign-fail-04", TEM_E_UNSUPPORTED, false}, /* "unknown" */
        {"sign-fail-06", TEM_OK, false},            /* header added */
        {"sign-fail-07", TEM_OK, false},            /* header removed */
    };
    int ran = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        run_cose(rows[i].name, rows[i].status, rows[i].holds, &ran);
    if (ran == 0)
        SKIP("the examples are not here");
    printf("# %d of %zu COSE examples\n", ran, sizeof rows / sizeof *rows);
}

int main(void)
{
    RUN(wycheproof_ed25519);
    RUN(wycheproof_es256);
    RUN(cose_working_group_examples);
    return test_done();
}
