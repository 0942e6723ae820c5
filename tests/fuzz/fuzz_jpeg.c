/* SPDX-License-Identifier: MIT */
/* A JPEG of any bytes. */
#include "fuzz_image.h"

static const uint8_t signature[] = {0xFF, 0xD8, 0xFF};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_image((struct tem_bytes){signature, sizeof signature}, data,
                      size);
}
