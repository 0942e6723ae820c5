/* SPDX-License-Identifier: MIT */
/* tem ledger prove, check, cosign: what others can check offline. */
#include "file.h"
#include "json.h"
#include "ledger.h"
#include "secret.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- prove -------------------------------------------------------------- */

enum { P_REGISTRY = O_OWN, P_CHECKPOINT, P_SINCE, P_OUT };

const struct option ledger_prove_options[] = {
    COMMON_OPTIONS,
    LEDGER_REGISTRY_OPTION,
    LEDGER_CHECKPOINT_OPTION,
    {"since",
     0,
     "OLD.checkpoint",
     {"prove that the log only grew since then",
      "chứng minh nhật ký chỉ dài thêm từ đó"}},
    LEDGER_OUT_OPTION,
    {0},
};

static uint8_t proof_space[TEM_PROOF_MAX], extra_space[TEM_PROOF_EXTRA_MAX];

/* The text of one entry. */
struct entry {
    uint64_t number;
    struct tem_buffer text;
    bool found;
};

static enum tem_status take_entry(void *context, uint64_t number,
                                  struct tem_bytes text,
                                  const struct tem_hash *leaf,
                                  struct tem_error *error)
{
    struct entry *entry = context;
    (void)leaf;
    entry->found = number == entry->number && text.data &&
                   text.size <= entry->text.capacity;
    if (entry->found) {
        memcpy(entry->text.data, text.data, text.size);
        entry->text.size = text.size;
    }
    error->status = TEM_E_IO; /* no more of them */
    return error->status;
}

static bool read_entry(struct registry *registry, const char *office,
                       uint64_t number, struct tem_proof_file *file)
{
    struct entry entry = {number, {extra_space, sizeof extra_space, 0}, false};
    struct tem_error error;
    (void)!tem_registry_log_walk(registry_inside(registry), office, number,
                                 take_entry, &entry, &error);
    file->extra = (struct tem_bytes){extra_space, entry.text.size};
    return entry.found;
}

static bool write_proof(const struct cli *cli, const char *path,
                        const struct tem_proof_file *file)
{
    struct tem_buffer out = {proof_space, sizeof proof_space, 0};
    struct tem_error error;
    if (tem_proof_write(file, &out, &error) == TEM_OK)
        return ledger_write(cli, path, &out);
    complain_error(cli, path, &error);
    return false;
}

/* Of one entry, or, if @p since is there, of growth. */
static bool prove(const struct cli *cli, const struct args *args,
                  struct registry *registry, const struct kept *kept,
                  const struct kept *since, uint64_t number)
{
    struct tem_registry_source place = {registry_inside(registry),
                                        kept->checkpoint.origin};
    struct tem_ledger_source source = tem_registry_ledger(&place);
    struct tem_proof_file file = {.growth = since != NULL,
                                  .index =
                                      since ? since->checkpoint.size : number,
                                  .note = kept->note};
    struct tem_error error;
    uint64_t size = kept->checkpoint.size;
    if (!since && number >= size) {
        COMPLAIN(cli, LEDGER_NUMBER, args->values[P_CHECKPOINT],
                 number_text((long long)number).text,
                 number_text((long long)size).text);
        return false;
    }
    enum tem_status status =
        since ? tem_ledger_prove_growth(&source, file.index, size, &file.proof,
                                        &error)
              : tem_ledger_prove(&source, size, number, &file.proof, &error);
    if (status == TEM_OK && !since &&
        !read_entry(registry, kept->checkpoint.origin, number, &file)) {
        COMPLAIN(cli, LEDGER_NO_ENTRY, registry_name(registry),
                 number_text((long long)number).text);
        return false;
    }
    if (status != TEM_OK)
        complain_error(cli, registry_name(registry), &error);
    return status == TEM_OK && write_proof(cli, args->values[P_OUT], &file);
}

static bool is_older(const struct cli *cli, const char *path,
                     const struct kept *since, const struct kept *kept)
{
    if (strcmp(since->checkpoint.origin, kept->checkpoint.origin) == 0 &&
        since->checkpoint.size <= kept->checkpoint.size)
        return true;
    COMPLAIN(cli, LEDGER_NOT_OLDER, path, kept->checkpoint.origin,
             number_text((long long)kept->checkpoint.size).text);
    return false;
}

