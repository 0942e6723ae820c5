/* SPDX-License-Identifier: MIT */
/* tem check: everything that is wrong with lot records, at once. */
#include "records.h"

enum { O_FORMAT = O_OWN };

const struct option check_options[] = {
    COMMON_OPTIONS,
    {"format", 0, "auto|json|csv",
     {"file format (default: found out)", "dạng tệp (mặc định: tự nhận)"}},
    {0},
};

int cmd_check(struct cli *cli, const struct args *args)
{
    enum tem_format format;
    if (!records_format(cli, args, O_FORMAT, &format) ||
        !opt_operands(cli, args, "RECORDS"))
        return EXIT_USAGE;
    for (size_t i = 0; i < args->operand_count; i++) {
        const char *file = args->operands[i];
        struct records_count count = {0};
        if (!records_walk(cli, file, format, NULL, NULL, &count)) {
            worsen(cli, EXIT_FAILED);
            continue;
        }
        if (count.lots == 0) {
            COMPLAIN(cli, NO_LOTS, file);
            worsen(cli, EXIT_FAILED);
        }
        if (count.errors > 0)
            worsen(cli, EXIT_NEGATIVE);
        TELL(cli, CHECK_FILE, file, number_text((long long)count.lots).text,
             number_text((long long)count.errors).text,
             number_text((long long)count.warnings).text);
    }
    return cli->status;
}
