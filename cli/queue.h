/* SPDX-License-Identifier: MIT */
#ifndef CLI_QUEUE_H
#define CLI_QUEUE_H

/* A print queue of CUPS: the one that $CUPS_SERVER or its settings name. */

#include "cmd.h"

struct queue;

/* What a file for it holds. */
enum queue_content { QUEUE_PDF, QUEUE_RAW };

/* Find it; NULL with a complaint that says what there is. */
struct queue *queue_open(struct cli *cli, const char *name);

/* Hand a file over, in one piece and at its own size; it is the queue's from
 * then on. @p width_mm and @p height_mm: of its pages. False with a complaint;
 * nothing of it is printed then. */
bool queue_print(struct cli *cli, struct queue *queue, const char *path,
                 enum queue_content content, double width_mm, double height_mm);

void queue_close(struct queue *queue); /* NULL is fine */

#endif
