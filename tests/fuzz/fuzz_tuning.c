/* SPDX-License-Identifier: MIT */
/* Any bytes as a file of changes of rules: those that are taken name rules and
 * limits that there are, and hold. */
#include <stdlib.h>
#include <string.h>
#include <tem/rules.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ptrdiff_t read_bytes(void *context, void *data, size_t size)
{
    struct tem_bytes *bytes = context;
    size_t take = size < bytes->size ? size : bytes->size;
    if (take > 0)
        memcpy(data, bytes->data, take);
    bytes->data += take;
    bytes->size -= take;
    return (ptrdiff_t)take;
}

static void tell(void *context, const struct tem_problem *problem)
{
    (void)context, (void)problem;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tem_tuning tuning;
    struct tem_bytes bytes = {data, size};
    int64_t value;
    if (tem_tuning_read(read_bytes, &bytes, TEM_FORMAT_AUTO, tell, NULL,
                        &tuning, NULL) != TEM_OK)
        return 0;
    for (size_t i = 0; i < tuning.count; i++) {
        const struct tem_change *c = &tuning.changes[i];
        bool holds = c->off ? !tem_rule_is_on(&tuning, c->rule)
                            : tem_limit_on(&tuning, c->rule, c->limit, c->of,
                                           20000, &value);
        if (!holds || !c->reason[0] || !tem_rule_find(c->rule))
            abort();
    }
    return 0;
}
