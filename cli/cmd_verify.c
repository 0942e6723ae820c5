/* SPDX-License-Identifier: MIT */
/* tem verify: labels in pictures, or scanned texts, against a key. */
#include "bundle.h"
#include "camera.h"
#include "lines.h"
#include "pictures.h"
#include "scan_notes.h"
#include "secret.h"
#include "show.h"

enum {
    O_KEY = O_OWN,
    O_TRUST,
    O_ROOT,
    O_STATE,
    O_NOW,
    O_DEMO,
    O_AT,
    O_TEXT,
    O_MAX_PIXELS,
    O_EFFORT,
    O_CAMERA,
    O_FRAMES,
    O_NOTES,
};

const struct option verify_options[] = {
    COMMON_OPTIONS,
    {"key",
     0,
     "FILE",
     {"public key to check against", "khóa công khai để kiểm tra"}},
    BUNDLE_TRUST_OPTION,
    BUNDLE_ROOT_OPTION,
    BUNDLE_STATE_OPTION,
    BUNDLE_NOW_OPTION,
    {"demo",
     0,
     NULL,
     {"accept example data and the demonstration key",
      "chấp nhận dữ liệu ví dụ và khóa trình diễn"}},
    {"at",
     0,
     "DATE",
     {"the day asked about (default today)",
      "ngày cần xét (mặc định hôm nay)"}},
    {"text",
     0,
     "STRING",
     {"check a text; '-': one scan a line from stdin",
      "kiểm tra một chuỗi; '-': mỗi dòng nhập là một lần quét"}},
    PICTURE_OPTIONS,
    CAMERA_OPTIONS,
    SCAN_NOTE_OPTIONS,
    {0},
};

struct verify {
    struct cli *cli;
    struct tem_verify_options options;
    size_t counts[TEM_VERDICT_CANNOT_TELL + 1]; /* by verdict */
    size_t failed;                              /* could not be read */
    struct scan_notes *notes;      /* NULL: scans are not noted */
    struct tem_registry_scan each; /* what is the same of all */
    bool seen;           /* the time was given */
    bool watching;       /* a camera: all that it sees is one thing */
    bool label, foreign; /* seen: one of ours, and something with none */
};

static void show(const struct verify *verify, const struct shown *what,
                 const struct tem_result *result)
{
    if (verify->cli->json) {
        show_result_json(what, result);
        return;
    }
    if (verify->cli->quiet && result->verdict == TEM_VERDICT_GENUINE)
        return;
    show_result(verify->cli, what, result);
    if (result->has_label && result->payload.example && !verify->options.demo)
        TELL(verify->cli, USE_DEMO, NULL);
}

/* Of a camera at once: nobody knows when it ends. */
static void note(struct verify *verify, const char *file, struct tem_bytes text,
                 const struct tem_result *result)
{
    struct tem_registry_scan scan = verify->each;
    if (!verify->notes || result->verdict == TEM_VERDICT_NOT_A_LABEL)
        return;
    if (verify->watching && !verify->seen)
        scan.seen = clock_now();
    if (!scan_of_result(verify->cli, file, text, result, &scan) ||
        !scan_notes_add(verify->notes, &scan) ||
        (verify->watching && !scan_notes_flush(verify->notes)))
        worsen(verify->cli, EXIT_FAILED);
}

/* Check one symbol and show it. @return its verdict, NONE when that failed. */
static enum tem_verdict check(struct verify *verify, struct place place,
                              const struct tem_scan_symbol *symbol,
                              const struct tem_point *corners)
{
    static struct tem_result result;
    struct tem_error error;
    if (tem_verify_symbol(symbol, &verify->options, &result, &error) !=
        TEM_OK) {
        failure_error(verify->cli, place, "failed", &error);
        verify->failed++;
        return TEM_VERDICT_NONE;
    }
    struct shown what = {place, symbol->text, corners};
    show(verify, &what, &result);
    verify->counts[result.verdict]++;
    note(verify, place.file, symbol->text, &result);
    return result.verdict;
}

