/* SPDX-License-Identifier: MIT */
/* See secret.h. */
#include "secret.h"
#include "file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Keep a line up to its end; false if it is too long. */
static bool keep_line(const uint8_t *data, size_t size,
                      struct passphrase *passphrase)
{
    size_t length = 0;
    while (length < size && data[length] != '\n' && data[length] != '\r')
        length++;
    if (length > sizeof passphrase->data)
        return false;
    memcpy(passphrase->data, data, length);
    passphrase->size = length;
    return true;
}

static bool from_file(const struct cli *cli, const char *path,
                      struct passphrase *passphrase)
{
    uint8_t *data;
    size_t size;
    if (!file_read(cli, path, 2 * TEM_PASSPHRASE_MAX, &data, &size))
        return false;
    bool fits = keep_line(data, size, passphrase);
    if (!fits)
        COMPLAIN(cli, FILE_LARGE, path, number_text(TEM_PASSPHRASE_MAX).text);
    tem_wipe(data, size);
    free(data);
    return fits;
}

static bool ask(const struct cli *cli, int terminal, enum text_id prompt,
                const char *about, struct passphrase *passphrase)
{
    char text[512];
    uint8_t line[TEM_PASSPHRASE_MAX + 2];
    struct termios before, silent;
    text_format(cli->lang, prompt, ARGUMENTS(about), text, sizeof text);
    if (tcgetattr(terminal, &before) != 0)
        return false;
    silent = before; /* echo off before asking: a fast answer is not shown */
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(terminal, TCSAFLUSH, &silent);
    ssize_t got = write(terminal, text, strlen(text)) < 0
                      ? -1
                      : read(terminal, line, sizeof line);
    tcsetattr(terminal, TCSADRAIN, &before);
    bool ended = write(terminal, "\n", 1) == 1;
    bool kept = got > 0 && ended && keep_line(line, (size_t)got, passphrase);
    tem_wipe(line, sizeof line);
    return kept;
}

static bool from_terminal(const struct cli *cli, const char *about, bool again,
                          struct passphrase *passphrase)
{
    struct passphrase second = {.size = 0};
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    bool got = terminal >= 0 &&
               ask(cli, terminal, TEXT_PASSPHRASE_PROMPT, about, passphrase) &&
               (!again || ask(cli, terminal, TEXT_PASSPHRASE_AGAIN, about,
                              &second));
    if (terminal >= 0)
        close(terminal);
    if (!got) {
        COMPLAIN(cli, PASSPHRASE_NO_TERMINAL, about);
        return false;
    }
    bool same = !again || (passphrase->size == second.size &&
                           memcmp(passphrase->data, second.data,
                                  second.size) == 0);
    tem_wipe(&second, sizeof second);
    if (!same)
        COMPLAIN(cli, PASSPHRASE_DIFFERS, about);
    return same;
}

bool passphrase_get(const struct cli *cli, const char *about, const char *file,
                    bool again, struct passphrase *passphrase)
{
    passphrase->size = 0;
    bool got = file ? from_file(cli, file, passphrase)
                    : from_terminal(cli, about, again, passphrase);
    if (got && again && passphrase->size == 0) {
        COMPLAIN(cli, PASSPHRASE_EMPTY, about);
        return false;
    }
    return got;
}

struct tem_key *key_load_private(const struct cli *cli, const char *path,
                                 const char *passphrase_file)
{
    uint8_t *pem;
    size_t size;
    struct tem_key *key = NULL;
    struct tem_error error;
    struct passphrase secret;
    if (!file_read(cli, path, TEM_KEY_PEM_MAX, &pem, &size))
        return NULL;
    struct tem_bytes text = {pem, size};
    enum tem_status status = tem_key_read_private(text, NULL, &key, &error);
    bool asked = true;
    if (status == TEM_E_PASSPHRASE) {
        asked = passphrase_get(cli, path, passphrase_file, false, &secret);
        struct tem_bytes given = {secret.data, secret.size};
        if (asked)
            status = tem_key_read_private(text, &given, &key, &error);
        tem_wipe(&secret, sizeof secret);
    }
    if (asked && status != TEM_OK)
        complain_error(cli, path, &error);
    tem_wipe(pem, size);
    free(pem);
    return key;
}

struct tem_key *key_load_public(const struct cli *cli, const char *path)
{
    uint8_t *pem;
    size_t size;
    struct tem_key *key = NULL;
    struct tem_error error;
    if (!file_read(cli, path, TEM_KEY_PEM_MAX, &pem, &size))
        return NULL;
    if (tem_key_read_public((struct tem_bytes){pem, size}, &key, &error) !=
        TEM_OK)
        complain_error(cli, path, &error);
    tem_wipe(pem, size); /* somebody may have given the private one */
    free(pem);
    return key;
}