static bool prove_all(struct cli *cli, const struct args *args, uint64_t number)
{
    struct kept kept = {0}, since = {0};
    const char *old = args->values[P_SINCE];
    struct registry *registry = registry_open(cli, args->values[P_REGISTRY],
                                              TEM_REGISTRY_READ, NULL, NULL);
    bool done = registry &&
                ledger_load(cli, args->values[P_CHECKPOINT], NULL, &kept) &&
                (!old || (ledger_load(cli, old, NULL, &since) &&
                          is_older(cli, old, &since, &kept))) &&
                prove(cli, args, registry, &kept, old ? &since : NULL, number);
    free(kept.data);
    free(since.data);
    registry_close(registry);
    return done;
}

int cmd_ledger_prove(struct cli *cli, const struct args *args)
{
    unsigned long long number = 0;
    char *end = NULL;
    bool growth = args->values[P_SINCE] != NULL;
    if (!opt_required(cli, args, P_REGISTRY) ||
        !opt_required(cli, args, P_CHECKPOINT) ||
        !opt_required(cli, args, P_OUT) ||
        (growth && !ledger_no_operands(cli, args)))
        return EXIT_USAGE;
    errno = 0;
    if (!growth && args->operand_count == 1 && args->operands[0][0] >= '0' &&
        args->operands[0][0] <= '9')
        number = strtoull(args->operands[0], &end, 10);
    if (!growth && (!end || *end || errno)) {
        COMPLAIN(cli, OPERAND_MISSING, args->command->name, "NUMBER");
        return EXIT_USAGE;
    }
    return prove_all(cli, args, number) ? EXIT_DONE : EXIT_FAILED;
}

/* ---- check -------------------------------------------------------------- */

enum { C_REGISTRY = O_OWN, C_OFFICE, C_CHECKPOINT, C_LOG_KEY };

const struct option ledger_check_options[] = {
    COMMON_OPTIONS,           LEDGER_REGISTRY_OPTION, LEDGER_OFFICE_OPTION,
    LEDGER_CHECKPOINT_OPTION, LEDGER_LOG_KEY_OPTION,  {0},
};

struct checking {
    struct cli *cli;
    const struct args *args;
    struct registry *registry;
    struct kept kept;
    uint64_t faults;
};

static void tell_fault(void *context, const struct tem_message *fault)
{
    const struct checking *checking = context;
    char text[TEM_MESSAGE_TEXT_MAX];
    struct json json = {stdout, false};
    if (checking->cli->json) {
        json_open(&json, NULL, '{');
        json_message(&json, TEM_SEVERITY_ERROR, fault);
        json_close(&json, '}');
        json_end(&json);
        return;
    }
    SAY(checking->cli, LIST_LINE,
        message_text(checking->cli, fault, text, sizeof text));
}

static bool check_office(void *context, const char *office)
{
    struct checking *checking = context;
    struct tem_registry_faults faults = {.tell = tell_fault,
                                         .context = checking};
    bool known = checking->kept.data &&
                 strcmp(checking->kept.checkpoint.origin, office) == 0;
    struct tem_error error;
    if (tem_registry_log_check(registry_inside(checking->registry), office,
                               known ? &checking->kept.checkpoint : NULL,
                               &faults, &error) != TEM_OK) {
        complain_error(checking->cli, registry_name(checking->registry),
                       &error);
        return false;
    }
    checking->faults += faults.count;
    if (faults.count == 0)
        TELL(checking->cli, LEDGER_HOLDS, office);
    if (!known)
        TELL(checking->cli, LEDGER_NOT_WITNESSED, office);
    return true;
}

/* Lots, and what is counted of them. */
static bool check_rest(struct checking *checking)
{
    struct tem_registry_faults faults = {.tell = tell_fault,
                                         .context = checking};
    struct tem_error error;
    if (tem_registry_check(registry_inside(checking->registry), &faults,
                           &error) != TEM_OK) {
        complain_error(checking->cli, registry_name(checking->registry),
                       &error);
        return false;
    }
    checking->faults += faults.count;
    return true;
}

