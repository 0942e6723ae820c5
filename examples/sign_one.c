/* SPDX-License-Identifier: MIT */
/* Seal one lot: sign_one KEY.pem RECORD.json LABEL.png
 * writes the label, and the record that it was sealed from beside it, as
 * LABEL.png.record.json: by the digest on the label an inspector can tell that
 * a record is the sealed one, so keep it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <tem/tem.h>

static bool fail(const char *what, const struct tem_message *message)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    fprintf(stderr, "sign_one: %s: %s\n", what,
            tem_message_text(message, TEM_LANG_EN, text, sizeof text));
    return false;
}

/* What the system says of a file. */
static bool fail_file(const char *path)
{
    fprintf(stderr, "sign_one: %s: %s\n", path, strerror(errno));
    return false;
}

static bool read_key(const char *path, struct tem_key **key)
{
    static uint8_t pem[TEM_KEY_PEM_MAX];
    struct tem_error error;
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail_file(path);
    struct tem_bytes text = {pem, fread(pem, 1, sizeof pem, file)};
    bool read = !ferror(file);
    fclose(file);
    if (!read)
        fail_file(path);
    else if (tem_key_read_private(text, NULL, key, &error) != TEM_OK)
        read = fail(path, &error.message);
    tem_wipe(pem, sizeof pem);
    return read;
}

static ptrdiff_t read_some(void *file, void *data, size_t size)
{
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror((FILE *)file) ? -1 : (ptrdiff_t)got;
}

/* A lot may be sealed only if none of its problems is an error. */
static bool is_sound(const struct tem_record_reader *reader)
{
    size_t count, errors = 0;
    const struct tem_problem *problems = tem_record_problems(reader, &count);
    for (size_t i = 0; i < count; i++)
        if (problems[i].severity == TEM_SEVERITY_ERROR) {
            fail(problems[i].field, &problems[i].message);
            errors++;
        }
    return errors == 0;
}

/* The first lot of a file. */
static bool read_record(const char *path, struct tem_record *record)
{
    struct tem_record_reader *reader = NULL;
    struct tem_error error;
    bool found = false, sound = false;
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail_file(path);
    if (tem_record_open(read_some, file, TEM_FORMAT_AUTO, &reader, &error) !=
            TEM_OK ||
        tem_record_next(reader, record, &found, &error) != TEM_OK)
        fail(path, &error.message);
    else if (!found)
        fprintf(stderr, "sign_one: %s: no lot in it\n", path);
    else
        sound = is_sound(reader);
    tem_record_reader_free(reader);
    fclose(file);
    return sound;
}

/* The record as it is sealed: with a salt of its own, in canonical form. */
static enum tem_status seal_record(struct tem_record *record,
                                   struct tem_buffer *canonical,
                                   uint8_t digest[TEM_DIGEST_BYTES],
                                   struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    if (!record->salt[0])
        status = tem_seal_salt(record->salt, error);
    if (status == TEM_OK)
        status = tem_record_canonical(record, canonical, error);
    struct tem_bytes bytes = {canonical->data, canonical->size};
    if (status == TEM_OK)
        status = tem_seal_digest(bytes, digest, error);
    return status;
}

/* Record to content to sealed text to symbol to picture. */
static enum tem_status make_label(const struct tem_key *key,
                                  const struct tem_record *record,
                                  const uint8_t digest[TEM_DIGEST_BYTES],
                                  struct tem_image_file *png,
                                  struct tem_error *error)
{
    static struct tem_payload payload;
    static struct tem_symbol symbol;
    static char prefix[TEM_URI_PREFIX_SIZE], text[TEM_URI_SIZE];
    static uint8_t memory[TEM_PAYLOAD_MAX];
    /* The serial goes into both: which of them has it depends on the form. */
    struct tem_payload_options options = {.digest = digest,
                                          .serial = "000001"};
    struct tem_uri uri = {.host = "ocop.sonla.gov.vn", .serial = "000001"};
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_layout layout;
    enum tem_status status;

    uri.form = record->gtin[0] ? TEM_FORM_RETAIL : TEM_FORM_PLAIN;
    snprintf(uri.gtin, sizeof uri.gtin, "%s", record->gtin);
    snprintf(uri.lot, sizeof uri.lot, "%s", record->lot);
    status = tem_payload_from_record(record, &options, &payload, error);
    if (status == TEM_OK)
        status = tem_payload_encode(&payload, &cbor, error);
    if (status == TEM_OK)
        status = tem_uri_prefix(&uri, prefix, sizeof prefix, error);
    if (status == TEM_OK)
        status = tem_seal(key, 1, (struct tem_bytes){cbor.data, cbor.size},
                          prefix, text, sizeof text, error);
    if (status == TEM_OK)
        status = tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol,
                                   error);
    if (status == TEM_OK)
        status = tem_label_fit(300, 0, TEM_SYMBOL_QUIET_ZONE, &layout, error);
    if (status == TEM_OK)
        status = tem_image_write_symbol(&symbol, &layout,
                                        &(struct tem_image_text){"URI", text},
                                        1, png, error);
    if (status == TEM_OK)
        printf("%s\nversion %d, %u dots wide\n", text, symbol.version,
               tem_label_side(&layout, &symbol));
    return status;
}

/* Only now, with all of it in hand, and never over another file. */
static bool write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wbx");
    if (!file)
        return fail_file(path);
    bool written = fwrite(data, 1, size, file) == size;
    if (!written)
        fail_file(path);
    if (fclose(file) != 0 && written)
        written = fail_file(path);
    if (!written)
        remove(path);
    return written;
}

int main(int argc, char **argv)
{
    static struct tem_record record;
    static uint8_t memory[TEM_RECORD_CANONICAL_MAX];
    struct tem_buffer canonical = {memory, sizeof memory, 0};
    uint8_t digest[TEM_DIGEST_BYTES];
    char kept[4096];
    struct tem_error error;
    struct tem_key *key = NULL;
    struct tem_image_file png = {NULL, 0, 0};
    if (argc != 4 || snprintf(kept, sizeof kept, "%s.record.json", argv[3]) >=
                         (int)sizeof kept) {
        fprintf(stderr, "usage: sign_one KEY.pem RECORD.json NEW-LABEL.png\n");
        return 2;
    }
    bool done = read_key(argv[1], &key) && read_record(argv[2], &record);
    if (done && (seal_record(&record, &canonical, digest, &error) != TEM_OK ||
                 make_label(key, &record, digest, &png, &error) != TEM_OK))
        done = fail(argv[2], &error.message);
    if (done && fflush(stdout) != 0) /* the text is to be seen, too */
        done = fail_file("stdout");
    done = done && write_file(argv[3], png.data, png.size) &&
           write_file(kept, canonical.data, canonical.size);
    tem_image_file_free(&png);
    tem_key_free(key);
    return done ? 0 : 1;
}
