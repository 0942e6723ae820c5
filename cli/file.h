/* SPDX-License-Identifier: MIT */
#ifndef CLI_FILE_H
#define CLI_FILE_H

/* Files: read whole within a limit, written aside, then named. */

#include "cmd.h"

/* Read a file, or stdin for "-", of at most @p limit bytes. The caller frees
 * data. Says what is wrong and returns false; an empty file is wrong too. */
bool file_read(const struct cli *cli, const char *path, size_t limit,
               uint8_t **data, size_t *size);

/* Open for streaming: "-" is stdin. NULL with a complaint. */
FILE *file_open(const struct cli *cli, const char *path);

/* Whether a file stands in the way of a new one. */
bool file_exists(const char *path);

/* Whether a plain file without a byte is there: where no file system call can
 * give a name that is free, a crash leaves one. */
bool file_is_empty(const char *path);

/* How a new file may be put in place. */
enum file_mode {
    FILE_NEW,     /* refuse if something is there */
    FILE_REPLACE, /* put it in the place of what is there */
};

/* Write a file aside, in the same folder, and give it its name when it is
 * whole. @return 0, or an errno; EEXIST if FILE_NEW finds one there. Never
 * leaves half a file, nor touches one that is there unless told to. When the
 * disk has it is not known: wait by file_sync_folder(). */
int file_put(const char *path, const void *data, size_t size, unsigned mode,
             enum file_mode how);

/* Give a whole file of the same folder its name. @return 0 or an errno, as
 * file_put(). */
int file_name(const char *part, const char *path, enum file_mode how);

/* file_put() for a new file that must not be lost: 0 when the disk has it. */
int file_keep(const char *path, const void *data, size_t size, unsigned mode);

/* file_keep() in the place of what is there: that is lost only when the disk has
 * the new one. */
int file_renew(const char *path, const void *data, size_t size, unsigned mode);

/* Whether two paths name the same entry of the same folder. */
bool file_same(const char *one, const char *other);

/* Say why file_put() or file_keep() failed. */
void file_complain(const struct cli *cli, const char *path, int reason,
                   bool force_helps);

/* Make a folder and its parents where they are not there. 0 or an errno. */
int file_make_folder(const char *path);

/* Remove what processes that are no more have left half written in a folder. */
void file_clear_parts(const char *folder);

/* Wait until the disk has everything of the file system of @p folder. */
int file_sync_folder(const char *folder);

/* Keep other programs that ask, too, out of a folder until @p lock is closed.
 * @return 0, or EWOULDBLOCK if another is in it; a file system that cannot lock
 * folders gives 0 and a lock of -1. */
int file_lock_folder(const char *folder, int *lock);

#endif
