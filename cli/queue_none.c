/* SPDX-License-Identifier: MIT */
/* See queue.h: built without CUPS. */
#include "queue.h"

struct queue *queue_open(struct cli *cli, const char *name)
{
    COMPLAIN(cli, QUEUE_NO_CUPS, name);
    return NULL;
}

bool queue_print(struct cli *cli, struct queue *queue, const char *path,
                 enum queue_content content, double width_mm, double height_mm)
{
    (void)cli, (void)queue, (void)path, (void)content;
    (void)width_mm, (void)height_mm;
    return false;
}

void queue_close(struct queue *queue)
{
    (void)queue;
}
