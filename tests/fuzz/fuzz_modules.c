/* SPDX-License-Identifier: MIT */
/* Any bytes as a symbol's data: the first is the version, the second level and
 * mask, the others codewords as sure as they are high. And as the bit stream
 * behind them. */
#include "../../lib/scan/decode.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tem_qr_decode decode;
static struct tem_modules modules;

/* Something that the format information can be read from. */
static void put_format(unsigned word)
{
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            unsigned x, y;
            tem_qr_format_module(modules.version, copy, bit, &x, &y);
            *tem_module(&modules, x, y) = word >> bit & 1 ? 127 : -127;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    modules.version = 1 + data[0] % TEM_SYMBOL_VERSION_MAX;
    unsigned side = tem_qr_side(modules.version);
    for (unsigned i = 0; i < side * side; i++)
        modules.dark[i] = (int8_t)(data[2 + i % (size - 2)] == 128
                                       ? 0
                                       : data[2 + i % (size - 2)] - 128);
    put_format(tem_qr_format_word((enum tem_ecc)(data[1] / 8 % 4),
                                  data[1] % TEM_QR_MASKS));
    tem_qr_decode_init(&decode);
    if (tem_qr_decode(&decode, &modules, data[1] & 32) &&
        decode.text.size > sizeof decode.text.bytes)
        abort();
    if (tem_qr_segments((struct tem_bytes){data + 2, size - 2}, modules.version,
                        &decode.text) &&
        decode.text.size > sizeof decode.text.bytes)
        abort();
    return 0;
}
