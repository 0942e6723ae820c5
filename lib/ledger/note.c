/* SPDX-License-Identifier: MIT */
/* See note.h and <tem/ledger.h>: notes, their keys and signatures. */
#include "note.h"
#include "../error/fail.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Types of signatures (signed-note, "Signature types"). */
enum { TYPE_OWNER = 1, TYPE_WITNESS = 4 };

enum { KEY_BYTES = 32, TIME_BYTES = 8 };

/* Of every line of signatures: an em dash and a space. */
static const uint8_t dash[] = {0xE2, 0x80, 0x94, ' '};

/* ---- names -------------------------------------------------------------- */

/* Of anybody; in UTF-8, which is left to whoever shows it. */
static bool is_name(struct tem_bytes name)
{
    if (name.size == 0)
        return false;
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] <= ' ' || name.data[i] == '+' || name.data[i] == 0x7F)
            return false;
    return true;
}

bool tem_note_name_valid(const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)name[i] > 0x7F)
            return false;
    return size < TEM_NOTE_NAME_SIZE && is_name(tem_bytes_of(name));
}

/* ---- keys --------------------------------------------------------------- */

static enum tem_status check_key(const struct tem_key *key,
                                 struct tem_error *error)
{
    return tem_key_algorithm(key) == TEM_ALGORITHM_ED25519
               ? TEM_OK
               : TEM_FAIL(error, TEM_E_KEY, NOTE_KEY, "");
}

/* What tells keys apart; 32 bits of it, so that a line of another key may have
 * the same. */
static enum tem_status id_of(struct tem_bytes name, const struct tem_key *key,
                             uint8_t type, uint8_t id[TEM_SHA256_BYTES],
                             struct tem_error *error)
{
    const uint8_t mark[] = {'\n', type};
    const struct tem_bytes parts[] = {
        name, {mark, sizeof mark}, tem_key_raw(key)};
    return tem_sha256_parts(parts, 3, id, error);
}

enum tem_status tem_note_key(const char *name, const struct tem_key *key,
                             enum tem_note_signer signer,
                             char out[TEM_NOTE_KEY_SIZE],
                             struct tem_error *error)
{
    uint8_t id[TEM_SHA256_BYTES], typed[1 + KEY_BYTES];
    char text[TEM_BASE64_SIZE(sizeof typed)];
    bool owner = signer == TEM_NOTE_OWNER;
    if (!tem_note_name_valid(name) || (!owner && signer != TEM_NOTE_WITNESS))
        return TEM_FAIL(error, TEM_E_ARGUMENT, NOTE_NAME, "s", name);
    enum tem_status status = check_key(key, error);
    if (status != TEM_OK)
        return status;
    typed[0] = owner ? TYPE_OWNER : TYPE_WITNESS;
    memcpy(typed + 1, tem_key_raw(key).data, KEY_BYTES);
    status = id_of(tem_bytes_of(name), key, typed[0], id, error);
    if (status != TEM_OK)
        return status;
    tem_base64_encode((struct tem_bytes){typed, sizeof typed}, text);
    snprintf(out, TEM_NOTE_KEY_SIZE, "%s+%02x%02x%02x%02x+%s", name, id[0],
             id[1], id[2], id[3], text);
    return TEM_OK;
}

/* ---- parts of a note ---------------------------------------------------- */

enum tem_status tem_note_broken(size_t line, struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_FORMAT, NOTE_LINE, "d", (long long)line);
}

static size_t lines_in(struct tem_bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

/* The text ends before the last empty line. @return its size, 0 if there is no
 * such line. */
static size_t text_size(struct tem_bytes bytes)
{
    for (size_t i = bytes.size; i > 1; i--)
        if (bytes.data[i - 1] == '\n' && bytes.data[i - 2] == '\n')
            return i - 1;
    return 0;
}

static bool is_plain(struct tem_bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < ' ' && text.data[i] != '\n')
            return false;
    return true;
}

