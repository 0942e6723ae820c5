/* SPDX-License-Identifier: MIT */
/* tem template: list them, print one, check one, look at what it makes. */
#include "design.h"
#include "file.h"
#include "json.h"
#include "records.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool one_operand(struct cli *cli, const struct args *args)
{
    if (!opt_operands(cli, args, "NAME|FILE"))
        return false;
    if (args->operand_count > 1)
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[1]);
    return args->operand_count == 1;
}

/* ---- list --------------------------------------------------------------- */

const struct option template_list_options[] = {COMMON_OPTIONS, {0}};

static void print_json(const struct tem_template_info *info)
{
    static const char *const contents[] = {[TEM_TEMPLATE_FULL] = "full",
                                           [TEM_TEMPLATE_LEAST] = "least",
                                           [TEM_TEMPLATE_CODE] = "code",
                                           [TEM_TEMPLATE_CARD] = "card"};
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "name", info->name);
    json_string(&json, "title", info->title);
    json_string(&json, "title_en", info->title_en);
    json_string(&json, "contents", contents[info->contents]);
    json_number(&json, "width_um", info->width_um);
    json_number(&json, "height_um", info->height_um);
    json_number(&json, "page_width_um", info->page_width_um);
    json_number(&json, "page_height_um", info->page_height_um);
    json_number(&json, "columns", info->columns);
    json_number(&json, "rows", info->rows);
    json_bool(&json, "sheet", info->sheet);
    json_close(&json, '}');
    json_end(&json);
}

static bool list_one(const struct cli *cli, const char *json)
{
    struct tem_template *template;
    struct tem_error error;
    if (tem_template_read(tem_bytes_of(json), &template, &error) != TEM_OK) {
        complain_error(cli, "template list", &error);
        return false;
    }
    struct tem_template_info info = tem_template_describe(template);
    if (cli->json)
        print_json(&info);
    else
        printf("%-16s %s\n", info.name,
               cli->lang == TEM_LANG_VI ? info.title : info.title_en);
    tem_template_free(template);
    return true;
}

int cmd_template_list(struct cli *cli, const struct args *args)
{
    const char *json;
    if (args->operand_count > 0) {
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[0]);
        return EXIT_USAGE;
    }
    for (size_t i = 0; (json = tem_template_shipped(i)); i++)
        if (!list_one(cli, json))
            return EXIT_FAILED;
    return EXIT_DONE;
}

/* ---- show --------------------------------------------------------------- */

const struct option template_show_options[] = {COMMON_OPTIONS, {0}};

int cmd_template_show(struct cli *cli, const struct args *args)
{
    uint8_t *json;
    size_t size;
    if (!one_operand(cli, args))
        return EXIT_USAGE;
    int status;
    struct tem_template *template =
        design_template(cli, args->operands[0], &json, &size, &status);
    if (!template)
        return status;
    fwrite(json, 1, size, stdout);
    free(json);
    tem_template_free(template);
    return EXIT_DONE;
}

/* ---- a label to try it with --------------------------------------------- */

/* The record that it is tried with. */
struct trial {
    struct tem_record record;
    bool found, broken;
};

static ptrdiff_t read_specimen(void *context, void *data, size_t size)
{
    const char **left = context;
    size_t length = strlen(*left);
    size = size < length ? size : length;
    memcpy(data, *left, size);
    *left += size;
    return (ptrdiff_t)size;
}

static bool take_specimen(const struct cli *cli, struct trial *trial)
{
    const char *text = tem_template_specimen();
    struct tem_record_reader *reader = NULL;
    struct tem_error error;
    bool read = tem_record_open(read_specimen, &text, TEM_FORMAT_JSON, &reader,
                                &error) == TEM_OK &&
                tem_record_next(reader, &trial->record, &trial->found,
                                &error) == TEM_OK;
    if (!read)
        complain_error(cli, "specimen", &error);
    tem_record_reader_free(reader);
    return read;
}

static void take_first(void *context, const char *file, uint64_t row,
                       const struct tem_record *record, size_t errors)
{
    struct trial *trial = context;
    (void)file, (void)row;
    if (trial->found)
        return;
    trial->record = *record;
    trial->found = true;
    trial->broken = errors > 0;
}

/* The first lot of a file, or the specimen. */
static bool take_record(struct cli *cli, const char *file, struct trial *trial)
{
    struct records_count count = {0};
    if (!file)
        return take_specimen(cli, trial);
    if (!records_walk(cli, file, TEM_FORMAT_AUTO, take_first, trial, &count))
        return false;
    if (!trial->found)
        COMPLAIN(cli, NO_LOTS, file);
    return trial->found && !trial->broken;
}

