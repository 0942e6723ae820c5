/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* mkdtemp */
/* The registry: opening, events, lots, and many at once. */
#include "registry_place.h"
#include <stdatomic.h>
#include <sys/wait.h>

static struct tem_error error;

static enum tem_status open_as(enum tem_registry_mode mode, const char *office,
                               struct tem_registry **registry, bool *fresh)
{
    struct tem_registry_options options = {
        .where = place, .mode = mode, .office = office, .clock = test_clock};
    *registry = NULL;
    return tem_registry_open(&options, registry, fresh, &error);
}

static struct tem_registry *opened(void)
{
    struct tem_registry *registry;
    bool fresh;
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, &fresh), TEM_OK);
    return registry;
}

static const struct tem_lot_name plums = {"-", "08938505974194", "MH-2605"};

static struct tem_event event_of(enum tem_event_kind kind, uint64_t first,
                                 uint64_t last)
{
    return (struct tem_event){
        .kind = kind,
        .lot = plums,
        .serials = {first, last},
        .width = 6,
        .kid = 7,
        .print = tem_bytes_of("0123456789abcdef"),
        .folder = tem_bytes_of("@/a"),
        .salt = tem_bytes_of("00112233445566778899aabbccddeeff"),
        .digest = tem_bytes_of("ffeeddccbbaa99887766554433221100"),
        .record = tem_bytes_of("{}"),
    };
}

static enum tem_status note(struct tem_registry *registry,
                            enum tem_event_kind kind, uint64_t first,
                            uint64_t last)
{
    struct tem_event event = event_of(kind, first, last);
    bool taken;
    enum tem_status status =
        tem_registry_note(registry, &event, 1, 0, &taken, &error);
    return status == TEM_OK && !taken ? TEM_E_LIMIT : status;
}

/* ---- opening ------------------------------------------------------------ */

static void opens(void)
{
    struct tem_registry *registry;
    bool fresh = false;
    CHECK_INT(open_as(TEM_REGISTRY_WRITE, "np01", &registry, &fresh),
              TEM_E_STORE);
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, &fresh), TEM_OK);
    CHECK(fresh);
    tem_registry_close(registry);
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, &fresh), TEM_OK);
    CHECK(!fresh);
    tem_registry_close(registry);
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "n p", &registry, &fresh),
              TEM_E_ARGUMENT);
    CHECK_INT(open_as(TEM_REGISTRY_READ, NULL, &registry, &fresh), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_CLOSE, 0, 0), TEM_E_ARGUMENT);
    tem_registry_close(registry);
    CHECK_INT(open_as(TEM_REGISTRY_READ, "np01", &registry, &fresh), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_CLOSE, 0, 0), TEM_E_STORE);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_READONLY);
    tem_registry_close(registry);
}
BOTH(opens)

static void other_versions(void)
{
    struct tem_registry *registry;
    tem_registry_close(opened());
    REQUIRE(meddle("UPDATE tem_migrations SET version = 2"));
    CHECK_INT(open_as(TEM_REGISTRY_WRITE, "np01", &registry, NULL),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_NEWER);
    REQUIRE(meddle("UPDATE tem_migrations SET version = 0"));
    CHECK_INT(open_as(TEM_REGISTRY_WRITE, "np01", &registry, NULL),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_OLDER);
}
BOTH(other_versions)

TEST(other_files)
{
    struct tem_registry *registry;
    on_server = false;
    REQUIRE(new_place());
    REQUIRE(meddle("CREATE TABLE others (a)"));
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, NULL),
              TEM_E_STORE);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_OTHER);
    FILE *file = fopen(place, "w");
    REQUIRE(file);
    for (int i = 0; i < 999; i++)
        fputs("not a database, but a text ", file);
    fclose(file);
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, NULL),
              TEM_E_STORE);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_OTHER);
    strcpy(place, "/nowhere/at/all");
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, NULL),
              TEM_E_STORE);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_OPEN);
    strcpy(place, "postgresql://nobody:secret@127.0.0.1:1/none?x=secret");
    CHECK_INT(open_as(TEM_REGISTRY_CREATE, "np01", &registry, NULL),
              TEM_E_STORE);
    char text[TEM_MESSAGE_TEXT_MAX];
    tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
    CHECK(!strstr(text, "secret"));
}

/* ---- lots --------------------------------------------------------------- */

