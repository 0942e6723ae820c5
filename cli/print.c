/* SPDX-License-Identifier: MIT */
/* See print.h. Each worker takes the next serial, seals it, draws it, writes
 * it; the first failure stops all. */
#include "print.h"
#include "file.h"
#include "interrupt.h"
#include "json.h"
#include "label_file.h"
#include "progress.h"
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

struct pool {
    const struct print_job *job;
    struct print_result *result;
    pthread_mutex_t lock; /* over next, made, progress and result */
    uint64_t next, made;
    struct progress progress;
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
    enum proof proof;
    struct tem_raster raster;  /* of a whole label; */
    struct tem_image_file png; /* this too: kept from label to label */
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

void print_counter(const struct print_job *job, uint64_t serial,
                   char out[PRINT_COUNTER_SIZE])
{
    out[0] = '\0';
    if (job->counted)
        snprintf(out, PRINT_COUNTER_SIZE, "%" PRIu64 "/%" PRIu64,
                 serial - job->start + 1, job->all);
}

/* The whole label's dots, read back if that is wanted. */
static enum tem_status draw_label(const struct print_job *job, struct one *one,
                                  struct tem_error *error)
{
    char counter[PRINT_COUNTER_SIZE];
    struct tem_label_unit unit = {&one->symbol, one->serial, counter};
    print_counter(job, strtoull(one->serial, NULL, 10), counter);
    if (job->symbols && !job->proof)
        return TEM_OK;
    enum tem_status status =
        tem_label_draw(job->label, &unit, &one->raster, error);
    if (status == TEM_OK && job->proof)
        one->proof = proof_read(&one->raster, one->text, &job->layout,
                                &one->symbol, job->key, error);
    return one->proof == PROOF_FAILED ? error->status : status;
}

static enum tem_status write_picture(const struct print_job *job,
                                     struct one *one, struct tem_error *error)
{
    struct tem_unit unit = tem_payload_unit(&job->uri, &job->payload);
    struct tem_image_text texts[] = {
        {"URI", one->text}, {"Lot", unit.lot}, {"Serial", one->serial}};
    size_t count = one->serial[0] ? 3 : 2;
    if (job->label)
        return tem_image_write_raster(&one->raster, texts, count, &one->png,
                                      error);
    return tem_image_write_symbol(&one->symbol, &job->layout, texts, count,
                                  &one->png, error);
}

static enum tem_status draw(const struct print_job *job, struct one *one,
                            struct tem_error *error)
{
    enum tem_status status =
        tem_seal(job->key, job->kid, one->content, one->prefix, one->text,
                 sizeof one->text, error);
    one->proof = PROOF_GOOD;
    if (status == TEM_OK)
        status = tem_symbol_encode(tem_bytes_of(one->text), job->ecc, 40,
                                   &one->symbol, error);
    if (status == TEM_OK && job->label)
        status = draw_label(job, one, error);
    if (status == TEM_OK && one->proof == PROOF_GOOD && !job->symbols)
        status = write_picture(job, one, error);
    return status;
}

enum tem_status print_text(const struct print_job *job, const char *serial,
                           char out[TEM_URI_SIZE], struct tem_error *error)
{
    static struct one one; /* large; a run asks once a lot */
    snprintf(one.serial, sizeof one.serial, "%s", serial);
    enum tem_status status = encode(job, &one, error);
    if (status == TEM_OK)
        status = tem_seal(job->key, job->kid, one.content, one.prefix, out,
                          TEM_URI_SIZE, error);
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

static bool hidden_path(const struct print_job *job, uint64_t serial,
                        char path[PRINT_PATH_SIZE])
{
    char text[TEM_LOT_SIZE];
    write_serial(job, serial, text);
    int size = snprintf(path, PRINT_PATH_SIZE, "%s/.%s_%s.png.begun",
                        job->folder, job->stem, text);
    return size < PRINT_PATH_SIZE;
}

enum tem_status print_mark(const struct print_job *job,
                           char mark[PRINT_MARK_SIZE], struct tem_error *error)
{
    static struct one one; /* large; a run asks once a lot */
    enum { NUMBERS_SIZE = 80 };
    uint8_t all[2 * TEM_SHA256_BYTES + NUMBERS_SIZE + sizeof one.prefix +
                sizeof one.memory];
    uint8_t digest[TEM_SHA256_BYTES];
    one.serial[0] = '\0';
    enum tem_status status = tem_key_fingerprint(job->key, all, error);
    if (status == TEM_OK)
        status = encode(job, &one, error);
    if (status != TEM_OK)
        return status;
    char *at = (char *)all + TEM_SHA256_BYTES;
    at += snprintf(at, NUMBERS_SIZE, "%u %u %u %u %u ", job->kid, job->ecc,
                   job->layout.dpi, job->layout.dots, job->layout.quiet);
    size_t length = strlen(one.prefix) + 1;
    memcpy(at, one.prefix, length);
    memcpy(at + length, one.content.data, one.content.size);
    size_t size = (size_t)(at - (char *)all) + length + one.content.size;
    if (job->label) {
        memcpy(all + size, job->look, sizeof job->look);
        size += sizeof job->look;
    }
    status = tem_sha256((struct tem_bytes){all, size}, digest, error);
    if (status == TEM_OK)
        to_hex(digest, (PRINT_MARK_SIZE - 1) / 2, mark);
    return status;
}

/* ---- telling ---- */

/* One line of JSON, from the file as it is. */
static bool print_line(const struct print_job *job, uint64_t serial,
                       const char *path)
{
    struct json json = {stdout, false};
    struct label_file file;
    char text[TEM_LOT_SIZE];
    if (!label_file_read(path, &file))
        return false;
    write_serial(job, serial, text);
    unsigned modules = file.width / job->layout.dots - 2 * job->layout.quiet;
    if (job->label)
        modules = job->side;
    json_open(&json, NULL, '{');
    json_string(&json, "file", path);
    json_string(&json, "text", file.text);
    json_string(&json, "lot", tem_payload_unit(&job->uri, &job->payload).lot);
    json_string(&json, "serial", text);
    json_number(&json, "version", (modules - 17) / 4);
    json_number(&json, "module_um", job->layout.module_um);
    json_number(&json, "side_px",
                (modules + 2 * job->layout.quiet) * job->layout.dots);
    json_close(&json, '}');
    json_end(&json);
    return true;
}

/* Remember the failure of the lowest serial. */
static void fail(struct pool *pool, uint64_t serial, int reason,
                 enum proof proof, const struct tem_error *error)
{
    struct print_result *result = pool->result;
    pthread_mutex_lock(&pool->lock);
    if (!result->failed || serial <= result->upto) {
        result->failed = true;
        result->upto = serial > 0 ? serial - 1 : 0;
        result->reason = reason;
        result->proof = proof;
        (serial ? hidden_path : print_path)(pool->job, serial, result->path);
        if (reason == 0 && proof == PROOF_GOOD)
            result->error = *error;
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Put the picture where it belongs, or where it waits. */
static int put(const struct print_job *job, uint64_t serial,
               const struct one *one)
{
    const struct tem_image_file *png = &one->png;
    if (serial)
        unlink(one->path); /* hidden, and not in the journal: nobody has it */
    int reason = file_put(one->path, png->data, png->size, 0666,
                          job->replace ? FILE_REPLACE : FILE_NEW);
    if (reason == 0 && !serial && job->json &&
        !print_line(job, serial, one->path))
        reason = EIO;
    return reason;
}

/* Make one label; false when it failed. */
static bool make(struct pool *pool, uint64_t serial, struct one *one)
{
    const struct print_job *job = pool->job;
    struct tem_error error;
    int reason = 0;
    write_serial(job, serial, one->serial);
    if (!(serial ? hidden_path : print_path)(job, serial, one->path)) {
        fail(pool, serial, ENAMETOOLONG, PROOF_GOOD, NULL);
        return false;
    }
    enum tem_status status = encode(job, one, &error);
    if (status == TEM_OK)
        status = draw(job, one, &error);
    bool good = status == TEM_OK && one->proof == PROOF_GOOD;
    if (good && job->symbols)
        job->symbols[serial - job->first] = one->symbol;
    else if (good)
        reason = put(job, serial, one);
    if (!good || reason)
        fail(pool, serial, reason, status == TEM_OK ? one->proof : PROOF_GOOD,
             &error);
    return good && reason == 0;
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
        progress_draw(&pool->progress, pool->job->before + pool->made);
        pthread_mutex_unlock(&pool->lock);
    }
    tem_image_file_free(&one.png);
    tem_raster_free(&one.raster);
    return NULL;
}

void print_labels(const struct print_job *job, struct print_result *result)
{
    struct pool pool = {.job = job,
                        .result = result,
                        .next = job->first,
                        .progress = progress_of(job->progress, job->all, "")};
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
    progress_clear(&pool.progress);
    if (!result->failed)
        result->upto = pool.next - 1;
    else /* other threads may have come further */
        print_discard(job, result->upto + 1, pool.next - 1);
}

/* ---- from hidden to seen ---- */

uint64_t print_publish(const struct print_job *job, uint64_t first,
                       uint64_t last, bool earlier, struct print_result *result)
{
    char hidden[PRINT_PATH_SIZE];
    uint64_t named = 0;
    result->failed = false;
    for (uint64_t s = first; !result->failed && s <= last; s++) {
        int reason = ENAMETOOLONG;
        if (hidden_path(job, s, hidden) && print_path(job, s, result->path))
            reason = file_exists(hidden)
                         ? file_name(hidden, result->path, FILE_NEW)
                         : ENOENT;
        if (reason == EEXIST && earlier && file_is_empty(result->path))
            reason = file_name(hidden, result->path, FILE_REPLACE);
        if (reason == ENOENT && earlier)
            continue;
        if (reason == 0 && job->json && !print_line(job, s, result->path))
            reason = EIO;
        named += reason == 0;
        result->failed = reason != 0;
        result->reason = reason;
    }
    return named;
}

void print_discard(const struct print_job *job, uint64_t first, uint64_t last)
{
    char hidden[PRINT_PATH_SIZE];
    for (uint64_t s = first; s != 0 && s <= last; s++)
        if (hidden_path(job, s, hidden))
            unlink(hidden);
}
