/* SPDX-License-Identifier: MIT */
/* Lots of CSV: see fuzz_record.h for what must hold. */
#include "fuzz_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_record(data, size, TEM_FORMAT_CSV);
}
