/* SPDX-License-Identifier: MIT */
/* Seal one lot and write its label: sign_one KEY.pem RECORD.json LABEL.png */
#include <stdio.h>
#include <stdlib.h>
#include <tem/tem.h>

static bool fail(const struct tem_error *error)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    fprintf(stderr, "sign_one: %s\n",
            tem_message_text(&error->message, TEM_LANG_EN, text, sizeof text));
    return false;
}

static ptrdiff_t read_file(void *file, void *data, size_t size)
{
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror((FILE *)file) ? -1 : (ptrdiff_t)got;
}

/* The first lot of a file; it must be without errors. */
static enum tem_status read_record(FILE *file, struct tem_record *record,
                                   struct tem_error *error)
{
    struct tem_record_reader *reader = NULL;
    bool found = false;
    size_t problems = 0;
    enum tem_status status =
        tem_record_open(read_file, file, TEM_RECORD_AUTO, &reader, error);
    if (status == TEM_OK)
        status = tem_record_next(reader, record, &found, error);
    if (status == TEM_OK && !found) {
        tem_message_set(&error->message, TEM_MSG_RECORD_CUT, "");
        status = TEM_E_FORMAT;
    }
    if (status == TEM_OK) {
        const struct tem_problem *list = tem_record_problems(reader, &problems);
        for (size_t i = 0; i < problems; i++)
            if (list[i].severity == TEM_SEVERITY_ERROR) {
                error->message = list[i].message;
                status = TEM_E_FORMAT;
            }
    }
    tem_record_reader_free(reader);
    return status;
}

/* Record to content to sealed text to symbol to picture. */
static enum tem_status make_label(const struct tem_key *key,
                                  const struct tem_record *record,
                                  struct tem_image_file *png,
                                  struct tem_error *error)
{
    static struct tem_payload payload;
    static struct tem_symbol symbol;
    static char prefix[TEM_URI_PREFIX_SIZE], text[TEM_URI_SIZE];
    static uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_payload_options options = {.serial = "000001"};
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
        status = tem_image_write_symbol(
            &symbol, &layout, &(struct tem_image_text){"URI", text}, 1, png,
            error);
    if (status == TEM_OK)
        printf("%s\nversion %d, %u dots wide\n", text, symbol.version,
               tem_label_side(&layout, &symbol));
    return status;
}

static enum tem_status read_key(FILE *file, struct tem_key **key,
                                struct tem_error *error)
{
    uint8_t pem[TEM_KEY_PEM_MAX];
    struct tem_bytes text = {pem, fread(pem, 1, sizeof pem, file)};
    enum tem_status status = tem_key_read_private(text, NULL, key, error);
    tem_wipe(pem, sizeof pem);
    return status;
}

/* A whole new file, or none: half a label must not be there to be printed. */
static bool write_label(const char *path, const struct tem_image_file *png)
{
    FILE *file = fopen(path, "wbx"); /* x: no label is overwritten */
    if (!file) {
        perror(path);
        return false;
    }
    bool written = fwrite(png->data, 1, png->size, file) == png->size;
    if (fclose(file) == 0 && written) /* fclose() writes too */
        return true;
    perror(path);
    remove(path);
    return false;
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        perror(path);
    return file;
}

int main(int argc, char **argv)
{
    static struct tem_record record;
    struct tem_error error = {.status = TEM_OK};
    struct tem_key *key = NULL;
    struct tem_image_file png = {NULL, 0, 0};
    if (argc != 4) {
        fprintf(stderr, "usage: sign_one KEY.pem RECORD.json NEW-LABEL.png\n");
        return 2;
    }
    FILE *key_file = open_file(argv[1]), *records = open_file(argv[2]);
    bool done = key_file && records;
    if (done) {
        enum tem_status status = read_key(key_file, &key, &error);
        if (status == TEM_OK)
            status = read_record(records, &record, &error);
        if (status == TEM_OK)
            status = make_label(key, &record, &png, &error);
        done = status == TEM_OK ? write_label(argv[3], &png) : fail(&error);
    }
    if (fflush(stdout) != 0) {
        perror("sign_one: stdout");
        done = false;
    }
    tem_image_file_free(&png);
    tem_key_free(key);
    if (key_file)
        fclose(key_file);
    if (records)
        fclose(records);
    return done ? 0 : 1;
}