static bool is_negative(enum tem_verdict verdict)
{
    return verdict != TEM_VERDICT_GENUINE && verdict != TEM_VERDICT_NONE &&
           verdict != TEM_VERDICT_NOT_A_LABEL;
}

/* A foreign symbol beside a label (a maker's own web page) is no fault: in one
 * picture, and in all that a camera sees. */
static void each_picture(void *context, const char *file,
                         const struct tem_image *image,
                         const struct tem_scan *scan)
{
    (void)image;
    struct verify *verify = context;
    bool label = false;
    for (size_t i = 0; i < scan->count; i++) {
        enum tem_verdict verdict =
            check(verify, (struct place){file, 0}, &scan->symbols[i],
                  scan->symbols[i].corners);
        label |= verdict != TEM_VERDICT_NOT_A_LABEL;
        if (is_negative(verdict))
            worsen(verify->cli, EXIT_NEGATIVE);
    }
    verify->foreign |= !label;
    verify->label |= label && verify->watching;
}

static void each_text(void *context, struct place place, struct tem_bytes text)
{
    struct verify *verify = context;
    struct tem_scan_symbol symbol = {.text = text};
    enum tem_verdict verdict = check(verify, place, &symbol, NULL);
    if (verdict == TEM_VERDICT_GENUINE)
        return;
    worsen(verify->cli, EXIT_NEGATIVE);
    if (verdict == TEM_VERDICT_MALFORMED || verdict == TEM_VERDICT_NOT_A_LABEL)
        lines_hint(verify->cli, place, text);
}

/* How many of what, when there was more than one thing to look at. */
static void sum_up(const struct verify *verify)
{
    static const enum text_id ids[] = {
        [TEM_VERDICT_GENUINE] = TEXT_COUNT_GENUINE,
        [TEM_VERDICT_ALTERED] = TEXT_COUNT_ALTERED,
        [TEM_VERDICT_UNKNOWN_KEY] = TEXT_COUNT_UNKNOWN_KEY,
        [TEM_VERDICT_OUT_OF_SCOPE] = TEXT_COUNT_OUT_OF_SCOPE,
        [TEM_VERDICT_REVOKED] = TEXT_COUNT_REVOKED,
        [TEM_VERDICT_MALFORMED] = TEXT_COUNT_MALFORMED,
        [TEM_VERDICT_NOT_A_LABEL] = TEXT_COUNT_NOT_A_LABEL,
        [TEM_VERDICT_CANNOT_TELL] = TEXT_COUNT_CANNOT_TELL,
        [TEM_VERDICT_CANNOT_TELL + 1] = TEXT_COUNT_FAILED,
    };
    char list[1024] = "";
    size_t used = 0, total = 0;
    for (int v = TEM_VERDICT_GENUINE; v <= TEM_VERDICT_CANNOT_TELL + 1; v++) {
        size_t count =
            v <= TEM_VERDICT_CANNOT_TELL ? verify->counts[v] : verify->failed;
        char piece[96];
        if (count == 0)
            continue;
        text_format(verify->cli->lang, ids[v],
                    ARGUMENTS(number_text((long long)count).text), piece,
                    sizeof piece);
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 used ? ", " : "", piece);
        total += count;
    }
    if (total > 1)
        TELL(verify->cli, SUMMARY, list);
}

static bool read_inputs(struct cli *cli, const struct args *args,
                        struct watching *watching)
{
    const char *text = args->values[O_TEXT];
    if (!camera_options(cli, args, O_CAMERA, O_FRAMES, watching))
        return false;
    if (!text && !watching->source)
        return pictures_operands(
            cli, args,
            "IMAGE, FOLDER, --text STRING, --text -, --camera DEVICE");
    if (!text)
        return true;
    if (watching->source)
        COMPLAIN(cli, OPTION_CLASH, "verify", "--text", "--camera");
    else if (args->operand_count > 0)
        COMPLAIN(cli, OPTION_CLASH, "verify", "--text", args->operands[0]);
    return !watching->source && args->operand_count == 0;
}

