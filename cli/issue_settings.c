/* SPDX-License-Identifier: MIT */
/* See issue.h: the options of `tem issue`. */
#define _DEFAULT_SOURCE /* realpath */
#include "bundle.h"
#include "issue.h"
#include "roll.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option issue_options[] = {
    COMMON_OPTIONS,
    {"key", 0, "FILE", {"private key to seal with", "khóa bí mật để ký"}},
    {"passphrase-file", 0, "FILE",
     {"read the passphrase from a file's first line",
      "đọc mật khẩu từ dòng đầu của tệp"}},
    {"kid", 0, "N", {"the key's number from the province, 0..65535",
                     "số khóa do tỉnh cấp, 0..65535"}},
    BUNDLE_TRUST_OPTION,
    BUNDLE_ROOT_OPTION,
    BUNDLE_STATE_OPTION,
    BUNDLE_NOW_OPTION,
    {"host", 0, "HOST",
     {"host that phones open (example records: OCOP.SONLA.GOV.VN)",
      "máy chủ mà điện thoại mở (bản ghi ví dụ: OCOP.SONLA.GOV.VN)"}},
    {"out", 0, "DIR", {"folder for the labels", "thư mục chứa tem"}},
    {"count", 0, "N", {"labels with serials for each lot, 1..10000000",
                       "số tem có sê-ri cho mỗi lô, 1..10000000"}},
    {"serial-width", 0, "N", {"digits of a serial (default 6)",
                              "số chữ số của sê-ri (mặc định 6)"}},
    {"self-contained", 0, NULL, {"put product and maker names on the label",
                                 "thêm tên hàng và tên chủ thể vào tem"}},
    {"no-digest", 0, NULL, {"leave the record's digest off the label",
                            "không đưa dấu băm bản ghi vào tem"}},
    {"dpi", 0, "N", {"printer's dots per inch (default 300)",
                     "độ phân giải máy in (mặc định 300)"}},
    {"module-mm", 0, "X", {"QR module size, mm (default: 0.375 or just over)",
                           "cạnh ô vuông QR, mm (mặc định: từ 0,375)"}},
    {"quiet-zone", 0, "N", {"white margin, modules (default 4)",
                            "lề trắng, số ô (mặc định 4)"}},
    {"level", 0, "L|M|Q|H", {"QR error correction level (default M)",
                             "mức sửa lỗi QR (mặc định M)"}},
    {"registry", 0, "DB",
     {"registry: a file, or postgresql://... (default: tem-registry.db beside "
      "DIR)",
      "sổ đăng ký: tệp, hoặc postgresql://... (mặc định: tem-registry.db cạnh "
      "DIR)"}},
    {"office", 0, "NAME", {"log of the registry to write to (default: kid-KID)",
                            "nhật ký của sổ để ghi vào (mặc định: kid-KID)"}},
    {"amended", 0, NULL, {"seal the mended record of a lot sealed before",
                          "ký bản ghi đã sửa của một lô đã ký"}},
    {"abandon", 0, NULL,
     {"give up the serials of an unfinished run, take new ones",
      "bỏ các sê-ri mà lần chạy dở còn giữ, cấp sê-ri mới"}},
    {"close", 0, NULL,
     {"no more labels of these lots are to come",
      "các lô này không in thêm tem nữa"}},
    {"force", 0, NULL, {"replace labels without serials that are there",
                        "thay tem không có sê-ri đã có"}},
    {"jobs", 'j', "[N]", {"use all cores, or N of them (default 1)",
                          "dùng mọi nhân CPU, hoặc N nhân (mặc định 1)"}},
    {"template", 0, "NAME|FILE",
     {"lay whole labels out by a template: 'tem template list'",
      "dàn cả tem theo mẫu: 'tem template list'"}},
    DESIGN_OPTIONS,
    {"format", 0, "png|pdf|svg|zpl|tspl",
     {"a picture a label (default), or one file for all of a lot",
      "mỗi tem một ảnh (mặc định), hoặc một tệp cho cả lô"}},
    {"roll", 0, NULL,
     {"with test labels first, in the middle and last, and a counter",
      "kèm tem thử ở đầu, giữa, cuối và số đếm"}},
    {"void", 0, "LIST", {"serials spoiled in printing: 17,105-110",
                         "các sê-ri in hỏng: 17,105-110"}},
    {"reprint", 0, "LIST", {"likewise, and as many new labels",
                            "như trên, và in bù bấy nhiêu tem mới"}},
    {"resume-from", 0, "N", {"write the last run's labels again from a serial",
                             "ghi lại các tem của lần cuối từ một sê-ri"}},
    {"no-proof", 0, NULL, {"do not read finished labels back",
                           "không đọc lại tem đã dàn"}},
    {"input-format", 0, "auto|json|csv",
     {"format of the records (default: found out)",
      "dạng tệp bản ghi (mặc định: tự nhận)"}},
    {"print", 0, "QUEUE",
     {"send each file to this print queue of CUPS (--format: default pdf)",
      "gửi từng tệp tới hàng đợi in CUPS này (--format: mặc định pdf)"}},
    {0},
};

