/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

/*
 * The journal of `tem issue`: which serials of which lot were given out.
 *
 * An append-only text file, one event a line, fields between tabs, each line
 * closed by a lone full stop so that a torn last line is known for one:
 *
 *     tem-journal  1  .
 *     seal     MAKER PRODUCT LOT  SALT DIGEST .        a lot's record is sealed
 *     reserve  MAKER PRODUCT LOT  FIRST LAST WIDTH .   serials, before pictures
 *     done     MAKER PRODUCT LOT  FIRST LAST .         all pictures exist
 *
 * A reservation is on the disk (fsync) before the first picture is made, and
 * a file is locked while it is used, so no serial is ever given out twice. A
 * reservation without its `done` is what an interrupted run left to finish.
 */

#include "cmd.h"

struct journal;

/* What the journal knows of a lot. */
struct journal_lot {
    char maker[8], product[TEM_GTIN_SIZE], lot[TEM_LOT_SIZE];
    char salt[2 * TEM_RECORD_SALT_BYTES + 1];     /* "" : never sealed */
    char digest[2 * TEM_DIGEST_BYTES + 1];        /* of the last seal */
    uint64_t last;                 /* highest serial given out, 0: none */
    uint64_t open_first, open_last; /* reservation not done, 0: none */
    unsigned open_width;
};

/* Open, lock and read; made if it is not there. NULL with a complaint. */
struct journal *journal_open(const struct cli *cli, const char *path);
void journal_close(struct journal *journal);

/* What is known of a lot; a fresh entry if nothing is. NULL without memory. */
const struct journal_lot *journal_find(struct journal *journal,
                                       const char *maker, const char *product,
                                       const char *lot);

/* Note an event and wait for the disk. @return 0 or an errno. */
int journal_seal(struct journal *journal, const struct journal_lot *lot,
                 const char *salt, const char *digest);
int journal_reserve(struct journal *journal, const struct journal_lot *lot,
                    uint64_t first, uint64_t last, unsigned width);
int journal_done(struct journal *journal, const struct journal_lot *lot);

#endif
