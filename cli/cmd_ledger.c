/* SPDX-License-Identifier: MIT */
/* tem ledger show, checkpoint, import: a registry's logs. */
#include "file.h"
#include "journal.h"
#include "json.h"
#include "ledger.h"
#include "secret.h"
#include <stdlib.h>
#include <string.h>

/* ---- show --------------------------------------------------------------- */

enum { S_REGISTRY = O_OWN, S_OFFICE };

const struct option ledger_show_options[] = {
    COMMON_OPTIONS,
    LEDGER_REGISTRY_OPTION,
    LEDGER_OFFICE_OPTION,
    {0},
};

/* The offices of a registry, before any of them is read. */
struct offices {
    char (*names)[TEM_NOTE_NAME_SIZE];
    size_t count;
};

static enum tem_status add_office(void *context, const char *office,
                                  uint64_t size, struct tem_error *error)
{
    struct offices *offices = context;
    void *more =
        realloc(offices->names, (offices->count + 1) * sizeof *offices->names);
    (void)size, (void)error;
    if (!more) {
        tem_message_set(&error->message, TEM_MSG_MEMORY, "");
        return error->status = TEM_E_MEMORY;
    }
    offices->names = more;
    strcpy(offices->names[offices->count++], office);
    return TEM_OK;
}

bool ledger_each_office(const struct cli *cli, struct registry *registry,
                        const char *only,
                        bool (*each)(void *context, const char *office),
                        void *context)
{
    struct offices offices = {0};
    struct tem_error error;
    bool done = true;
    if (only)
        return each(context, only);
    if (tem_registry_offices_walk(registry_inside(registry), add_office,
                                  &offices, &error) != TEM_OK) {
        complain_error(cli, registry_name(registry), &error);
        done = false;
    }
    for (size_t i = 0; done && i < offices.count; i++)
        done = each(context, offices.names[i]);
    free(offices.names);
    return done;
}

struct showing {
    struct cli *cli;
    struct registry *registry;
    const char *office;
};

static enum tem_status show_entry(void *context, uint64_t number,
                                  struct tem_bytes text,
                                  const struct tem_hash *leaf,
                                  struct tem_error *error)
{
    const struct showing *showing = context;
    struct json json = {stdout, false};
    (void)leaf, (void)error;
    if (showing->cli->json) {
        json_open(&json, NULL, '{');
        json_string(&json, "office", showing->office);
        json_number(&json, "number", (long long)number);
        json_bytes(&json, "text", text);
        json_close(&json, '}');
        json_end(&json);
        return TEM_OK;
    }
    printf("%s\t%llu\t", showing->office, (unsigned long long)number);
    fwrite(text.data ? (const void *)text.data : "", 1, text.size, stdout);
    putchar('\n');
    return TEM_OK;
}

static bool show_office(void *context, const char *office)
{
    struct showing *showing = context;
    struct tem_error error;
    showing->office = office;
    if (tem_registry_log_walk(registry_inside(showing->registry), office, 0,
                              show_entry, showing, &error) == TEM_OK)
        return true;
    complain_error(showing->cli, registry_name(showing->registry), &error);
    return false;
}

int cmd_ledger_show(struct cli *cli, const struct args *args)
{
    struct showing showing = {.cli = cli};
    const char *where = opt_required(cli, args, S_REGISTRY);
    if (!where || !ledger_no_operands(cli, args))
        return EXIT_USAGE;
    showing.registry = registry_open(cli, where, TEM_REGISTRY_READ, NULL, NULL);
    bool done = showing.registry && ledger_each_office(cli, showing.registry,
                                                       args->values[S_OFFICE],
                                                       show_office, &showing);
    registry_close(showing.registry);
    return done ? EXIT_DONE : EXIT_FAILED;
}

/* ---- checkpoint --------------------------------------------------------- */

enum { K_REGISTRY = O_OWN, K_OFFICE, K_KEY, K_PASSPHRASE, K_OUT };

const struct option ledger_checkpoint_options[] = {
    COMMON_OPTIONS,     LEDGER_REGISTRY_OPTION, LEDGER_OFFICE_OPTION,
    LEDGER_KEY_OPTIONS, LEDGER_OUT_OPTION,      {0},
};

/* Sign how far the log is, and keep that beside it. */
static bool sign_head(const struct cli *cli, const struct args *args,
                      struct registry *registry, const struct tem_key *key)
{
    const char *where = registry_name(registry);
    const char *office = args->values[K_OFFICE];
    uint8_t space[TEM_NOTE_MAX];
    struct tem_buffer note = {space, sizeof space, 0};
    struct tem_checkpoint head;
    struct tem_error error;
    struct tem_registry *inside = registry_inside(registry);
    enum tem_status status = tem_registry_head(inside, office, &head, &error);
    if (status == TEM_OK)
        status = tem_checkpoint_sign(&head, key, &note, &error);
    if (status != TEM_OK) {
        complain_error(cli, where, &error);
        return false;
    }
    if (!ledger_write(cli, args->values[K_OUT], &note))
        return false;
    TELL(cli, LEDGER_SIGNED, office, number_text((long long)head.size).text);
    status = tem_registry_checkpoint_keep(inside, office, head.size,
                                          (struct tem_bytes){space, note.size},
                                          &error);
    if (status != TEM_OK)
        complain_error(cli, where, &error);
    return status == TEM_OK;
}

int cmd_ledger_checkpoint(struct cli *cli, const struct args *args)
{
    if (!opt_required(cli, args, K_REGISTRY) ||
        !opt_required(cli, args, K_OFFICE) || !opt_required(cli, args, K_KEY) ||
        !opt_required(cli, args, K_OUT) || !ledger_no_operands(cli, args))
        return EXIT_USAGE;
    struct tem_key *key =
        key_load_private(cli, args->values[K_KEY], args->values[K_PASSPHRASE]);
    struct registry *registry =
        key ? registry_open(cli, args->values[K_REGISTRY], TEM_REGISTRY_WRITE,
                            args->values[K_OFFICE], NULL)
            : NULL;
    bool done = registry && sign_head(cli, args, registry, key);
    registry_close(registry);
    tem_key_free(key);
    return done ? EXIT_DONE : EXIT_FAILED;
}

/* ---- import ------------------------------------------------------------- */

enum { I_REGISTRY = O_OWN, I_OFFICE };

const struct option ledger_import_options[] = {
    COMMON_OPTIONS,
    LEDGER_REGISTRY_OPTION,
    LEDGER_OFFICE_OPTION,
    {0},
};

/* One that was taken over before is passed by. */
static bool import(const struct cli *cli, const char *path,
                   struct registry *registry)
{
    size_t events = 0;
    bool same = false;
    if (!journal_is_over(cli, path, registry, &same))
        return false;
    if (!same && !journal_take_over(cli, path, registry, &events))
        return false;
    TELL(cli, JOURNAL_TAKEN, path, number_text((long long)events).text,
         registry_name(registry));
    return true;
}

int cmd_ledger_import(struct cli *cli, const struct args *args)
{
    const char *where = opt_required(cli, args, I_REGISTRY);
    if (!where || !opt_required(cli, args, I_OFFICE) ||
        !opt_operands(cli, args, "JOURNAL"))
        return EXIT_USAGE;
    struct registry *registry = registry_open(cli, where, TEM_REGISTRY_CREATE,
                                              args->values[I_OFFICE], NULL);
    bool done = registry != NULL;
    for (size_t i = 0; done && i < args->operand_count; i++)
        done = import(cli, args->operands[i], registry);
    registry_close(registry);
    return done ? EXIT_DONE : EXIT_FAILED;
}
