/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* mkdtemp */
/* Scans in the registry. */
#include "registry_place.h"

static struct tem_error error;

static struct tem_registry *open_it(void)
{
    struct tem_registry *registry = NULL;
    struct tem_registry_options options = {.where = place,
                                           .mode = TEM_REGISTRY_CREATE,
                                           .office = "scans",
                                           .clock = test_clock};
    CHECK_INT(tem_registry_open(&options, &registry, NULL, &error), TEM_OK);
    return registry;
}

static struct tem_registry_scan scan_of(const char *lot, const char *serial,
                                        int64_t seen)
{
    struct tem_registry_scan scan = {
        .lot = {.maker = "-", .product = "08938505974194"},
        .seen = seen,
        .latitude = TEM_DEGREES_NONE,
        .longitude = TEM_DEGREES_NONE,
        .verdict = TEM_VERDICT_GENUINE,
        .trust_version = 3,
        .text = tem_bytes_of("HTTPS://X/1")};
    strcpy(scan.lot.lot, lot);
    strcpy(scan.serial, serial);
    memset(scan.digest, serial[0], sizeof scan.digest);
    return scan;
}

/* What a walk met: lots and serials in their order, one of them whole. */
struct met {
    size_t count;
    char order[256];
    struct tem_registry_scan last;
};

static enum tem_status meet(void *context, const struct tem_registry_scan *scan,
                            struct tem_error *err)
{
    struct met *met = context;
    size_t size = strlen(met->order);
    (void)err;
    met->count++;
    met->last = *scan;
    snprintf(met->order + size, sizeof met->order - size, "%s/%s ",
             scan->lot.lot, scan->serial);
    return TEM_OK;
}

static enum tem_status count_text(void *context, struct tem_bytes text,
                                  struct tem_error *err)
{
    size_t *count = context;
    (void)err;
    *count += text.size == 11;
    return TEM_OK;
}

static void notes_scans(void)
{
    struct tem_registry *registry = open_it();
    struct tem_registry_scan scans[5];
    struct met met = {0};
    struct tem_checkpoint head;
    size_t added = 9, texts = 0;
    REQUIRE(registry);
    scans[0] = scan_of("A", "000010", 100);
    scans[1] = scan_of("A", "000002", 100);
    scans[2] = scan_of("A", "000010", 99);
    scans[3] = scan_of("A", "000010", 100); /* the same once more */
    scans[4] = scan_of("A", "Z9", 7);
    scans[2].latitude = 21330000;
    scans[2].longitude = 103910000;
    strcpy(scans[2].place, "Chợ 7/11");
    strcpy(scans[2].who, "máy 2");
    CHECK_INT(tem_registry_scans_note(registry, scans, 5, &added, &error),
              TEM_OK);
    CHECK_INT(added, 4);
    CHECK_INT(tem_registry_scans_note(registry, scans, 5, &added, &error),
              TEM_OK);
    CHECK_INT(added, 0);
    test_time += 60; /* noted later: still the same */
    CHECK_INT(tem_registry_scans_note(registry, scans, 2, &added, &error),
              TEM_OK);
    CHECK_INT(added, 0);
    CHECK_INT(tem_registry_scans_walk(registry, meet, &met, &error), TEM_OK);
    CHECK_INT(met.count, 4);
    CHECK(strstr(met.order, "A/Z9 A/000002 A/000010 A/000010"));
    CHECK_INT(tem_registry_texts_walk(registry, count_text, &texts, &error),
              TEM_OK);
    CHECK_INT(texts, 2);
    CHECK_INT(tem_registry_head(registry, "scans", &head, &error), TEM_OK);
    CHECK_INT(head.size, 4);
    tem_registry_close(registry);
}
BOTH(notes_scans)

