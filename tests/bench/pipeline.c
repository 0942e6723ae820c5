/* SPDX-License-Identifier: MIT */
/* What a label costs, and how much of it is the three libraries': sealing
 * (OpenSSL), the symbol (libqrencode) and the PNG (libpng). All figures of one
 * run are taken in turns, round by round, and the best round of each counts,
 * so that the ratios hold on a busy machine. */
#include "../lib/sample.h"
#include "bench.h"
#include <openssl/evp.h>
#include <png.h>
#include <pthread.h>
#include <qrencode.h>
#include <setjmp.h>
#include <stdio.h>
#include <sys/wait.h>
#include <tem/tem.h>
#include <unistd.h>

enum { ROUNDS = 9, LABELS = 400, CROWD = 4000 };

/* ---- the whole ---- */

static struct tem_key *key;
static struct tem_layout layout;

struct label {
    char text[TEM_URI_SIZE];
    struct tem_symbol symbol;
    struct tem_image_file png;
};

static void make(struct label *label, unsigned serial)
{
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_payload payload = sample_payload();
    struct tem_uri uri = sample_uri();
    struct tem_image_text texts[] = {
        {"URI", label->text}, {"Lot", uri.lot}, {"Serial", uri.serial}};
    snprintf(uri.serial, sizeof uri.serial, "%06u", serial % 1000000);
    need(tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) == TEM_OK);
    need(tem_payload_encode(&payload, &cbor, NULL) == TEM_OK);
    need(tem_seal(key, 7, (struct tem_bytes){memory, cbor.size}, prefix,
                  label->text, sizeof label->text, NULL) == TEM_OK);
    need(tem_symbol_encode(tem_bytes_of(label->text), TEM_ECC_M, 40,
                           &label->symbol, NULL) == TEM_OK);
    need(tem_image_write_symbol(&label->symbol, &layout, texts, 3, &label->png,
                                NULL) == TEM_OK);
}

static void whole(void)
{
    static struct label label;
    for (unsigned i = 0; i < LABELS; i++)
        make(&label, i);
}

/* ---- the three libraries alone ---- */

static EVP_PKEY *bare_key;

static void bare_sign(void)
{
    uint8_t message[140] = {0}, signature[64];
    for (int i = 0; i < LABELS; i++) {
        size_t size = sizeof signature;
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        message[0] = (uint8_t)i;
        need(EVP_DigestSignInit(context, NULL, NULL, NULL, bare_key) == 1);
        need(EVP_DigestSign(context, signature, &size, message,
                            sizeof message) == 1);
        EVP_MD_CTX_free(context);
    }
}

/* Every label differs, as on a roll: the same one over and over would teach
 * the processor's branch predictor and flatter the libraries. */
enum { SIDE_MAX = 320, ROW_MAX = SIDE_MAX / 8 };
static struct model {
    struct label label;
    uint8_t rows[SIDE_MAX][ROW_MAX];
} models[LABELS];

static void bare_symbol(void)
{
    static struct tem_segment parts[TEM_SEGMENTS_MAX];
    static const QRencodeMode modes[] = {QR_MODE_NUM, QR_MODE_AN, QR_MODE_8};
    size_t count, bits; /* of the first: all are split alike */
    need(tem_symbol_split(tem_bytes_of(models[0].label.text),
                          models[0].label.symbol.version, parts,
                          TEM_SEGMENTS_MAX, &count, &bits, NULL) == TEM_OK);
    for (int i = 0; i < LABELS; i++) {
        const uint8_t *at = (const uint8_t *)models[i].label.text;
        QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
        for (size_t k = 0; k < count; at += parts[k++].length)
            need(QRinput_append(input, modes[parts[k].mode],
                                (int)parts[k].length, at) == 0);
        QRcode *code = QRcode_encodeInput(input);
        need(code != NULL);
        QRcode_free(code);
        QRinput_free(input);
    }
}

/* The pixels of a label, packed as PNG packs them. */
static void draw_rows(struct model *model)
{
    unsigned side = tem_label_side(&layout, &model->label.symbol);
    need(side <= SIDE_MAX);
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++) {
            int mx = (int)(x / layout.dots) - 4;
            int my = (int)(y / layout.dots) - 4;
            if (!tem_symbol_dark(&model->label.symbol, mx, my))
                model->rows[y][x / 8] |= (uint8_t)(0x80u >> x % 8);
        }
}

static uint8_t png_memory[65536];
static size_t png_size;

