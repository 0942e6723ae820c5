/* SPDX-License-Identifier: MIT */
/* The dated tables: tem_commune_on() and tem_ocop_rule_on() of
 * <tem/law.h>. */
#include "test.h"
#include <law/tables.h>
#include <tem/law.h>

static int32_t D(const char *text)
{
    int32_t date = tem_date_parse(tem_bytes_of(text));
    CHECK(date != TEM_DATE_NONE);
    return date;
}

static const char *name_on(const char *code, const char *date)
{
    const struct tem_commune *later = tem_communes;
    const struct tem_commune *unit = tem_commune_on(code, D(date), &later);
    if (unit)
        CHECK(later == NULL);
    CHECK(unit == tem_commune_on(code, D(date), NULL));
    return unit ? unit->name : "";
}

static const char *later_on(const char *code, const char *date)
{
    const struct tem_commune *later = NULL;
    CHECK(tem_commune_on(code, D(date), &later) == NULL);
    return later ? later->name : "";
}

TEST(a_code_means_what_it_meant_on_the_day)
{
    static const struct {
        const char *code, *date, *name;
    } rows[] = {
        {"04138", "2023-12-28", "Xã Cò Nòi"},
        {"04138", "2025-06-30", "Xã Cò Nòi"},
        {"04138", "2025-07-01", ""},
        {"04105", "2025-06-30", "Thị trấn Hát Lót"},
        {"04105", "2025-07-01", "Xã Mai Sơn"},
        {"04105", "2026-08-15", "Xã Mai Sơn"},
        {"04136", "2025-06-30", "Xã Nà Bó"},
        {"04136", "2025-07-01", "Xã Tà Hộc"},
        {"04165", "2025-06-30", "Xã Tà Hộc"},
        {"04075", "2020-01-01", "Xã Viêng Lán"},
        {"04075", "2025-07-01", "Xã Yên Châu"},
        {"04099", "1990-01-01", "Xã Phiêng Khoài"},
        {"04099", "2025-06-30", "Xã Phiêng Khoài"},
        {"04099", "2025-07-01", "Xã Phiêng Khoài"},
        {"04099", "2199-12-31", "Xã Phiêng Khoài"},
        {"03646", "2025-06-30", "Phường Chiềng Lề"},
        {"03646", "2025-07-01", "Phường Tô Hiệu"},
        {"03980", "2025-06-30", ""},
        {"03980", "2025-07-01", "Phường Mộc Châu"},
        {"03982", "2025-06-30", "Thị trấn Nông trường Mộc Châu"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STR(name_on(rows[i].code, rows[i].date), rows[i].name);
}

TEST(an_old_code_leads_to_the_unit_that_took_over)
{
    CHECK_STR(later_on("04138", "2025-07-01"), "Xã Mai Sơn");
    CHECK_STR(later_on("04138", "2026-08-15"), "Xã Mai Sơn");
    CHECK_STR(later_on("04135", "2026-08-15"), "Xã Mai Sơn");
    CHECK_STR(later_on("04165", "2026-08-15"), "Xã Tà Hộc");
    CHECK_STR(later_on("04093", "2026-08-15"), "Xã Chiềng Hặc");
    CHECK_STR(later_on("04066", "2026-08-15"), "Xã Yên Châu");
    CHECK_STR(later_on("04129", "2026-08-15"), "Xã Mường Chanh");
    CHECK_STR(later_on("04162", "2026-08-15"), "Xã Phiêng Pằn");
    CHECK_STR(later_on("04012", "2026-08-15"), "Phường Mộc Châu");
    CHECK_STR(later_on("03667", "2026-08-15"), "Phường Chiềng An");
    CHECK_STR(later_on("04198", "2026-08-15"), "Xã Sông Mã");
}

TEST(what_is_not_known_is_not_guessed)
{
    CHECK_STR(later_on("00001", "2026-08-15"), "");
    CHECK_STR(later_on("", "2026-08-15"), "");
    CHECK_STR(later_on("4138", "2026-08-15"), "");
    CHECK_STR(later_on("041380", "2026-08-15"), "");
    CHECK_STR(later_on("03980", "2025-06-30"), ""); /* not yet */
    const struct tem_commune *later = tem_communes;
    CHECK(tem_commune_on("04138", TEM_DATE_NONE, &later) == NULL);
    CHECK(later == NULL);
    CHECK(tem_commune_on("04099", TEM_DATE_NONE, NULL) == NULL);
}

TEST(the_province_has_67_communes_and_8_wards)
{
    size_t communes = 0, wards = 0;
    for (size_t i = 0; i < tem_commune_count; i++) {
        const struct tem_commune *unit = &tem_communes[i];
        if (unit->valid_to != TEM_DATE_NONE)
            continue;
        CHECK(tem_commune_on(unit->code, D("2026-11-20"), NULL) == unit);
        communes += strncmp(unit->name, "Xã ", strlen("Xã ")) == 0;
        wards += strncmp(unit->name, "Phường ", strlen("Phường ")) == 0;
    }
    CHECK_INT(communes, 67);
    CHECK_INT(wards, 8);
}

TEST(rows_are_in_order_and_successors_valid)
{
    for (size_t i = 0; i < tem_commune_count; i++) {
        const struct tem_commune *unit = &tem_communes[i];
        if (i > 0)
            CHECK(strcmp(unit[-1].code, unit->code) <= 0);
        if (unit->valid_to == TEM_DATE_NONE)
            CHECK_STR(unit->successor, "");
        else
            CHECK(tem_commune_on(unit->successor, unit->valid_to + 1, NULL) !=
                  NULL);
    }
}

/* Does the built-in table agree with the reference list, if there is one? */
TEST(the_reference_list_agrees)
{
    const char *shared = getenv("TEM_SHARED"), *source = getenv("TEM_SOURCE");
    char path[1000], line[200];
    snprintf(path, sizeof path, "%s%s/data/sonla_units_2025.tsv",
             shared ? shared : source ? source : ".",
             shared ? "" : "/../shared");
    FILE *file = fopen(path, "r");
    if (!file)
        SKIP("no reference list here");
    size_t rows = 0;
    while (fgets(line, sizeof line, file)) {
        char code[6], name[100];
        if (sscanf(line, "%5[0-9]\t%99[^\t]", code, name) != 2)
            continue;
        rows++;
        CHECK_STR(name_on(code, "2025-07-01"), name);
    }
    fclose(file);
    CHECK_INT(rows, 75);
}

TEST(stars_are_recognised_by_one_authority)
{
    static const struct {
        unsigned stars;
        const char *date;
        enum tem_authority right;
    } rows[] = {
        {3, "2019-08-20", TEM_AUTHORITY_NONE},
        {3, "2019-08-21", TEM_AUTHORITY_PROVINCE},
        {3, "2023-02-23", TEM_AUTHORITY_PROVINCE},
        {3, "2023-02-24", TEM_AUTHORITY_DISTRICT},
        {3, "2023-12-18", TEM_AUTHORITY_DISTRICT},
        {3, "2025-06-30", TEM_AUTHORITY_DISTRICT},
        {3, "2025-07-01", TEM_AUTHORITY_PROVINCE},
        {3, "2025-07-05", TEM_AUTHORITY_PROVINCE},
        {3, "2025-07-06", TEM_AUTHORITY_PROVINCE},
        {3, "2025-08-15", TEM_AUTHORITY_PROVINCE},
        {3, "2026-05-21", TEM_AUTHORITY_PROVINCE},
        {3, "2026-05-22", TEM_AUTHORITY_PROVINCE},
        {3, "2199-12-31", TEM_AUTHORITY_PROVINCE},
        {4, "2019-08-20", TEM_AUTHORITY_NONE},
        {4, "2019-08-21", TEM_AUTHORITY_PROVINCE},
        {4, "2023-12-28", TEM_AUTHORITY_PROVINCE},
        {4, "2026-05-22", TEM_AUTHORITY_PROVINCE},
        {5, "2019-08-20", TEM_AUTHORITY_NONE},
        {5, "2019-08-21", TEM_AUTHORITY_CENTRE},
        {5, "2024-06-01", TEM_AUTHORITY_CENTRE},
        {5, "2026-05-22", TEM_AUTHORITY_CENTRE},
        {0, "2026-05-22", TEM_AUTHORITY_NONE},
        {2, "2024-06-01", TEM_AUTHORITY_NONE},
        {6, "2026-05-22", TEM_AUTHORITY_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct tem_ocop_rule *rule =
            tem_ocop_rule_on(rows[i].stars, D(rows[i].date));
        CHECK_INT(rule ? rule->authority : TEM_AUTHORITY_NONE, rows[i].right);
        CHECK_INT(rule ? rule->months : 36, 36);
    }
    CHECK(tem_ocop_rule_on(3, TEM_DATE_NONE) == NULL);
    CHECK_INT(tem_ocop_rule_on(3, D("2024-06-01"))->points_from, 500);
    CHECK_INT(tem_ocop_rule_on(4, D("2024-06-01"))->points_to, 899);
}

/* From the first rule on, every day has exactly one answer. */
TEST(rules_leave_no_day_out)
{
    for (unsigned stars = 3; stars <= 5; stars++) {
        for (int32_t day = D("2019-08-21"); day <= D("2027-01-01"); day++) {
            size_t rules = 0;
            for (size_t i = 0; i < tem_ocop_rule_count; i++) {
                const struct tem_ocop_rule *rule = &tem_ocop_rules[i];
                rules += rule->stars == stars && rule->valid_from <= day &&
                         (rule->valid_to == TEM_DATE_NONE ||
                          day <= rule->valid_to);
            }
            if (rules != 1) {
                CHECK_INT(rules, 1);
                return;
            }
        }
    }
}

int main(void)
{
    RUN(a_code_means_what_it_meant_on_the_day);
    RUN(an_old_code_leads_to_the_unit_that_took_over);
    RUN(what_is_not_known_is_not_guessed);
    RUN(the_province_has_67_communes_and_8_wards);
    RUN(rows_are_in_order_and_successors_valid);
    RUN(the_reference_list_agrees);
    RUN(stars_are_recognised_by_one_authority);
    RUN(rules_leave_no_day_out);
    return test_done();
}
