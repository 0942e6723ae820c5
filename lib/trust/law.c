/* SPDX-License-Identifier: MIT */
/* See source.h: rows against the law of their day. */
#include "../law/award.h"
#include "source.h"

/* A16: no certificate holds longer than the law lets it. */
static void check_period(struct tem_trust_source *source,
                         const struct tem_row_certificate *row, int32_t end)
{
    char given[TEM_DATE_TEXT_SIZE], due[TEM_DATE_TEXT_SIZE];
    if (row->valid_from < row->decided)
        TEM_SOURCE_FAULT(source, "valid_from", "A16", SOURCE_ORDER, "s",
                         "decision_date");
    if (row->valid_to < row->valid_from)
        TEM_SOURCE_FAULT(source, "certificate_expires", "A16", SOURCE_ORDER,
                         "s", "valid_from");
    if (row->valid_to > end)
        TEM_SOURCE_FAULT(source, "certificate_expires", "A16", SOURCE_OVERRUN,
                         "ss", tem_date_vn(row->valid_to, given),
                         tem_date_vn(end, due));
}

void tem_source_check_certificate(struct tem_trust_source *source,
                                  struct tem_row_certificate *row)
{
    struct tem_award award = {.stars = row->stars,
                              .points10 = row->points10,
                              .number = row->decision,
                              .decided = row->decided,
                              .authority = row->authority};
    if (row->stars == 0 || !tem_award_is_rating(row->stars)) {
        TEM_SOURCE_FAULT(source, "ocop_stars", "A10", SOURCE_STARS, "d",
                         (long long)row->stars);
        return;
    }
    tem_award_check(&award, &source->problems);
    int32_t end = tem_award_end((unsigned)row->stars, row->decided);
    if (row->valid_from == TEM_DATE_NONE)
        row->valid_from = row->decided;
    if (row->valid_to == TEM_DATE_NONE)
        row->valid_to = end;
    check_period(source, row, end);
}