static void lots(void)
{
    struct tem_registry *registry = opened();
    struct tem_registry_lot lot = {0};
    REQUIRE(registry);
    CHECK_INT(tem_registry_lot_read(registry, &plums, &lot, &error), TEM_OK);
    CHECK_INT(lot.last, 0);
    CHECK_STR(lot.salt, "");
    CHECK_INT(note(registry, TEM_EVENT_SEAL, 0, 0), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_RESERVE, 1, 500), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 1, 250), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_VOID, 3, 4), TEM_OK);
    CHECK_INT(tem_registry_lot_read(registry, &lot.name, &lot, &error), TEM_OK);
    CHECK_INT(lot.last, 500);
    CHECK_STR(lot.name.lot, "MH-2605");
    CHECK_STR(lot.digest, "ffeeddccbbaa99887766554433221100");
    REQUIRE(lot.run_count == 1 && lot.void_count == 1);
    const struct tem_run *run = tem_registry_lot_run(&lot, 1);
    CHECK(run == lot.runs && !tem_registry_lot_run(&lot, 2));
    CHECK_INT(run->made, 250);
    CHECK_INT(run->kid, 7);
    CHECK(!run->done && !run->abandoned);
    CHECK_STR(run->folder, "@/a");
    CHECK(tem_registry_lot_has_void(&lot, (struct tem_serials){1, 3}));
    CHECK(!tem_registry_lot_has_void(&lot, (struct tem_serials){5, 9}));
    CHECK_INT(note(registry, TEM_EVENT_DONE, 1, 500), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_CLOSE, 0, 0), TEM_OK);
    CHECK_INT(tem_registry_lot_read(registry, &plums, &lot, &error), TEM_OK);
    CHECK(lot.runs[0].done && lot.closed);
    tem_registry_lot_free(&lot);
    tem_registry_close(registry);
}
BOTH(lots)

/* What cannot come after what was before is not noted. */
static void refuses(void)
{
    struct tem_registry *registry = opened();
    REQUIRE(registry);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 1, 2), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_VOID, 1, 1), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_RESERVE, 2, 3), TEM_E_LIMIT);
    CHECK_INT(note(registry, TEM_EVENT_RESERVE, 1, 3), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_RESERVE, 1, 3), TEM_E_LIMIT);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 1, 4), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 1, 2), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 1, 2), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_DONE, 1, 2), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_VOID, 3, 4), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_VOID, 3, 3), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_VOID, 2, 3), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_AGAIN, 1, 3), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_AGAIN, 1, 4), TEM_E_ARGUMENT);
    CHECK_INT(note(registry, TEM_EVENT_ABANDON, 1, 3), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_DONE, 1, 3), TEM_E_ARGUMENT);
    tem_registry_close(registry);
}
BOTH(refuses)

static void quotas(void)
{
    struct tem_registry *registry = opened();
    struct tem_event event = event_of(TEM_EVENT_RESERVE, 1, 10);
    uint64_t given = 99;
    bool taken;
    REQUIRE(registry);
    event.kid = TEM_KID_UNKNOWN;
    CHECK_INT(tem_registry_note(registry, &event, 1, 0, &taken, &error),
              TEM_OK);
    event = event_of(TEM_EVENT_RESERVE, 11, 20);
    CHECK_INT(tem_registry_note(registry, &event, 1, 19, &taken, &error),
              TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_REGISTRY_QUOTA);
    CHECK_INT(tem_registry_given(registry, 7, &given, &error), TEM_OK);
    CHECK_INT(given, 10);
    CHECK_INT(tem_registry_note(registry, &event, 1, 20, &taken, &error),
              TEM_OK);
    CHECK_INT(tem_registry_given(registry, 7, &given, &error), TEM_OK);
    CHECK_INT(given, 20);
    CHECK_INT(note(registry, TEM_EVENT_MADE, 11, 13), TEM_OK);
    CHECK_INT(note(registry, TEM_EVENT_ABANDON, 11, 20), TEM_OK);
    CHECK_INT(tem_registry_given(registry, 7, &given, &error), TEM_OK);
    CHECK_INT(given, 13);
    CHECK_INT(tem_registry_given(registry, 8, &given, &error), TEM_OK);
    CHECK_INT(given, 10);
    tem_registry_close(registry);
}
BOTH(quotas)

static void commands(void)
{
    struct tem_registry *registry = opened();
    struct tem_registry_command command;
    struct tem_event begin = {
        .kind = TEM_EVENT_BEGIN, .count = 12, .folder = tem_bytes_of("@/a")};
    REQUIRE(registry);
    CHECK_INT(tem_registry_command_read(registry, "@/a", &command, &error),
              TEM_OK);
    CHECK(command.number == 0 && !command.open);
    CHECK_INT(tem_registry_note(registry, &begin, 1, 0, NULL, &error), TEM_OK);
    CHECK_INT(tem_registry_command_read(registry, "@/a", &command, &error),
              TEM_OK);
    CHECK(command.number == 1 && command.open && command.count == 12);
    CHECK_INT(tem_registry_command_read(registry, "@/b", &command, &error),
              TEM_OK);
    CHECK(command.number == 0 && !command.open);
    begin.kind = TEM_EVENT_END;
    CHECK_INT(tem_registry_note(registry, &begin, 1, 0, NULL, &error), TEM_OK);
    CHECK_INT(tem_registry_command_read(registry, "@/a", &command, &error),
              TEM_OK);
    CHECK(command.number == 1 && !command.open);
    tem_registry_close(registry);
}
BOTH(commands)

