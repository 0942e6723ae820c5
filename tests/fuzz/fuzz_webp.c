/* SPDX-License-Identifier: MIT */
/* WebP pictures: see fuzz_image.h for what must hold. */
#include "fuzz_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 12 || memcmp(data + 8, "WEBP", 4) != 0)
        return 0;
    return fuzz_image(data, size,
                      (struct tem_bytes){(const uint8_t *)"RIFF", 4});
}
