/* SPDX-License-Identifier: MIT */
/* tem export: labels in standard forms. --cose writes the COSE_Sign1 and its
 * external_aad; the signature is carried over, not checked. */
#include "file.h"
#include "json.h"
#include "label_name.h"
#include "lines.h"
#include "pictures.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { O_COSE = O_OWN, O_OUT, O_TEXT, O_MAX_PIXELS, O_EFFORT };

const struct option export_options[] = {
    COMMON_OPTIONS,
    {"cose",
     0,
     NULL,
     {"a COSE_Sign1 (.cose) and its external_aad (.aad) for each label",
      "COSE_Sign1 (.cose) và external_aad (.aad) cho mỗi tem"}},
    {"out",
     0,
     "DIR",
     {"folder to write to (default: the current one)",
      "thư mục ghi (mặc định: hiện tại)"}},
    {"text",
     0,
     "STRING",
     {"export a scanned text; '-': one scan a line from stdin",
      "xuất một chuỗi quét được; '-': mỗi dòng nhập là một lần quét"}},
    PICTURE_OPTIONS,
    {0},
};

enum { PATH_SIZE = 4096 };

struct export
{
    struct cli *cli;
    const char *folder;
    struct tem_bytes *done; /* texts exported before */
    size_t done_count;
};

/* A label as the two byte strings that a COSE library takes. */
struct cose {
    uint8_t message[TEM_COSE_MAX], aad[TEM_URI_PREFIX_SIZE];
    struct tem_buffer message_out, aad_out;
    char name[LABEL_STEM_SIZE + TEM_LOT_SIZE]; /* PRODUCT_LOT[_SERIAL] */
};

static enum tem_status convert(const struct tem_parts *parts, struct cose *cose,
                               struct tem_error *error)
{
    struct tem_unit unit = tem_payload_unit(&parts->uri, &parts->payload);
    cose->message_out = (struct tem_buffer){cose->message, TEM_COSE_MAX, 0};
    cose->aad_out = (struct tem_buffer){cose->aad, sizeof cose->aad, 0};
    char stem[LABEL_STEM_SIZE];
    label_stem(stem, number_text(parts->payload.maker_id).text, unit.product,
               unit.lot);
    snprintf(cose->name, sizeof cose->name, "%s%s%s", stem,
             unit.serial[0] ? "_" : "", unit.serial);
    enum tem_status status =
        tem_uri_aad(parts->uri.prefix, &cose->aad_out, error);
    if (status == TEM_OK)
        status = tem_cose_encode(&parts->sealed, &cose->message_out, error);
    return status;
}

/* ---- files ---- */

struct pair {
    char message[PATH_SIZE], aad[PATH_SIZE];
};

/* A path without a file. Complains if it has one. */
static bool free_path(const struct export *export, const struct cose *cose,
                      const char *ending, char path[PATH_SIZE])
{
    int length = snprintf(path, PATH_SIZE, "%s/%s%s", export->folder,
                          cose->name, ending);
    int reason = length < 0 || length >= PATH_SIZE ? ENAMETOOLONG
                 : file_exists(path)               ? EEXIST
                                                   : 0;
    if (reason)
        file_complain(export->cli, path, reason, false);
    return reason == 0;
}

static bool put(const struct export *export, const char *path,
                const struct tem_buffer *content)
{
    int reason = file_put(path, content->data, content->size, 0666, FILE_NEW);
    if (reason)
        file_complain(export->cli, path, reason, false);
    return reason == 0;
}

/* Both files or none. */
static bool put_both(const struct export *export, const struct cose *cose,
                     struct pair *paths)
{
    if (!free_path(export, cose, ".cose", paths->message) ||
        !free_path(export, cose, ".aad", paths->aad) ||
        !put(export, paths->message, &cose->message_out))
        return false;
    if (put(export, paths->aad, &cose->aad_out))
        return true;
    unlink(paths->message); /* made just now */
    return false;
}

static void say(const struct export *export, const char *file,
                const struct pair *paths)
{
    struct json json = {stdout, false};
    TELL(export->cli, EXPORT_WROTE, paths->message, paths->aad);
    if (!export->cli->json)
        return;
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    json_string(&json, "cose", paths->message);
    json_string(&json, "aad", paths->aad);
    json_close(&json, '}');
    json_end(&json);
}

/* ---- texts ---- */

/* A label's text as it is written: the host may come in either case. */
static struct tem_bytes canonical(struct tem_bytes text,
                                  const struct tem_uri *uri,
                                  char memory[TEM_URI_SIZE])
{
    if (tem_uri_prefix(uri, memory, TEM_URI_SIZE, NULL) != TEM_OK)
        return text;
    size_t head = strlen(memory);
    memcpy(memory + head, text.data + head, text.size - head);
    return (struct tem_bytes){(const uint8_t *)memory, text.size};
}

