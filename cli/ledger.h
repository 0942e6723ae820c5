/* SPDX-License-Identifier: MIT */
#ifndef CLI_LEDGER_H
#define CLI_LEDGER_H

/* What the verbs of `tem ledger` share. */

#include "registry.h"

#define LEDGER_REGISTRY_OPTION                                                 \
    {                                                                          \
        "registry", 0, "DB",                                                   \
        {                                                                      \
            "registry: a file, or postgresql://...",                           \
                "sổ đăng ký: tệp, hoặc postgresql://..."              \
        }                                                                      \
    }
#define LEDGER_OFFICE_OPTION                                                   \
    {                                                                          \
        "office", 0, "NAME",                                                   \
        {                                                                      \
            "one office's log", "nhật ký của một cơ quan"              \
        }                                                                      \
    }
#define LEDGER_KEY_OPTIONS                                                            \
    {"key",                                                                           \
     0,                                                                               \
     "KEY.pem",                                                                       \
     {"private key to sign with, Ed25519", "khóa bí mật để ký, Ed25519"}},            \
    {                                                                                 \
        "passphrase-file", 0, "FILE",                                                 \
        {                                                                             \
            "passphrase: first line of FILE", "mật khẩu: dòng đầu của FILE" \
        }                                                                             \
    }
#define LEDGER_OUT_OPTION                                                      \
    {                                                                          \
        "out", 0, "FILE",                                                      \
        {                                                                      \
            "file to write, or '-'", "tệp ghi ra, hoặc '-'"                \
        }                                                                      \
    }
#define LEDGER_CHECKPOINT_OPTION                                               \
    {                                                                          \
        "checkpoint", 0, "FILE",                                               \
        {                                                                      \
            "a checkpoint that was kept", "điểm kiểm đã giữ"          \
        }                                                                      \
    }
#define LEDGER_LOG_KEY_OPTION                                                          \
    {                                                                                  \
        "log-key", 0, "LOG.pub.pem",                                                   \
        {                                                                              \
            "public key of the log's owner", "khóa công khai của chủ nhật ký" \
        }                                                                              \
    }

/* Each office's log, or one. False with a complaint, or as @p each says. */
bool ledger_each_office(const struct cli *cli, struct registry *registry,
                        const char *only,
                        bool (*each)(void *context, const char *office),
                        void *context);

/* The verb takes none. False with a complaint. */
bool ledger_no_operands(struct cli *cli, const struct args *args);

/* Write a new file, or to standard output. False with a complaint. */
bool ledger_write(const struct cli *cli, const char *path,
                  const struct tem_buffer *text);

/* A checkpoint from a file. */
struct kept {
    uint8_t *data; /* owned */
    struct tem_bytes note;
    struct tem_checkpoint checkpoint;
};

/* False with a complaint: also if @p key is not NULL and did not sign it as the
 * log's owner. */
bool ledger_load(const struct cli *cli, const char *path,
                 const struct tem_key *key, struct kept *kept);

/* Is it signed by the log's owner? False with a complaint. */
bool ledger_is_signed(const struct cli *cli, const char *path,
                      struct tem_bytes note, const char *origin,
                      const struct tem_key *key);

#endif
