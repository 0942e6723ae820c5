/* SPDX-License-Identifier: MIT */
/* See registry.h. */
#include "registry.h"
#include <string.h>

static enum tem_status key_of(const struct tem_bytes *parts, size_t count,
                              int64_t *key, struct tem_error *error)
{
    uint8_t digest[TEM_SHA256_BYTES];
    uint64_t bits = 0;
    enum tem_status status = tem_sha256_parts(parts, count, digest, error);
    for (size_t i = 0; status == TEM_OK && i < 8; i++)
        bits = bits << 8 | digest[i];
    *key = (int64_t)(bits >> 1);
    return status;
}

/* Tabs part what cannot hold one. */
enum tem_status tem_registry_lot_key(const struct tem_lot_name *name,
                                     int64_t *key, struct tem_error *error)
{
    const struct tem_bytes parts[] = {
        tem_bytes_of("lot\t"), tem_bytes_of(name->maker),
        tem_bytes_of("\t"),    tem_bytes_of(name->product),
        tem_bytes_of("\t"),    tem_bytes_of(name->lot)};
    return key_of(parts, sizeof parts / sizeof *parts, key, error);
}

enum tem_status tem_registry_folder_key(struct tem_bytes folder, int64_t *key,
                                        struct tem_error *error)
{
    const struct tem_bytes parts[] = {tem_bytes_of("folder\t"), folder};
    return key_of(parts, sizeof parts / sizeof *parts, key, error);
}