static bool known(const struct export *export, struct tem_bytes text)
{
    for (size_t i = 0; i < export->done_count; i++)
        if (export->done[i].size == text.size &&
            memcmp(export->done[i].data, text.data, text.size) == 0)
            return true;
    return false;
}

/* Remember a text, since one label may be in several pictures. */
static bool remember(struct export *export, struct tem_bytes text)
{
    struct tem_bytes *more =
        realloc(export->done, (export->done_count + 1) * sizeof *more);
    uint8_t *copy = malloc(text.size);
    if (more)
        export->done = more;
    if (more && copy) {
        memcpy(copy, text.data, text.size);
        export->done[export->done_count++] =
            (struct tem_bytes){copy, text.size};
        return true;
    }
    free(copy);
    COMPLAIN(export->cli, MEMORY, NULL);
    return false;
}

static void forget(struct export *export)
{
    for (size_t i = 0; i < export->done_count; i++)
        free((uint8_t *)(uintptr_t) export->done[i].data);
    free(export->done);
}

static bool write_label(struct export *export, const char *file,
                        const struct tem_parts *parts)
{
    static struct cose cose;
    static struct pair paths;
    struct tem_error error;
    if (convert(parts, &cose, &error) != TEM_OK) {
        complain_error(export->cli, file, &error);
        return false;
    }
    if (!put_both(export, &cose, &paths))
        return false;
    say(export, file, &paths);
    return true;
}

static void refuse(struct export *export, const char *file,
                   const struct tem_error *error)
{
    char why[TEM_MESSAGE_TEXT_MAX];
    if (error->status != TEM_E_FORMAT) {
        complain_error(export->cli, file, error);
        worsen(export->cli, EXIT_FAILED);
        return;
    }
    tem_message_text(&error->message, export->cli->lang, why, sizeof why);
    COMPLAIN(export->cli, NOT_A_SEAL, file, why);
    worsen(export->cli, EXIT_NEGATIVE);
}

/* @return whether the text has the form of a label at all. */
static bool export_text(struct export *export, const char *file,
                        struct tem_bytes text)
{
    static struct tem_parts parts;
    struct tem_error error;
    bool ours;
    if (tem_verify_parts(text, &parts, &ours, &error) == TEM_OK) {
        char memory[TEM_URI_SIZE];
        text = canonical(text, &parts.uri, memory);
        if (known(export, text))
            return true;
        if (!remember(export, text) || !write_label(export, file, &parts))
            worsen(export->cli, EXIT_FAILED);
        return true;
    }
    if (ours || error.status != TEM_E_FORMAT)
        refuse(export, file, &error);
    return ours;
}

static void complain_foreign(struct export *export, const char *file)
{
    COMPLAIN(export->cli, EXPORT_FOREIGN, file);
    worsen(export->cli, EXIT_NEGATIVE);
}

/* A foreign symbol beside a label is passed over, as tem verify does. */
static void each_picture(void *context, const char *file,
                         const struct tem_image *image,
                         const struct tem_scan *scan)
{
    (void)image;
    bool label = false;
    for (size_t i = 0; i < scan->count; i++)
        label |= !scan->symbols[i].part &&
                 export_text(context, file, scan->symbols[i].text);
    if (!label)
        complain_foreign(context, file);
}

static void each_text(void *context, struct place place, struct tem_bytes text)
{
    struct export *export = context;
    char name[32] = "--text";
    int before = export->cli->status;
    if (place.line)
        snprintf(name, sizeof name, "-:%s", number_text(place.line).text);
    export->cli->status = EXIT_DONE;
    if (!export_text(export, name, text))
        complain_foreign(export, name);
    if (export->cli->status == EXIT_NEGATIVE)
        lines_hint(export->cli, place, text);
    worsen(export->cli, before);
}

int cmd_export(struct cli *cli, const struct args *args)
{
    struct looking looking;
    const char *text = args->values[O_TEXT], *out = args->values[O_OUT];
    struct export export = {.cli = cli, .folder = out ? out : "."};
    if (!opt_required(cli, args, O_COSE) ||
        (!text && !pictures_operands(
                      cli, args, "IMAGE, FOLDER, --text STRING, --text -")) ||
        !pictures_options(cli, args, O_MAX_PIXELS, O_EFFORT, &looking))
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
    if (!text)
        pictures_walk(cli, args, &looking, each_picture, &export);
    else
        lines_walk(cli, text, each_text, &export);
    forget(&export);
    return cli->status;
}