/* "— name base64" without its end. */
static bool read_line(struct tem_bytes line, struct tem_note_line *out)
{
    if (line.size <= sizeof dash || memcmp(line.data, dash, sizeof dash) != 0)
        return false;
    const uint8_t *name = line.data + sizeof dash;
    size_t left = line.size - sizeof dash;
    const uint8_t *space = memchr(name, ' ', left);
    if (!space)
        return false;
    out->name = (struct tem_bytes){name, (size_t)(space - name)};
    out->base64 = (struct tem_bytes){space + 1, left - out->name.size - 1};
    return is_name(out->name) && out->base64.size > 0;
}

enum tem_status tem_note_read(struct tem_bytes bytes, struct tem_note *note,
                              struct tem_error *error)
{
    if (bytes.size > TEM_NOTE_MAX)
        return TEM_FAIL(error, TEM_E_FORMAT, NOTE_LONG, "dd",
                        (long long)bytes.size, (long long)TEM_NOTE_MAX);
    note->text = (struct tem_bytes){bytes.data, text_size(bytes)};
    note->count = 0;
    if (note->text.size == 0 || !is_plain(bytes))
        return tem_note_broken(1, error);
    size_t at = note->text.size + 1, line = lines_in(note->text) + 2;
    for (; at < bytes.size; line++) {
        const uint8_t *start = bytes.data + at;
        const uint8_t *end = memchr(start, '\n', bytes.size - at);
        if (!end || note->count == TEM_NOTE_SIGNATURES_MAX ||
            !read_line((struct tem_bytes){start, (size_t)(end - start)},
                       &note->lines[note->count++]))
            return tem_note_broken(line, error);
        at += (size_t)(end - start) + 1;
    }
    return note->count > 0 ? TEM_OK : tem_note_broken(line, error);
}

/* ---- signatures --------------------------------------------------------- */

/* What a witness signs (tlog-cosignature, "Format"). @return its size. */
static size_t timed_text(struct tem_bytes text, uint64_t time,
                         uint8_t out[TEM_NOTE_MAX + 64])
{
    int head =
        snprintf((char *)out, 64, "cosignature/v1\ntime %" PRIu64 "\n", time);
    memcpy(out + head, text.data, text.size);
    return (size_t)head + text.size;
}

/* The bytes that are signed: of a witness those with the time before them. */
static struct tem_bytes signed_text(struct tem_bytes text, uint64_t time,
                                    uint8_t space[TEM_NOTE_MAX + 64])
{
    return time == 0 ? text
                     : (struct tem_bytes){space, timed_text(text, time, space)};
}

static void put_time(uint64_t time, uint8_t out[TIME_BYTES])
{
    for (int i = 0; i < TIME_BYTES; i++)
        out[i] = (uint8_t)(time >> 8 * (TIME_BYTES - 1 - i));
}

static uint64_t get_time(const uint8_t *bytes)
{
    uint64_t time = 0;
    for (int i = 0; i < TIME_BYTES; i++)
        time = time << 8 | bytes[i];
    return time;
}

static enum tem_status put_line(const char *name, struct tem_bytes sealed,
                                struct tem_buffer *note,
                                struct tem_error *error)
{
    char base64[TEM_BASE64_SIZE(TEM_NOTE_SIGNED_MAX)];
    char line[sizeof dash + TEM_NOTE_NAME_SIZE + sizeof base64 + 2];
    tem_base64_encode(sealed, base64);
    size_t size = (size_t)snprintf(line, sizeof line, "\xE2\x80\x94 %s %s\n",
                                   name, base64);
    if (note->size + size > TEM_NOTE_MAX || note->size + size > note->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)(note->size + size));
    memcpy(note->data + note->size, line, size);
    note->size += size;
    return TEM_OK;
}

