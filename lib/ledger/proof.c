/* SPDX-License-Identifier: MIT */
/* Proofs as files: see ledger.h. */
#include "../error/fail.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tem/ledger.h>

#define ENTRY_HEAD "c2sp.org/tlog-proof@v1"
#define GROWTH_HEAD "tem-ledger/growth@v1"

enum { HASH_BASE64 = TEM_BASE64_SIZE(TEM_HASH_BYTES), NUMBER_SIZE = 24 };

/* ---- writing ------------------------------------------------------------ */

static bool put(struct tem_buffer *out, const void *data, size_t size)
{
    if (size > out->capacity - out->size)
        return false;
    if (size > 0)
        memcpy(out->data + out->size, data, size);
    out->size += size;
    return true;
}

static bool put_text(struct tem_buffer *out, const char *text)
{
    return put(out, text, strlen(text));
}

static bool put_base64(struct tem_buffer *out, struct tem_bytes bytes)
{
    size_t size = TEM_BASE64_SIZE(bytes.size); /* with a NUL */
    if (size > out->capacity - out->size)
        return false;
    tem_base64_encode(bytes, (char *)out->data + out->size);
    out->size += size - 1;
    return true;
}

static bool put_head(struct tem_buffer *out, const struct tem_proof_file *file)
{
    char index[NUMBER_SIZE + 16];
    snprintf(index, sizeof index, "%s %" PRIu64 "\n",
             file->growth ? "before" : "index", file->index);
    return put_text(out, file->growth ? GROWTH_HEAD "\n" : ENTRY_HEAD "\n") &&
           (file->extra.size == 0 ||
            (put_text(out, "extra ") && put_base64(out, file->extra) &&
             put_text(out, "\n"))) &&
           put_text(out, index);
}

enum tem_status tem_proof_write(const struct tem_proof_file *file,
                                struct tem_buffer *out, struct tem_error *error)
{
    struct tem_checkpoint checkpoint;
    if (file->proof.count > TEM_LEDGER_DEPTH_MAX + 1 ||
        file->extra.size > TEM_PROOF_EXTRA_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "file");
    enum tem_status status =
        tem_checkpoint_read(file->note, &checkpoint, error);
    if (status != TEM_OK)
        return status;
    out->size = 0;
    bool fits = put_head(out, file);
    for (size_t i = 0; fits && i < file->proof.count; i++)
        fits = put_base64(out, (struct tem_bytes){file->proof.hashes[i].bytes,
                                                  TEM_HASH_BYTES}) &&
               put_text(out, "\n");
    fits = fits && put_text(out, "\n") &&
           put(out, file->note.data, file->note.size);
    return fits ? TEM_OK
                : TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                           (long long)TEM_PROOF_MAX);
}

/* ---- reading ------------------------------------------------------------ */

/* What is left of a text, and the line that was taken last, without its end. */
struct lines {
    struct tem_bytes rest, line;
    size_t number;
};

static bool next_line(struct lines *lines)
{
    const uint8_t *end = lines->rest.size
                             ? memchr(lines->rest.data, '\n', lines->rest.size)
                             : NULL;
    lines->number++;
    if (!end)
        return false;
    size_t size = (size_t)(end - lines->rest.data);
    lines->line = (struct tem_bytes){lines->rest.data, size};
    lines->rest.data += size + 1;
    lines->rest.size -= size + 1;
    return true;
}

static bool is_line(const struct lines *lines, const char *text)
{
    return lines->line.size == strlen(text) &&
           memcmp(lines->line.data, text, lines->line.size) == 0;
}

/* What follows "word " in the line. */
static bool after(const struct lines *lines, const char *word,
                  struct tem_bytes *rest)
{
    size_t size = strlen(word);
    if (lines->line.size <= size || memcmp(lines->line.data, word, size) != 0 ||
        lines->line.data[size] != ' ')
        return false;
    *rest = (struct tem_bytes){lines->line.data + size + 1,
                               lines->line.size - size - 1};
    return true;
}

static bool read_index(struct tem_bytes text, uint64_t *index)
{
    *index = 0;
    if (text.size == 0 || text.size > 15 ||
        (text.size > 1 && text.data[0] == '0'))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *index = *index * 10 + (uint64_t)(text.data[i] - '0');
    }
    return *index <= TEM_LEDGER_SIZE_MAX;
}

static bool read_hash(struct tem_bytes text, struct tem_ledger_proof *proof)
{
    uint8_t bytes[TEM_HASH_BYTES + 2]; /* whole groups of three */
    struct tem_buffer out = {bytes, sizeof bytes, 0};
    if (text.size != HASH_BASE64 - 1 ||
        proof->count == TEM_LEDGER_DEPTH_MAX + 1 ||
        !tem_base64_decode(text, &out) || out.size != TEM_HASH_BYTES)
        return false;
    memcpy(proof->hashes[proof->count++].bytes, bytes, TEM_HASH_BYTES);
    return true;
}

static enum tem_status broken(const struct lines *lines,
                              struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_FORMAT, PROOF_LINE, "d",
                    (long long)lines->number);
}

static enum tem_status read_extra(struct lines *lines, struct tem_buffer *extra,
                                  struct tem_error *error)
{
    struct tem_bytes base64;
    if (!after(lines, "extra", &base64))
        return TEM_OK;
    if (base64.size / 4 * 3 > extra->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)base64.size / 4 * 3);
    if (!tem_base64_decode(base64, extra) || !next_line(lines))
        return broken(lines, error);
    return TEM_OK;
}

/* The first lines, up to the hashes. */
static enum tem_status read_head(struct lines *lines,
                                 struct tem_proof_file *file,
                                 struct tem_buffer *extra,
                                 struct tem_error *error)
{
    struct tem_bytes index;
    extra->size = 0;
    if (!next_line(lines))
        return broken(lines, error);
    file->growth = is_line(lines, GROWTH_HEAD);
    if ((!file->growth && !is_line(lines, ENTRY_HEAD)) || !next_line(lines))
        return broken(lines, error);
    enum tem_status status = read_extra(lines, extra, error);
    if (status != TEM_OK)
        return status;
    if (!after(lines, file->growth ? "before" : "index", &index) ||
        !read_index(index, &file->index))
        return broken(lines, error);
    return TEM_OK;
}

enum tem_status tem_proof_read(struct tem_bytes text,
                               struct tem_proof_file *file,
                               struct tem_buffer *extra,
                               struct tem_error *error)
{
    struct lines lines = {.rest = text};
    struct tem_checkpoint checkpoint;
    *file = (struct tem_proof_file){0};
    if (text.size > TEM_PROOF_MAX)
        return broken(&lines, error);
    enum tem_status status = read_head(&lines, file, extra, error);
    if (status != TEM_OK)
        return status;
    if (!next_line(&lines))
        return broken(&lines, error);
    for (; lines.line.size > 0;)
        if (!read_hash(lines.line, &file->proof) || !next_line(&lines))
            return broken(&lines, error);
    file->extra = (struct tem_bytes){extra->data, extra->size};
    file->note = lines.rest;
    status = tem_checkpoint_read(lines.rest, &checkpoint, error);
    return status == TEM_OK ? TEM_OK : broken(&lines, error);
}
