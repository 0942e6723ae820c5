/* SPDX-License-Identifier: MIT */
/* See scan_notes.h. */
#include "scan_notes.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct scan_notes {
    const struct cli *cli;
    struct registry *registry;
    uint64_t added;
    size_t count;
    struct tem_registry_scan scans[TEM_SCANS_MAX];
    uint8_t texts[TEM_SCANS_MAX][TEM_URI_SIZE];
};

struct scan_notes *scan_notes_open(const struct cli *cli, const char *where,
                                   const char *office,
                                   const struct tem_trust *trust)
{
    struct scan_notes *notes = malloc(sizeof *notes);
    if (!notes) {
        COMPLAIN(cli, MEMORY, NULL);
        return NULL;
    }
    notes->cli = cli;
    notes->added = 0;
    notes->count = 0;
    notes->registry = registry_open(cli, where, TEM_REGISTRY_CREATE,
                                    office ? office : "scans", NULL);
    if (notes->registry &&
        (!trust || registry_note_bundle(notes->registry, trust)))
        return notes;
    scan_notes_close(notes);
    return NULL;
}

bool scan_notes_flush(struct scan_notes *notes)
{
    size_t added = 0, count = notes->count;
    struct tem_error error;
    notes->count = 0;
    if (count == 0)
        return true;
    if (tem_registry_scans_note(registry_inside(notes->registry), notes->scans,
                                count, &added, &error) != TEM_OK) {
        complain_error(notes->cli, registry_name(notes->registry), &error);
        return false;
    }
    notes->added += added;
    return true;
}

bool scan_notes_add(struct scan_notes *notes,
                    const struct tem_registry_scan *scan)
{
    struct tem_registry_scan *at = &notes->scans[notes->count];
    uint8_t *text = notes->texts[notes->count];
    *at = *scan;
    if (scan->text.size >= TEM_URI_SIZE) /* no label: its digest is enough */
        at->text.size = 0;
    if (at->text.size > 0)
        memcpy(text, scan->text.data, at->text.size);
    at->text.data = text;
    notes->count++;
    return notes->count < TEM_SCANS_MAX || scan_notes_flush(notes);
}

uint64_t scan_notes_added(const struct scan_notes *notes)
{
    return notes->added;
}

const char *scan_notes_name(const struct scan_notes *notes)
{
    return registry_name(notes->registry);
}

void scan_notes_close(struct scan_notes *notes)
{
    if (!notes)
        return;
    registry_close(notes->registry);
    free(notes);
}

/* ---- options ------------------------------------------------------------ */

enum { N_REGISTRY, N_OFFICE, N_PLACE, N_POSITION, N_WHO, N_SEEN };

/* "21.327,103.914", with a point in any language. */
static bool read_degrees(const char **text, double most, int32_t *out)
{
    char *end;
    double degrees = strtod(*text, &end);
    if (end == *text || !(degrees >= -most && degrees <= most))
        return false;
    *text = end;
    *out = (int32_t)(degrees * 1e6 + (degrees < 0 ? -0.5 : 0.5));
    return true;
}

static bool read_position(const char *text, struct tem_registry_scan *each)
{
    return read_degrees(&text, 90, &each->latitude) && *text++ == ',' &&
           read_degrees(&text, 180, &each->longitude) && !*text;
}

/* A name without what cannot be in one. */
static bool read_name(struct cli *cli, const struct args *args, int option,
                      char out[TEM_WHO_SIZE])
{
    const char *value = args->values[option];
    struct tem_buffer nfc = {(uint8_t *)out, TEM_WHO_SIZE - 1, 0};
    size_t characters = 0;
    char name[32];
    out[0] = '\0';
    if (!value)
        return true;
    bool valid =
        tem_text_nfc(tem_bytes_of(value), &nfc, &characters, NULL) == TEM_OK &&
        characters <= TEM_WHO_MAX;
    out[valid ? nfc.size : 0] = '\0';
    snprintf(name, sizeof name, "--%s", args->command->options[option].name);
    if (!valid)
        COMPLAIN(cli, OPTION_RANGE, args->command->name, name, value,
                 "1-60 UTF-8");
    return valid;
}

bool scan_note_options(struct cli *cli, const struct args *args, int first,
                       struct tem_registry_scan *each)
{
    const char *const *values = &args->values[first];
    const char *seen = values[N_SEEN], *position = values[N_POSITION];
    *each = (struct tem_registry_scan){.latitude = TEM_DEGREES_NONE,
                                       .longitude = TEM_DEGREES_NONE,
                                       .seen = clock_now()};
    for (int i = N_OFFICE; i <= N_SEEN; i++)
        if (values[i] && !opt_required(cli, args, first + N_REGISTRY))
            return false;
    if (seen)
        each->seen = tem_time_parse(tem_bytes_of(seen));
    if (each->seen == TEM_TIME_NONE) {
        COMPLAIN(cli, OPTION_RANGE, args->command->name, "--seen", seen,
                 "2026-10-05T09:30");
        return false;
    }
    if (position && !read_position(position, each)) {
        COMPLAIN(cli, OPTION_RANGE, args->command->name, "--position", position,
                 "21.327,103.914");
        return false;
    }
    return read_name(cli, args, first + N_PLACE, each->place) &&
           read_name(cli, args, first + N_WHO, each->who);
}

/* ---- results ------------------------------------------------------------ */

bool scan_of_result(const struct cli *cli, const char *file,
                    struct tem_bytes text, const struct tem_result *result,
                    struct tem_registry_scan *scan)
{
    struct tem_error error;
    scan->verdict = result->verdict;
    scan->trust_version = result->trust_version;
    scan->text = text;
    scan->lot = (struct tem_lot_name){0};
    scan->serial[0] = '\0';
    enum tem_status status = tem_sha256(text, scan->digest, &error);
    if (status == TEM_OK && tem_verdict_is_sealed(result->verdict))
        status = tem_registry_scan_name(scan, &error);
    if (status != TEM_OK)
        complain_error(cli, file, &error);
    return status == TEM_OK;
}