enum tem_status tem_note_sign(struct tem_bytes text, const char *name,
                              uint64_t time, const struct tem_key *key,
                              struct tem_buffer *note, struct tem_error *error)
{
    uint8_t id[TEM_SHA256_BYTES], space[TEM_NOTE_MAX + 64];
    uint8_t sealed[TEM_NOTE_SIGNED_MAX];
    size_t head = TEM_NOTE_ID_BYTES;
    enum tem_status status = check_key(key, error);
    if (status == TEM_OK)
        status = id_of(tem_bytes_of(name), key,
                       time == 0 ? TYPE_OWNER : TYPE_WITNESS, id, error);
    if (status != TEM_OK)
        return status;
    memcpy(sealed, id, TEM_NOTE_ID_BYTES);
    if (time != 0) {
        put_time(time, sealed + head);
        head += TIME_BYTES;
    }
    status =
        tem_sign(key, signed_text(text, time, space), sealed + head, error);
    return status == TEM_OK ? put_line(name,
                                       (struct tem_bytes){
                                           sealed, head + TEM_SIGNATURE_BYTES},
                                       note, error)
                            : status;
}

/* ---- checking ----------------------------------------------------------- */

/* The ids of one name and key. */
struct ids {
    uint8_t owner[TEM_SHA256_BYTES], witness[TEM_SHA256_BYTES];
};

/* What one line says of them. @param[out] time  as of tem_note_check(). */
static enum tem_status check_line(struct tem_bytes text,
                                  const struct tem_note_line *line,
                                  const struct ids *ids,
                                  const struct tem_key *key,
                                  enum tem_note_signer *signer, uint64_t *time,
                                  struct tem_error *error)
{
    uint8_t sealed[TEM_NOTE_SIGNED_MAX + 2], space[TEM_NOTE_MAX + 64];
    struct tem_buffer buffer = {sealed, sizeof sealed, 0};
    size_t head = TEM_NOTE_ID_BYTES;
    bool holds = false;
    *signer = TEM_NOTE_NOBODY;
    *time = 0;
    if (!tem_base64_decode(line->base64, &buffer) || buffer.size <= head)
        return TEM_OK; /* of some other kind */
    bool witness = memcmp(sealed, ids->witness, head) == 0;
    if (!witness && memcmp(sealed, ids->owner, head) != 0)
        return TEM_OK;
    *signer = TEM_NOTE_OTHER;
    if (witness && buffer.size > head + TIME_BYTES) {
        *time = get_time(sealed + head);
        head += TIME_BYTES;
    }
    if (witness && *time == 0)
        return TEM_OK;
    enum tem_status status = tem_sign_check(
        key, signed_text(text, *time, space),
        (struct tem_bytes){sealed + head, buffer.size - head}, &holds, error);
    if (holds)
        *signer = witness ? TEM_NOTE_WITNESS : TEM_NOTE_OWNER;
    return status;
}

static enum tem_status ids_of(const char *name, const struct tem_key *key,
                              struct ids *ids, struct tem_error *error)
{
    struct tem_bytes bytes = tem_bytes_of(name);
    enum tem_status status = check_key(key, error);
    if (status == TEM_OK)
        status = id_of(bytes, key, TYPE_OWNER, ids->owner, error);
    if (status == TEM_OK)
        status = id_of(bytes, key, TYPE_WITNESS, ids->witness, error);
    return status;
}

static bool is_named(const struct tem_note_line *line, const char *name)
{
    return line->name.size == strlen(name) &&
           memcmp(line->name.data, name, line->name.size) == 0;
}

enum tem_status tem_note_check(struct tem_bytes bytes, const char *name,
                               const struct tem_key *key,
                               enum tem_note_signer *signer, uint64_t *time,
                               struct tem_error *error)
{
    struct tem_note note;
    struct ids ids;
    enum tem_note_signer found = TEM_NOTE_NOBODY;
    uint64_t when = 0;
    enum tem_status status = tem_note_read(bytes, &note, error);
    if (status == TEM_OK)
        status = ids_of(name, key, &ids, error);
    for (size_t i = 0; status == TEM_OK && i < note.count; i++) {
        enum tem_note_signer one = TEM_NOTE_NOBODY;
        uint64_t then = 0;
        if (is_named(&note.lines[i], name))
            status = check_line(note.text, &note.lines[i], &ids, key, &one,
                                &then, error);
        if (one == TEM_NOTE_NOBODY || found == TEM_NOTE_OTHER)
            continue;
        found = one;
        when = one == TEM_NOTE_OTHER ? 0 : then;
    }
    if (status != TEM_OK)
        return status;
    *signer = found;
    *time = when;
    return TEM_OK;
}
