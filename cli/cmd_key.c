/* SPDX-License-Identifier: MIT */
/* tem key: look at a key file, give it another passphrase, try it. */
#define _DEFAULT_SOURCE /* realpath */
#include "file.h"
#include "key_show.h"
#include "secret.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define PASSPHRASE_OPTION                                                      \
    {                                                                          \
        "passphrase-file", 0, "FILE",                                          \
        {                                                                      \
            "read the passphrase from a file's first line",                    \
                "đọc mật khẩu từ dòng đầu của tệp"            \
        }                                                                      \
    }

/* A key of either kind, in a file or a token: a public one is no secret. */
static struct tem_key *load(struct cli *cli, const char *path,
                            const char *passphrase_file)
{
    uint8_t *pem;
    size_t size;
    struct tem_key *key = NULL;
    if (key_in_token(path))
        return key_load_private(cli, path, passphrase_file);
    if (!file_read(cli, path, TEM_KEY_PEM_MAX, &pem, &size))
        return NULL;
    enum tem_status status =
        tem_key_read_public((struct tem_bytes){pem, size}, &key, NULL);
    tem_wipe(pem, size);
    free(pem);
    return status == TEM_OK ? key
                            : key_load_private(cli, path, passphrase_file);
}

static bool one_file(struct cli *cli, const struct args *args)
{
    if (!opt_operands(cli, args, "KEY.pem"))
        return false;
    if (args->operand_count > 1)
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[1]);
    return args->operand_count == 1;
}

/* ---- show --------------------------------------------------------------- */

enum { S_PASSPHRASE = O_OWN };

const struct option key_show_options[] = {
    COMMON_OPTIONS, PASSPHRASE_OPTION, {0}};

static bool report(const struct cli *cli, const char *file,
                   const struct tem_key *key)
{
    struct json json = {stdout, false};
    bool secret = tem_key_is_private(key);
    if (!cli->json) {
        if (secret)
            SAY(cli, KEY_IS_PRIVATE, file);
        else
            SAY(cli, KEY_IS_PUBLIC, file);
        return key_show(cli, key);
    }
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    json_bool(&json, "private", secret);
    bool done = key_json(cli, &json, key);
    json_close(&json, '}');
    json_end(&json);
    return done;
}

int cmd_key_show(struct cli *cli, const struct args *args)
{
    if (!one_file(cli, args))
        return EXIT_USAGE;
    const char *file = args->operands[0];
    struct tem_key *key = load(cli, file, args->values[S_PASSPHRASE]);
    bool done = key && report(cli, file, key);
    if (key && tem_key_is_demo(key))
        COMPLAIN(cli, KEY_IS_DEMO, file);
    tem_key_free(key);
    return done ? EXIT_DONE : EXIT_FAILED;
}

/* ---- check -------------------------------------------------------------- */

enum { C_PASSPHRASE = O_OWN, C_PUB, C_IS };

const struct option key_check_options[] = {
    COMMON_OPTIONS,
    PASSPHRASE_OPTION,
    {"pub",
     0,
     "FILE",
     {"public key that should belong to it", "khóa công khai phải đi cùng"}},
    {"is",
     0,
     "TEXT",
     {"fingerprint that it should have: digits, words or the QR's text",
      "vân tay phải khớp: chữ số, tám từ hoặc nội dung mã QR"}},
    {0},
};

/* Does what it signs hold under its public half? */
static bool signs(const struct cli *cli, const char *file,
                  const struct tem_key *key, const struct tem_key *pub,
                  bool *holds)
{
    static const uint8_t bytes[] = "tem key check";
    struct tem_bytes message = {bytes, sizeof bytes};
    uint8_t signature[TEM_SIGNATURE_BYTES];
    struct tem_error error;
    if (tem_sign(key, message, signature, &error) == TEM_OK &&
        tem_sign_check(pub, message,
                       (struct tem_bytes){signature, sizeof signature}, holds,
                       &error) == TEM_OK)
        return true;
    complain_error(cli, file, &error);
    return false;
}

static void print_check(const struct args *args, const struct tem_key *key,
                        bool holds, bool is)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", args->operands[0]);
    json_bool(&json, "private", tem_key_is_private(key));
    if (tem_key_is_private(key) || args->values[C_PUB])
        json_bool(&json, "holds", holds);
    if (args->values[C_IS])
        json_bool(&json, "is", is);
    json_close(&json, '}');
    json_end(&json);
}

