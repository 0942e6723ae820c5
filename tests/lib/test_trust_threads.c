/* SPDX-License-Identifier: MIT */
/* <tem/trust.h>: "a loaded bundle is immutable: share it freely". Many threads
 * ask one bundle, open others and judge labels by it, and get what one alone
 * gets. Run under the thread sanitizer by tests/run. */
#include "trust_sample.h"
#include <pthread.h>
#include <tem/verify.h>

enum { THREADS = 8, ROUNDS = 200 };

static struct tem_trust *shared;
static struct file whole;
static char text[TEM_URI_SIZE];

/* A label of maker 101's plums under its first key. */
static void seal(void)
{
    struct tem_uri uri = {.form = TEM_FORM_RETAIL,
                          .host = "ocop.sonla.gov.vn",
                          .gtin = "09521234543213",
                          .lot = "L9",
                          .serial = "001"};
    struct tem_payload payload = {.maker_id = 101,
                                  .harvest = DAY - 9,
                                  .packed = DAY - 8,
                                  .best_before = DAY + 300,
                                  .net = 500,
                                  .commune = 4099};
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    if (tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) != TEM_OK ||
        tem_payload_encode(&payload, &out, NULL) != TEM_OK ||
        tem_seal(keys.sealer[0], 1, (struct tem_bytes){memory, out.size},
                 prefix, text, sizeof text, NULL) != TEM_OK)
        exit(99);
}

static enum tem_verdict judge(void)
{
    struct tem_verify_options options = {
        .at = DAY, .trust = shared, .now = DAY};
    struct tem_result *result = malloc(sizeof *result);
    enum tem_verdict verdict = TEM_VERDICT_NONE;
    if (result &&
        tem_verify_text(tem_bytes_of(text), &options, result, NULL) == TEM_OK)
        verdict = result->verdict;
    free(result);
    return verdict;
}

static bool ask(void)
{
    const struct tem_trust_product *plum =
        tem_trust_find_gtin(shared, "09521234543213");
    return plum && tem_trust_find_key(shared, 7) &&
           !tem_trust_find_key(shared, 8) &&
           tem_trust_find_withdrawal(shared, plum, "L2", "005") &&
           !tem_trust_find_withdrawal(shared, plum, "L2", "011") &&
           tem_trust_find_certificate_end(shared, 99) &&
           tem_trust_is_host(shared, "OCOP.sonla.gov.vn");
}

static void *work(void *context)
{
    long *wrong = context;
    for (int i = 0; i < ROUNDS; i++)
        *wrong += !ask() || judge() != TEM_VERDICT_GENUINE;
    for (int i = 0; i < 5; i++) {
        struct tem_trust *own = NULL;
        *wrong += tem_trust_open(bytes_of(&whole), keys.root, NULL, &own,
                                 NULL) != TEM_OK;
        tem_trust_free(own);
    }
    return NULL;
}

TEST(many_threads_share_a_bundle)
{
    pthread_t threads[THREADS];
    long wrong[THREADS] = {0};
    CHECK_INT(judge(), TEM_VERDICT_GENUINE);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, &wrong[i]) != 0)
            exit(99);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(wrong[i], 0);
    }
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    whole = written(keys.root);
    shared = opened();
    seal();
    RUN(many_threads_share_a_bundle);
    tem_trust_free(shared);
    sample_keys_free(&keys);
    return test_done();
}
