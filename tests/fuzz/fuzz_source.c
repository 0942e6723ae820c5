/* SPDX-License-Identifier: MIT */
/* The province's lists: reading any bytes does no harm, and what no problem is
 * told of makes a bundle that opens and says the same. */
#include <stdlib.h>
#include <string.h>
#include <tem/trust.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
    const uint8_t *data;
    size_t size;
};

static ptrdiff_t read_bytes(void *context, void *data, size_t size)
{
    struct bytes *bytes = context;
    size = size < bytes->size ? size : bytes->size;
    if (size > 0)
        memcpy(data, bytes->data, size);
    bytes->data += size;
    bytes->size -= size;
    return (ptrdiff_t)size;
}

static void count_errors(void *context, const char *file,
                         const struct tem_problem *problem)
{
    size_t *errors = context;
    if (!file || problem->severity < TEM_SEVERITY_INFO)
        abort();
    *errors += problem->severity == TEM_SEVERITY_ERROR;
}

/* It is signed, opened, and holds as much. */
static void make(const struct tem_trust_contents *contents)
{
    static uint8_t memory[1 << 20];
    static struct tem_key *root;
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_trust *trust;
    if (!root && tem_key_generate(TEM_ALGORITHM_ED25519, &root, NULL) != TEM_OK)
        abort();
    enum tem_status status = tem_trust_write(contents, root, &out, NULL);
    if (status == TEM_E_CAPACITY)
        return;
    if (status != TEM_OK || tem_trust_open((struct tem_bytes){memory, out.size},
                                           root, NULL, &trust, NULL) != TEM_OK)
        abort();
    const struct tem_trust_contents *all = tem_trust_all(trust);
    if (all->key_count != contents->key_count ||
        all->product_count != contents->product_count ||
        all->withdrawal_count != contents->withdrawal_count ||
        all->version != contents->version)
        abort();
    tem_trust_free(trust);
}

/* Two files, where a NUL parts them: a sheet and another, say. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_trust_source *source;
    struct tem_trust_contents *contents;
    struct tem_error error;
    size_t errors = 0;
    if (tem_trust_source_new(count_errors, &errors, &source, NULL) != TEM_OK)
        abort();
    const uint8_t *cut = size > 0 ? memchr(data, '\0', size) : NULL;
    size_t first = cut ? (size_t)(cut - data) : size;
    struct bytes files[2] = {
        {data, first}, {cut ? cut + 1 : data, cut ? size - first - 1 : 0}};
    enum tem_status status = TEM_OK;
    for (int i = 0; i < 1 + (cut != NULL) && status == TEM_OK; i++)
        status = tem_trust_source_read(source, i ? "b" : "a", read_bytes,
                                       &files[i], TEM_FORMAT_AUTO, &error);
    if (status == TEM_OK)
        status = tem_trust_source_finish(source, NULL, &contents, &error);
    if (status == TEM_OK && (contents != NULL) != (errors == 0))
        abort();
    if (status == TEM_E_ARGUMENT) /* no problem may be missed by reading */
        abort();
    if (status == TEM_OK && contents)
        make(contents);
    tem_trust_source_free(source);
    return 0;
}
