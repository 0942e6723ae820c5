/* SPDX-License-Identifier: MIT */
/* See print.h. Each worker takes the next serial, seals it, draws it, writes
 * it; the first failure stops all. */
#include "print.h"
#include "file.h"
#include "interrupt.h"
#include "json.h"
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 256, LABEL_FILE_MAX = 1 << 24 };

struct pool {
    const struct print_job *job;
    struct print_result *result;
    pthread_mutex_t lock; /* over next, made, result and stdout */
    uint64_t next, made;
};

/* One label on its way from serial to file. */
struct one {
    char serial[TEM_LOT_SIZE];
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_bytes content; /* in memory */
    char text[TEM_URI_SIZE];
    char path[PRINT_PATH_SIZE];
    struct tem_symbol symbol;
    struct tem_image_file png; /* kept from label to label */
};

/* ---- one label ---- */

/* Address and content of one serial. */
static enum tem_status encode(const struct print_job *job, struct one *one,
                              struct tem_error *error)
{
    struct tem_uri uri = job->uri;
    struct tem_payload payload = job->payload;
    struct tem_buffer cbor = {one->memory, sizeof one->memory, 0};
    strcpy(payload.plain ? payload.serial : uri.serial, one->serial);
    enum tem_status status =
        tem_uri_prefix(&uri, one->prefix, sizeof one->prefix, error);
    if (status == TEM_OK)
        status = tem_payload_encode(&payload, &cbor, error);
    one->content = (struct tem_bytes){cbor.data, cbor.size};
    return status;
}

static enum tem_status draw(const struct print_job *job, struct one *one,
                            struct tem_error *error)
{
    struct tem_unit unit = tem_payload_unit(&job->uri, &job->payload);
    struct tem_image_text texts[] = {
        {"URI", one->text}, {"Lot", unit.lot}, {"Serial", one->serial}};
    enum tem_status status =
        tem_seal(job->key, job->kid, one->content, one->prefix, one->text,
                 sizeof one->text, error);
    if (status == TEM_OK)
        status = tem_symbol_encode(tem_bytes_of(one->text), job->ecc, 40,
                                   &one->symbol, error);
    if (status == TEM_OK)
        status =
            tem_image_write_symbol(&one->symbol, &job->layout, texts,
                                   one->serial[0] ? 3 : 2, &one->png, error);
    return status;
}

static void write_serial(const struct print_job *job, uint64_t serial,
                         char out[TEM_LOT_SIZE])
{
    out[0] = '\0';
    if (serial)
        snprintf(out, TEM_LOT_SIZE, "%0*" PRIu64, (int)job->width, serial);
}

bool print_path(const struct print_job *job, uint64_t serial,
                char path[PRINT_PATH_SIZE])
{
    char text[TEM_LOT_SIZE];
    write_serial(job, serial, text);
    int size = snprintf(path, PRINT_PATH_SIZE, "%s/%s%s%s.png", job->folder,
                        job->stem, serial ? "_" : "", text);
    return size < PRINT_PATH_SIZE;
}

enum tem_status print_mark(const struct print_job *job,
                           char mark[PRINT_MARK_SIZE], struct tem_error *error)
{
    static struct one one; /* large; a run asks once a lot */
    uint8_t all[TEM_SHA256_BYTES + 2 + sizeof one.prefix + sizeof one.memory];
    uint8_t digest[TEM_SHA256_BYTES];
    one.serial[0] = '\0';
    enum tem_status status = tem_key_fingerprint(job->key, all, error);
    if (status == TEM_OK)
        status = encode(job, &one, error);
    if (status != TEM_OK)
        return status;
    uint8_t *at = all + TEM_SHA256_BYTES;
    *at++ = (uint8_t)(job->kid >> 8);
    *at++ = (uint8_t)job->kid;
    size_t length = strlen(one.prefix) + 1;
    memcpy(at, one.prefix, length);
    memcpy(at + length, one.content.data, one.content.size);
    at += length + one.content.size;
    status =
        tem_sha256((struct tem_bytes){all, (size_t)(at - all)}, digest, error);
    for (size_t i = 0; status == TEM_OK && i < (PRINT_MARK_SIZE - 1) / 2; i++)
        snprintf(mark + 2 * i, 3, "%02x", digest[i]);
    return status;
}

/* ---- a picture that is there already ---- */

static bool is_label(const struct print_job *job, const struct one *one,
                     struct tem_bytes text)
{
    struct tem_parts parts;
    bool ours, holds = false;
    if (tem_verify_parts(text, &parts, &ours, NULL) != TEM_OK ||
        parts.sealed.kid != job->kid ||
        parts.uri.prefix.size != strlen(one->prefix) ||
        memcmp(parts.uri.prefix.data, one->prefix, parts.uri.prefix.size) !=
            0 ||
        parts.sealed.payload.size != one->content.size ||
        memcmp(parts.sealed.payload.data, one->content.data,
               one->content.size) != 0)
        return false;
    uint8_t memory[TEM_URI_PREFIX_SIZE];
    struct tem_buffer aad = {memory, sizeof memory, 0};
    return tem_uri_aad(tem_bytes_of(one->prefix), &aad, NULL) == TEM_OK &&
           tem_sealed_check(&parts.sealed,
                            (struct tem_bytes){aad.data, aad.size}, job->key,
                            &holds, NULL) == TEM_OK &&
           holds;
}