const struct bundle_options issue_bundle = {O_TRUST, O_ROOT, O_STATE};

static bool read_level(struct issue *issue)
{
    static const char letters[] = ECC_LETTERS;
    const char *level = issue->args->values[O_LEVEL];
    issue->ecc = TEM_ECC_M;
    if (!level)
        return true;
    const char *found = strlen(level) == 1 ? strchr(letters, *level) : NULL;
    if (found)
        issue->ecc = (enum tem_ecc)(found - letters);
    else
        COMPLAIN(issue->cli, OPTION_RANGE, "issue", "--level", level,
                 "L, M, Q, H");
    return found != NULL;
}

/* --module-mm in micrometres; 0 when absent. A decimal comma is fine. */
static bool read_module(struct issue *issue, unsigned *um)
{
    const char *text = issue->args->values[O_MODULE];
    char copy[32], *end;
    *um = 0;
    if (!text)
        return true;
    bool whole = snprintf(copy, sizeof copy, "%s", text) < (int)sizeof copy;
    if (strchr(copy, ','))
        *strchr(copy, ',') = '.';
    double mm = strtod(copy, &end);
    if (whole && end != copy && !*end && mm >= 0.01 && mm <= 10) {
        *um = (unsigned)(mm * 1000 + 0.5);
        return true;
    }
    COMPLAIN(issue->cli, OPTION_RANGE, "issue", "--module-mm", text,
             "0.25..10");
    return false;
}

static bool read_layout(struct issue *issue)
{
    struct tem_error error;
    long long dpi, quiet;
    unsigned um;
    if (!opt_number(issue->cli, issue->args, O_DPI, TEM_LABEL_DPI_MIN,
                    TEM_LABEL_DPI_MAX, 300, &dpi) ||
        !opt_number(issue->cli, issue->args, O_QUIET_ZONE,
                    TEM_SYMBOL_QUIET_ZONE, TEM_LABEL_QUIET_MAX,
                    TEM_SYMBOL_QUIET_ZONE, &quiet) ||
        !read_module(issue, &um))
        return false;
    issue->module_um = um;
    if (tem_label_fit((unsigned)dpi, um, (unsigned)quiet, &issue->layout,
                      &error) == TEM_OK)
        return true;
    complain_error(issue->cli, "issue: --module-mm", &error);
    return false;
}

void issue_tell_layout(const struct issue *issue,
                       const struct tem_layout *layout)
{
    char mm[32];
    decimal_text(issue->cli, layout->module_um / 1000.0, 3, mm,
                 sizeof mm);
    if (issue->cli->quiet)
        return;
    if (layout->small)
        COMPLAIN(issue->cli, ISSUE_SMALL, mm);
    else if (layout->no_till)
        COMPLAIN(issue->cli, ISSUE_NO_TILL, mm);
}

static bool read_host(struct issue *issue)
{
    const char *host = issue->args->values[O_HOST];
    if (!host || tem_host_valid(tem_bytes_of(host)))
        return true;
    COMPLAIN(issue->cli, HOST_BAD, host);
    return false;
}

static bool read_jobs(struct issue *issue)
{
    const char *text = issue->args->values[O_JOBS];
    issue->threads = 1;
    if (text && !*text) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        issue->threads = cores < 1 ? 1 : cores;
        return true;
    }
    return opt_number(issue->cli, issue->args, O_JOBS, 1, 256, 1,
                      &issue->threads);
}

/* What is made of a lot. */
static bool read_kind(struct issue *issue)
{
    static const struct {
        const char *name;
        enum tem_job_kind kind;
    } kinds[] = {{"png", 0},
                 {"pdf", TEM_JOB_PDF},
                 {"svg", TEM_JOB_SVG},
                 {"zpl", TEM_JOB_ZPL},
                 {"tspl", TEM_JOB_TSPL}};
    const char *value = issue->args->values[O_FORMAT];
    bool print = issue->args->values[O_PRINT] != NULL;
    if (print && !value)
        value = "pdf";
    for (size_t i = 0; value && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(value, kinds[i].name) == 0) {
            issue->kind = kinds[i].kind;
            value = NULL;
        }
    if (value)
        COMPLAIN(issue->cli, OPTION_RANGE, "issue", "--format", value,
                 "png, pdf, svg, zpl, tspl");
    else if (issue->kind == TEM_JOB_SVG && issue->count > 0)
        COMPLAIN(issue->cli, OPTION_CLASH, "issue", "--format svg", "--count");
    else if (print && (!issue->kind || issue->kind == TEM_JOB_SVG))
        COMPLAIN(issue->cli, OPTION_RANGE, "issue", "--format",
                 issue->args->values[O_FORMAT], "pdf, zpl, tspl (--print)");
    else
        return true;
    return false;
}

