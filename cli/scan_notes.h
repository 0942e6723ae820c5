/* SPDX-License-Identifier: MIT */
#ifndef CLI_SCAN_NOTES_H
#define CLI_SCAN_NOTES_H

/* Scans on their way to a registry: gathered, and noted by the thousand. */

#include "registry.h"

/* Where and by whom labels are looked at. */
#define SCAN_NOTE_OPTIONS                                                      \
    {"registry",                                                               \
     0,                                                                        \
     "DB",                                                                     \
     {"note each label that is seen in this registry",                         \
      "ghi mỗi tem đã gặp vào sổ đăng ký này"}},                               \
        {"office",                                                             \
         0,                                                                    \
         "NAME",                                                               \
         {"log of the registry to write to (default: scans)",                  \
          "nhật ký của sổ để ghi vào (mặc định: scans)"}},                     \
        {"place", 0, "NAME", {"where the labels are seen", "nơi gặp tem"}},    \
        {"position",                                                           \
         0,                                                                    \
         "LAT,LON",                                                            \
         {"the same in degrees: 21.327,103.914",                               \
          "như trên, tính bằng độ: 21.327,103.914"}},                          \
        {"who",                                                                \
         0,                                                                    \
         "NAME",                                                               \
         {"who sees them: a person or a machine", "ai quét: người hay máy"}},  \
    {                                                                          \
        "seen", 0, "TIME",                                                     \
        {                                                                      \
            "when (default: now): 2026-10-05T09:30",                           \
                "lúc nào (mặc định: bây giờ): 2026-10-05T09:30"      \
        }                                                                      \
    }

enum { SCAN_NOTE_OPTION_COUNT = 6 };

struct scan_notes;

/* What SCAN_NOTE_OPTIONS, from @p first on, say of each scan. False with a
 * complaint. */
bool scan_note_options(struct cli *cli, const struct args *args, int first,
                       struct tem_registry_scan *each);

/* NULL with a complaint. @p office NULL: "scans". A bundle that labels are
 * checked with is noted, too; NULL: none. */
struct scan_notes *scan_notes_open(const struct cli *cli, const char *where,
                                   const char *office,
                                   const struct tem_trust *trust);

/* Note one, its text copied; perhaps later. False with a complaint: it, and
 * those before it that were not noted yet, are lost. */
bool scan_notes_add(struct scan_notes *notes,
                    const struct tem_registry_scan *scan);

/* Note what is left. False with a complaint. */
bool scan_notes_flush(struct scan_notes *notes);

/* How many were not there before. */
uint64_t scan_notes_added(const struct scan_notes *notes);

/* What to call the registry. */
const char *scan_notes_name(const struct scan_notes *notes);

/* Without noting what is left; NULL is fine. */
void scan_notes_close(struct scan_notes *notes);

/* What was found of a label, as a scan: its text is borrowed. False with a
 * complaint. */
bool scan_of_result(const struct cli *cli, const char *file,
                    struct tem_bytes text, const struct tem_result *result,
                    struct tem_registry_scan *scan);

#endif
