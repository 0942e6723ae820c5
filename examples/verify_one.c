/* SPDX-License-Identifier: MIT */
/* Check every label in one picture: verify_one KEY.pub.pem PICTURE YYYY-MM-DD */
#include <stdio.h>
#include <stdlib.h>
#include <tem/tem.h>

enum { FILE_MAX = 64 << 20 };

static struct tem_bytes read_file(const char *path, size_t limit)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = file ? malloc(limit) : NULL;
    struct tem_bytes bytes = {data, data ? fread(data, 1, limit, file) : 0};
    if (file)
        fclose(file);
    return bytes;
}

static enum tem_status find(const char *path, struct tem_scan **scan,
                            struct tem_error *error)
{
    struct tem_image *image = NULL;
    struct tem_bytes file = read_file(path, FILE_MAX);
    enum tem_status status =
        tem_image_read(file, TEM_IMAGE_PIXELS_DEFAULT, &image, error);
    if (status == TEM_OK)
        status = tem_scan_image(image, scan, error);
    tem_image_free(image);
    free((uint8_t *)file.data);
    return status;
}

static void show(const struct tem_result *result)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    puts(tem_verdict_text(result->verdict, TEM_LANG_EN));
    if (result->has_label)
        printf("  lot %s, serial %s, %u g\n", result->lot, result->serial,
               result->payload.net);
    for (size_t i = 0; i < result->finding_count; i++)
        printf("  %s %s\n", result->findings[i].rule,
               tem_message_text(&result->findings[i].message, TEM_LANG_EN,
                                text, sizeof text));
}

int main(int argc, char **argv)
{
    static struct tem_result result;
    struct tem_error error = {.status = TEM_OK};
    struct tem_key *key = NULL;
    struct tem_scan *scan = NULL;
    if (argc != 4) {
        fprintf(stderr, "usage: verify_one KEY.pub.pem PICTURE YYYY-MM-DD\n");
        return 2;
    }
    struct tem_bytes pem = read_file(argv[1], TEM_KEY_PEM_MAX);
    enum tem_status status = tem_key_read_public(pem, &key, &error);
    free((uint8_t *)pem.data);
    if (status == TEM_OK)
        status = find(argv[2], &scan, &error);
    /* demo: the sample lots are example data. Leave it out for goods. */
    struct tem_verify_options options = {
        .key = key, .at = tem_date_parse(tem_bytes_of(argv[3])), .demo = true};
    bool genuine = status == TEM_OK && scan->count > 0;
    for (size_t i = 0; status == TEM_OK && i < scan->count; i++) {
        status = tem_verify_symbol(&scan->symbols[i], &options, &result,
                                   &error);
        if (status == TEM_OK)
            show(&result);
        genuine &= result.verdict == TEM_VERDICT_GENUINE;
    }
    if (status != TEM_OK) {
        char text[TEM_MESSAGE_TEXT_MAX];
        fprintf(stderr, "verify_one: %s\n",
                tem_message_text(&error.message, TEM_LANG_EN, text,
                                 sizeof text));
    }
    tem_scan_free(scan);
    tem_key_free(key);
    return genuine ? 0 : status == TEM_OK ? 1 : 3;
}
