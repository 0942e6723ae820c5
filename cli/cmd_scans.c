/* SPDX-License-Identifier: MIT */
/* tem scans import, merge, show: what was seen, from other machines. */
#include "bundle.h"
#include "file.h"
#include "json.h"
#include "records.h"
#include "scan_notes.h"
#include "secret.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- import ------------------------------------------------------------- */

enum {
    I_REGISTRY = O_OWN,
    I_OFFICE,
    I_TRUST,
    I_ROOT,
    I_STATE,
    I_NOW,
    I_KEY,
    I_DEMO,
    I_FORMAT,
};

#define REGISTRY_OPTION                                                        \
    {                                                                          \
        "registry", 0, "DB",                                                   \
        {                                                                      \
            "registry: a file, or postgresql://...",                           \
                "sổ đăng ký: tệp, hoặc postgresql://..."              \
        }                                                                      \
    }
#define OFFICE_OPTION                                                          \
    {                                                                          \
        "office", 0, "NAME",                                                   \
        {                                                                      \
            "log of the registry to write to (default: scans)",                \
                "nhật ký của sổ để ghi vào (mặc định: scans)"  \
        }                                                                      \
    }

const struct option scans_import_options[] = {
    COMMON_OPTIONS,
    REGISTRY_OPTION,
    OFFICE_OPTION,
    BUNDLE_TRUST_OPTION,
    BUNDLE_ROOT_OPTION,
    BUNDLE_STATE_OPTION,
    BUNDLE_NOW_OPTION,
    {"key",
     0,
     "FILE",
     {"public key to check against", "khóa công khai để kiểm tra"}},
    {"demo",
     0,
     NULL,
     {"accept example data and the demonstration key",
      "chấp nhận dữ liệu ví dụ và khóa trình diễn"}},
    {"format",
     0,
     "auto|json|csv",
     {"format of the logs (default: found out)",
      "dạng tệp (mặc định: tự nhận)"}},
    {0},
};

struct importing {
    struct cli *cli;
    struct scan_notes *notes;
    struct tem_verify_options options;
    bool trusted; /* labels are checked here */
    enum tem_format format;
    uint64_t read, wrong; /* scans, and those that were left out */
};

static ptrdiff_t read_stream(void *context, void *data, size_t size)
{
    FILE *file = context;
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror(file) ? -1 : (ptrdiff_t)got;
}

/* What the label is worth is found here, not believed, where that can be. */
static bool judge(struct importing *importing, const char *file,
                  struct tem_registry_scan *scan)
{
    static struct tem_result result; /* large */
    struct tem_error error;
    if (!importing->trusted || scan->text.size == 0)
        return true;
    importing->options.at = tem_time_day(scan->seen);
    if (tem_verify_text(scan->text, &importing->options, &result, &error) !=
        TEM_OK) {
        complain_error(importing->cli, file, &error);
        return false;
    }
    return scan_of_result(importing->cli, file, scan->text, &result, scan);
}

static size_t tell_problems(struct importing *importing, const char *file,
                            const struct tem_scan_log *log)
{
    size_t count, errors = 0;
    const struct tem_problem *problems = tem_scan_log_problems(log, &count);
    for (size_t i = 0; i < count; i++) {
        errors += problems[i].severity == TEM_SEVERITY_ERROR;
        records_tell(importing->cli, file, &problems[i]);
    }
    return errors;
}

/* All that can be read of a log; a wrong line is told and left out. */
static bool import_rows(struct importing *importing, const char *file,
                        struct tem_scan_log *log)
{
    struct tem_registry_scan scan;
    struct tem_error error;
    bool found = true, done = true;
    while (done) {
        if (tem_scan_log_next(log, &scan, &found, &error) != TEM_OK) {
            complain_error(importing->cli, file, &error);
            return false;
        }
        if (!found)
            break;
        importing->read++;
        if (tell_problems(importing, file, log) > 0)
            importing->wrong++;
        else
            done = judge(importing, file, &scan) &&
                   scan_notes_add(importing->notes, &scan);
    }
    return done;
}

