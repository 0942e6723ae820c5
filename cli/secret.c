/* SPDX-License-Identifier: MIT */
/* See secret.h. */
#include "secret.h"
#include "file.h"
#include "prompt.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 65536 }; /* only the first line counts */

/* Keep a line up to its end; false if it is too long. A byte order mark is an
 * editor's: nobody types it. */
static bool keep_line(const uint8_t *data, size_t size,
                      struct passphrase *passphrase)
{
    size_t length = 0;
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    while (length < size && data[length] != '\n' && data[length] != '\r')
        length++;
    if (length > sizeof passphrase->data)
        return false;
    memcpy(passphrase->data, data, length);
    passphrase->size = length;
    return true;
}

static void complain_long(const struct cli *cli, const char *path)
{
    COMPLAIN(cli, PASSPHRASE_LONG, path, number_text(TEM_PASSPHRASE_MAX).text);
}

static bool from_file(const struct cli *cli, const char *path,
                      struct passphrase *passphrase)
{
    uint8_t *data;
    size_t size;
    if (!file_read(cli, path, FILE_MOST, &data, &size))
        return false;
    bool fits = keep_line(data, size, passphrase);
    if (!fits)
        complain_long(cli, path);
    tem_wipe(data, size);
    free(data);
    return fits;
}

static bool ask(const struct cli *cli, int terminal, enum text_id prompt,
                const char *about, struct passphrase *passphrase)
{
    char text[512];
    text_format(cli->lang, prompt, ARGUMENTS(about), text, sizeof text);
    switch (prompt_line(terminal, text, passphrase->data,
                        sizeof passphrase->data, &passphrase->size)) {
    case PROMPT_DONE:
        return true;
    case PROMPT_NONE:
        COMPLAIN(cli, PASSPHRASE_NO_TERMINAL, about);
        break;
    case PROMPT_ENDED:
        COMPLAIN(cli, PASSPHRASE_ENDED, about);
        break;
    case PROMPT_LONG:
        complain_long(cli, about);
        break;
    }
    return false;
}

static bool ask_twice(const struct cli *cli, int terminal, const char *about,
                      struct passphrase *passphrase)
{
    struct passphrase again = {.size = 0};
    bool got = ask(cli, terminal, TEXT_PASSPHRASE_PROMPT, about, passphrase) &&
               ask(cli, terminal, TEXT_PASSPHRASE_AGAIN, about, &again);
    bool same = passphrase->size == again.size &&
                memcmp(passphrase->data, again.data, again.size) == 0;
    tem_wipe(&again, sizeof again);
    if (got && !same)
        COMPLAIN(cli, PASSPHRASE_DIFFERS, NULL);
    return got && same;
}

static bool from_terminal(const struct cli *cli, const char *about, bool again,
                          struct passphrase *passphrase)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) {
        COMPLAIN(cli, PASSPHRASE_NO_TERMINAL, about);
        return false;
    }
    bool got =
        again ? ask_twice(cli, terminal, about, passphrase)
              : ask(cli, terminal, TEXT_PASSPHRASE_PROMPT, about, passphrase);
    close(terminal);
    return got;
}

bool passphrase_get(const struct cli *cli, const char *about, const char *file,
                    bool again, struct passphrase *passphrase)
{
    passphrase->size = 0;
    bool got = file ? from_file(cli, file, passphrase)
                    : from_terminal(cli, about, again, passphrase);
    if (got && again && passphrase->size == 0) {
        COMPLAIN(cli, PASSPHRASE_EMPTY, about);
        got = false;
    }
    if (!got)
        tem_wipe(passphrase, sizeof *passphrase);
    return got;
}

bool key_in_token(const char *path)
{
    return strncmp(path, TEM_TOKEN_SCHEME, strlen(TEM_TOKEN_SCHEME)) == 0;
}

/* A key in a token; its PIN comes as a passphrase does, and is asked for where
 * the token wants it. */
static struct tem_key *load_token(const struct cli *cli, const char *uri,
                                  const char *pin_file)
{
    struct tem_key *key = NULL;
    struct tem_error error;
    struct passphrase secret = {.size = 0};
    bool asked = !pin_file ||
                 passphrase_get(cli, uri, pin_file, false, &secret);
    struct tem_bytes pin = {secret.data, secret.size};
    enum tem_status status =
        asked ? tem_key_from_token(uri, pin_file ? &pin : NULL, &key, &error)
              : TEM_OK;
    if (status == TEM_E_PASSPHRASE && !pin_file) {
        asked = passphrase_get(cli, uri, NULL, false, &secret);
        pin = (struct tem_bytes){secret.data, secret.size};
        if (asked)
            status = tem_key_from_token(uri, &pin, &key, &error);
    }
    tem_wipe(&secret, sizeof secret);
    if (asked && status != TEM_OK)
        complain_error(cli, uri, &error);
    return key;
}

struct tem_key *key_load_private(const struct cli *cli, const char *path,
                                 const char *passphrase_file)
{
    if (key_in_token(path))
        return load_token(cli, path, passphrase_file);
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
