/* SPDX-License-Identifier: MIT */
/* See print.h. Each worker takes the next serial, seals it, draws it, writes
 * it; the first failure stops all. */
#include "print.h"
#include "file.h"
#include "json.h"
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

struct pool {
    const struct print_job *job;
    struct print_result *result;
    pthread_mutex_t lock; /* over next, result and stdout */
    uint64_t next;
};

/* One label on its way from serial to file. */
struct one {
    char serial[TEM_LOT_SIZE];
    char text[TEM_URI_SIZE];
    char path[4096];
    struct tem_symbol symbol;
    struct tem_image_file png; /* kept from label to label */
};

static enum tem_status seal(const struct print_job *job, struct one *one,
                            struct tem_error *error)
{
    struct tem_uri uri = job->uri;
    struct tem_payload payload = job->payload;
    strcpy(payload.plain ? payload.serial : uri.serial, one->serial);
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    enum tem_status status =
        tem_uri_prefix(&uri, prefix, sizeof prefix, error);
    if (status == TEM_OK)
        status = tem_payload_encode(&payload, &cbor, error);
    if (status == TEM_OK)
        status = tem_seal(job->key, job->kid,
                          (struct tem_bytes){cbor.data, cbor.size}, prefix,
                          one->text, sizeof one->text, error);
    return status;
}

static enum tem_status draw(const struct print_job *job, struct one *one,
                            struct tem_error *error)
{
    const char *lot =
        job->payload.plain ? job->payload.lot : job->uri.lot;
    struct tem_image_text texts[] = {
        {"URI", one->text}, {"Lot", lot}, {"Serial", one->serial}};
    enum tem_status status = tem_symbol_encode(
        tem_bytes_of(one->text), job->ecc, 40, &one->symbol, error);
    if (status == TEM_OK)
        status = tem_image_write_symbol(&one->symbol, &job->layout, texts,
                                        one->serial[0] ? 3 : 2, &one->png,
                                        error);
    return status;
}

static void name_file(const struct print_job *job, uint64_t serial,
                      struct one *one)
{
    const char *lot =
        job->payload.plain ? job->payload.lot : job->uri.lot;
    one->serial[0] = '\0';
    if (serial)
        snprintf(one->serial, sizeof one->serial, "%0*" PRIu64,
                 (int)job->width, serial);
    snprintf(one->path, sizeof one->path, "%s/%s-%s%s%s.png", job->folder,
             job->product, lot, serial ? "-" : "", one->serial);
}

static void print_line(const struct print_job *job, const struct one *one)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", one->path);
    json_string(&json, "text", one->text);
    json_string(&json, "lot",
                job->payload.plain ? job->payload.lot : job->uri.lot);
    json_string(&json, "serial", one->serial);
    json_number(&json, "version", one->symbol.version);
    json_number(&json, "module_um", job->layout.module_um);
    json_number(&json, "side_px",
                tem_label_side(&job->layout, &one->symbol));
    json_close(&json, '}');
    json_end(&json);
}

static void fail(struct pool *pool, const struct one *one, int reason,
                 const struct tem_error *error)
{
    pthread_mutex_lock(&pool->lock);
    if (!pool->result->failed) {
        pool->result->failed = true;
        pool->result->reason = reason;
        memcpy(pool->result->path, one->path, sizeof one->path);
        if (reason == 0)
            pool->result->error = *error;
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Make one label; false when it failed. */
static bool make(struct pool *pool, uint64_t serial, struct one *one)
{
    const struct print_job *job = pool->job;
    struct tem_error error;
    name_file(job, serial, one);
    if (job->keep && file_exists(one->path))
        return true;
    if (seal(job, one, &error) != TEM_OK || draw(job, one, &error) != TEM_OK) {
        fail(pool, one, 0, &error);
        return false;
    }
    int reason = file_put(one->path, one->png.data, one->png.size, 0666,
                          job->replace ? FILE_REPLACE : FILE_NEW);
    if (reason)
        fail(pool, one, reason, NULL);
    return reason == 0;
}

static void show_progress(const struct pool *pool)
{
    enum { WIDTH = 40 };
    const struct print_job *job = pool->job;
    uint64_t all = job->last - job->first + 1;
    uint64_t done = pool->result->made;
    if (done % 64 != 0 && done != all)
        return;
    int filled = (int)(done * WIDTH / all);
    fprintf(stderr, "\r[%.*s%*s] %" PRIu64 "/%" PRIu64 "%s", filled,
            "########################################", WIDTH - filled, "",
            done, all, done == all ? "\n" : "");
}

/* The next serial to make; false when there is none or something failed. */
static bool take(struct pool *pool, uint64_t *serial)
{
    pthread_mutex_lock(&pool->lock);
    bool more = !pool->result->failed && pool->next <= pool->job->last;
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
        pool->result->made++;
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
}
