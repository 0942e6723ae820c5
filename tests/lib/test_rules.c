/* SPDX-License-Identifier: MIT */
/* The audit's rules, their limits, and local changes of them. */
#include "../test.h"
#include <stdbool.h>
#include <tem/tem.h>

static struct tem_error error;
static struct tem_tuning tuning;
static char told[512]; /* ids of problems and their fields */

static void tell(void *context, const struct tem_problem *problem)
{
    size_t size = strlen(told);
    (void)context;
    snprintf(told + size, sizeof told - size, "%s%s:%d", size ? " " : "",
             problem->field, (int)problem->message.id);
}

struct text {
    const char *at;
    size_t left;
};

static ptrdiff_t read_text(void *context, void *data, size_t size)
{
    struct text *text = context;
    size_t take = size < text->left ? size : text->left;
    memcpy(data, text->at, take);
    text->at += take;
    text->left -= take;
    return (ptrdiff_t)take;
}

static ptrdiff_t fail(void *context, void *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return -1;
}

static enum tem_status tune(const char *file)
{
    struct text text = {file, strlen(file)};
    told[0] = '\0';
    return tem_tuning_read(read_text, &text, TEM_FORMAT_AUTO, tell, NULL,
                           &tuning, &error);
}

static int32_t day(void)
{
    return tem_date_from_civil(2026, 11, 24);
}

TEST(rules_are_there)
{
    const struct tem_rule *rules;
    size_t count = tem_rule_list(&rules);
    CHECK(count > 40);
    CHECK_STR(rules[0].rule, "A01");
    for (size_t i = 0; i < count; i++) {
        CHECK(tem_rule_find(rules[i].rule) == &rules[i]);
        for (int lang = 0; lang < 2; lang++)
            CHECK(rules[i].title[lang][0] && rules[i].text[lang][0] &&
                  rules[i].basis[lang][0]);
    }
    CHECK(strstr(tem_rule_find("A42")->title[TEM_LANG_VI], "Một sê-ri"));
    CHECK(strstr(tem_rule_find("A42")->title[TEM_LANG_EN], "One serial"));
    CHECK(!tem_rule_find("A99") && !tem_rule_find(""));
}

TEST(limits_are_there)
{
    int64_t value = 0;
    CHECK(tem_limit_on(NULL, "A21", "least", "longan-aril", day(), &value));
    CHECK_INT(value, 8500);
    CHECK(tem_limit_on(NULL, "A35", "hottest", "longan-aril", day(), &value));
    CHECK_INT(value, 70000);
    CHECK(tem_limit_on(NULL, "A35", "hottest", "plum-dried", day(), &value));
    CHECK_INT(value, 90000); /* that of all */
    CHECK(tem_limit_on(NULL, "A22", "most", "", day(), &value));
    CHECK_INT(value, 1050);
    value = 7;
    CHECK(!tem_limit_on(NULL, "A21", "least", "honey", day(), &value));
    CHECK(!tem_limit_on(NULL, "A21", "nix", "", day(), &value));
    CHECK_INT(value, 7);
}

TEST(changes)
{
    int64_t value;
    REQUIRE(tune("rule,off,limit,of,value,reason\n"
                 "A31,,last-month,plum-hau,8,late season\n"
                 "A31,,last-month,plum-hau,9,later still\n"
                 "A55,yes,,,,exempt\n"
                 "A27,,most,honey,0.125,ours\n") == TEM_OK);
    CHECK_STR(told, "");
    CHECK_INT(tuning.count, 4);
    CHECK_STR(tuning.changes[0].reason, "late season");
    CHECK(
        tem_limit_on(&tuning, "A31", "last-month", "plum-hau", day(), &value));
    CHECK_INT(value, 9000);
    CHECK(tem_limit_on(&tuning, "A31", "last-month", "longan", day(), &value));
    CHECK_INT(value, 9000);
    CHECK(tem_limit_on(&tuning, "A27", "most", "honey", day(), &value));
    CHECK_INT(value, 125);
    CHECK(!tem_rule_is_on(&tuning, "A55") && tem_rule_is_on(&tuning, "A31"));
    CHECK(tem_rule_is_on(NULL, "A55"));
    REQUIRE(tune("[{\"rule\":\"A55\",\"off\":true,\"reason\":\"x\"}]") ==
            TEM_OK);
    CHECK(tuning.changes[0].off);
    CHECK(tune("[]") == TEM_OK && tuning.count == 0);
}

TEST(changes_that_are_wrong)
{
    static const struct {
        const char *file, *told;
    } cases[] = {
        {"{\"rule\":\"A99\",\"off\":true,\"reason\":\"x\"}", "rule:1200"},
        {"{\"rule\":\"A31\",\"reason\":\"x\"}", "off:1201"},
        {"{\"rule\":\"A31\",\"limit\":\"last-month\",\"reason\":\"x\"}",
         "off:1201"},
        {"{\"rule\":\"A31\",\"value\":3,\"reason\":\"x\"}", "off:1201"},
        {"{\"rule\":\"A31\",\"off\":true,\"limit\":\"last-month\",\"value\":3,"
         "\"reason\":\"x\"}",
         "off:1201"},
        {"{\"rule\":\"A31\",\"limit\":\"nix\",\"value\":3,\"reason\":\"x\"}",
         "limit:1202"},
        {"{\"rule\":\"A31\",\"off\":true}", "reason"},
        {"{\"off\":true,\"reason\":\"x\"}", "rule"},
        {"{\"rule\":\"A31\",\"limit\":\"last-month\",\"value\":-1,"
         "\"reason\":\"x\"}",
         "value"},
    };
    tuning.count = 77;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(tune(cases[i].file), TEM_E_FORMAT);
        CHECK_INT(error.message.id, TEM_MSG_RULE_FILE);
        if (!strstr(told, cases[i].told)) {
            CHECK(false);
            printf("# %s: %s\n", cases[i].file, told);
        }
    }
    CHECK_INT(tuning.count, 77); /* as it was */
    CHECK_INT(tem_tuning_read(fail, NULL, TEM_FORMAT_AUTO, tell, NULL, &tuning,
                              &error),
              TEM_E_IO);
}

TEST(too_many_changes)
{
    static char file[TEM_TUNING_MAX * 32 + 64];
    for (int extra = 0; extra < 2; extra++) {
        strcpy(file, "rule,off,reason\n");
        for (int i = 0; i < TEM_TUNING_MAX + extra; i++)
            strcat(file, "A55,yes,x\n");
        CHECK_INT(tune(file), extra ? TEM_E_LIMIT : TEM_OK);
    }
    CHECK_INT(tuning.count, TEM_TUNING_MAX);
}

int main(void)
{
    RUN(rules_are_there);
    RUN(limits_are_there);
    RUN(changes);
    RUN(changes_that_are_wrong);
    RUN(too_many_changes);
    return test_done();
}
