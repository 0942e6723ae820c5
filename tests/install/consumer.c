/* SPDX-License-Identifier: MIT */
/* A program of somebody else's: built against the installed library, in C and
 * in C++. It seals a label, lays it out, draws its symbol and checks it. */
#include <stdio.h>
#include <string.h>
#include <tem/tem.h>

static int fail(const char *what, const struct tem_error *error)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    fprintf(stderr, "%s: %s\n", what,
            tem_message_text(&error->message, TEM_LANG_EN, text, sizeof text));
    return 1;
}

/* The content of a retail label: a kilogram of dried plums. */
static void fill_payload(struct tem_payload *payload)
{
    memset(payload, 0, sizeof *payload);
    payload->example = true;
    payload->maker_id = 7;
    payload->harvest = tem_date_from_civil(2026, 5, 20);
    payload->packed = tem_date_from_civil(2026, 6, 2);
    payload->best_before = tem_date_add_months(payload->packed, 12);
    payload->net = 1000;
    payload->commune = 3979;
}

static enum tem_status seal(const struct tem_key *key, char *text,
                            size_t capacity, struct tem_error *error)
{
    struct tem_payload payload;
    struct tem_uri uri;
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer bytes = {memory, sizeof memory, 0};
    char prefix[TEM_URI_PREFIX_SIZE];
    fill_payload(&payload);
    memset(&uri, 0, sizeof uri);
    uri.form = TEM_FORM_RETAIL;
    strcpy(uri.host, "OCOP.SONLA.GOV.VN");
    strcpy(uri.gtin, "09520124600302");
    strcpy(uri.lot, "DT9H2VW6");
    strcpy(uri.serial, "000123");
    enum tem_status status = tem_payload_encode(&payload, &bytes, error);
    if (status == TEM_OK)
        status = tem_uri_prefix(&uri, prefix, sizeof prefix, error);
    if (status != TEM_OK)
        return status;
    struct tem_bytes view = {bytes.data, bytes.size};
    return tem_seal(key, 1, view, prefix, text, capacity, error);
}

/* Check a text with a key; say the verdict. @return the verdict. */
static enum tem_verdict verdict_of(const char *text, const struct tem_key *key,
                                   struct tem_error *error)
{
    static struct tem_result result;
    struct tem_verify_options options = {key,  TEM_DATE_NONE, true,
                                         NULL, TEM_DATE_NONE, false};
    if (tem_verify_text(tem_bytes_of(text), &options, &result, error) != TEM_OK)
        return TEM_VERDICT_NONE;
    printf("%s\n", tem_verdict_name(result.verdict));
    return result.verdict;
}

static int draw(const char *text, struct tem_error *error)
{
    static struct tem_symbol symbol;
    struct tem_layout layout;
    if (tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, error) !=
        TEM_OK)
        return fail("symbol", error);
    if (tem_label_fit(203, 0, TEM_SYMBOL_QUIET_ZONE, &layout, error) != TEM_OK)
        return fail("layout", error);
    printf("version %d, %u dots\n", symbol.version,
           tem_label_side(&layout, &symbol));
    return tem_symbol_dark(&symbol, 0, 0) ? 0 : 1;
}

int main(void)
{
    struct tem_error error;
    struct tem_key *key = NULL;
    static char text[TEM_URI_SIZE];
    printf("tem %s\n", tem_version());
    if (tem_key_generate(TEM_ALGORITHM_ED25519, &key, &error) != TEM_OK)
        return fail("key", &error);
    int failed = 0;
    if (seal(key, text, sizeof text, &error) != TEM_OK)
        failed = fail("seal", &error);
    else if (verdict_of(text, key, &error) != TEM_VERDICT_GENUINE)
        failed = 1;
    else
        failed = draw(text, &error);
    if (!failed) {
        *strstr(text, "DT9H") = 'X'; /* another lot */
        failed = verdict_of(text, key, &error) != TEM_VERDICT_ALTERED;
    }
    tem_key_free(key);
    return failed;
}
