/* SPDX-License-Identifier: MIT */
#ifndef CLI_REGISTRY_H
#define CLI_REGISTRY_H

/*
 * The registry as the commands use it.
 *
 * A run of labels is reserved before the first one is made, labels are on the
 * disk before they are noted as made and can be seen only after that, and their
 * folder is locked while they are made: no serial is ever given out twice. What
 * an interrupted run left can be finished as it was begun, or abandoned; given
 * again, a command that did not come to its end makes only what is missing, not
 * the lots that were done since it began.
 *
 * A folder is called by its path; "@" stands for the folder of the registry's
 * file; on a server "HOST:" goes before, for each machine has its own.
 */

#include "cmd.h"

enum { REGISTRY_PATH_SIZE = TEM_FOLDER_SIZE };

struct registry;

/* A lot, as it was read last and noted since. */
struct known {
    struct tem_registry_lot is;
    const struct tem_run *open;   /* not done: of this folder, or one that an
                                     interrupted run on this machine left in
                                     another; or NULL */
    const struct tem_run *before; /* the last that was done, or NULL */
};

/* Open it by @p mode to note events in an office's log, or for reading alone
 * (NULL). NULL with a complaint. */
struct registry *registry_open(const struct cli *cli, const char *where,
                               enum tem_registry_mode mode, const char *office,
                               bool *fresh);
void registry_close(struct registry *registry);

/* What to call it: an address without its password. */
const char *registry_name(const struct registry *registry);

/* What the library knows it by. */
struct tem_registry *registry_inside(struct registry *registry);

/* Note that this bundle was seen, unless that is known. False with a
 * complaint. */
bool registry_note_bundle(struct registry *registry,
                          const struct tem_trust *trust);

/* The name that the registry has for a folder that exists. 0 or an errno. */
int registry_folder(const struct registry *registry, const char *folder,
                    char out[REGISTRY_PATH_SIZE]);

/* The path that such a name stands for. @return @p out. */
const char *registry_folder_path(const struct registry *registry,
                                 const char *name,
                                 char out[REGISTRY_PATH_SIZE]);

/* What comes is a command for so many labels a lot in that folder (borrowed).
 * It goes on with the last one if that was the same and did not come to its
 * end, unless @p anew; else it is noted with its first reservation. False with
 * a complaint, as all below. */
bool registry_begin(struct registry *registry, uint64_t count,
                    const char *folder, bool anew);
/* It came to its end. */
bool registry_end(struct registry *registry);

/* Read a lot; for known_free(). */
bool registry_read(struct registry *registry, const struct tem_lot_name *name,
                   struct known *known);
void known_free(struct known *known);

/* Was it done since the command began? */
bool registry_has_done(const struct registry *registry,
                       const struct known *known);

/* Labels given out under a key. */
bool registry_given(struct registry *registry, uint16_t kid, uint64_t *labels);

/* Note what happened to a lot. */
bool registry_note(struct registry *registry, struct known *known,
                   enum tem_event_kind kind, struct tem_serials serials);
bool registry_seal(struct registry *registry, struct known *known,
                   const char *salt, const char *digest,
                   struct tem_bytes record);
/* For the command begun; the run's folder is copied. If others took the
 * serials, not *taken: the lot is as it is now. */
bool registry_reserve(struct registry *registry, struct known *known,
                      const struct tem_run *run, uint64_t quota, bool *taken);

#endif