/* Does the picture show the label that would be made, sealed by this key? */
static bool shows_label(const struct print_job *job, const struct one *one)
{
    struct cli silent = {.quiet = true};
    uint8_t *data;
    size_t size;
    struct tem_image *image = NULL;
    struct tem_scan *scan = NULL;
    if (!file_read(&silent, one->path, LABEL_FILE_MAX, &data, &size))
        return false;
    bool right =
        tem_image_read((struct tem_bytes){data, size}, TEM_IMAGE_PIXELS_DEFAULT,
                       &image, NULL) == TEM_OK &&
        tem_scan_image(image, &scan, NULL) == TEM_OK && scan->count == 1 &&
        is_label(job, one, scan->symbols[0].text);
    tem_scan_free(scan);
    tem_image_free(image);
    free(data);
    return right;
}

/* ---- telling ---- */

static void print_line(const struct print_job *job, const struct one *one)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", one->path);
    json_string(&json, "text", one->text);
    json_string(&json, "lot", tem_payload_unit(&job->uri, &job->payload).lot);
    json_string(&json, "serial", one->serial);
    json_number(&json, "version", one->symbol.version);
    json_number(&json, "module_um", job->layout.module_um);
    json_number(&json, "side_px", tem_label_side(&job->layout, &one->symbol));
    json_close(&json, '}');
    json_end(&json);
}

/* Remember the failure of the lowest serial. */
static void fail(struct pool *pool, const struct one *one, uint64_t serial,
                 int reason, const struct tem_error *error)
{
    struct print_result *result = pool->result;
    pthread_mutex_lock(&pool->lock);
    if (!result->failed || serial <= result->upto) {
        result->failed = true;
        result->upto = serial > 0 ? serial - 1 : 0;
        result->reason = reason;
        result->other = reason == EEXIST && pool->job->keep;
        memcpy(result->path, one->path, sizeof one->path);
        if (reason == 0)
            result->error = *error;
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Make one label; false when it failed. */
static bool make(struct pool *pool, uint64_t serial, struct one *one)
{
    const struct print_job *job = pool->job;
    struct tem_error error;
    write_serial(job, serial, one->serial);
    if (!print_path(job, serial, one->path)) {
        fail(pool, one, serial, ENAMETOOLONG, NULL);
        return false;
    }
    enum tem_status status = encode(job, one, &error);
    if (status == TEM_OK && job->keep && file_exists(one->path)) {
        bool right = shows_label(job, one);
        if (!right)
            fail(pool, one, serial, EEXIST, NULL);
        return right;
    }
    if (status == TEM_OK)
        status = draw(job, one, &error);
    int reason = 0;
    if (status == TEM_OK)
        reason = file_put(one->path, one->png.data, one->png.size, 0666,
                          job->replace ? FILE_REPLACE : FILE_NEW);
    if (status != TEM_OK || reason)
        fail(pool, one, serial, reason, &error);
    return status == TEM_OK && reason == 0;
}

static void show_progress(const struct pool *pool)
{
    enum { WIDTH = 40 };
    uint64_t all = pool->job->all, done = pool->job->before + pool->made;
    if (done % 64 != 0 && done != all)
        return;
    int filled = (int)(done * WIDTH / all);
    fprintf(stderr, "\r[%.*s%*s] %" PRIu64 "/%" PRIu64 "%s", filled,
            "########################################", WIDTH - filled, "",
            done, all, done == all ? "\n" : "");
}

/* The next serial to make; false when there is none or something failed. What
 * is taken is finished, so all serials before the next are there. */
static bool take(struct pool *pool, uint64_t *serial)
{
    pthread_mutex_lock(&pool->lock);
    bool more = !pool->result->failed && pool->next <= pool->job->last;
    if (more && interrupt_seen()) {
        pool->result->stopped = true;
        more = false;
    }
    *serial = pool->next;
    pool->next += more;
    pthread_mutex_unlock(&pool->lock);
    return more;
}

static void *work(void *context)
{
    struct pool *pool = context;
    struct one one = {.png = {NULL, 0, 0}};
    uint64_t serial;
    while (take(pool, &serial) && make(pool, serial, &one)) {
        pthread_mutex_lock(&pool->lock);
        pool->made++;
        if (one.symbol.version > pool->result->symbol.version)
            pool->result->symbol = one.symbol;
        if (pool->job->json && one.text[0])
            print_line(pool->job, &one);
        if (pool->job->progress)
            show_progress(pool);
        pthread_mutex_unlock(&pool->lock);
        one.text[0] = '\0';
    }
    tem_image_file_free(&one.png);
    return NULL;
}

void print_labels(const struct print_job *job, struct print_result *result)
{
    struct pool pool = {.job = job, .result = result, .next = job->first};
    pthread_t threads[THREADS_MAX];
    unsigned started = 0;
    memset(result, 0, sizeof *result);
    pthread_mutex_init(&pool.lock, NULL);
    while (started + 1 < job->threads && started < THREADS_MAX &&
           pthread_create(&threads[started], NULL, work, &pool) == 0)
        started++;
    work(&pool); /* this thread works too */
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&pool.lock);
    if (!result->failed)
        result->upto = pool.next - 1;
}
