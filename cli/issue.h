/* SPDX-License-Identifier: MIT */
#ifndef CLI_ISSUE_H
#define CLI_ISSUE_H

/* The settings of `tem issue` (issue_settings.c) and its work (cmd_issue.c). */

#include "bundle.h"
#include "cmd.h"
#include "design.h"
#include "registry.h"

enum {
    O_KEY = O_OWN,
    O_PASSPHRASE,
    O_KID,
    O_TRUST,
    O_ROOT,
    O_STATE,
    O_NOW,
    O_HOST,
    O_OUT,
    O_COUNT,
    O_WIDTH,
    O_NAMED,
    O_NO_DIGEST,
    O_DPI,
    O_MODULE,
    O_QUIET_ZONE,
    O_LEVEL,
    O_REGISTRY,
    O_OFFICE,
    O_AMENDED,
    O_ABANDON,
    O_CLOSE,
    O_FORCE,
    O_JOBS,
    O_TEMPLATE,
    O_LOOK, /* DESIGN_OPTIONS: four */
    O_FORMAT = O_LOOK + 4,
    O_ROLL,
    O_VOID,
    O_REPRINT,
    O_RESUME,
    O_NO_PROOF,
    O_INPUT,
    O_PRINT,
};

#define ECC_LETTERS "LMQH" /* in the order of enum tem_ecc */

/* Where a record came from, for complaints. */
struct origin {
    const char *file;
    struct number_text row;
    uint64_t number; /* the same */
    const struct tem_record *record;
};

struct roll_voids;

/* The settings of one run, and what it has done so far. */
struct issue {
    struct cli *cli;
    const struct args *args;
    struct tem_key *key;
    struct tem_trust *trust; /* or NULL: the key is not held to its scope */
    int32_t now;
    struct registry *registry;
    char registry_path[REGISTRY_PATH_SIZE]; /* when it is open, its name */
    char folder[REGISTRY_PATH_SIZE]; /* --out, as the registry names it */
    int folder_lock;      /* two runs must not meet in it */
    void *met;            /* names of the lots of this run, a tree; owned */
    long long kid, count, width, threads;
    enum tem_ecc ecc;
    struct tem_layout layout;
    unsigned module_um;      /* wanted, or 0 */
    unsigned told_module_um; /* size that was warned of last */
    struct design design;
    enum tem_job_kind kind;  /* of the lots' files; 0: a picture a label */
    struct tem_result judged; /* what the bundle says of the lot at hand */
    uint64_t made;
    struct roll_voids *voids; /* NULL: none; owned */
    unsigned voided;          /* lots that they were noted of */
    long long resume_from;    /* 0: no */
    struct queue *queue;      /* where the files go; or NULL */
    bool stopped; /* by a signal, with something left to make */
};

extern const struct bundle_options issue_bundle;

/* Read every option; false with a complaint. */
bool issue_read_settings(struct issue *issue);

/* Read the template and what goes into it. False with a complaint, and the
 * exit status in *status. */
bool issue_load_design(struct issue *issue, int *status);

/* Load the bundle, if one is named, and find the key in it. False with a
 * complaint. */
bool issue_load_trust(struct issue *issue);

/* Would the province's bundle let the key seal this? Seals one label and judges
 * it as of its packing date. False with complaints. */
struct print_job;
bool issue_is_trusted(struct issue *issue, const struct origin *origin,
                      const struct known *known,
                      const struct print_job *job);

/* The province's first official host, in capitals, which take the least room in
 * a symbol. @return @p out. */
const char *issue_host(const struct issue *issue, char out[TEM_HOST_MAX + 1]);

/* Has the province withdrawn none of these serials of the lot? @p width 0: a
 * label without one. False with a complaint. */
bool issue_may_seal(struct issue *issue, const struct origin *origin,
                    unsigned width, uint64_t first, uint64_t last);

/* The most labels of the key, or 0: no limit. */
uint64_t issue_quota(const struct issue *issue);

/* May so many more labels be sealed? False with a complaint. */
bool issue_within_quota(struct issue *issue, const struct origin *origin,
                        uint64_t labels);

/* Where the registry is: --registry, or beside the real output folder, so that
 * clearing the folder does not forget which serials were given out. The folder
 * must be there. The journal is what an earlier version may have kept there,
 * instead; "" if that is not asked for. 0 or an errno. */
int issue_place_registry(struct issue *issue,
                         char journal[REGISTRY_PATH_SIZE]);

/* " without --abandon" where that is how the command is to be given again: else
 * it would give up what it has begun. "" elsewhere. */
const char *issue_again(const struct issue *issue);

/* Warn of modules that phones or tills may fail at. */
void issue_tell_layout(const struct issue *issue,
                       const struct tem_layout *layout);

#endif
