/* SPDX-License-Identifier: MIT */
/* See <tem/tem.h>. The version itself stands in meson.build only. */
#include <tem/tem.h>

const char *tem_version(void)
{
    return TEM_VERSION;
}