/* --void or --reprint; the latter says how many there are to be. */
static bool read_voids(struct issue *issue)
{
    const char *const *values = issue->args->values;
    const char *list = values[O_REPRINT] ? values[O_REPRINT] : values[O_VOID];
    const char *name = values[O_REPRINT] ? "--reprint" : "--void";
    if (!list)
        return true;
    if (values[O_REPRINT] && (values[O_VOID] || values[O_COUNT])) {
        COMPLAIN(issue->cli, OPTION_CLASH, "issue", "--reprint",
                 values[O_VOID] ? "--void" : "--count");
        return false;
    }
    issue->voids = malloc(sizeof *issue->voids);
    if (!issue->voids || !roll_read_list(list, issue->voids)) {
        COMPLAIN(issue->cli, OPTION_RANGE, "issue", name, list, "17,105-110");
        return false;
    }
    if (values[O_REPRINT])
        issue->count = (long long)issue->voids->labels;
    return true;
}

/* Which of what a roll may need go together. */
static bool check_roll(struct issue *issue)
{
    const char *const *values = issue->args->values;
    if (issue->resume_from > 0 && (values[O_COUNT] || issue->voids))
        COMPLAIN(issue->cli, OPTION_CLASH, "issue", "--resume-from",
                 values[O_COUNT] ? "--count" : "--void");
    else if (values[O_ROLL] && issue->count == 0 && issue->resume_from == 0)
        COMPLAIN(issue->cli, OPTION_MISSING, "issue", "--count", "--roll");
    else if ((values[O_ROLL] || issue->resume_from > 0) && !issue->kind)
        COMPLAIN(issue->cli, OPTION_MISSING, "issue", "--format",
                 "pdf, zpl, tspl");
    else
        return true;
    return false;
}

static bool read_roll(struct issue *issue)
{
    return read_voids(issue) &&
           opt_number(issue->cli, issue->args, O_RESUME, 1, 999999999999, 0,
                      &issue->resume_from) &&
           check_roll(issue);
}

bool issue_load_design(struct issue *issue, int *status)
{
    const char *name = issue->args->values[O_TEMPLATE];
    if (!name && issue->kind) /* boxes are what most need labels for */
        name = "box-70x50";
    return design_load(issue->cli, issue->args, O_LOOK, name, &issue->design,
                       status);
}

bool issue_read_settings(struct issue *issue)
{
    struct cli *cli = issue->cli;
    const struct args *args = issue->args;
    bool bundle;
    if (!bundle_wanted(cli, args, issue_bundle, &bundle) ||
        !bundle_date(cli, args, O_NOW, today(), &issue->now))
        return false;
    return opt_required(cli, args, O_KEY) &&
           (bundle || opt_required(cli, args, O_KID)) &&
           opt_required(cli, args, O_OUT) &&
           opt_operands(cli, args, "RECORDS") &&
           opt_number(cli, args, O_KID, 0, 65535, 0, &issue->kid) &&
           opt_number(cli, args, O_COUNT, 1, 10000000, 0, &issue->count) &&
           opt_number(cli, args, O_WIDTH, 1, 12, 6, &issue->width) &&
           read_level(issue) && read_layout(issue) && read_kind(issue) && read_roll(issue) &&
           read_host(issue) && read_jobs(issue);
}

int issue_place_registry(struct issue *issue, char journal[REGISTRY_PATH_SIZE])
{
    const char *given = issue->args->values[O_REGISTRY];
    char real[PATH_MAX];
    int size;
    journal[0] = '\0';
    if (given) {
        size = snprintf(issue->registry_path, sizeof issue->registry_path,
                        "%s", given);
        return (size_t)size < sizeof issue->registry_path ? 0 : ENAMETOOLONG;
    }
    if (!realpath(issue->args->values[O_OUT], real))
        return errno;
    *strrchr(real, '/') = '\0'; /* "" is the root */
    size = snprintf(journal, REGISTRY_PATH_SIZE, "%s/tem-journal.log", real);
    if ((size_t)size >= REGISTRY_PATH_SIZE)
        return ENAMETOOLONG;
    size = snprintf(issue->registry_path, sizeof issue->registry_path,
                    "%s/tem-registry.db", real);
    return (size_t)size < sizeof issue->registry_path ? 0 : ENAMETOOLONG;
}

const char *issue_again(const struct issue *issue)
{
    return issue->args->values[O_ABANDON]
               ? text_of(issue->cli->lang, TEXT_WITHOUT_ABANDON)
               : "";
}
