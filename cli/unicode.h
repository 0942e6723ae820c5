/* SPDX-License-Identifier: MIT */
#ifndef CLI_UNICODE_H
#define CLI_UNICODE_H

/* Scanned bytes as UTF-8. */

#include "cmd.h"

struct unicode {
    struct tem_bytes utf8; /* or the bytes as they are, if it cannot be done */
    bool changed;
    uint8_t *memory;
};

/* @p charset: as iconv knows it. */
struct unicode unicode_of(struct tem_bytes bytes, const char *charset);
void unicode_free(struct unicode *text);

#endif
