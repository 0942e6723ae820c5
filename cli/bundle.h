/* SPDX-License-Identifier: MIT */
#ifndef CLI_BUNDLE_H
#define CLI_BUNDLE_H

/* A trust bundle for a verb: --trust, --root, --now and --state. */

#include "cmd.h"

/* Where in the verb's table of options each stands. */
struct bundle_options {
    int trust, root, state;
};

#define BUNDLE_TRUST_OPTION                                                    \
    {                                                                          \
        "trust", 0, "FILE",                                                    \
        {                                                                      \
            "the province's trust bundle", "gói tin cậy của tỉnh"       \
        }                                                                      \
    }
#define BUNDLE_ROOT_OPTION                                                     \
    {                                                                          \
        "root", 0, "FILE",                                                     \
        {                                                                      \
            "public root key that the bundle is signed under",                 \
                "khóa gốc công khai ký gói tin cậy"                    \
        }                                                                      \
    }
#define BUNDLE_STATE_OPTION                                                                       \
    {                                                                                             \
        "state", 0, "FILE|none",                                                                  \
        {                                                                                         \
            "note of the newest bundle seen (default: in the XDG state "                          \
            "folder)",                                                                            \
                "sổ ghi gói mới nhất đã gặp (mặc định: thư mục trạng thái " \
                "XDG)"                                                                            \
        }                                                                                         \
    }
#define BUNDLE_NOW_OPTION                                                               \
    {                                                                                   \
        "now", 0, "DATE",                                                               \
        {                                                                               \
            "today, for how old the bundle is (default: the clock)",                    \
                "hôm nay, để xét gói cũ hay mới (mặc định: đồng hồ)" \
        }                                                                               \
    }

/* Is one asked for? False with a complaint where --trust and --root do not
 * stand together. */
bool bundle_wanted(struct cli *cli, const struct args *args,
                   struct bundle_options options, bool *wanted);

/* Open it, refuse an older one than was seen, and note what was seen. NULL with
 * a complaint.
 * @param[out] unseen  no note is kept. */
struct tem_trust *bundle_load(struct cli *cli, const struct args *args,
                              struct bundle_options options, bool *unseen);

/* Open a file without a note of what was seen. */
struct tem_trust *bundle_open(struct cli *cli, const char *file,
                              const struct tem_key *root);

/* A date option, or @p standard when it is absent; false with a complaint. */
bool bundle_date(struct cli *cli, const struct args *args, int option,
                 int32_t standard, int32_t *date);

#endif
