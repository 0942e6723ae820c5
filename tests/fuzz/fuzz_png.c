/* SPDX-License-Identifier: MIT */
/* PNG pictures: see fuzz_image.h for what must hold. */
#include "fuzz_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t signature[] = {0x89, 'P',  'N',  'G',
                                        0x0D, 0x0A, 0x1A, 0x0A};
    return fuzz_image(data, size,
                      (struct tem_bytes){signature, sizeof signature});
}
