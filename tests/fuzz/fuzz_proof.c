/* SPDX-License-Identifier: MIT */
/* Any bytes as a proof of a log: what is taken is written again as one that
 * says the same, and proves nothing of an entry that nobody has. */
#include <stdlib.h>
#include <string.h>
#include <tem/ledger.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t space[TEM_PROOF_MAX], extra[TEM_PROOF_EXTRA_MAX],
    extra_again[TEM_PROOF_EXTRA_MAX];

static void write_again(const struct tem_proof_file *file)
{
    struct tem_buffer out = {space, sizeof space, 0};
    struct tem_buffer more = {extra_again, sizeof extra_again, 0};
    struct tem_proof_file again;
    if (tem_proof_write(file, &out, NULL) != TEM_OK ||
        tem_proof_read((struct tem_bytes){space, out.size}, &again, &more,
                       NULL) != TEM_OK ||
        again.growth != file->growth || again.index != file->index ||
        again.proof.count != file->proof.count ||
        again.extra.size != file->extra.size ||
        again.note.size != file->note.size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_buffer memory = {extra, sizeof extra, 0};
    struct tem_proof_file file;
    struct tem_checkpoint checkpoint;
    struct tem_hash leaf = {{0x5A}};
    bool holds = false;
    if (tem_proof_read((struct tem_bytes){data, size}, &file, &memory, NULL) !=
        TEM_OK)
        return 0;
    write_again(&file);
    if (tem_checkpoint_read(file.note, &checkpoint, NULL) != TEM_OK)
        abort();
    if (tem_ledger_check(&leaf, file.index, checkpoint.size, &file.proof,
                         &checkpoint.root, &holds, NULL) == TEM_OK &&
        holds &&
        (checkpoint.size != 1 ||
         memcmp(&leaf, &checkpoint.root, sizeof leaf) != 0))
        abort();
    return 0;
}