static bool import_file(struct importing *importing, const char *file)
{
    struct tem_scan_log *log;
    struct tem_error error;
    FILE *stream = file_open(importing->cli, file);
    if (!stream)
        return false;
    bool done = tem_scan_log_open(read_stream, stream, importing->format, &log,
                                  &error) == TEM_OK;
    if (!done)
        complain_error(importing->cli, file, &error);
    else {
        done = import_rows(importing, file, log);
        tem_scan_log_free(log);
    }
    if (stream != stdin)
        fclose(stream);
    return done;
}

static int import_all(struct importing *importing, const struct args *args)
{
    struct cli *cli = importing->cli;
    for (size_t i = 0; i < args->operand_count; i++)
        if (!import_file(importing, args->operands[i]))
            worsen(cli, EXIT_FAILED);
    if (!scan_notes_flush(importing->notes))
        worsen(cli, EXIT_FAILED);
    if (importing->wrong > 0)
        worsen(cli, EXIT_FAILED);
    TELL(cli, SCANS_IMPORTED, number_text((long long)importing->read).text,
         number_text((long long)scan_notes_added(importing->notes)).text,
         number_text((long long)importing->wrong).text);
    return cli->status;
}

static const struct bundle_options trust_at = {I_TRUST, I_ROOT, I_STATE};

/* The key or the bundle that labels are checked with, if one is given. */
static bool load_trust(struct importing *importing, const struct args *args,
                       bool bundle, struct tem_key **key,
                       struct tem_trust **trust)
{
    const char *path = args->values[I_KEY];
    struct tem_verify_options *options = &importing->options;
    *key = path ? key_load_public(importing->cli, path) : NULL;
    *trust = bundle
                 ? bundle_load(importing->cli, args, trust_at, &options->unseen)
                 : NULL;
    options->key = *key;
    options->trust = *trust;
    importing->trusted = *key || *trust;
    return (!path || *key) && (!bundle || *trust);
}

int cmd_scans_import(struct cli *cli, const struct args *args)
{
    struct importing importing = {.cli = cli};
    struct tem_key *key = NULL;
    struct tem_trust *trust = NULL;
    bool bundle;
    const char *where = opt_required(cli, args, I_REGISTRY);
    importing.options.demo = args->values[I_DEMO] != NULL;
    if (!where || !opt_operands(cli, args, "LOG") ||
        !records_format(cli, args, I_FORMAT, &importing.format) ||
        !bundle_wanted(cli, args, trust_at, &bundle) ||
        !bundle_date(cli, args, I_NOW, today(), &importing.options.now))
        return EXIT_USAGE;
    int status = EXIT_FAILED;
    if (load_trust(&importing, args, bundle, &key, &trust))
        importing.notes =
            scan_notes_open(cli, where, args->values[I_OFFICE], trust);
    if (importing.notes)
        status = import_all(&importing, args);
    scan_notes_close(importing.notes);
    tem_key_free(key);
    tem_trust_free(trust);
    return worsen(cli, status);
}

/* ---- merge -------------------------------------------------------------- */

enum { M_REGISTRY = O_OWN, M_OFFICE };

const struct option scans_merge_options[] = {
    COMMON_OPTIONS, REGISTRY_OPTION, OFFICE_OPTION, {0}};

struct merging {
    const struct cli *cli;
    struct scan_notes *notes;
    uint64_t read;
    bool failed;
};

static enum tem_status merge_scan(void *context,
                                  const struct tem_registry_scan *scan,
                                  struct tem_error *error)
{
    struct merging *merging = context;
    merging->read++;
    merging->failed = !scan_notes_add(merging->notes, scan);
    if (!merging->failed)
        return TEM_OK;
    error->status = TEM_E_STORE; /* it was said why */
    return error->status;
}

