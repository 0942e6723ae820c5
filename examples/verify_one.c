/* SPDX-License-Identifier: MIT */
/* Check every label in one picture: verify_one KEY.pub.pem PICTURE YYYY-MM-DD
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tem/tem.h>

enum { FILE_MAX = 64 << 20 };

static bool fail(const char *what, const struct tem_error *error)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    fprintf(stderr, "verify_one: %s: %s\n", what,
            tem_message_text(&error->message, TEM_LANG_EN, text, sizeof text));
    return false;
}

/* To be freed. */
static bool read_file(const char *path, size_t limit, struct tem_bytes *bytes)
{
    uint8_t *data = malloc(limit);
    FILE *file = data ? fopen(path, "rb") : NULL;
    size_t size = file ? fread(data, 1, limit, file) : 0;
    bool read = file && !ferror(file);
    if (!read)
        fprintf(stderr, "verify_one: %s: %s\n", path, strerror(errno));
    if (file)
        fclose(file);
    if (!read)
        free(data);
    else
        *bytes = (struct tem_bytes){data, size};
    return read;
}

static bool read_key(const char *path, struct tem_key **key)
{
    struct tem_bytes pem;
    struct tem_error error;
    if (!read_file(path, TEM_KEY_PEM_MAX, &pem))
        return false;
    bool read = tem_key_read_public(pem, key, &error) == TEM_OK;
    free((uint8_t *)pem.data);
    return read || fail(path, &error);
}

static bool find(const char *path, struct tem_scan **scan)
{
    struct tem_image *image = NULL;
    struct tem_bytes file;
    struct tem_error error;
    if (!read_file(path, FILE_MAX, &file))
        return false;
    bool found = tem_image_read(file, TEM_IMAGE_PIXELS_DEFAULT, &image,
                                &error) == TEM_OK &&
                 tem_scan_image(image, NULL, scan, &error) == TEM_OK;
    tem_image_free(image);
    free((uint8_t *)file.data);
    return found || fail(path, &error);
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
               tem_message_text(&result->findings[i].message, TEM_LANG_EN, text,
                                sizeof text));
}

/* Exit status of a picture: 0 all genuine, 1 something is not, 3 not done. */
static int check(const char *path, const struct tem_scan *scan,
                 const struct tem_verify_options *options)
{
    static struct tem_result result;
    struct tem_error error;
    bool genuine = scan->count > 0;
    for (size_t i = 0; i < scan->count; i++) {
        if (tem_verify_symbol(&scan->symbols[i], options, &result, &error) !=
            TEM_OK) {
            fail(path, &error);
            return 3;
        }
        show(&result);
        genuine &= result.verdict == TEM_VERDICT_GENUINE;
    }
    return genuine ? 0 : 1;
}

int main(int argc, char **argv)
{
    /* demo: the sample lots are example data. Leave it out for goods. */
    struct tem_verify_options options = {.demo = true};
    struct tem_key *key = NULL;
    struct tem_scan *scan = NULL;
    int status = 3;
    if (argc != 4) {
        fprintf(stderr, "usage: verify_one KEY.pub.pem PICTURE YYYY-MM-DD\n");
        return 2;
    }
    options.at = tem_date_parse(tem_bytes_of(argv[3]));
    if (options.at == TEM_DATE_NONE) { /* it would mean: judge no dates */
        fprintf(stderr, "verify_one: %s: no such day; write 2026-08-15\n",
                argv[3]);
        return 2;
    }
    if (read_key(argv[1], &key) && find(argv[2], &scan)) {
        options.key = key;
        status = check(argv[2], scan, &options);
    }
    if (fflush(stdout) != 0) { /* a verdict that nobody saw is none */
        perror("verify_one: stdout");
        status = 3;
    }
    tem_scan_free(scan);
    tem_key_free(key);
    return status;
}