static void put(png_structp png, png_bytep data, size_t size)
{
    (void)png;
    need(png_size + size <= sizeof png_memory);
    memcpy(png_memory + png_size, data, size);
    png_size += size;
}

static void flush(png_structp png)
{
    (void)png;
}

/* The same rows, level, filter and texts; the pixels are there already. */
static void bare_png(void)
{
    unsigned side = tem_label_side(&layout, &models[0].label.symbol);
    for (int i = 0; i < LABELS; i++) {
        char empty[] = "";
        png_size = 0;
        png_structp png =
            png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
        png_infop info = png_create_info_struct(png);
        if (setjmp(png_jmpbuf(png)))
            abort();
        png_set_write_fn(png, NULL, put, flush);
        png_set_compression_level(png, 1);
        png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
        png_set_IHDR(png, info, side, side, 1, PNG_COLOR_TYPE_GRAY,
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                     PNG_FILTER_TYPE_BASE);
        png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER);
        png_text text = {.compression = PNG_ITXT_COMPRESSION_NONE,
                         .key = (char *)"URI",
                         .text = models[i].label.text,
                         .itxt_length = strlen(models[i].label.text),
                         .lang = empty,
                         .lang_key = empty};
        png_set_text(png, info, &text, 1);
        png_write_info(png, info);
        for (unsigned y = 0; y < side; y++)
            png_write_row(png, models[i].rows[y]);
        png_write_end(png, NULL);
        png_destroy_write_struct(&png, &info);
    }
}

/* ---- rounds ---- */

struct row {
    const char *name;
    void (*run)(void);
    double best;
};

static double one_round(void (*run)(void))
{
    double start = now();
    run();
    return (now() - start) / LABELS * 1e3;
}

/* ---- two threads against two processes ---- */

static void *crowd(void *unused)
{
    struct label *label = calloc(1, sizeof *label);
    need(label != NULL);
    for (unsigned i = 0; i < CROWD; i++)
        make(label, i);
    tem_image_file_free(&label->png);
    free(label);
    return unused;
}

static double two_threads(void)
{
    pthread_t threads[2];
    double start = bench_time(CLOCK_MONOTONIC);
    for (int i = 0; i < 2; i++)
        need(pthread_create(&threads[i], NULL, crowd, NULL) == 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return bench_time(CLOCK_MONOTONIC) - start;
}

static double two_processes(void)
{
    double start = bench_time(CLOCK_MONOTONIC);
    fflush(stdout);
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            crowd(NULL);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    return bench_time(CLOCK_MONOTONIC) - start;
}

int main(void)
{
    struct row rows[] = {{"whole label, in memory", whole, 1e9},
                         {"OpenSSL alone: Ed25519", bare_sign, 1e9},
                         {"libqrencode alone", bare_symbol, 1e9},
                         {"libpng alone", bare_png, 1e9}};
    double threads = 1e9, processes = 1e9;
    need(tem_key_generate(TEM_ALGORITHM_ED25519, &key, NULL) == TEM_OK);
    bare_key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    need(bare_key && tem_label_fit(300, 0, 4, &layout, NULL) == TEM_OK);
    for (unsigned i = 0; i < LABELS; i++) {
        make(&models[i].label, i);
        draw_rows(&models[i]);
    }
    for (int r = 0; r < ROUNDS; r++)
        for (size_t i = 0; i < 4; i++) {
            double took = one_round(rows[i].run);
            rows[i].best = took < rows[i].best ? took : rows[i].best;
        }
    for (int r = 0; r < 4; r++) {
        double t = two_threads(), p = two_processes();
        threads = t < threads ? t : threads;
        processes = p < processes ? p : processes;
    }
    double parts = rows[1].best + rows[2].best + rows[3].best;
    printf("compact retail label, version %d-M, 300 dpi, best of %d rounds\n",
           models[0].label.symbol.version, ROUNDS);
    for (size_t i = 0; i < 4; i++)
        printf("  %-26s %8.1f us %10.0f /s\n", rows[i].name, rows[i].best,
               1e6 / rows[i].best);
    printf("  %-26s %8.1f us\n", "the three parts together", parts);
    printf("  whole / parts allow: %.2f (wanted >= 0.85)\n",
           parts / rows[0].best);
    printf("  two threads %.0f /s, two processes %.0f /s: %.2f (wanted >= "
           "0.95)\n",
           2e3 * CROWD / threads, 2e3 * CROWD / processes,
           processes / threads);
    for (unsigned i = 0; i < LABELS; i++)
        tem_image_file_free(&models[i].label.png);
    tem_key_free(key);
    EVP_PKEY_free(bare_key);
    return 0;
}
