/* SPDX-License-Identifier: MIT */
#ifndef TEST_LABEL_SAMPLE_H
#define TEST_LABEL_SAMPLE_H

/* Templates, records and symbols to make labels of. */

#include "record_sample.h"
#include "test.h"
#include <tem/scan.h>

/* A template of this text, without problems, or the test's end. */
static inline struct tem_template *template_of(const char *json)
{
    struct tem_template *made;
    size_t count;
    if (tem_template_read(tem_bytes_of(json), &made, NULL) != TEM_OK)
        abort();
    const struct tem_problem *problems = tem_template_problems(made, &count);
    for (size_t i = 0; i < count; i++) {
        char text[TEM_MESSAGE_TEXT_MAX];
        printf("# %d %s: %s\n", (int)problems[i].row, problems[i].field,
               tem_message_text(&problems[i].message, TEM_LANG_EN, text,
                                sizeof text));
    }
    CHECK_INT(count, 0);
    return made;
}

/* One that ships. */
static inline struct tem_template *shipped(const char *name)
{
    for (size_t i = 0; tem_template_shipped(i); i++) {
        struct tem_template *made = template_of(tem_template_shipped(i));
        if (strcmp(tem_template_describe(made).name, name) == 0)
            return made;
        tem_template_free(made);
    }
    abort();
}

static inline ptrdiff_t read_text(void *context, void *data, size_t size)
{
    const char **left = context;
    size_t length = strlen(*left);
    size = size < length ? size : length;
    memcpy(data, *left, size);
    *left += size;
    return (ptrdiff_t)size;
}

/* The specimen: lot DT9H2VW6, an example, with four stars. */
static inline struct tem_record *specimen(void)
{
    static struct tem_record record;
    struct tem_record_reader *reader;
    const char *text = tem_template_specimen();
    bool found;
    size_t count;
    if (tem_record_open(read_text, &text, TEM_FORMAT_JSON, &reader, NULL) !=
            TEM_OK ||
        tem_record_next(reader, &record, &found, NULL) != TEM_OK || !found)
        abort();
    tem_record_problems(reader, &count);
    CHECK_INT(count, 0);
    tem_record_reader_free(reader);
    return &record;
}

#define LABEL_TEXT                                                             \
    "HTTPS://OCOP.SONLA.GOV.VN/01/09520124600302/10/DT9H2VW6/21/000123?S="     \
    "012345678901234567890123456789012345678901234567890123456789012345678901" \
    "234567890123456789012345678901234567890123456789012345678901234567890123" \
    "456789012345678901234567890123456789012345678901234567890123456789012345"

/* A symbol of version 8, as large as a compact label's. */
static inline const struct tem_symbol *label_symbol(void)
{
    static struct tem_symbol symbol;
    if (tem_symbol_encode(tem_bytes_of(LABEL_TEXT), TEM_ECC_M, 40, &symbol,
                          NULL) != TEM_OK)
        abort();
    return &symbol;
}

static inline struct tem_label_settings label_settings(unsigned dpi)
{
    return (struct tem_label_settings){.dpi = dpi,
                                       .quiet = 4,
                                       .symbol_side = label_symbol()->side,
                                       .serial = "000000",
                                       .counter = "2000/2000"};
}

static inline struct tem_label_unit label_unit(void)
{
    return (struct tem_label_unit){label_symbol(), "000123", "17/2000"};
}

/* Does a grey picture hold the symbol's text, and how often? */
static inline size_t count_texts(const struct tem_image *image,
                                 const char *text)
{
    struct tem_scan *scan;
    size_t found = 0;
    if (tem_scan_image(image, NULL, &scan, NULL) != TEM_OK)
        return 0;
    for (size_t i = 0; i < scan->count; i++)
        found += scan->symbols[i].text.size == strlen(text) &&
                 memcmp(scan->symbols[i].text.data, text, strlen(text)) == 0;
    tem_scan_free(scan);
    return found;
}

/* Bytes that a job writes. */
struct written {
    uint8_t *data;
    size_t size, limit; /* limit > 0: no more than that can be written */
};

static inline bool keep_written(void *context, const void *data, size_t size)
{
    struct written *written = context;
    if (written->limit && written->size + size > written->limit)
        return false;
    uint8_t *more = realloc(written->data, written->size + size + 1);
    if (!more)
        abort();
    memcpy(more + written->size, data, size);
    written->data = more;
    written->size += size;
    more[written->size] = '\0';
    return true;
}

/* The specimen's labels. */
static inline struct tem_label *label_for(const struct tem_template *design,
                                          unsigned dpi, bool vector)
{
    struct tem_label_settings settings = label_settings(dpi);
    struct tem_label_content content = tem_label_content_of(specimen());
    struct tem_label *label = NULL;
    settings.vector = vector;
    if (tem_label_new(design, &settings, &content, &label, NULL) != TEM_OK)
        abort();
    return label;
}

/* So many of them as one job, up to a full disk. */
static inline struct written vectors(enum tem_job_kind kind, const char *name,
                                     unsigned count, size_t limit,
                                     enum tem_status *status)
{
    struct tem_template *design = shipped(name);
    struct tem_label *label = label_for(design, 300, true);
    struct tem_label_unit unit = label_unit();
    struct written written = {.limit = limit};
    struct tem_job *job;
    *status =
        tem_job_new(kind, design, 300, keep_written, &written, &job, NULL);
    if (*status == TEM_OK) {
        for (unsigned i = 0; *status == TEM_OK && i < count; i++)
            *status = tem_job_add(job, label, &unit, NULL);
        if (*status == TEM_OK)
            *status = tem_job_end(job, NULL);
        tem_job_free(job);
    }
    tem_label_free(label);
    tem_template_free(design);
    return written;
}

static inline size_t count_of(const struct written *written, const char *word)
{
    size_t count = 0, length = strlen(word);
    for (size_t i = 0; i + length <= written->size; i++)
        count += memcmp(written->data + i, word, length) == 0;
    return count;
}

#endif
