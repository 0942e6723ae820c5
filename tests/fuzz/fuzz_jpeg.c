/* SPDX-License-Identifier: MIT */
/* JPEG pictures: see fuzz_image.h for what must hold. */
#include "fuzz_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t signature[] = {0xFF, 0xD8, 0xFF};
    return fuzz_image(data, size,
                      (struct tem_bytes){signature, sizeof signature});
}
