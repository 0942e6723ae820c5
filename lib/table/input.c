/* SPDX-License-Identifier: MIT */
/* See reader.h: the bytes of a file. */
#include "reader.h"

static void fill(struct tem_input *input)
{
    if (input->ended || input->failed)
        return;
    ptrdiff_t got = input->read(input->context, input->data + input->size,
                                sizeof input->data - input->size);
    if (got < 0)
        input->failed = true;
    else if (got == 0)
        input->ended = true;
    else
        input->size += (size_t)got;
}

int tem_input_peek(struct tem_input *input)
{
    if (input->at == input->size) {
        input->at = input->size = 0;
        fill(input);
    }
    if (input->at < input->size)
        return input->data[input->at];
    input->missed = input->failed;
    return -1;
}

int tem_input_take(struct tem_input *input)
{
    int c = tem_input_peek(input);
    input->at += c >= 0;
    input->line += c == '\n';
    return c;
}

struct tem_bytes tem_input_look(struct tem_input *input)
{
    size_t before;
    do {
        before = input->size;
        if (input->size < sizeof input->data)
            fill(input);
    } while (input->size > before);
    return (struct tem_bytes){input->data + input->at, input->size - input->at};
}
