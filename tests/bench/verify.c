/* SPDX-License-Identifier: MIT */
/* What checking a picture costs: a 12-Mpixel JPEG and a 1-Mpixel PNG with one
 * label in it; the share of loading, scanning and the signature. */
#include "bench.h"
#include "../lib/sample.h"
#include "jpeg.h"
#include <tem/tem.h>

enum { ROUNDS = 5 };

static struct tem_key *key;

static void seal(char *text)
{
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_payload payload = sample_payload();
    struct tem_uri uri = sample_uri();
    need(tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) == TEM_OK);
    need(tem_payload_encode(&payload, &cbor, NULL) == TEM_OK);
    need(tem_seal(key, 7, (struct tem_bytes){memory, cbor.size}, prefix, text,
                  TEM_URI_SIZE, NULL) == TEM_OK);
}

/* A grey, noisy picture with a label of @p dots a module near its middle. */
static struct tem_image *scene(uint32_t width, uint32_t height, unsigned dots)
{
    static char text[TEM_URI_SIZE];
    static struct tem_symbol symbol;
    struct tem_layout layout = {.dpi = 300, .dots = dots, .quiet = 4};
    struct tem_image *image = NULL, *label = NULL;
    uint32_t seed = 1;
    seal(text);
    need(tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, NULL) ==
         TEM_OK);
    need(tem_image_draw(&symbol, &layout, &label, NULL) == TEM_OK);
    need(tem_image_new(width, height, &image, NULL) == TEM_OK);
    for (size_t i = 0; i < (size_t)width * height; i++)
        image->pixels[i] =
            (uint8_t)(150 + ((seed = seed * 1664525 + 1013904223) >> 28));
    for (uint32_t y = 0; y < label->height; y++)
        memcpy(image->pixels + (size_t)(y + height / 3) * width + width / 3,
               label->pixels + (size_t)y * label->width, label->width);
    tem_image_free(label);
    return image;
}

static void measure(const char *name, struct tem_bytes file)
{
    double load = 1e9, scan_ms = 1e9, check = 1e9;
    struct tem_verify_options options = {
        .key = key, .at = TEM_DATE_NONE, .demo = true};
    static struct tem_result result;
    for (int r = 0; r < ROUNDS; r++) {
        struct tem_image *image = NULL;
        struct tem_scan *scan = NULL;
        double t0 = now();
        need(tem_image_read(file, TEM_IMAGE_PIXELS_DEFAULT, &image, NULL) ==
             TEM_OK);
        double t1 = now();
        need(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
        double t2 = now();
        need(scan->count == 1);
        need(tem_verify_text(scan->symbols[0].text, &options, &result, NULL) ==
             TEM_OK);
        double t3 = now();
        need(result.verdict == TEM_VERDICT_GENUINE);
        load = t1 - t0 < load ? t1 - t0 : load;
        scan_ms = t2 - t1 < scan_ms ? t2 - t1 : scan_ms;
        check = t3 - t2 < check ? t3 - t2 : check;
        tem_scan_free(scan);
        tem_image_free(image);
    }
    double all = load + scan_ms + check;
    printf("  %-18s %8.1f ms: loading %5.1f (%2.0f %%), scanning %6.1f "
           "(%2.0f %%), signature %.2f (%.1f %%)\n",
           name, all, load, 100 * load / all, scan_ms, 100 * scan_ms / all,
           check, 100 * check / all);
}

int main(void)
{
    need(tem_key_generate(TEM_ALGORITHM_ED25519, &key, NULL) == TEM_OK);
    struct tem_image *photo = scene(4000, 3000, 14);
    struct tem_image *small = scene(1155, 866, 8);
    struct tem_bytes jpeg = to_jpeg(photo, 88);
    struct tem_image_file png = {NULL, 0, 0};
    need(tem_image_write_grey(small, &png, NULL) == TEM_OK);
    printf("checking a picture, best of %d\n", ROUNDS);
    measure("12-Mpixel JPEG", jpeg);
    measure("1-Mpixel PNG", (struct tem_bytes){png.data, png.size});
    tem_image_file_free(&png);
    free((uint8_t *)jpeg.data);
    tem_image_free(photo);
    tem_image_free(small);
    tem_key_free(key);
    return 0;
}
