/* SPDX-License-Identifier: MIT */
#ifndef CLI_GATHER_H
#define CLI_GATHER_H

/* The pictures that operands name: files as they are, and folders for all the
 * pictures in them. */

#include "cmd.h"

enum {
    GATHER_DEPTH_MAX = 32, /* folders inside one another */
    GATHER_MAX = 100000,   /* pictures and folders found in folders */
};

enum gathered_kind {
    GATHERED_PICTURE,    /* a file, not looked at yet, or "-" */
    GATHERED_EMPTY,      /* a folder without pictures */
    GATHERED_UNREADABLE, /* a folder that cannot be read: see the reason */
    GATHERED_DEEP,       /* a folder under GATHER_DEPTH_MAX others */
    GATHERED_MANY,       /* a folder with more in it than GATHER_MAX allows */
};

struct gathered {
    char *name;
    enum gathered_kind kind;
    int reason; /* an errno */
};

/* In the order of the operands, and in a folder of the names, byte by byte. */
struct gathering {
    struct gathered *items;
    size_t count, capacity;
    size_t pictures; /* items of that kind */
};

/* What the operands stand for. A folder stands for the files in it and in its
 * folders that are called as pictures are, but for hidden ones; links to
 * folders are not followed. Of a folder with too many none is taken. Says what
 * is wrong and returns false only for want of memory; free it in any case. */
bool gather(const struct cli *cli, const struct args *args,
            struct gathering *gathering);
void gather_free(struct gathering *gathering);

#endif