/* A symbol as large as the lot's would be. Nobody has sealed it. */
static enum tem_status make_symbol(const struct tem_record *record,
                                   struct tem_symbol *symbol,
                                   struct tem_error *error)
{
    static const uint8_t digest[TEM_DIGEST_BYTES];
    struct tem_payload_options options = {.digest = digest};
    struct tem_payload payload;
    struct tem_uri uri = {.host = "OCOP.SONLA.GOV.VN"};
    uint8_t sealed[TEM_SEALED_MAX] = {0x10};
    struct tem_buffer cbor = {sealed + TEM_SEALED_HEAD, TEM_PAYLOAD_MAX, 0};
    char text[TEM_URI_SIZE];
    enum tem_status status =
        tem_payload_from_record(record, &options, &payload, error);
    if (status != TEM_OK)
        return status;
    uri.form = payload.plain ? TEM_FORM_PLAIN : TEM_FORM_RETAIL;
    strcpy(uri.gtin, record->gtin);
    strcpy(uri.lot, record->lot);
    strcpy(payload.plain ? payload.serial : uri.serial, "000123");
    status = tem_payload_encode(&payload, &cbor, error);
    if (status == TEM_OK)
        status = tem_uri_prefix(&uri, text, TEM_URI_PREFIX_SIZE, error);
    size_t size = TEM_SEALED_HEAD + cbor.size + TEM_SIGNATURE_BYTES;
    if (status == TEM_OK)
        status = tem_digits_encode((struct tem_bytes){sealed, size},
                                   text + strlen(text), TEM_DIGITS_SIZE, error);
    if (status == TEM_OK)
        status =
            tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, symbol, error);
    return status;
}

/* Lay the trial's label out. */
static enum tem_status lay_out(const struct design *design,
                               const struct trial *trial, unsigned dpi,
                               bool vector, struct tem_symbol *symbol,
                               struct tem_label **label,
                               struct tem_error *error)
{
    struct tem_label_content content = tem_label_content_of(&trial->record);
    struct tem_label_settings settings = design_settings(design);
    enum tem_status status = make_symbol(&trial->record, symbol, error);
    if (status != TEM_OK)
        return status;
    design_fill(design, &content);
    settings.dpi = dpi;
    settings.vector = vector;
    settings.symbol_side = symbol->side;
    settings.serial = "000000";
    settings.counter = "2000/2000";
    return tem_label_new(design->template, &settings, &content, label, error);
}

/* ---- check -------------------------------------------------------------- */

enum { C_DPI = O_OWN, C_RECORD, C_LANGUAGE };

const struct option template_check_options[] = {
    COMMON_OPTIONS,
    {"dpi",
     0,
     "N",
     {"printer's dots per inch (default 203)",
      "độ phân giải máy in (mặc định 203)"}},
    {"record",
     0,
     "FILE",
     {"try it with the first lot of a file",
      "thử với lô đầu tiên của một tệp"}},
    DESIGN_OPTIONS,
    {0},
};

static int check_one(struct cli *cli, const struct args *args, const char *name,
                     const struct trial *trial, unsigned dpi)
{
    struct design design;
    struct tem_symbol symbol;
    struct tem_label *label = NULL;
    struct tem_error error;
    int status;
    if (!design_load(cli, args, C_LANGUAGE, name, &design, &status))
        return status;
    char mm[32], module[32];
    bool fits =
        lay_out(&design, trial, dpi, false, &symbol, &label, &error) == TEM_OK;
    if (fits) {
        decimal_text(cli, tem_label_letters(label) / 1000.0, 2, mm, sizeof mm);
        decimal_text(cli, tem_label_layout(label).module_um / 1000.0, 3, module,
                     sizeof module);
        TELL(cli, TEMPLATE_FITS, name, trial->record.lot, number_text(dpi).text,
             mm, module);
    } else {
        complain_error(cli, name, &error);
    }
    tem_label_free(label);
    design_free(&design);
    return fits ? EXIT_DONE : EXIT_NEGATIVE;
}

int cmd_template_check(struct cli *cli, const struct args *args)
{
    static struct trial trial; /* large */
    long long dpi;
    if (!opt_operands(cli, args, "NAME|FILE") ||
        !opt_number(cli, args, C_DPI, TEM_LABEL_DPI_MIN, TEM_LABEL_DPI_MAX, 203,
                    &dpi))
        return EXIT_USAGE;
    if (!take_record(cli, args->values[C_RECORD], &trial))
        return EXIT_FAILED;
    for (size_t i = 0; i < args->operand_count; i++)
        worsen(cli, check_one(cli, args, args->operands[i], &trial,
                              (unsigned)dpi));
    return cli->status;
}

/* ---- preview ------------------------------------------------------------ */

enum { P_OUT = O_OWN, P_DPI, P_RECORD, P_FORCE, P_LANGUAGE };

