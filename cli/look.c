/* SPDX-License-Identifier: MIT */
/* See look.h. */
#include "look.h"
#include <inttypes.h>
#include <string.h>

/* Names and stars as the register has them, which was asked before. */
static void use_register(const struct issue *issue,
                         struct tem_label_content *content)
{
    const struct tem_result *r = &issue->judged;
    const struct tem_trust_certificate *one;
    if (!issue->trust)
        return;
    content->product_name = r->product_name[TEM_LANG_VI];
    content->product_name_en = r->product_name[TEM_LANG_EN];
    content->maker_name = r->maker_name[TEM_LANG_VI];
    content->maker_name_en = r->maker_name[TEM_LANG_EN];
    one = tem_trust_find_certificate(issue->trust, r->payload.certificate_id);
    content->stars = 0;
    content->stars_until = TEM_DATE_NONE;
    if (r->ocop_packed != TEM_OCOP_VALID || !one)
        return;
    content->stars = one->stars;
    content->stars_until = one->valid_to;
}

/* One as large as any of the lot's. */
static bool find_side(struct issue *issue, const struct origin *origin,
                      const struct print_job *job, const char *serial,
                      unsigned *side)
{
    static char text[TEM_URI_SIZE];
    struct tem_symbol symbol;
    struct tem_error error;
    enum tem_status status = print_text(job, serial, text, &error);
    if (status == TEM_OK)
        status = tem_symbol_encode(tem_bytes_of(text), job->ecc, 40, &symbol,
                                   &error);
    if (status != TEM_OK)
        complain_error(issue->cli, origin->file, &error);
    *side = symbol.side;
    return status == TEM_OK;
}

static bool lay_out(struct issue *issue, const struct origin *origin,
                    const struct tem_label_content *content,
                    const struct tem_label_settings *settings,
                    struct tem_label **label)
{
    struct tem_error error;
    char where[256];
    if (tem_label_new(issue->design.template, settings, content, label,
                      &error) == TEM_OK)
        return true;
    *label = NULL;
    snprintf(where, sizeof where, "%s:%s", origin->file, origin->row.text);
    complain_error(issue->cli, where, &error);
    return false;
}

/* Modules that are whole dots may be smaller than what was hoped for. */
static void tell_modules(struct issue *issue, const struct tem_layout *layout)
{
    if (layout->module_um != issue->told_module_um)
        issue_tell_layout(issue, layout);
    issue->told_module_um = layout->module_um;
}

/* Test labels are sealed as examples, which nobody takes for goods. */
static bool make_tests(struct issue *issue, const struct origin *origin,
                       struct tem_label_content content,
                       struct tem_label_settings settings,
                       const struct print_job *job, struct look *look)
{
    static char text[TEM_URI_SIZE];
    struct print_job trial = *job;
    struct tem_error error;
    int digits = issue->width > 1 ? (int)issue->width - 1 : 1;
    trial.payload.example = true;
    for (int i = 0; i < LOOK_TESTS; i++) {
        snprintf(look->test_serials[i], TEM_LOT_SIZE, "T%0*d", digits, i + 1);
        enum tem_status status =
            print_text(&trial, look->test_serials[i], text, &error);
        if (status == TEM_OK)
            status = tem_symbol_encode(tem_bytes_of(text), job->ecc, 40,
                                       &look->test_symbols[i], &error);
        if (status != TEM_OK) {
            complain_error(issue->cli, origin->file, &error);
            return false;
        }
    }
    content.test = true;
    settings.serial = look->test_serials[0];
    settings.symbol_side = look->test_symbols[0].side;
    return lay_out(issue, origin, &content, &settings, &look->test);
}

/* How many labels are counted: "2000/2000". */
static void count_labels(const struct issue *issue,
                         const struct known *known,
                         char counter[PRINT_COUNTER_SIZE])
{
    long long all = issue->resume_from > 0 && known->before
                        ? (long long)known->before->serials.last - issue->resume_from + 1
                        : issue->count;
    counter[0] = '\0';
    if (issue->args->values[O_ROLL] && all > 0 && all <= 10000000)
        snprintf(counter, PRINT_COUNTER_SIZE, "%lld/%lld", all, all);
}

bool look_make(struct issue *issue, const struct origin *origin,
               const struct known *known, struct print_job *job,
               struct look *look)
{
    struct tem_label_content content = tem_label_content_of(origin->record);
    struct tem_label_settings settings = design_settings(&issue->design);
    char serial[TEM_LOT_SIZE] = "", counter[PRINT_COUNTER_SIZE];
    memset(look, 0, sizeof *look);
    if (!issue->design.template)
        return true;
    if (issue->count > 0 || issue->resume_from > 0)
        snprintf(serial, sizeof serial, "%0*d", (int)issue->width, 0);
    count_labels(issue, known, counter);
    settings.counter = counter;
    settings.dpi = issue->layout.dpi;
    settings.quiet = issue->layout.quiet;
    settings.module_um = issue->module_um;
    settings.serial = serial;
    use_register(issue, &content);
    design_fill(&issue->design, &content);
    if (!find_side(issue, origin, job, serial, &settings.symbol_side) ||
        !lay_out(issue, origin, &content, &settings, &look->dots))
        return false;
    bool vectors = issue->kind == TEM_JOB_PDF || issue->kind == TEM_JOB_SVG;
    settings.vector = true;
    bool done =
        !vectors || lay_out(issue, origin, &content, &settings, &look->vectors);
    settings.vector = vectors;
    if (done && issue->args->values[O_ROLL])
        done = make_tests(issue, origin, content, settings, job, look);
    if (!done) {
        look_free(look);
        return false;
    }
    job->counted = counter[0] != '\0';
    job->label = look->dots;
    job->side = settings.symbol_side;
    job->layout = tem_label_layout(look->dots);
    memcpy(job->look, issue->design.digest, sizeof job->look);
    job->look[0] ^= (uint8_t)issue->kind; /* another kind of file, too */
    tell_modules(issue, &job->layout);
    return true;
}

void look_free(struct look *look)
{
    tem_label_free(look->dots);
    tem_label_free(look->vectors);
    tem_label_free(look->test);
    memset(look, 0, sizeof *look);
}