static void keeps_fields(void)
{
    struct tem_registry *registry = open_it();
    struct tem_registry_scan scan = scan_of("A", "000010", 1764000001);
    struct met met = {0};
    size_t added;
    REQUIRE(registry);
    scan.latitude = -90000000;
    scan.longitude = 180000000;
    scan.verdict = TEM_VERDICT_REVOKED;
    scan.trust_version = UINT32_MAX;
    strcpy(scan.place, "Chợ đầu mối");
    strcpy(scan.who, "a'b\"c\\;--");
    CHECK_INT(tem_registry_scans_note(registry, &scan, 1, &added, &error),
              TEM_OK);
    CHECK_INT(tem_registry_scans_walk(registry, meet, &met, &error), TEM_OK);
    REQUIRE(met.count == 1);
    CHECK_INT(met.last.latitude, scan.latitude);
    CHECK_INT(met.last.longitude, scan.longitude);
    CHECK_INT(met.last.verdict, scan.verdict);
    CHECK_INT(met.last.trust_version, UINT32_MAX);
    CHECK_INT(met.last.seen, scan.seen);
    CHECK_INT(met.last.at, test_time);
    CHECK_STR(met.last.place, scan.place);
    CHECK_STR(met.last.who, scan.who);
    CHECK_STR(met.last.lot.product, scan.lot.product);
    CHECK(memcmp(met.last.digest, scan.digest, sizeof scan.digest) == 0);
    tem_registry_close(registry);
}
BOTH(keeps_fields)

TEST(refuses_fields)
{
    struct tem_registry_scan scan = scan_of("A", "1", 5);
    CHECK(tem_registry_scan_valid(&scan));
#define BAD(field, value)                                                      \
    scan = scan_of("A", "1", 5);                                               \
    scan.field = (value);                                                      \
    CHECK(!tem_registry_scan_valid(&scan))
    BAD(latitude, 5);
    BAD(longitude, 5);
    BAD(verdict, 0);
    BAD(verdict, 9);
    BAD(seen, -1);
    BAD(lot.maker[0], '\0');
    BAD(lot.product[0], '\0');
    BAD(lot.lot[0], '\0');
    BAD(who[0], '\t');
    BAD(place[0], '\n');
    BAD(serial[0], '\x7F');
    BAD(place[0], '\xC3');
    scan = scan_of("A", "1", 5);
    scan.latitude = 90000001;
    scan.longitude = 0;
    CHECK(!tem_registry_scan_valid(&scan));
    scan.latitude = 90000000;
    CHECK(tem_registry_scan_valid(&scan));
    memset(scan.who, 'x', sizeof scan.who); /* without an end */
    CHECK(!tem_registry_scan_valid(&scan));
    scan = scan_of("", "", 5); /* a label that does not hold */
    CHECK(!tem_registry_scan_valid(&scan));
    memset(&scan.lot, 0, sizeof scan.lot);
    CHECK(tem_registry_scan_valid(&scan));
}

static void refuses_batches(void)
{
    struct tem_registry *registry = open_it();
    static struct tem_registry_scan scans[TEM_SCANS_MAX + 1];
    struct met met = {0};
    size_t added;
    REQUIRE(registry);
    for (int i = 0; i <= TEM_SCANS_MAX; i++)
        scans[i] = scan_of("A", "1", i);
    CHECK_INT(tem_registry_scans_note(registry, scans, TEM_SCANS_MAX + 1,
                                      &added, &error),
              TEM_E_ARGUMENT);
    scans[7].seen = -1;
    CHECK_INT(tem_registry_scans_note(registry, scans, 10, &added, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(error.offset, 7);
    CHECK_INT(tem_registry_scans_walk(registry, meet, &met, &error), TEM_OK);
    CHECK_INT(met.count, 0);
    scans[7].seen = 7;
    CHECK_INT(
        tem_registry_scans_note(registry, scans, TEM_SCANS_MAX, &added, &error),
        TEM_OK);
    CHECK_INT(added, TEM_SCANS_MAX);
    tem_registry_close(registry);
}
BOTH(refuses_batches)

int main(void)
{
    RUN_BOTH(notes_scans);
    RUN_BOTH(keeps_fields);
    RUN(refuses_fields);
    RUN_BOTH(refuses_batches);
    clear_places();
    return test_done();
}
