/* SPDX-License-Identifier: MIT */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

/* Making one lot's label pictures, on one thread or many. */

#include "label_name.h"

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
    bool replace;  /* put pictures in the place of those that are there */
    bool keep;     /* a picture that is there and is this label stays */
    bool json;     /* one line a label on stdout */
    bool progress; /* a bar on stderr, of `before` + these of `all` */
    uint64_t before, all;
    unsigned threads;
};

/* What came of it. */
struct print_result {
    uint64_t upto;            /* all serials up to this one are there */
    struct tem_symbol symbol; /* the largest: the size is the lot's */
    bool failed, stopped;     /* stopped: Ctrl-C */
    bool other; /* a picture that is there is not this label: `path` */
    int reason; /* 0, or an errno of `path` */
    char path[PRINT_PATH_SIZE];
    struct tem_error error; /* when failed without the two before */
};

/* What tells these labels from those of another key, address or content: the
 * same for every serial of a job. */
enum tem_status print_mark(const struct print_job *job,
                           char mark[PRINT_MARK_SIZE], struct tem_error *error);

/* The picture's path; false if it is too long. Serial 0: without. */
bool print_path(const struct print_job *job, uint64_t serial,
                char path[PRINT_PATH_SIZE]);

void print_labels(const struct print_job *job, struct print_result *result);

#endif
