/* SPDX-License-Identifier: MIT */
/* The checks of stars, certificate and decision (lib/record/check_ocop.c). */
#include "record_check.h"

TEST(a10_stars_go_with_their_decision)
{
    ROW(r.certificate_id = TEM_NUMBER_NONE, "A10 error certificate_id");
    ROW(r.decision_number[0] = '\0', "A10 error decision_number");
    ROW(r.decision_date = TEM_DATE_NONE, "A10 error decision_date");
    ROW(r.decision_authority = TEM_NUMBER_NONE, "A10 error decision_authority");
    ROW(r.ocop_stars = TEM_NUMBER_NONE, "");
    ROW(r.ocop_stars = 0, "A10 warning ocop_stars");
    ROW(r.ocop_stars = 2, "A10 error ocop_stars");
    for (int kept = 0; kept < 5; kept++) { /* each alone is enough */
        begin();
        r.ocop_stars = 0;
        r.decision_authority = kept == 0 ? 2 : TEM_NUMBER_NONE;
        r.decision_date = kept == 1 ? r.decision_date : TEM_DATE_NONE;
        r.certificate_id = kept == 2 ? 103 : TEM_NUMBER_NONE;
        if (kept != 3)
            r.decision_number[0] = '\0';
        tem_record_check(&r, &found);
        CHECK_STR(told(), kept == 4 ? "" : "A10 warning ocop_stars");
    }
}

TEST(a12_stars_hold_from_the_decision_to_the_end)
{
    ROW(r.decision_date = r.packed_on,
        "A16 warning certificate_expires");
    ROW((r.decision_date = r.packed_on + 1,
         r.certificate_expires = TEM_DATE_NONE),
        "A12 error packed_on");
    ROW(r.certificate_expires = r.packed_on, "A16 warning certificate_expires");
    ROW(r.certificate_expires = r.packed_on - 1,
        "A16 warning certificate_expires; A12 error packed_on");
    ROW((r.certificate_expires = 0, r.ocop_stars = 0,
         r.decision_date = TEM_DATE_NONE),
        "A10 warning ocop_stars");
    ROW(r.packed_on = TEM_DATE_NONE, "");
}