static int check_registry(struct cli *cli, const struct args *args,
                          const struct tem_key *key)
{
    struct checking checking = {.cli = cli, .args = args};
    const char *where = args->values[C_REGISTRY];
    const char *file = args->values[C_CHECKPOINT];
    checking.registry =
        registry_open(cli, where, TEM_REGISTRY_READ, NULL, NULL);
    bool done =
        checking.registry &&
        (!file || ledger_load(cli, file, key, &checking.kept)) &&
        ledger_each_office(cli, checking.registry, args->values[C_OFFICE],
                           check_office, &checking) &&
        check_rest(&checking);
    registry_close(checking.registry);
    free(checking.kept.data);
    return !done                 ? EXIT_FAILED
           : checking.faults > 0 ? EXIT_NEGATIVE
                                 : EXIT_DONE;
}

/* Does what the proof says hold, against the signed checkpoint in it? */
static enum tem_status holds(const struct tem_proof_file *file,
                             const struct kept *old, bool *does,
                             struct tem_error *error)
{
    struct tem_checkpoint checkpoint;
    struct tem_hash leaf;
    enum tem_status status =
        tem_checkpoint_read(file->note, &checkpoint, error);
    *does = false;
    if (status != TEM_OK)
        return status;
    if (file->growth)
        return old && old->checkpoint.size == file->index &&
                       strcmp(old->checkpoint.origin, checkpoint.origin) == 0
                   ? tem_ledger_check_growth(file->index, &old->checkpoint.root,
                                             checkpoint.size, &checkpoint.root,
                                             &file->proof, does, error)
                   : TEM_OK;
    status = tem_ledger_leaf(file->extra, &leaf, error);
    return status == TEM_OK
               ? tem_ledger_check(&leaf, file->index, checkpoint.size,
                                  &file->proof, &checkpoint.root, does, error)
               : status;
}

static void tell_proof(const struct cli *cli, const char *path,
                       const struct tem_proof_file *file)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    int size = (int)(file->extra.size < sizeof text ? file->extra.size
                                                    : sizeof text - 1);
    struct number_text index = number_text((long long)file->index);
    if (file->growth)
        SAY(cli, LEDGER_GREW, path, index.text);
    else
        SAY(cli, LEDGER_PROVED, path, index.text);
    snprintf(text, sizeof text, "%.*s", size, (const char *)file->extra.data);
    if (!file->growth)
        SAY(cli, LIST_LINE, text);
}

static int check_proof(struct cli *cli, const char *path,
                       const struct tem_key *key, const struct kept *old)
{
    uint8_t *data;
    size_t size;
    struct tem_buffer extra = {extra_space, sizeof extra_space, 0};
    struct tem_proof_file file;
    struct tem_checkpoint checkpoint;
    struct tem_error error;
    bool does = false;
    if (!file_read(cli, path, TEM_PROOF_MAX, &data, &size))
        return EXIT_FAILED;
    enum tem_status status =
        tem_proof_read((struct tem_bytes){data, size}, &file, &extra, &error);
    if (status == TEM_OK)
        status = tem_checkpoint_read(file.note, &checkpoint, &error);
    bool owned = status == TEM_OK &&
                 ledger_is_signed(cli, path, file.note, checkpoint.origin, key);
    if (owned)
        status = holds(&file, old, &does, &error);
    if (status != TEM_OK)
        complain_error(cli, path, &error);
    else if (owned && does)
        tell_proof(cli, path, &file);
    else if (owned)
        COMPLAIN(cli, LEDGER_NOT_PROVED, path);
    free(data);
    return status != TEM_OK ? EXIT_FAILED
           : owned && does  ? EXIT_DONE
                            : EXIT_NEGATIVE;
}

static int check_proofs(struct cli *cli, const struct args *args,
                        const struct tem_key *key)
{
    struct kept old = {0};
    const char *file = args->values[C_CHECKPOINT];
    if (file && !ledger_load(cli, file, key, &old))
        return EXIT_FAILED;
    for (size_t i = 0; i < args->operand_count; i++)
        worsen(cli,
               check_proof(cli, args->operands[i], key, file ? &old : NULL));
    free(old.data);
    return cli->status;
}

int cmd_ledger_check(struct cli *cli, const struct args *args)
{
    bool proofs = !args->values[C_REGISTRY];
    bool signed_by = proofs || args->values[C_CHECKPOINT];
    struct tem_key *key = NULL;
    if ((signed_by && !opt_required(cli, args, C_LOG_KEY)) ||
        (proofs ? !opt_operands(cli, args, "PROOF")
                : !ledger_no_operands(cli, args)))
        return EXIT_USAGE;
    if (args->values[C_LOG_KEY]) {
        key = key_load_public(cli, args->values[C_LOG_KEY]);
        if (!key)
            return EXIT_FAILED;
    }
    int status =
        proofs ? check_proofs(cli, args, key) : check_registry(cli, args, key);
    tem_key_free(key);
    return worsen(cli, status);
}

