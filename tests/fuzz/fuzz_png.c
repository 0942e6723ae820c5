/* SPDX-License-Identifier: MIT */
/* A PNG of any bytes. */
#include "fuzz_image.h"

static const uint8_t signature[] = {0x89, 'P',  'N',  'G',
                                    0x0D, 0x0A, 0x1A, 0x0A};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_image((struct tem_bytes){signature, sizeof signature}, data,
                      size);
}