static int check(struct cli *cli, const struct args *args,
                 const struct tem_key *key)
{
    const char *file = args->operands[0], *text = args->values[C_IS];
    const char *pub_file = args->values[C_PUB];
    struct tem_key *pub = pub_file ? key_load_public(cli, pub_file) : NULL;
    bool holds = true, is = !text || key_is(key, text), done = true;
    if (pub_file && !pub)
        return EXIT_FAILED;
    if (tem_key_is_private(key))
        done = signs(cli, file, key, pub ? pub : key, &holds);
    else if (pub)
        holds = tem_key_algorithm(key) == tem_key_algorithm(pub) &&
                memcmp(tem_key_raw(key).data, tem_key_raw(pub).data,
                       tem_key_raw(key).size) == 0;
    tem_key_free(pub);
    if (!done)
        return EXIT_FAILED;
    if (!holds)
        COMPLAIN(cli, KEY_OTHER, file, pub_file ? pub_file : file);
    if (!is)
        COMPLAIN(cli, KEY_NOT_IS, file);
    if (holds && is)
        TELL(cli, KEY_SOUND, file);
    if (cli->json)
        print_check(args, key, holds, is);
    return holds && is ? EXIT_DONE : EXIT_NEGATIVE;
}

int cmd_key_check(struct cli *cli, const struct args *args)
{
    if (!one_file(cli, args))
        return EXIT_USAGE;
    struct tem_key *key =
        load(cli, args->operands[0], args->values[C_PASSPHRASE]);
    int status = key ? check(cli, args, key) : EXIT_FAILED;
    tem_key_free(key);
    return status;
}

/* ---- passwd ------------------------------------------------------------- */

enum { P_PASSPHRASE = O_OWN, P_NEW, P_NONE };

const struct option key_passwd_options[] = {
    COMMON_OPTIONS,
    PASSPHRASE_OPTION,
    {"new-passphrase-file",
     0,
     "FILE",
     {"read the new passphrase from a file's first line",
      "đọc mật khẩu mới từ dòng đầu của tệp"}},
    {"no-passphrase",
     0,
     NULL,
     {"write the key without a passphrase", "ghi khóa không có mật khẩu"}},
    {0},
};

/* Whole beside it first, then in its place: never half a key. Of a link it is
 * the file behind that counts. */
static bool replace(struct cli *cli, const char *file,
                    const struct tem_key *key,
                    const struct tem_bytes *passphrase)
{
    uint8_t memory[TEM_KEY_PEM_MAX];
    struct tem_buffer pem = {memory, sizeof memory, 0};
    struct tem_error error;
    char real[PATH_MAX];
    int reason = 0;
    bool done = tem_key_write_private(key, passphrase, &pem, &error) == TEM_OK;
    if (!done)
        complain_error(cli, file, &error);
    else
        reason = realpath(file, real)
                     ? file_renew(real, pem.data, pem.size, 0600)
                     : errno;
    if (reason)
        file_complain(cli, file, reason, false);
    tem_wipe(memory, sizeof memory);
    return done && reason == 0;
}

static bool change(struct cli *cli, const struct args *args,
                   const struct tem_key *key)
{
    const char *file = args->operands[0];
    struct passphrase secret;
    if (args->values[P_NONE])
        return replace(cli, file, key, NULL);
    if (!passphrase_get(cli, file, args->values[P_NEW], true, &secret))
        return false;
    struct tem_bytes given = {secret.data, secret.size};
    bool done = replace(cli, file, key, &given);
    tem_wipe(&secret, sizeof secret);
    return done;
}

int cmd_key_passwd(struct cli *cli, const struct args *args)
{
    if (!one_file(cli, args))
        return EXIT_USAGE;
    if (args->values[P_NONE] && args->values[P_NEW]) {
        COMPLAIN(cli, OPTION_CLASH, args->command->name, "--no-passphrase",
                 "--new-passphrase-file");
        return EXIT_USAGE;
    }
    const char *file = args->operands[0];
    struct tem_key *key =
        key_load_private(cli, file, args->values[P_PASSPHRASE]);
    bool done = key && change(cli, args, key);
    if (done)
        TELL(cli, KEY_CHANGED, file);
    if (done && args->values[P_NONE] && !cli->quiet)
        COMPLAIN(cli, KEY_IN_CLEAR, file);
    tem_key_free(key);
    return done ? EXIT_DONE : EXIT_FAILED;
}
