/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* mkdtemp */
/* The registry's logs: proofs from them, and what is found when somebody
 * changes rows behind their back. */
#include "registry_place.h"

static struct tem_error error;
static char told[4096];

static void tell(void *context, const struct tem_message *fault)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    size_t size = strlen(told);
    (void)context;
    tem_message_text(fault, TEM_LANG_EN, text, sizeof text);
    snprintf(told + size, sizeof told - size, "%s\n", text);
}

static struct tem_registry *open_it(void)
{
    struct tem_registry *registry = NULL;
    struct tem_registry_options options = {.where = place,
                                           .mode = TEM_REGISTRY_CREATE,
                                           .office = "np01",
                                           .clock = test_clock};
    CHECK_INT(tem_registry_open(&options, &registry, NULL, &error), TEM_OK);
    return registry;
}

static bool fill(struct tem_registry *registry, uint64_t count)
{
    bool done = true;
    for (uint64_t i = 1; done && i <= count; i++) {
        struct tem_event event = {.kind = TEM_EVENT_RESERVE,
                                  .lot = {"-", "08938505974194", "L1"},
                                  .serials = {i, i},
                                  .width = 6,
                                  .kid = 7,
                                  .print = tem_bytes_of("0123456789abcdef"),
                                  .folder = tem_bytes_of("@")};
        done =
            tem_registry_note(registry, &event, 1, 0, NULL, &error) == TEM_OK;
    }
    return done;
}

/* All faults of the log and of all else; no failure. */
static uint64_t faults(const struct tem_checkpoint *known)
{
    struct tem_registry *registry = open_it();
    struct tem_registry_faults found = {.tell = tell};
    uint64_t count = 0;
    told[0] = '\0';
    if (!registry)
        return 0;
    CHECK_INT(tem_registry_log_check(registry, "np01", known, &found, &error),
              TEM_OK);
    count = found.count;
    CHECK_INT(tem_registry_check(registry, &found, &error), TEM_OK);
    tem_registry_close(registry);
    return count + found.count;
}

static void proves(void)
{
    enum { SIZE = 300 };
    struct tem_registry *registry = open_it();
    struct tem_checkpoint before, now;
    struct tem_registry_source place_of = {registry, "np01"};
    struct tem_ledger_source source = tem_registry_ledger(&place_of);
    struct tem_ledger_proof proof;
    bool holds = false;
    REQUIRE(registry);
    CHECK_INT(tem_registry_head(registry, "np01", &before, &error), TEM_OK);
    CHECK_INT(before.size, 0);
    REQUIRE(fill(registry, SIZE - 40));
    CHECK_INT(tem_registry_head(registry, "np01", &before, &error), TEM_OK);
    REQUIRE(fill(registry, 0));
    struct tem_event event = {.kind = TEM_EVENT_CLOSE,
                              .lot = {"-", "08938505974194", "L2"}};
    for (int i = 0; i < 40; i++)
        CHECK_INT(tem_registry_note(registry, &event, 1, 0, NULL, &error),
                  TEM_OK);
    CHECK_INT(tem_registry_head(registry, "np01", &now, &error), TEM_OK);
    CHECK_INT(now.size, SIZE);
    CHECK_STR(now.origin, "np01");
    CHECK_INT(
        tem_ledger_prove_growth(&source, before.size, now.size, &proof, &error),
        TEM_OK);
    CHECK_INT(tem_ledger_check_growth(before.size, &before.root, now.size,
                                      &now.root, &proof, &holds, &error),
              TEM_OK);
    CHECK(holds);
    CHECK_INT(faults(NULL), 0);
    CHECK_INT(faults(&before), 0);
    CHECK_INT(faults(&now), 0);
    before.root.bytes[0] ^= 1;
    CHECK_INT(faults(&before), 1);
    CHECK(strstr(told, "it was rewritten"));
    now.size++;
    CHECK_INT(faults(&now), 1);
    CHECK(strstr(told, "has 301 entries, the log 300"));
    tem_registry_close(registry);
}
BOTH(proves)

static void keeps_checkpoints(void)
{
    struct tem_registry *registry = open_it();
    uint8_t data[TEM_NOTE_MAX];
    struct tem_buffer note = {data, sizeof data, 0};
    REQUIRE(registry);
    CHECK_INT(tem_registry_checkpoint_last(registry, "np01", &note, &error),
              TEM_OK);
    CHECK_INT(note.size, 0);
    for (uint64_t size = 9; size < 12; size++)
        CHECK_INT(tem_registry_checkpoint_keep(registry, "np01", size,
                                               tem_bytes_of("old"), &error),
                  TEM_OK);
    CHECK_INT(tem_registry_checkpoint_keep(registry, "np01", 11,
                                           tem_bytes_of("new\n"), &error),
              TEM_OK);
    CHECK_INT(tem_registry_checkpoint_last(registry, "np01", &note, &error),
              TEM_OK);
    CHECK(note.size == 4 && memcmp(data, "new\n", 4) == 0);
    tem_registry_close(registry);
}
BOTH(keeps_checkpoints)

/* One change behind the log's back, and what is told of it. */
static void found(const char *sql, const char *text)
{
    REQUIRE(new_place());
    struct tem_registry *registry = open_it();
    REQUIRE(registry);
    CHECK(fill(registry, 260));
    tem_registry_close(registry);
    REQUIRE(meddle(sql));
    CHECK(faults(NULL) > 0);
    if (!strstr(told, text)) {
        CHECK(false);
        printf("# %s\n# tells %s", sql, told);
    }
}

static void finds_changes(void)
{
    found("DELETE FROM tem_events WHERE place = 8",
          "log np01: entry 7 was removed");
    found("DELETE FROM tem_log WHERE number = 7",
          "log np01: entry 7 was removed");
    found("DELETE FROM tem_log WHERE number = 259",
          "log np01: entry 259 was removed");
    found(
        "UPDATE tem_events SET body = replace(body, 'abcdef', 'abcdee') WHERE "
        "place = 7",
        "log np01: entry 6 is not what was noted");
    found("UPDATE tem_events SET place = 900 - place WHERE place < 3",
          "entry 0 was removed");
    found("UPDATE tem_log SET number = -1 WHERE number = 3; UPDATE tem_log SET "
          "number = 3 WHERE number = 9; UPDATE tem_log SET number = 9 WHERE "
          "number = -1",
          "entries 0 to 255 are not those that were noted");
    found("INSERT INTO tem_events (lot, place, body) VALUES (5, 1, 'x')",
          "tem_events: a row of the lot with the key 5 is in no log");
    found("UPDATE tem_keys SET given = 2", "KID 7: 2 labels are counted");
    found("UPDATE tem_lots SET events = 7", "lot L1: its event 7");
    found("DELETE FROM tem_nodes", "hashes that were stored");
    found("UPDATE tem_offices SET size = 256, edge = (SELECT hash FROM "
          "tem_nodes)",
          "its 260 entries do not come to what was stored");
}
BOTH(finds_changes)

int main(void)
{
    RUN_BOTH(proves);
    RUN_BOTH(keeps_checkpoints);
    RUN_BOTH(finds_changes);
    clear_places();
    return test_done();
}
