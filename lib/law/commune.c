/* SPDX-License-Identifier: MIT */
/* See <tem/law.h>: communes by code and day. */
#include "tables.h"
#include <string.h>

static bool is_valid_on(const struct tem_commune *unit, int32_t date)
{
    return (unit->valid_from == TEM_DATE_NONE || unit->valid_from <= date) &&
           (unit->valid_to == TEM_DATE_NONE || date <= unit->valid_to);
}

static const struct tem_commune *find(const char *code, int32_t date)
{
    for (size_t i = 0; i < tem_commune_count; i++) {
        const struct tem_commune *unit = &tem_communes[i];
        if (strcmp(unit->code, code) == 0 && is_valid_on(unit, date))
            return unit;
    }
    return NULL;
}

/* The unit that had this code last before @p date, if it has ended by then. */
static const struct tem_commune *last_before(const char *code, int32_t date)
{
    const struct tem_commune *last = NULL;
    for (size_t i = 0; i < tem_commune_count; i++) {
        const struct tem_commune *unit = &tem_communes[i];
        if (strcmp(unit->code, code) == 0 && unit->valid_to != TEM_DATE_NONE &&
            unit->valid_to < date)
            last = unit; /* rows of one code go forward in time */
    }
    return last;
}

const struct tem_commune *tem_commune_on(const char *code, int32_t date,
                                         const struct tem_commune **later)
{
    const struct tem_commune *unit =
        date == TEM_DATE_NONE ? NULL : find(code, date);
    if (later == NULL)
        return unit;
    *later = NULL;
    if (unit != NULL || date == TEM_DATE_NONE)
        return unit;
    /* Each successor begins the day after its forerunner ends: this ends. */
    const struct tem_commune *gone = last_before(code, date);
    while (gone != NULL && *later == NULL) {
        const struct tem_commune *next =
            find(gone->successor, gone->valid_to + 1);
        if (next == NULL || is_valid_on(next, date))
            *later = next;
        gone = next;
    }
    return NULL;
}
