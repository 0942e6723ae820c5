/* SPDX-License-Identifier: MIT */
/* See ledger.h. */
#include "ledger.h"
#include "file.h"
#include <stdlib.h>
#include <string.h>

bool ledger_no_operands(struct cli *cli, const struct args *args)
{
    if (args->operand_count > 0)
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[0]);
    return args->operand_count == 0;
}

bool ledger_write(const struct cli *cli, const char *path,
                  const struct tem_buffer *text)
{
    if (strcmp(path, "-") == 0) {
        fwrite(text->data, 1, text->size, stdout); /* main() sees a failure */
        return true;
    }
    int reason = file_keep(path, text->data, text->size, 0666);
    if (reason)
        file_complain(cli, path, reason, false);
    return reason == 0;
}

bool ledger_is_signed(const struct cli *cli, const char *path,
                      struct tem_bytes note, const char *origin,
                      const struct tem_key *key)
{
    enum tem_note_signer signer;
    uint64_t time;
    struct tem_error error;
    if (tem_note_check(note, origin, key, &signer, &time, &error) != TEM_OK)
        complain_error(cli, path, &error);
    else if (signer != TEM_NOTE_OWNER)
        COMPLAIN(cli, LEDGER_UNSIGNED, path, origin);
    else
        return true;
    return false;
}

bool ledger_load(const struct cli *cli, const char *path,
                 const struct tem_key *key, struct kept *kept)
{
    size_t size;
    struct tem_error error;
    if (!file_read(cli, path, TEM_NOTE_MAX, &kept->data, &size))
        return false;
    kept->note = (struct tem_bytes){kept->data, size};
    bool done =
        tem_checkpoint_read(kept->note, &kept->checkpoint, &error) == TEM_OK;
    if (!done)
        complain_error(cli, path, &error);
    done = done && (!key || ledger_is_signed(cli, path, kept->note,
                                             kept->checkpoint.origin, key));
    if (!done) {
        free(kept->data);
        kept->data = NULL;
    }
    return done;
}
