/* SPDX-License-Identifier: MIT */
/* A registry of a province: a million events, then proofs from its log.
 *
 *     bench_registry [FILE [LABELS [SCANS]]]
 *
 * With a FILE the registry is kept, for a look at the audit. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include "bench.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <tem/tem.h>
#include <unistd.h>

enum { LOT_LABELS = 1000, PROOFS = 200, PLACES = 12 };

static struct tem_error error;

static void must(enum tem_status status)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    if (status == TEM_OK)
        return;
    fprintf(stderr, "%s\n",
            tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text));
    abort();
}

static int64_t a_day(void *context)
{
    (void)context;
    return 1764000000;
}

static struct tem_lot_name lot_name(uint64_t lot)
{
    struct tem_lot_name name = {.maker = "-", .product = "08938505974194"};
    snprintf(name.lot, sizeof name.lot, "MH%06" PRIu64, lot);
    return name;
}

static void issue_lot(struct tem_registry *registry, uint64_t lot)
{
    struct tem_event event = {.kind = TEM_EVENT_RESERVE,
                              .lot = lot_name(lot),
                              .serials = {1, LOT_LABELS},
                              .width = 6,
                              .kid = 7,
                              .print = tem_bytes_of("0123456789abcdef"),
                              .folder = tem_bytes_of("@/labels")};
    must(tem_registry_note(registry, &event, 1, 0, NULL, &error));
    event.kind = TEM_EVENT_MADE;
    must(tem_registry_note(registry, &event, 1, 0, NULL, &error));
    event.kind = TEM_EVENT_DONE;
    must(tem_registry_note(registry, &event, 1, 0, NULL, &error));
}

/* Scan number n, of a label that each so many are of: days apart, at one of a
 * few places. */
static void make_scan(uint64_t n, uint64_t labels,
                      struct tem_registry_scan *scan)
{
    uint64_t label = n % labels, turn = n / labels;
    *scan = (struct tem_registry_scan){
        .lot = lot_name(label / LOT_LABELS),
        .seen = 1764100000 + (int64_t)(turn * 86400 * 3 + n % 40000),
        .latitude = 21320000 + (int32_t)(label % PLACES) * 1000,
        .longitude = 103910000,
        .verdict = TEM_VERDICT_GENUINE,
        .trust_version = 3};
    snprintf(scan->serial, sizeof scan->serial, "%06" PRIu64,
             label % LOT_LABELS + 1);
    snprintf(scan->place, sizeof scan->place, "Cửa hàng %" PRIu64,
             label % PLACES);
    memcpy(scan->digest, &label, sizeof label);
}

static void note_scans(struct tem_registry *registry, uint64_t labels,
                       uint64_t count)
{
    static struct tem_registry_scan scans[TEM_SCANS_MAX];
    size_t fill = 0, added = 0;
    for (uint64_t n = 0; n < count; n++) {
        make_scan(n, labels, &scans[fill++]);
        if (fill < TEM_SCANS_MAX && n + 1 < count)
            continue;
        must(tem_registry_scans_note(registry, scans, fill, &added, &error));
        need(added == fill);
        fill = 0;
    }
}

static void prove(struct tem_registry *registry)
{
    struct tem_checkpoint head;
    struct tem_ledger_proof proof;
    struct tem_registry_source place = {registry, "bench"};
    struct tem_ledger_source source = tem_registry_ledger(&place);
    must(tem_registry_head(registry, "bench", &head, &error));
    double start = bench_time(CLOCK_MONOTONIC);
    for (uint64_t i = 0; i < PROOFS; i++)
        must(tem_ledger_prove(&source, head.size, i * 7919 % head.size, &proof,
                              &error));
    double inclusion = bench_time(CLOCK_MONOTONIC) - start;
    start = bench_time(CLOCK_MONOTONIC);
    for (uint64_t i = 0; i < PROOFS; i++)
        must(tem_ledger_prove_growth(&source, i * 7919 % head.size, head.size,
                                     &proof, &error));
    double growth = bench_time(CLOCK_MONOTONIC) - start;
    printf("proof of an entry        %8.2f ms\nproof of growth          %8.2f "
           "ms\n",
           inclusion / PROOFS, growth / PROOFS);
}

static void check(struct tem_registry *registry)
{
    struct tem_registry_faults faults = {0};
    double start = bench_time(CLOCK_MONOTONIC);
    must(tem_registry_log_check(registry, "bench", NULL, &faults, &error));
    need(faults.count == 0);
    must(tem_registry_check(registry, &faults, &error));
    need(faults.count == 0);
    printf("check of all             %8.1f s\n",
           (bench_time(CLOCK_MONOTONIC) - start) / 1e3);
}

static void measure(const char *file, uint64_t labels, uint64_t scans)
{
    struct tem_registry *registry;
    struct tem_registry_options options = {.where = file,
                                           .mode = TEM_REGISTRY_CREATE,
                                           .office = "bench",
                                           .clock = a_day};
    struct stat info;
    must(tem_registry_open(&options, &registry, NULL, &error));
    double start = bench_time(CLOCK_MONOTONIC), cpu = now();
    for (uint64_t lot = 0; lot < labels / LOT_LABELS; lot++)
        issue_lot(registry, lot);
    double issued = bench_time(CLOCK_MONOTONIC) - start;
    start = bench_time(CLOCK_MONOTONIC), cpu = now();
    note_scans(registry, labels, scans);
    double wall = bench_time(CLOCK_MONOTONIC) - start;
    cpu = now() - cpu;
    printf("labels                   %8" PRIu64 "\nevents, one at a time    "
           "%8.0f /s\nscans                    %8" PRIu64
           "\nscans, by the thousand   %8.0f /s, %.0f /s of one core's time\n",
           labels, (double)labels / LOT_LABELS * 3e3 / issued, scans,
           (double)scans * 1e3 / wall, (double)scans * 1e3 / cpu);
    prove(registry);
    check(registry);
    tem_registry_close(registry);
    need(stat(file, &info) == 0);
    printf("file                     %8.1f MB\n", (double)info.st_size / 1e6);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tem-bench-XXXXXX", file[64];
    uint64_t labels = argc > 2 ? strtoull(argv[2], NULL, 10) : 200000;
    uint64_t scans = argc > 3 ? strtoull(argv[3], NULL, 10) : 1000000;
    if (argc > 1) {
        measure(argv[1], labels, scans);
        return 0;
    }
    need(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/r.db", folder);
    measure(file, labels, scans);
    unlink(file);
    rmdir(folder);
    return 0;
}
