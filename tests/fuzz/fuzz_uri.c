/* SPDX-License-Identifier: MIT */
/* Any text as a label's URI: what is taken is made again from its parts, but
 * for the case of scheme and host, and its digits from their bytes. */
#include <stdlib.h>
#include <string.h>
#include <tem/payload.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void prefix_again(const struct tem_uri *uri)
{
    char text[TEM_URI_PREFIX_SIZE];
    uint8_t one[TEM_URI_PREFIX_SIZE], two[TEM_URI_PREFIX_SIZE];
    struct tem_buffer as_made = {one, sizeof one, 0};
    struct tem_buffer as_found = {two, sizeof two, 0};
    if (tem_uri_prefix(uri, text, sizeof text, NULL) != TEM_OK ||
        tem_uri_aad(tem_bytes_of(text), &as_made, NULL) != TEM_OK ||
        tem_uri_aad(uri->prefix, &as_found, NULL) != TEM_OK ||
        as_made.size != as_found.size ||
        memcmp(one, two, as_made.size) != 0)
        abort();
}

static void digits_again(struct tem_bytes digits)
{
    uint8_t message[TEM_SEALED_MAX];
    char text[TEM_DIGITS_SIZE];
    struct tem_buffer out = {message, sizeof message, 0};
    if (tem_digits_decode(digits, &out, NULL) != TEM_OK)
        return;
    if (tem_digits_encode((struct tem_bytes){message, out.size}, text,
                          sizeof text, NULL) != TEM_OK ||
        strlen(text) != digits.size ||
        memcmp(text, digits.data, digits.size) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_uri uri;
    bool ours = false;
    enum tem_status status =
        tem_uri_parse((struct tem_bytes){data, size}, &uri, &ours, NULL);
    if (status == TEM_OK) {
        if (!ours || uri.prefix.size + uri.digits.size != size)
            abort();
        prefix_again(&uri);
        digits_again(uri.digits);
    }
    digits_again((struct tem_bytes){data, size});
    return 0;
}
