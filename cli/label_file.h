/* SPDX-License-Identifier: MIT */
#ifndef CLI_LABEL_FILE_H
#define CLI_LABEL_FILE_H

/* Label pictures that are there: what one holds, and which a folder has. */

#include "cmd.h"
#include <limits.h>

/* What tem issue wrote into a picture beside its pixels. Nothing is checked:
 * anybody can write such a file. */
struct label_file {
    char text[TEM_URI_SIZE]; /* the symbol's text */
    uint32_t width;          /* pixels */
};

/* False if the file cannot be read or is no such picture. */
bool label_file_read(const char *path, struct label_file *file);

/* Is it a label without a serial, of the lot whose files are called @p stem? */
bool label_file_is(const char *path, const char *stem);

/* Find the lowest serial above @p floor that a file of the lot has in its name.
 * @return 0, or an errno of the folder; @p name is "" if there is none. */
int label_file_above(const char *folder, const char *stem, uint64_t floor,
                     char name[NAME_MAX + 1]);

/* Is there a record that was sealed under this stem:
 * "STEM.DIGEST8.record.json"? 0 or an errno. */
int label_file_has_record(const char *folder, const char *stem, bool *found);

/* Remove the hidden labels of a stem, which nobody has seen: those of a run
 * that was given up. */
void label_file_clear(const char *folder, const char *stem);

#endif
