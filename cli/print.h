/* SPDX-License-Identifier: MIT */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

/*
 * Making one lot's label pictures, on one thread or many.
 *
 * Labels with serials are made under hidden names (".NAME.begun") and get their
 * own by print_publish(), when the journal knows of them. So a label that can
 * be seen, and printed and moved away, is never made again; a hidden one can
 * be, since nobody has it.
 */

#include "label_name.h"
#include "proof.h"

enum { PRINT_PATH_SIZE = 4096, PRINT_MARK_SIZE = 17 };

/* All there is to know of the labels of one lot. */
struct print_job {
    const struct tem_key *key;
    uint16_t kid;
    const char *folder;
    char stem[LABEL_STEM_SIZE]; /* how its file names begin */
    struct tem_uri uri; /* form, host, gtin, lot; the serial is filled in */
    struct tem_payload payload; /* plain: the serial is filled in */
    uint64_t first, last;       /* serials; 0 and 0: one label without */
    unsigned width;             /* digits of a serial */
    enum tem_ecc ecc;
    struct tem_layout layout;
    const struct tem_label *label; /* NULL: the symbol alone */
    uint8_t look[TEM_SHA256_BYTES]; /* what tells it from other labels */
    unsigned side;                  /* modules of its symbols */
    bool proof;                     /* read each label back */
    bool counted;   /* labels say which of `all` from `start` on they are */
    uint64_t start;
    struct tem_symbol *symbols; /* where they are wanted, from `first` on, and
                                   no pictures; or NULL */
    bool replace;  /* put pictures in the place of those that are there */
    bool json;     /* one line a label on stdout */
    bool progress; /* show a bar: `before` and these of `all` */
    uint64_t before, all;
    unsigned threads;
};

/* What came of it. */
struct print_result {
    uint64_t upto;            /* all serials up to this one are made; 0: none */
    struct tem_symbol symbol; /* the largest: the size is the lot's */
    bool failed, stopped;     /* stopped: Ctrl-C */
    int reason;               /* 0, or an errno of `path` */
    char path[PRINT_PATH_SIZE];
    enum proof proof;       /* when failed: what was found wrong, if that */
    struct tem_error error; /* when failed, reason is 0 and proof is not */
};

/* "17/2000", or "" if labels are not counted. */
enum { PRINT_COUNTER_SIZE = TEM_LABEL_COUNTER_MAX + 1 };
void print_counter(const struct print_job *job, uint64_t serial,
                   char out[PRINT_COUNTER_SIZE]);

/* What tells these labels from those of another key, address, content or size:
 * the same for every serial of a job. */
enum tem_status print_mark(const struct print_job *job,
                           char mark[PRINT_MARK_SIZE], struct tem_error *error);

/* The picture's path; false if it is too long. Serial 0: without. */
bool print_path(const struct print_job *job, uint64_t serial,
                char path[PRINT_PATH_SIZE]);

/* Make the job's labels; those with serials stay hidden. */
void print_labels(const struct print_job *job, struct print_result *result);

/* Give the hidden labels @p first..@p last their names, in order; with @p
 * earlier some may have theirs since an earlier run. @return how many were
 * named; result->failed with a path and its errno if one could not be. */
uint64_t print_publish(const struct print_job *job, uint64_t first,
                       uint64_t last, bool earlier,
                       struct print_result *result);

/* Remove hidden labels: nobody has seen them. */
void print_discard(const struct print_job *job, uint64_t first, uint64_t last);

/* The text that the label with a serial ("": none) will have. */
enum tem_status print_text(const struct print_job *job, const char *serial,
                           char out[TEM_URI_SIZE], struct tem_error *error);

#endif