/* All or none. */
static void together(void)
{
    struct tem_registry *registry = opened();
    struct tem_registry_lot lot = {0};
    struct tem_checkpoint head;
    struct tem_event events[3] = {event_of(TEM_EVENT_SEAL, 0, 0),
                                  event_of(TEM_EVENT_RESERVE, 1, 5),
                                  event_of(TEM_EVENT_MADE, 1, 6)};
    bool taken = true;
    REQUIRE(registry);
    CHECK_INT(tem_registry_note(registry, events, 3, 0, &taken, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(error.offset, 2);
    events[1].serials.first = 2; /* not the next */
    CHECK_INT(tem_registry_note(registry, events, 3, 0, &taken, &error),
              TEM_OK);
    CHECK(!taken);
    CHECK_INT(tem_registry_lot_read(registry, &plums, &lot, &error), TEM_OK);
    CHECK_STR(lot.salt, "");
    CHECK_INT(tem_registry_head(registry, "np01", &head, &error), TEM_OK);
    CHECK_INT(head.size, 0);
    events[1].serials.first = 1;
    events[2].serials.last = 5;
    CHECK_INT(tem_registry_note(registry, events, 3, 0, &taken, &error),
              TEM_OK);
    CHECK(taken);
    CHECK_INT(tem_registry_lot_read(registry, &plums, &lot, &error), TEM_OK);
    CHECK_INT(lot.runs[0].made, 5);
    tem_registry_lot_free(&lot);
    tem_registry_close(registry);
}
BOTH(together)

/* ---- many at once ------------------------------------------------------- */

enum { MACHINES = 4, RUNS = 12, BLOCK = 5 };

/* Take serials as `tem issue` does: look, choose, reserve, or look again. */
static bool take_one(struct tem_registry *registry)
{
    struct tem_registry_lot lot = {0};
    bool taken = false;
    while (!taken) {
        if (tem_registry_lot_read(registry, &plums, &lot, &error) != TEM_OK)
            return false;
        struct tem_event event =
            event_of(TEM_EVENT_RESERVE, lot.last + 1, lot.last + BLOCK);
        if (tem_registry_note(registry, &event, 1, 0, &taken, &error) != TEM_OK)
            return false;
    }
    tem_registry_lot_free(&lot);
    return true;
}

static int one_machine(int number)
{
    struct tem_registry *registry;
    char office[16];
    bool done;
    snprintf(office, sizeof office, "np%02d", number / 2);
    done = open_as(TEM_REGISTRY_CREATE, office, &registry, NULL) == TEM_OK;
    for (int i = 0; done && i < RUNS; i++)
        done = take_one(registry);
    tem_registry_close(registry);
    if (!done) {
        char text[TEM_MESSAGE_TEXT_MAX];
        tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
        printf("# %s\n", text);
        fflush(stdout);
    }
    return done ? 0 : 1;
}

static void at_once(void)
{
    struct tem_registry_lot lot = {0};
    fflush(stdout);
    for (int i = 0; i < MACHINES; i++)
        if (fork() == 0)
            _exit(one_machine(i));
    for (int i = 0; i < MACHINES; i++) {
        int status = 1;
        wait(&status);
        CHECK_INT(status, 0);
    }
    struct tem_registry *registry = opened();
    REQUIRE(registry);
    CHECK_INT(tem_registry_lot_read(registry, &plums, &lot, &error), TEM_OK);
    CHECK_INT(lot.run_count, MACHINES * RUNS);
    CHECK_INT(lot.last, MACHINES * RUNS * BLOCK);
    for (size_t i = 1; i < lot.run_count; i++)
        CHECK_INT(lot.runs[i].serials.first, lot.runs[i - 1].serials.last + 1);
    tem_registry_lot_free(&lot);
    tem_registry_close(registry);
}
BOTH(at_once)

int main(void)
{
    RUN_BOTH(opens);
    RUN_BOTH(other_versions);
    RUN(other_files);
    RUN_BOTH(lots);
    RUN_BOTH(refuses);
    RUN_BOTH(quotas);
    RUN_BOTH(commands);
    RUN_BOTH(together);
    RUN_BOTH(at_once);
    clear_places();
    return test_done();
}
