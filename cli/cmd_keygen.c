/* SPDX-License-Identifier: MIT */
/* tem keygen: a new key pair as PEM files. */
#include "file.h"
#include "key_show.h"
#include "secret.h"
#include <string.h>

enum { O_OUT = O_OWN, O_PUB, O_ALG, O_PASSPHRASE, O_NO_PASSPHRASE };

const struct option keygen_options[] = {
    COMMON_OPTIONS,
    {"out", 0, "FILE", {"private key file to make", "tệp khóa bí mật"}},
    {"pub", 0, "FILE", {"public key file to make", "tệp khóa công khai"}},
    {"alg", 0, "ed25519|es256",
     {"algorithm (default ed25519)", "thuật toán (mặc định ed25519)"}},
    {"passphrase-file", 0, "FILE",
     {"read the passphrase from a file's first line",
      "đọc mật khẩu từ dòng đầu của tệp"}},
    {"no-passphrase", 0, NULL,
     {"write the key without a passphrase", "ghi khóa không có mật khẩu"}},
    {0},
};

static bool algorithm(struct cli *cli, const char *name,
                      enum tem_algorithm *alg)
{
    if (!name || strcmp(name, "ed25519") == 0)
        *alg = TEM_ALGORITHM_ED25519;
    else if (strcmp(name, "es256") == 0)
        *alg = TEM_ALGORITHM_ES256;
    else {
        COMPLAIN(cli, OPTION_RANGE, "keygen", "--alg", name, "ed25519, es256");
        return false;
    }
    return true;
}

/* Put both files in place; the first is taken back if the second fails. */
static int write_pair(struct cli *cli, const char *out, const char *pub,
                      const struct tem_buffer *private_pem,
                      const struct tem_buffer *public_pem)
{
    int reason = file_keep(out, private_pem->data, private_pem->size, 0600);
    if (reason != 0) {
        file_complain(cli, out, reason, false);
        return EXIT_FAILED;
    }
    reason = file_keep(pub, public_pem->data, public_pem->size, 0644);
    if (reason != 0) {
        remove(out);
        file_complain(cli, pub, reason, false);
        return EXIT_FAILED;
    }
    return EXIT_DONE;
}

static bool report(const struct cli *cli, const struct args *args,
                   const struct tem_key *key)
{
    const char *out = args->values[O_OUT], *pub = args->values[O_PUB];
    bool done = true;
    TELL(cli, KEY_MADE, out,
         tem_key_algorithm(key) == TEM_ALGORITHM_ED25519 ? "Ed25519" : "ES256");
    TELL(cli, KEY_PUBLIC, pub);
    if (args->values[O_NO_PASSPHRASE] && !cli->quiet)
        COMPLAIN(cli, KEY_IN_CLEAR, out);
    if (cli->json) {
        struct json json = {stdout, false};
        json_open(&json, NULL, '{');
        json_string(&json, "private", out);
        json_string(&json, "public", pub);
        done = key_json(cli, &json, key);
        json_close(&json, '}');
        json_end(&json);
    } else if (!cli->quiet) {
        done = key_show(cli, key);
    }
    return done;
}

static int make(struct cli *cli, const struct args *args,
                enum tem_algorithm alg, const struct tem_bytes *passphrase)
{
    static uint8_t memory[2][TEM_KEY_PEM_MAX];
    struct tem_buffer private_pem = {memory[0], TEM_KEY_PEM_MAX, 0};
    struct tem_buffer public_pem = {memory[1], TEM_KEY_PEM_MAX, 0};
    struct tem_key *key = NULL;
    struct tem_error error;
    int result = EXIT_FAILED;
    if (tem_key_generate(alg, &key, &error) != TEM_OK ||
        tem_key_write_private(key, passphrase, &private_pem, &error) !=
            TEM_OK ||
        tem_key_write_public(key, &public_pem, &error) != TEM_OK)
        complain_error(cli, args->values[O_OUT], &error);
    else
        result = write_pair(cli, args->values[O_OUT], args->values[O_PUB],
                            &private_pem, &public_pem);
    if (result == EXIT_DONE && !report(cli, args, key))
        result = EXIT_FAILED;
    tem_wipe(memory, sizeof memory);
    tem_key_free(key);
    return result;
}

int cmd_keygen(struct cli *cli, const struct args *args)
{
    enum tem_algorithm alg;
    struct passphrase secret;
    const char *out = opt_required(cli, args, O_OUT);
    const char *pub = out ? opt_required(cli, args, O_PUB) : NULL;
    if (!pub || !algorithm(cli, args->values[O_ALG], &alg))
        return EXIT_USAGE;
    if (args->operand_count > 0) {
        COMPLAIN(cli, OPERAND_EXTRA, "keygen", args->operands[0]);
        return EXIT_USAGE;
    }
    if (args->values[O_NO_PASSPHRASE] && args->values[O_PASSPHRASE]) {
        COMPLAIN(cli, OPTION_CLASH, "keygen", "--no-passphrase",
                 "--passphrase-file");
        return EXIT_USAGE;
    }
    if (file_same(out, pub)) {
        COMPLAIN(cli, OPTION_SAME, "keygen", "--out", "--pub", pub);
        return EXIT_USAGE;
    }
    for (int i = O_OUT; i <= O_PUB; i++)
        if (file_exists(args->values[i])) {
            COMPLAIN(cli, FILE_EXISTS, args->values[i], "");
            return EXIT_FAILED;
        }
    if (args->values[O_NO_PASSPHRASE])
        return make(cli, args, alg, NULL);
    if (!passphrase_get(cli, out, args->values[O_PASSPHRASE], true, &secret))
        return EXIT_FAILED;
    struct tem_bytes given = {secret.data, secret.size};
    int result = make(cli, args, alg, &given);
    tem_wipe(&secret, sizeof secret);
    return result;
}
