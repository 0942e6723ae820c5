/* SPDX-License-Identifier: MIT */
#ifndef CLI_RULES_H
#define CLI_RULES_H

/* Changes of the audit's rules, from a file. */

#include "cmd.h"

#define RULES_OPTION                                                           \
    {                                                                          \
        "rules", 0, "FILE",                                                    \
        {                                                                      \
            "changes of rules and limits, of one's own",                       \
                "các thay đổi quy tắc và giới hạn của cơ quan"   \
        }                                                                      \
    }
#define RULES_FORMAT_OPTION                                                    \
    {                                                                          \
        "format", 0, "auto|json|csv",                                          \
        {                                                                      \
            "format of the file (default: found out)",                         \
                "dạng tệp (mặc định: tự nhận)"                    \
        }                                                                      \
    }

/* None if @p file is NULL. False with complaints. */
bool rules_load(struct cli *cli, const char *file, enum tem_format format,
                struct tem_tuning *tuning);

#endif
