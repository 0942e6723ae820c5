/* SPDX-License-Identifier: MIT */
#ifndef TEST_RECORD_CHECK_H
#define TEST_RECORD_CHECK_H

/* Tests of the checks across a record's fields: the sample lot, one change a
 * row, and what must be told of it. */

#include "record/check.h"
#include "record_sample.h"
#include "test.h"

static struct tem_record r;
static struct tem_problems found;

static inline void begin(void)
{
    sample_record(&r);
    memset(&found, 0, sizeof found);
    found.row = 7;
}

/* The problems as "A20 error steps[1].mass_in_kg; ..." */
static inline const char *told(void)
{
    static char text[8192];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < found.count; i++) {
        const struct tem_problem *p = &found.list[i];
        char en[TEM_MESSAGE_TEXT_MAX], vi[TEM_MESSAGE_TEXT_MAX];
        tem_message_text(&p->message, TEM_LANG_EN, en, sizeof en);
        tem_message_text(&p->message, TEM_LANG_VI, vi, sizeof vi);
        printf("# %s\n# %s\n", en, vi);
        CHECK(strchr(en, '{') == NULL && strchr(vi, '{') == NULL);
        CHECK_INT(p->row, 7);
        used += (size_t)snprintf(
            text + used, sizeof text - used, "%s%s%s%s %s", i ? "; " : "",
            p->rule, p->rule[0] ? " " : "",
            p->severity == TEM_SEVERITY_ERROR ? "error" : "warning", p->field);
    }
    return text;
}

/* Check the sample with one change; @p want is what must be told. */
#define ROW(change, want)                                                      \
    do {                                                                       \
        begin();                                                               \
        change;                                                                \
        tem_record_complete(&r);                                               \
        tem_record_check(&r, &found);                                          \
        CHECK_STR(told(), want);                                               \
    } while (0)

/* The text of the first problem. */
static inline const char *first_text(enum tem_lang lang)
{
    static char text[TEM_MESSAGE_TEXT_MAX];
    return tem_message_text(&found.list[0].message, lang, text, sizeof text);
}

#endif
