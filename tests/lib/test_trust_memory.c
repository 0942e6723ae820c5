/* SPDX-License-Identifier: MIT */
/* <tem/trust.h> without memory: a bundle written, opened, and built from lists.
 * Nothing is left behind, and nothing is said to be done that was not. */
#include "starve.h"
#include "trust_sample.h"

static struct file whole;

static enum tem_status write_bundle(struct tem_error *error)
{
    static uint8_t memory[16384];
    struct tem_buffer out = {memory, sizeof memory, 0};
    return tem_trust_write(&sample.c, keys.root, &out, error);
}

static enum tem_status open_bundle(struct tem_error *error)
{
    struct tem_trust *trust = NULL;
    enum tem_status status =
        tem_trust_open(bytes_of(&whole), keys.root, NULL, &trust, error);
    CHECK((trust != NULL) == (status == TEM_OK));
    tem_trust_free(trust);
    return status;
}

/* ---- lists -------------------------------------------------------------- */

static const char json[] =
    "{\"province\":14,\"version\":2,\"issued\":\"2026-07-01\","
    "\"next_update\":\"2026-10-01\",\"expires\":\"2027-01-01\","
    "\"hosts\":[\"b.vn\"],\"makers\":[{\"maker_id\":1,"
    "\"maker_name\":\"Mẫu\",\"commune\":\"04099\"}],"
    "\"products\":[{\"maker_id\":1,\"product_code\":\"P1\","
    "\"product_name\":\"P\"}],\"revocations\":[{\"kind\":\"lot\","
    "\"maker_id\":1,\"product\":\"P1\",\"lot\":\"L\","
    "\"since\":\"2026-07-01\",\"reason\":\"r\"}]}";
static const char csv[] = "kid,holder,public_key,maker_id,products\n1,H,"
                          "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIa"
                          "aPcHURo=,1,P1\n";

static ptrdiff_t read_text(void *context, void *data, size_t size)
{
    const char **text = context;
    size_t rest = strlen(*text);
    size = size < rest ? size : rest;
    memcpy(data, *text, size);
    *text += size;
    return (ptrdiff_t)size;
}

static void tell(void *context, const char *file,
                 const struct tem_problem *problem)
{
    (void)context;
    printf("# %s: %s %d\n", file, problem->field, (int)problem->message.id);
    CHECK(false);
}

static enum tem_status build(struct tem_error *error)
{
    const char *files[] = {json, csv};
    struct tem_trust_source *source;
    struct tem_trust_contents *contents = NULL;
    enum tem_status status = tem_trust_source_new(tell, NULL, &source, error);
    if (status != TEM_OK)
        return status;
    for (int i = 0; i < 2 && status == TEM_OK; i++)
        status = tem_trust_source_read(source, "f", read_text, &files[i],
                                       TEM_FORMAT_AUTO, error);
    if (status == TEM_OK)
        status = tem_trust_source_finish(source, NULL, &contents, error);
    CHECK((contents != NULL) == (status == TEM_OK));
    tem_trust_source_free(source);
    return status;
}

TEST(a_bundle_wants_memory)
{
    starve(write_bundle, 3);
    starve(open_bundle, 10);
}

TEST(so_do_the_lists)
{
    starve(build, 15);
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    whole = written(keys.root);
    RUN(a_bundle_wants_memory);
    RUN(so_do_the_lists);
    sample_keys_free(&keys);
    return test_done();
}
