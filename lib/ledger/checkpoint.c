/* SPDX-License-Identifier: MIT */
/* See <tem/ledger.h>: what is said of a log (C2SP tlog-checkpoint). */
#include "../error/fail.h"
#include "note.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_MAX = 15 }; /* of TEM_LEDGER_SIZE_MAX */

/* ---- writing ------------------------------------------------------------ */

enum tem_status tem_checkpoint_sign(const struct tem_checkpoint *checkpoint,
                                    const struct tem_key *key,
                                    struct tem_buffer *note,
                                    struct tem_error *error)
{
    char root[TEM_BASE64_SIZE(TEM_HASH_BYTES)];
    const char *name = checkpoint->origin;
    note->size = 0;
    if (!tem_note_name_valid(name))
        return TEM_FAIL(error, TEM_E_ARGUMENT, NOTE_NAME, "s", name);
    if (checkpoint->size > TEM_LEDGER_SIZE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "size");
    tem_base64_encode(
        (struct tem_bytes){checkpoint->root.bytes, TEM_HASH_BYTES}, root);
    int size =
        snprintf((char *)note->data, note->capacity, "%s\n%" PRIu64 "\n%s\n\n",
                 name, checkpoint->size, root);
    if ((size_t)size >= note->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)TEM_NOTE_MAX);
    note->size = (size_t)size;
    enum tem_status status =
        tem_note_sign((struct tem_bytes){note->data, note->size - 1}, name, 0,
                      key, note, error);
    if (status != TEM_OK)
        note->size = 0;
    return status;
}

enum tem_status tem_checkpoint_cosign(struct tem_buffer *note, const char *name,
                                      uint64_t time, const struct tem_key *key,
                                      struct tem_error *error)
{
    struct tem_checkpoint checkpoint;
    struct tem_note parts;
    struct tem_bytes bytes = {note->data, note->size};
    if (!tem_note_name_valid(name))
        return TEM_FAIL(error, TEM_E_ARGUMENT, NOTE_NAME, "s", name);
    if (time == 0)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "time");
    enum tem_status status = tem_checkpoint_read(bytes, &checkpoint, error);
    if (status == TEM_OK)
        status = tem_note_read(bytes, &parts, error);
    if (status != TEM_OK)
        return status;
    if (parts.count == TEM_NOTE_SIGNATURES_MAX)
        return TEM_FAIL(error, TEM_E_FORMAT, NOTE_FULL, "d",
                        (long long)parts.count);
    return tem_note_sign(parts.text, name, time, key, note, error);
}

/* ---- reading ------------------------------------------------------------ */

/* The next line, without its end; the text is one of whole lines. */
static struct tem_bytes next_line(struct tem_bytes *text)
{
    const uint8_t *end = memchr(text->data, '\n', text->size);
    struct tem_bytes line = {text->data, 0};
    if (!end)
        return line;
    line.size = (size_t)(end - text->data);
    text->data = end + 1;
    text->size -= line.size + 1;
    return line;
}

static bool read_origin(struct tem_bytes line, char origin[TEM_NOTE_NAME_SIZE])
{
    if (line.size >= TEM_NOTE_NAME_SIZE)
        return false;
    memcpy(origin, line.data, line.size);
    origin[line.size] = '\0';
    return strlen(origin) == line.size && tem_note_name_valid(origin);
}

/* Decimal, without a zero before it. */
static bool read_size(struct tem_bytes line, uint64_t *size)
{
    *size = 0;
    if (line.size == 0 || line.size > DIGITS_MAX ||
        (line.size > 1 && line.data[0] == '0'))
        return false;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] < '0' || line.data[i] > '9')
            return false;
        *size = *size * 10 + (uint64_t)(line.data[i] - '0');
    }
    return *size <= TEM_LEDGER_SIZE_MAX;
}

static bool read_root(struct tem_bytes line, struct tem_hash *root)
{
    uint8_t bytes[TEM_HASH_BYTES + 2];
    struct tem_buffer buffer = {bytes, sizeof bytes, 0};
    if (line.size != TEM_BASE64_SIZE(TEM_HASH_BYTES) - 1 ||
        !tem_base64_decode(line, &buffer) || buffer.size != TEM_HASH_BYTES)
        return false;
    memcpy(root->bytes, bytes, TEM_HASH_BYTES);
    return true;
}

enum tem_status tem_checkpoint_read(struct tem_bytes bytes,
                                    struct tem_checkpoint *checkpoint,
                                    struct tem_error *error)
{
    struct tem_note note;
    enum tem_status status = tem_note_read(bytes, &note, error);
    if (status != TEM_OK)
        return status;
    if (!read_origin(next_line(&note.text), checkpoint->origin))
        return tem_note_broken(1, error);
    if (!read_size(next_line(&note.text), &checkpoint->size))
        return tem_note_broken(2, error);
    return read_root(next_line(&note.text), &checkpoint->root)
               ? TEM_OK
               : tem_note_broken(3, error);
}
