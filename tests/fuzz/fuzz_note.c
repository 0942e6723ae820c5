/* SPDX-License-Identifier: MIT */
/* Any bytes as a checkpoint: what is taken is signed and read again the same,
 * and nobody's signature holds that has the key of nobody. */
#include <stdlib.h>
#include <string.h>
#include <tem/ledger.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tem_key *key_of_the_run(void)
{
    static struct tem_key *key;
    if (!key && tem_key_generate(TEM_ALGORITHM_ED25519, &key, NULL) != TEM_OK)
        abort();
    return key;
}

static void check_nobody(struct tem_bytes note, const char *name)
{
    enum tem_note_signer signer;
    uint64_t time;
    if (tem_note_check(note, name, key_of_the_run(), &signer, &time, NULL) ==
            TEM_OK &&
        (signer == TEM_NOTE_OWNER || signer == TEM_NOTE_WITNESS))
        abort();
}

static void sign_again(const struct tem_checkpoint *checkpoint)
{
    uint8_t space[TEM_NOTE_MAX];
    struct tem_buffer note = {space, sizeof space, 0};
    struct tem_checkpoint again;
    if (tem_checkpoint_sign(checkpoint, key_of_the_run(), &note, NULL) !=
            TEM_OK ||
        tem_checkpoint_read((struct tem_bytes){space, note.size}, &again,
                            NULL) != TEM_OK ||
        strcmp(again.origin, checkpoint->origin) != 0 ||
        again.size != checkpoint->size ||
        memcmp(again.root.bytes, checkpoint->root.bytes, TEM_HASH_BYTES) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_bytes note = {data, size};
    struct tem_checkpoint checkpoint;
    check_nobody(note, "a");
    if (tem_checkpoint_read(note, &checkpoint, NULL) != TEM_OK)
        return 0;
    check_nobody(note, checkpoint.origin);
    sign_again(&checkpoint);
    return 0;
}
