/* SPDX-License-Identifier: MIT */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

/* Making one lot's label pictures, on one thread or many. */

#include "cmd.h"

/* All there is to know of the labels of one lot. */
struct print_job {
    const struct tem_key *key;
    uint16_t kid;
    const char *folder;
    const char *product; /* GTIN or product code: part of file names */
    struct tem_uri uri;  /* form, host, gtin, lot; the serial is filled in */
    struct tem_payload payload; /* plain: the serial is filled in */
    uint64_t first, last; /* serials; 0 and 0: one label without */
    unsigned width;       /* digits of a serial */
    enum tem_ecc ecc;
    struct tem_layout layout;
    bool replace;  /* put pictures in the place of those that are there */
    bool keep;     /* leave pictures that are there: an earlier run made them */
    bool json;     /* one line a label on stdout */
    bool progress; /* a bar on stderr */
    unsigned threads;
};

/* What came of it. */
struct print_result {
    uint64_t made;
    struct tem_symbol symbol; /* the last one made: its size is the lot's */
    int reason;               /* 0, or an errno of `path` */
    char path[4096];
    struct tem_error error; /* when reason is 0 and failed */
    bool failed;
};

void print_labels(const struct print_job *job, struct print_result *result);

#endif