static bool merge(struct merging *merging, const char *other)
{
    struct tem_error error;
    struct registry *registry =
        registry_open(merging->cli, other, TEM_REGISTRY_READ, NULL, NULL);
    if (!registry)
        return false;
    bool done = tem_registry_scans_walk(registry_inside(registry), merge_scan,
                                        merging, &error) == TEM_OK;
    if (!done && !merging->failed)
        complain_error(merging->cli, registry_name(registry), &error);
    registry_close(registry);
    return done;
}

int cmd_scans_merge(struct cli *cli, const struct args *args)
{
    struct merging merging = {.cli = cli};
    const char *where = opt_required(cli, args, M_REGISTRY);
    if (!where || !opt_operands(cli, args, "OTHER.db"))
        return EXIT_USAGE;
    merging.notes = scan_notes_open(cli, where, args->values[M_OFFICE], NULL);
    if (!merging.notes)
        return EXIT_FAILED;
    for (size_t i = 0; i < args->operand_count; i++)
        if (!merge(&merging, args->operands[i]))
            worsen(cli, EXIT_FAILED);
    if (!scan_notes_flush(merging.notes))
        worsen(cli, EXIT_FAILED);
    TELL(cli, SCANS_IMPORTED, number_text((long long)merging.read).text,
         number_text((long long)scan_notes_added(merging.notes)).text, "0");
    scan_notes_close(merging.notes);
    return cli->status;
}

/* ---- show --------------------------------------------------------------- */

enum { S_REGISTRY = O_OWN };

const struct option scans_show_options[] = {
    COMMON_OPTIONS, REGISTRY_OPTION, {0}};

static void show_degrees(struct json *json, const char *key, int32_t value)
{
    if (value != TEM_DEGREES_NONE)
        json_decimal(json, key, value / 1e6, 6);
}

/* As `tem scans import` takes it. */
static enum tem_status show_scan(void *context,
                                 const struct tem_registry_scan *scan,
                                 struct tem_error *error)
{
    struct json json = {stdout, false};
    char seen[TEM_TIME_TEXT_SIZE], digest[2 * TEM_SHA256_BYTES + 1];
    (void)context, (void)error;
    to_hex(scan->digest, TEM_SHA256_BYTES, digest);
    json_open(&json, NULL, '{');
    json_string(&json, "verdict", tem_verdict_name(scan->verdict));
    json_string(&json, "seen", tem_time_iso(scan->seen, seen));
    if (scan->lot.lot[0]) {
        if (strcmp(scan->lot.maker, "-") != 0)
            json_number(&json, "maker_id", atoll(scan->lot.maker));
        json_string(&json, "product", scan->lot.product);
        json_string(&json, "lot", scan->lot.lot);
    }
    if (scan->serial[0])
        json_string(&json, "serial", scan->serial);
    show_degrees(&json, "latitude", scan->latitude);
    show_degrees(&json, "longitude", scan->longitude);
    if (scan->place[0])
        json_string(&json, "place", scan->place);
    if (scan->who[0])
        json_string(&json, "who", scan->who);
    json_number(&json, "trust_version", scan->trust_version);
    json_string(&json, "digest", digest);
    json_close(&json, '}');
    json_end(&json);
    return TEM_OK;
}

int cmd_scans_show(struct cli *cli, const struct args *args)
{
    struct tem_error error;
    const char *where = opt_required(cli, args, S_REGISTRY);
    if (where && args->operand_count > 0)
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[0]);
    if (!where || args->operand_count > 0)
        return EXIT_USAGE;
    struct registry *registry =
        registry_open(cli, where, TEM_REGISTRY_READ, NULL, NULL);
    if (!registry)
        return EXIT_FAILED;
    bool done = tem_registry_scans_walk(registry_inside(registry), show_scan,
                                        NULL, &error) == TEM_OK;
    if (!done)
        complain_error(cli, registry_name(registry), &error);
    registry_close(registry);
    return done ? EXIT_DONE : EXIT_FAILED;
}