TEST(a13_district_province_and_centre_have_their_stars_and_days)
{
    static const struct {
        int stars;
        const char *date;
        enum tem_authority authority;
        const char *want;
    } rows[] = {
        {3, "2023-10-01", TEM_AUTHORITY_DISTRICT, ""},
        {3, "2025-06-30", TEM_AUTHORITY_DISTRICT, ""},
        {3, "2025-07-01", TEM_AUTHORITY_DISTRICT,
         "A13 error decision_authority"},
        {3, "2025-06-30", TEM_AUTHORITY_PROVINCE,
         "A13 error decision_authority"},
        {3, "2025-07-01", TEM_AUTHORITY_PROVINCE, ""},
        {4, "2025-06-30", TEM_AUTHORITY_DISTRICT,
         "A13 error decision_authority"},
        {4, "2026-06-01", TEM_AUTHORITY_PROVINCE, ""},
        {5, "2026-06-01", TEM_AUTHORITY_PROVINCE,
         "A13 error decision_authority"},
        {5, "2026-06-01", TEM_AUTHORITY_CENTRE, "A13 error decision_number"},
        {4, "2019-08-20", TEM_AUTHORITY_PROVINCE,
         "A13 error decision_date; A12 error packed_on"},
        {4, "2019-08-21", TEM_AUTHORITY_PROVINCE, "A12 error packed_on"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ROW((r.ocop_stars = rows[i].stars,
             r.decision_date = day(rows[i].date),
             r.certificate_expires = TEM_DATE_NONE,
             r.decision_authority = rows[i].authority),
            rows[i].want);
}

TEST(a13_the_number_ends_as_the_authority_s_do)
{
    ROW(strcpy(r.decision_number, "12/QĐ-BNNMT"), "A13 error decision_number");
    ROW(strcpy(r.decision_number, "UBND"), "A13 error decision_number");
    ROW(strcpy(r.decision_number, "12/QĐ-UBND."), "A13 error decision_number");
    ROW(strcpy(r.decision_number, "/QĐ-UBND"), "A13 error decision_number");
    ROW(strcpy(r.decision_number, "12345/QĐ-UBND"), "");
    ROW(strcpy(r.decision_number, "123456/QĐ-UBND"),
        "A13 error decision_number");
    ROW(strcpy(r.decision_number, "1a/QĐ-UBND"), "A13 error decision_number");
    ROW((r.ocop_stars = 3, r.decision_authority = TEM_AUTHORITY_DISTRICT,
         strcpy(r.decision_number, "12/QD-UBND")),
        "A13 error decision_number");
    ROW((r.ocop_stars = 5, r.decision_authority = TEM_AUTHORITY_CENTRE,
         strcpy(r.decision_number, "12/QĐ-BNNMT")),
        "");
}

TEST(a14_the_certificate_lists_the_product)
{
    ROW(strcpy(r.certificate_gtins[0], "09520124600104"), "A14 error gtin");
    ROW(r.certificate_gtin_count = 0, "");
    ROW((strcpy(r.certificate_gtins[0], "09520124600104"),
         strcpy(r.certificate_gtins[1], "09520124600302"),
         r.certificate_gtin_count = 2),
        "");
    ROW((r.gtin[0] = '\0', strcpy(r.product_code, "NHAN500")), "");
}

TEST(a15_points_are_in_the_band_of_the_stars)
{
    static const struct {
        int stars, from, to;
    } bands[] = {{0, 0, 499}, {4, 700, 899}};
    for (size_t i = 0; i < 2; i++) {
        const char *rest = i ? "" : "A10 warning ocop_stars";
        ROW((r.ocop_stars = bands[i].stars, r.ocop_points10 = bands[i].from),
            rest);
        ROW((r.ocop_stars = bands[i].stars, r.ocop_points10 = bands[i].to),
            rest);
    }
    ROW((r.ocop_stars = 0, r.ocop_points10 = 500),
        "A10 warning ocop_stars; A15 error ocop_points");
    ROW(r.ocop_points10 = 699, "A15 error ocop_points");
    CHECK_STR(first_text(TEM_LANG_EN),
              "69.9 points do not make 4 OCOP stars, which takes 70-89.9: mend "
              "the points or the stars");
    ROW(r.ocop_points10 = 900, "A15 error ocop_points");
#define THREE                                                                  \
    r.ocop_stars = 3, r.decision_date = day("2025-12-20"),                     \
    r.certificate_expires = TEM_DATE_NONE
    ROW((THREE, r.ocop_points10 = 500), "");
    ROW((THREE, r.ocop_points10 = 699), "");
    ROW((THREE, r.ocop_points10 = 499), "A15 error ocop_points");
    ROW((THREE, r.ocop_points10 = 700), "A15 error ocop_points");
#define FIVE                                                                   \
    r.ocop_stars = 5, r.decision_authority = TEM_AUTHORITY_CENTRE,             \
    strcpy(r.decision_number, "1/QĐ-BNNMT")
    ROW((FIVE, r.ocop_points10 = 900), "");
    ROW((FIVE, r.ocop_points10 = 1000), "");
    ROW((FIVE, r.ocop_points10 = 899), "A15 error ocop_points");
    ROW((FIVE, r.ocop_points10 = 1001), "A15 error ocop_points");
}

TEST(a16_a_certificate_ends_after_36_months)
{
    ROW(r.certificate_expires += 1, "A16 warning certificate_expires");
    ROW(r.certificate_expires -= 1, "A16 warning certificate_expires");
    ROW(r.certificate_expires = TEM_DATE_NONE, "");
    CHECK_INT(r.certificate_expires, day("2026-12-28"));
    ROW((r.ocop_stars = 0, r.certificate_expires = TEM_DATE_NONE),
        "A10 warning ocop_stars");
    CHECK_INT(r.certificate_expires, TEM_DATE_NONE);
}

int main(void)
{
    RUN(a10_stars_go_with_their_decision);
    RUN(a12_stars_hold_from_the_decision_to_the_end);
    RUN(a13_district_province_and_centre_have_their_stars_and_days);
    RUN(a13_the_number_ends_as_the_authority_s_do);
    RUN(a14_the_certificate_lists_the_product);
    RUN(a15_points_are_in_the_band_of_the_stars);
    RUN(a16_a_certificate_ends_after_36_months);
    return test_done();
}
