/* SPDX-License-Identifier: MIT */
/* tem export: labels in standard forms. --cose writes the COSE_Sign1 and its
 * external_aad; the signature is carried over, not checked. */
#include "file.h"
#include "pictures.h"

enum { O_COSE = O_OWN, O_OUT, O_TEXT, O_MAX_PIXELS };

const struct option export_options[] = {
    COMMON_OPTIONS,
    {"cose", 0, NULL,
     {"a COSE_Sign1 (.cose) and its external_aad (.aad) for each label",
      "COSE_Sign1 (.cose) và external_aad (.aad) cho mỗi tem"}},
    {"out", 0, "DIR", {"folder to write to (default: the current one)",
                       "thư mục ghi (mặc định: hiện tại)"}},
    {"text", 0, "STRING", {"export a scanned text", "xuất một chuỗi quét được"}},
    {"max-pixels", 0, "N",
     {"most pixels in one picture (default 100000000)",
      "số điểm ảnh tối đa của một ảnh (mặc định 100000000)"}},
    {0},
};

struct export {
    struct cli *cli;
    const char *folder;
};

/* A label as the two byte strings that a COSE library takes. */
struct cose {
    uint8_t message[TEM_COSE_MAX], aad[TEM_URI_PREFIX_SIZE];
    struct tem_buffer message_out, aad_out;
    char name[64]; /* PRODUCT-LOT[-SERIAL] */
};

static void name_label(const struct tem_uri *uri,
                       const struct tem_payload *payload, struct cose *cose)
{
    bool plain = uri->form == TEM_FORM_PLAIN;
    const char *serial = plain ? payload->serial : uri->serial;
    snprintf(cose->name, sizeof cose->name, "%s-%s%s%s",
             plain ? payload->product_code : uri->gtin,
             plain ? payload->lot : uri->lot, serial[0] ? "-" : "", serial);
}

static enum tem_status convert(struct tem_bytes text, struct cose *cose,
                               struct tem_error *error)
{
    static struct tem_payload payload;
    static uint8_t memory[TEM_MESSAGE_MAX];
    struct tem_buffer message = {memory, sizeof memory, 0};
    struct tem_uri uri;
    struct tem_sealed sealed;
    bool ours;
    cose->message_out = (struct tem_buffer){cose->message, TEM_COSE_MAX, 0};
    cose->aad_out = (struct tem_buffer){cose->aad, sizeof cose->aad, 0};
    enum tem_status status = tem_uri_parse(text, &uri, &ours, error);
    if (status == TEM_OK)
        status = tem_digits_decode(uri.digits, &message, error);
    if (status == TEM_OK)
        status = tem_sealed_parse(
            (struct tem_bytes){message.data, message.size}, &sealed, error);
    if (status == TEM_OK)
        status = tem_payload_decode(sealed.payload, &payload, error);
    if (status == TEM_OK)
        status = tem_uri_aad(uri.prefix, &cose->aad_out, error);
    if (status == TEM_OK)
        status = tem_cose_encode(&sealed, &cose->message_out, error);
    if (status == TEM_OK)
        name_label(&uri, &payload, cose);
    return status;
}

static bool put(struct export *export, const struct cose *cose,
                const char *ending, const struct tem_buffer *content,
                char path[4096])
{
    snprintf(path, 4096, "%s/%s%s", export->folder, cose->name, ending);
    int reason = file_put(path, content->data, content->size, 0666, FILE_NEW);
    if (reason)
        file_complain(export->cli, path, reason, false);
    return reason == 0;
}

static void export_text(struct export *export, const char *file,
                        struct tem_bytes text)
{
    static struct cose cose;
    struct tem_error error;
    char message[4096], aad[4096], why[TEM_MESSAGE_TEXT_MAX];
    if (convert(text, &cose, &error) != TEM_OK) {
        tem_message_text(&error.message, export->cli->lang, why, sizeof why);
        COMPLAIN(export->cli, NOT_A_SEAL, file, why);
        worsen(export->cli, EXIT_NEGATIVE);
    } else if (put(export, &cose, ".cose", &cose.message_out, message) &&
               put(export, &cose, ".aad", &cose.aad_out, aad)) {
        TELL(export->cli, EXPORT_WROTE, message, aad);
    } else {
        worsen(export->cli, EXIT_FAILED);
    }
}

static void each_picture(void *context, const char *file,
                         const struct tem_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++)
        export_text(context, file, scan->symbols[i].text);
}

int cmd_export(struct cli *cli, const struct args *args)
{
    uint64_t max_pixels;
    const char *text = args->values[O_TEXT], *out = args->values[O_OUT];
    struct export export = {cli, out ? out : "."};
    if (!opt_required(cli, args, O_COSE) ||
        (!text && !opt_operands(cli, args, "IMAGE, --text STRING")) ||
        !pictures_limit(cli, args, O_MAX_PIXELS, &max_pixels))
        return EXIT_USAGE;
    if (text && args->operand_count > 0) {
        COMPLAIN(cli, OPTION_CLASH, "export", "--text", args->operands[0]);
        return EXIT_USAGE;
    }
    int reason = file_make_folder(export.folder);
    if (reason) {
        file_complain(cli, export.folder, reason, false);
        return EXIT_FAILED;
    }
    if (text)
        export_text(&export, "--text", tem_bytes_of(text));
    else
        pictures_walk(cli, args, max_pixels, each_picture, &export);
    return cli->status;
}