/* ---- cosign ------------------------------------------------------------- */

enum { W_LOG_KEY = O_OWN, W_KEY, W_PASSPHRASE, W_NAME, W_LAST, W_PROOF, W_OUT };

const struct option ledger_cosign_options[] = {
    COMMON_OPTIONS,
    LEDGER_LOG_KEY_OPTION,
    LEDGER_KEY_OPTIONS,
    {"name", 0, "WITNESS", {"the witness's name", "tên bên làm chứng"}},
    {"last",
     0,
     "OLD.checkpoint",
     {"the checkpoint of this log that was signed last; without it this is the "
      "first",
      "điểm kiểm của nhật ký này đã ký lần trước; không ghi nghĩa là lần đầu"}},
    {"proof",
     0,
     "FILE",
     {"proof that the log only grew since then",
      "bằng chứng nhật ký chỉ dài thêm từ đó"}},
    LEDGER_OUT_OPTION,
    {0},
};

/* Was the log, since it was signed last, only added to? */
static bool only_grew(struct cli *cli, const struct args *args,
                      const struct kept *kept, const struct tem_key *log)
{
    struct kept old = {0};
    const char *last = args->values[W_LAST], *path = args->values[W_PROOF];
    uint8_t *data = NULL;
    size_t size;
    struct tem_buffer extra = {extra_space, sizeof extra_space, 0};
    struct tem_proof_file file;
    struct tem_error error;
    bool does = false;
    if (!last)
        return true;
    if (ledger_load(cli, last, log, &old) && is_older(cli, last, &old, kept) &&
        file_read(cli, path, TEM_PROOF_MAX, &data, &size)) {
        enum tem_status status = tem_proof_read((struct tem_bytes){data, size},
                                                &file, &extra, &error);
        file.note = kept->note; /* that is what is signed now */
        if (status == TEM_OK && file.growth)
            status = holds(&file, &old, &does, &error);
        if (status != TEM_OK)
            complain_error(cli, path, &error);
        else if (!does)
            COMPLAIN(cli, LEDGER_NOT_GROWN, args->operands[0], last);
    }
    free(data);
    free(old.data);
    return does;
}

static bool cosign(struct cli *cli, const struct args *args,
                   const struct tem_key *log, const struct tem_key *key)
{
    struct kept kept = {0};
    uint8_t space[TEM_NOTE_MAX];
    struct tem_buffer note = {space, sizeof space, 0};
    struct tem_error error;
    const char *path = args->operands[0];
    bool done =
        ledger_load(cli, path, log, &kept) && only_grew(cli, args, &kept, log);
    if (done) {
        memcpy(space, kept.note.data, kept.note.size);
        note.size = kept.note.size;
        done =
            tem_checkpoint_cosign(&note, args->values[W_NAME],
                                  (uint64_t)clock_now(), key, &error) == TEM_OK;
        if (!done)
            complain_error(cli, path, &error);
    }
    done = done && ledger_write(cli, args->values[W_OUT], &note);
    if (done)
        TELL(cli, LEDGER_COSIGNED, kept.checkpoint.origin,
             number_text((long long)kept.checkpoint.size).text);
    free(kept.data);
    return done;
}

int cmd_ledger_cosign(struct cli *cli, const struct args *args)
{
    if (!opt_required(cli, args, W_LOG_KEY) ||
        !opt_required(cli, args, W_KEY) || !opt_required(cli, args, W_NAME) ||
        !opt_required(cli, args, W_OUT) ||
        (args->values[W_LAST] && !opt_required(cli, args, W_PROOF)))
        return EXIT_USAGE;
    if (args->operand_count != 1) {
        COMPLAIN(cli, OPERAND_MISSING, args->command->name, "CHECKPOINT");
        return EXIT_USAGE;
    }
    struct tem_key *log = key_load_public(cli, args->values[W_LOG_KEY]);
    struct tem_key *key = log ? key_load_private(cli, args->values[W_KEY],
                                                 args->values[W_PASSPHRASE])
                              : NULL;
    bool done = key && cosign(cli, args, log, key);
    tem_key_free(log);
    tem_key_free(key);
    return done ? EXIT_DONE : EXIT_FAILED;
}
