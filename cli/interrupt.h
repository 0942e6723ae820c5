/* SPDX-License-Identifier: MIT */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* Ctrl-C, or a terminal that is closed, while labels are made: what was begun
 * is finished and written down. A second one ends the program at once. */
void interrupt_catch(void);
bool interrupt_seen(void);

#endif
