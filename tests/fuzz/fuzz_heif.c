/* SPDX-License-Identifier: MIT */
/* HEIC pictures: see fuzz_image.h for what must hold. */
#include "fuzz_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 12 || memcmp(data + 4, "ftyp", 4) != 0)
        return 0;
    return fuzz_image(data, size, (struct tem_bytes){data, 0});
}
