/* SPDX-License-Identifier: MIT */
/* tem_symbol_encode() of <tem/symbol.h> with an encoder that fails: this
 * program's functions stand in for those of libqrencode. */
#include "test.h"
#include <errno.h>
#include <qrencode.h>
#include <tem/symbol.h>

static int steps_left; /* calls that succeed before one fails */
static int inputs;     /* given out and not yet freed */

static bool step(void)
{
    errno = ENOMEM;
    return steps_left-- > 0;
}

QRinput *QRinput_new2(int version, QRecLevel level)
{
    static char input;
    (void)version, (void)level;
    if (!step())
        return NULL;
    inputs++;
    return (QRinput *)(void *)&input;
}

int QRinput_append(QRinput *input, QRencodeMode mode, int size,
                   const unsigned char *data)
{
    (void)input, (void)mode, (void)size, (void)data;
    return step() ? 0 : -1;
}

QRcode *QRcode_encodeInput(QRinput *input)
{
    (void)input;
    return NULL;
}

void QRinput_free(QRinput *input)
{
    (void)input;
    inputs--;
}

TEST(a_failing_encoder_is_reported)
{
    for (int steps = 0; steps < 4; steps++) {
        struct tem_symbol symbol = {.version = 77};
        struct tem_error error;
        steps_left = steps;
        CHECK_INT(tem_symbol_encode(tem_bytes_of("?000000000000"), TEM_ECC_M,
                                    40, &symbol, &error),
                  TEM_E_MEMORY);
        CHECK_INT(error.status, TEM_E_MEMORY);
        CHECK_INT(error.message.id, TEM_MSG_MEMORY);
        CHECK_INT(symbol.version, 77);
        CHECK_INT(inputs, 0);
    }
}

int main(void)
{
    RUN(a_failing_encoder_is_reported);
    return test_done();
}
