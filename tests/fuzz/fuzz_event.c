/* SPDX-License-Identifier: MIT */
/* Any line as an event of a registry: what is taken is written again as the
 * same bytes, and a lot can be told of it, whatever came before. */
#include <stdlib.h>
#include <string.h>
#include <tem/registry.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take(struct tem_bytes line, struct tem_registry_lot *lot)
{
    static uint8_t space[TEM_EVENT_MAX];
    struct tem_buffer out = {space, sizeof space, 0};
    struct tem_event event;
    if (tem_event_read(line, &event, NULL) != TEM_OK)
        return;
    if (tem_event_write(&event, &out, NULL) != TEM_OK ||
        out.size != line.size || memcmp(space, line.data, line.size) != 0)
        abort();
    uint64_t last = lot->last;
    enum tem_status status = tem_registry_lot_apply(lot, &event, NULL);
    if (status == TEM_OK ? lot->last < last : lot->last != last)
        abort();
}

/* A line after another, all of one lot. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_registry_lot lot = {0};
    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t length = end ? (size_t)(end - data) : size;
        take((struct tem_bytes){data, length}, &lot);
        size -= length + (end != NULL);
        data += length + (end != NULL);
    }
    tem_registry_lot_free(&lot);
    return 0;
}
