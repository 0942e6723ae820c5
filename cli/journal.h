/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

/*
 * The journal of `tem issue`: which serials of which lot were given out.
 *
 * An append-only text file, one event a line, fields between tabs, each line
 * closed by a lone full stop:
 *
 *     tem-journal  2  .
 *     begin    COUNT FOLDER .                           a command, so many a
 * lot seal     MAKER PRODUCT LOT  SALT DIGEST .         a record is sealed
 *     reserve  MAKER PRODUCT LOT  FIRST LAST WIDTH PRINT FOLDER KID .
 *     made     MAKER PRODUCT LOT  LAST .                labels up to here
 *     done     MAKER PRODUCT LOT  FIRST LAST .          all labels
 *     abandon  MAKER PRODUCT LOT  FIRST LAST .          the rest is given up
 *     void     MAKER PRODUCT LOT  FIRST LAST .          spoiled: not for use
 *     again    MAKER PRODUCT LOT  FIRST LAST .          written a second time,
 *                                                       never printed before
 *     end      .                                        all lots of the command
 *
 * MAKER is "-" where PRODUCT is a GTIN, which is one maker's alone.
 * PRINT tells labels of one key, address, content and size from others; FOLDER
 * is where they are put, "@" standing for the journal's own folder. Journals of
 * earlier versions do not have KID.
 *
 * A reservation is on the disk before the first label is made, labels are on
 * the disk before they are `made` and can be seen only after that, and the file
 * is locked while it is used: no serial is ever given out twice. What an
 * interrupted run left can be finished as it was begun, or abandoned; given
 * again, a command that did not come to its end makes only what is missing, not
 * the lots that were done since it began. A line cut
 * by a crash is closed with the word `torn` by the next run; any other line
 * that is not whole means that somebody edited the file, and nothing is issued
 * with it.
 */

#include "cmd.h"

#define JOURNAL_NO_MAKER "-"

enum {
    JOURNAL_PRINT_SIZE = 17,
    JOURNAL_PATH_SIZE = 4096,
    JOURNAL_NO_KID = 65536, /* not known */
};

struct journal;

/* Labels that are to be made together. */
struct journal_run {
    uint64_t first, last; /* 0 and 0: none */
    uint64_t made;        /* all up to this serial are on the disk, or 0 */
    unsigned width;       /* digits of a serial */
    long kid;             /* of the key, or JOURNAL_NO_KID */
    char print[JOURNAL_PRINT_SIZE];
    char *folder; /* owned by the journal */
};

/* Serials one after another. */
struct journal_range {
    uint64_t first, last;
};

/* What the journal knows of a lot. */
struct journal_lot {
    char maker[8], product[TEM_GTIN_SIZE], lot[TEM_LOT_SIZE];
    char salt[2 * TEM_RECORD_SALT_BYTES + 1]; /* "" : never sealed */
    char digest[2 * TEM_DIGEST_BYTES + 1];    /* of the last seal */
    uint64_t last;                            /* highest serial given out */
    struct journal_run open;                  /* reserved and not done */
    struct journal_run before; /* the last that was done; without its folder */
    struct journal_range *voids; /* owned by the journal, as they were noted */
    size_t void_count;
    uint64_t done_in; /* the last command that was done with it, or 0 */
    bool met; /* for the caller: this run has issued the lot */
};

/* Open, lock and read; made if it is not there, and then @p fresh. NULL with a
 * complaint. */
struct journal *journal_open(const struct cli *cli, const char *path,
                             bool *fresh);
void journal_close(struct journal *journal);

/* What is known of a lot; a new entry if nothing is. NULL without memory.
 * Owned by the journal, and changed by the calls below. */
struct journal_lot *journal_find(struct journal *journal, const char *maker,
                                 const char *product, const char *lot);

/* The name that the journal has for a folder that exists. 0 or an errno. */
int journal_folder(const struct journal *journal, const char *folder,
                   char out[JOURNAL_PATH_SIZE]);

/* The path that such a name stands for. @return @p out. */
const char *journal_folder_path(const struct journal *journal,
                                const char *name, char out[JOURNAL_PATH_SIZE]);

/* What comes is a command for so many labels a lot in that folder (borrowed).
 * It goes on with the last one if that was the same and did not come to its
 * end, unless @p anew; else it is noted with its first reservation. */
void journal_begin(struct journal *journal, uint64_t count, const char *folder,
                   bool anew);
/* It came to its end. 0 or an errno. */
int journal_end(struct journal *journal);

/* How many labels were given out under a key: those of which no key is known
 * count, too. */
uint64_t journal_given(const struct journal *journal, uint16_t kid);

/* Was it done since the command began? */
bool journal_has_done(const struct journal *journal,
                      const struct journal_lot *lot);

/* Note an event and wait for the disk. @return 0 or an errno; after a failure
 * that cannot be undone every further call fails. */
int journal_seal(struct journal *journal, struct journal_lot *lot,
                 const char *salt, const char *digest);
/* The run's folder is copied. */
int journal_reserve(struct journal *journal, struct journal_lot *lot,
                    const struct journal_run *run);
int journal_made(struct journal *journal, struct journal_lot *lot,
                 uint64_t last);
int journal_done(struct journal *journal, struct journal_lot *lot);
int journal_abandon(struct journal *journal, struct journal_lot *lot);
int journal_void(struct journal *journal, struct journal_lot *lot,
                 struct journal_range range);
int journal_again(struct journal *journal, struct journal_lot *lot,
                  struct journal_range range);

/* Is one of them void? */
bool journal_has_void(const struct journal_lot *lot,
                      struct journal_range range);

#endif