const struct option template_preview_options[] = {
    COMMON_OPTIONS,
    {"out",
     0,
     "FILE",
     {"picture to write: .png, .pdf or .svg",
      "tệp ảnh cần ghi: .png, .pdf hoặc .svg"}},
    {"dpi",
     0,
     "N",
     {"printer's dots per inch (default 203)",
      "độ phân giải máy in (mặc định 203)"}},
    {"record",
     0,
     "FILE",
     {"show the first lot of a file", "dùng lô đầu tiên của một tệp"}},
    {"force",
     0,
     NULL,
     {"replace the file if it is there", "thay tệp nếu đã có"}},
    DESIGN_OPTIONS,
    {0},
};

/* A file in memory that grows. */
static bool append(void *context, const void *data, size_t size)
{
    struct tem_image_file *file = context;
    if (size > file->capacity - file->size) {
        size_t capacity = 2 * (file->size + size);
        uint8_t *more = realloc(file->data, capacity);
        if (!more)
            return false;
        file->data = more;
        file->capacity = capacity;
    }
    memcpy(file->data + file->size, data, size);
    file->size += size;
    return true;
}

/* A whole page of them: what a sheet looks like. */
static enum tem_status
draw_page(const struct design *design, const struct tem_label *label,
          const struct tem_label_unit *unit, enum tem_job_kind kind,
          unsigned dpi, struct tem_image_file *file, struct tem_error *error)
{
    struct tem_template_info info = tem_template_describe(design->template);
    struct tem_job *job;
    enum tem_status status =
        tem_job_new(kind, design->template, dpi, append, file, &job, error);
    if (status != TEM_OK)
        return status;
    for (unsigned i = 0; i < info.columns * info.rows && status == TEM_OK; i++)
        status = tem_job_add(job, label, unit, error);
    if (status == TEM_OK)
        status = tem_job_end(job, error);
    tem_job_free(job);
    return status;
}

static enum tem_status draw_dots(const struct tem_label *label,
                                 const struct tem_label_unit *unit,
                                 struct tem_image_file *file,
                                 struct tem_error *error)
{
    struct tem_raster raster = {0};
    enum tem_status status = tem_label_draw(label, unit, &raster, error);
    if (status == TEM_OK)
        status = tem_image_write_raster(&raster, NULL, 0, file, error);
    tem_raster_free(&raster);
    return status;
}

/* By the file's name: 0 is PNG, -1 none of them. */
static int kind_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return !dot                       ? -1
           : strcmp(dot, ".png") == 0 ? 0
           : strcmp(dot, ".pdf") == 0 ? TEM_JOB_PDF
           : strcmp(dot, ".svg") == 0 ? TEM_JOB_SVG
                                      : -1;
}

static bool preview(struct cli *cli, const struct args *args,
                    const struct design *design, int kind, unsigned dpi)
{
    static struct trial trial; /* large */
    const char *path = args->values[P_OUT];
    struct tem_image_file file = {NULL, 0, 0};
    struct tem_symbol symbol;
    struct tem_label *label = NULL;
    struct tem_label_unit unit = {&symbol, "000123", "17/2000"};
    struct tem_error error;
    if (!take_record(cli, args->values[P_RECORD], &trial))
        return false;
    enum tem_status status =
        lay_out(design, &trial, dpi, kind != 0, &symbol, &label, &error);
    if (status == TEM_OK)
        status = kind ? draw_page(design, label, &unit, (enum tem_job_kind)kind,
                                  dpi, &file, &error)
                      : draw_dots(label, &unit, &file, &error);
    int reason = 0;
    if (status != TEM_OK)
        complain_error(cli, args->operands[0], &error);
    else
        reason = file_put(path, file.data, file.size, 0666,
                          args->values[P_FORCE] ? FILE_REPLACE : FILE_NEW);
    if (reason)
        file_complain(cli, path, reason, true);
    tem_label_free(label);
    tem_image_file_free(&file);
    return status == TEM_OK && reason == 0;
}

int cmd_template_preview(struct cli *cli, const struct args *args)
{
    struct design design;
    long long dpi;
    int status;
    if (!one_operand(cli, args) || !opt_required(cli, args, P_OUT) ||
        !opt_number(cli, args, P_DPI, TEM_LABEL_DPI_MIN, TEM_LABEL_DPI_MAX, 203,
                    &dpi))
        return EXIT_USAGE;
    int kind = kind_of(args->values[P_OUT]);
    if (kind < 0) {
        COMPLAIN(cli, OPTION_RANGE, args->command->name, "--out",
                 args->values[P_OUT], ".png, .pdf, .svg");
        return EXIT_USAGE;
    }
    if (!design_load(cli, args, P_LANGUAGE, args->operands[0], &design,
                     &status))
        return status;
    bool done = preview(cli, args, &design, kind, (unsigned)dpi);
    design_free(&design);
    return done ? EXIT_DONE : EXIT_FAILED;
}
