/* SPDX-License-Identifier: MIT */
/* Any bytes as a log of scans: what is read without a problem can be noted. */
#include <stdlib.h>
#include <string.h>
#include <tem/scans.h>

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

static bool has_error(const struct tem_scan_log *log)
{
    size_t count;
    const struct tem_problem *problems = tem_scan_log_problems(log, &count);
    for (size_t i = 0; i < count; i++)
        if (problems[i].severity == TEM_SEVERITY_ERROR)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_bytes bytes = {data, size};
    struct tem_scan_log *log;
    struct tem_registry_scan scan;
    bool found = true;
    if (tem_scan_log_open(read_bytes, &bytes, TEM_FORMAT_AUTO, &log, NULL) !=
        TEM_OK)
        return 0;
    while (found && tem_scan_log_next(log, &scan, &found, NULL) == TEM_OK) {
        if (!found || has_error(log))
            continue;
        if (scan.text.size >= TEM_URI_SIZE)
            scan.text.size = 0; /* as who notes it does */
        if (!tem_registry_scan_valid(&scan))
            abort();
    }
    tem_scan_log_free(log);
    return 0;
}
