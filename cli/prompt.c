/* SPDX-License-Identifier: MIT */
/* See prompt.h. Signals are held and only looked for, through a descriptor: no
 * handler, no global state. */
#include "prompt.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/signalfd.h>
#include <tem/tem.h>
#include <termios.h>
#include <unistd.h>

enum { SIGNALLED = PROMPT_LONG + 1 }; /* beside enum prompt_end, in here */

struct input {
    int terminal, signals;
    uint8_t *line;
    size_t capacity, size; /* size: as typed, may be more than was kept */
};

/* Keep what fits. @return true at the end of the line. */
static bool take(struct input *input, const uint8_t *chunk, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (chunk[i] == '\n')
            return true;
        if (input->size < input->capacity)
            input->line[input->size] = chunk[i];
        input->size++;
    }
    return false;
}

/* Read to the end of the line, or until a signal is pending. */
static int read_line(struct input *input)
{
    struct pollfd ready[] = {{.fd = input->terminal, .events = POLLIN},
                             {.fd = input->signals, .events = POLLIN}};
    uint8_t chunk[256];
    int end = -1;
    while (end < 0) {
        if (poll(ready, 2, -1) < 0) {
            if (errno != EINTR)
                end = PROMPT_ENDED;
            continue;
        }
        if (ready[1].revents) {
            end = SIGNALLED;
            continue;
        }
        ssize_t got = read(input->terminal, chunk, sizeof chunk);
        if (got > 0 && take(input, chunk, (size_t)got))
            end = input->size > input->capacity ? PROMPT_LONG : PROMPT_DONE;
        else if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            end = PROMPT_ENDED;
    }
    tem_wipe(chunk, sizeof chunk);
    return end;
}

/* One question, with the echo off; signals are held. */
static int ask(struct input *input, const char *text)
{
    struct termios before, silent;
    if (tcgetattr(input->terminal, &before) != 0)
        return PROMPT_NONE;
    silent = before; /* echo off before asking: a fast answer is not shown */
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (tcsetattr(input->terminal, TCSAFLUSH, &silent) != 0)
        return PROMPT_NONE;
    int end = write(input->terminal, text, strlen(text)) < 0 ? PROMPT_ENDED
                                                             : read_line(input);
    /* TCSAFLUSH: what is not read is dropped, a shell would run it. */
    tcsetattr(input->terminal, TCSAFLUSH, &before);
    if (write(input->terminal, "\n", 1) != 1 && end == PROMPT_DONE)
        end = PROMPT_ENDED;
    return end;
}

static int ask_held(struct input *input, const char *text, const sigset_t *held)
{
    sigset_t before;
    sigprocmask(SIG_BLOCK, held, &before);
    input->size = 0;
    input->signals = signalfd(-1, held, SFD_CLOEXEC | SFD_NONBLOCK);
    int end = input->signals < 0 ? PROMPT_NONE : ask(input, text);
    if (input->signals >= 0)
        close(input->signals);
    if (end != PROMPT_DONE)
        tem_wipe(input->line, input->capacity);
    sigprocmask(SIG_SETMASK, &before, NULL); /* a pending one acts here */
    return end;
}

enum prompt_end prompt_line(int terminal, const char *text, uint8_t *line,
                            size_t capacity, size_t *size)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    struct input input = {
        .terminal = terminal, .line = line, .capacity = capacity};
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&held, signals[i]);
    int end;
    do
        end = ask_held(&input, text, &held);
    while (end == SIGNALLED);
    *size = end == PROMPT_DONE ? input.size : 0;
    return (enum prompt_end)end;
}
