/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>: SVG. By itself, since cairo 1.16 loses the drawings
 * that it puts into one. */
#include "label_sample.h"

const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so";
}

TEST(an_svg_is_one_page)
{
    enum tem_status status;
    struct written one = vectors(TEM_JOB_SVG, "box-70x50", 1, 0, &status);
    CHECK_INT(status, TEM_OK);
    CHECK(count_of(&one, "<svg ") == 1 && count_of(&one, "</svg>") == 1);
    CHECK_INT(count_of(&one, "<image"), 0);
    free(one.data);
    one = vectors(TEM_JOB_SVG, "box-70x50", 2, 0, &status);
    CHECK_INT(status, TEM_E_LIMIT);
    free(one.data);
}

int main(void)
{
    RUN(an_svg_is_one_page);
    return test_done();
}
