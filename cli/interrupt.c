/* SPDX-License-Identifier: MIT */
/* See interrupt.h. */
#include "interrupt.h"
#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t seen; /* a signal has nowhere else to put it */

static void note(int signal)
{
    (void)signal;
    seen = 1;
}

void interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = note,
                               .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}