/* @return how many gave nothing. */
static size_t verify_all(struct verify *verify, const struct args *args,
                         const struct looking *looking,
                         const struct watching *watching)
{
    struct cli *cli = verify->cli;
    if (args->values[O_TEXT])
        return lines_walk(cli, args->values[O_TEXT], each_text, verify);
    if (watching->source)
        return camera_watch(cli, watching, looking, each_picture, verify);
    return pictures_walk(cli, args, looking, each_picture, verify);
}

/* For the scan: a text whose seal holds was read right. */
static bool is_sealed(void *context, struct tem_bytes text)
{
    const struct tem_verify_options *options = context;
    struct tem_result result;
    return tem_verify_text(text, options, &result, NULL) == TEM_OK &&
           result.has_label;
}

static const struct bundle_options where = {O_TRUST, O_ROOT, O_STATE};

/* The one key, or the bundle; none at all is fine: every label then gets "cannot
 * tell", which says what to do. False with a complaint. */
static bool load_trust(struct cli *cli, const struct args *args, bool bundle,
                       struct tem_key **key, struct tem_trust **trust,
                       bool *unseen)
{
    const char *path = args->values[O_KEY];
    *key = path ? key_load_public(cli, path) : NULL;
    *trust = bundle ? bundle_load(cli, args, where, unseen) : NULL;
    return (!path || *key) && (!bundle || *trust);
}

static bool read_trust(struct cli *cli, const struct args *args, bool *bundle)
{
    if (!bundle_wanted(cli, args, where, bundle))
        return false;
    if (*bundle && args->values[O_KEY])
        COMPLAIN(cli, OPTION_CLASH, "verify", "--key", "--trust");
    return !*bundle || !args->values[O_KEY];
}

static int verify_with(struct verify *verify, const struct args *args,
                       struct looking *looking,
                       const struct watching *watching)
{
    bool trusted = verify->options.key || verify->options.trust;
    looking->scan.confirm = trusted ? is_sealed : NULL;
    looking->scan.context = &verify->options;
    verify->watching = watching->source != NULL;
    verify->failed += verify_all(verify, args, looking, watching);
    if (verify->foreign && !verify->label)
        worsen(verify->cli, EXIT_NEGATIVE);
    if (verify->notes && !scan_notes_flush(verify->notes))
        worsen(verify->cli, EXIT_FAILED);
    else if (verify->notes)
        TELL(verify->cli, SCANS_NOTED, scan_notes_name(verify->notes),
             number_text((long long)scan_notes_added(verify->notes)).text);
    sum_up(verify);
    TELL(verify->cli, CAVEAT, NULL);
    return verify->cli->status;
}

/* The registry to note what is seen in, if one is given. */
static bool open_notes(struct verify *verify, const struct args *args)
{
    const char *registry = args->values[O_NOTES];
    if (registry)
        verify->notes =
            scan_notes_open(verify->cli, registry, args->values[O_NOTES + 1],
                            verify->options.trust);
    return !registry || verify->notes;
}

int cmd_verify(struct cli *cli, const struct args *args)
{
    bool bundle;
    struct looking looking;
    struct watching watching;
    struct tem_key *key;
    struct tem_trust *trust;
    struct verify verify = {.cli = cli};
    struct tem_verify_options *options = &verify.options;
    options->demo = args->values[O_DEMO] != NULL;
    if (!read_inputs(cli, args, &watching) || !read_trust(cli, args, &bundle) ||
        !bundle_date(cli, args, O_AT, today(), &options->at) ||
        !bundle_date(cli, args, O_NOW, today(), &options->now) ||
        !pictures_options(cli, args, O_MAX_PIXELS, O_EFFORT, &looking) ||
        !scan_note_options(cli, args, O_NOTES, &verify.each))
        return EXIT_USAGE;
    int status = EXIT_FAILED;
    verify.seen = args->values[O_NOTES + SCAN_NOTE_OPTION_COUNT - 1] != NULL;
    if (load_trust(cli, args, bundle, &key, &trust, &options->unseen)) {
        options->key = key;
        options->trust = trust;
        if (open_notes(&verify, args))
            status = verify_with(&verify, args, &looking, &watching);
    }
    scan_notes_close(verify.notes);
    tem_key_free(key);
    tem_trust_free(trust);
    return status;
}
