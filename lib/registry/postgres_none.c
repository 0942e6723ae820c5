/* SPDX-License-Identifier: MIT */
/* See sql.h: a build without PostgreSQL. */
#include "../error/fail.h"
#include "sql.h"

static enum tem_status open_server(const char *where, enum tem_sql_mode mode,
                                   struct tem_sql **sql,
                                   struct tem_error *error)
{
    (void)where, (void)mode, (void)sql;
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, REGISTRY_NO_SERVER, "");
}

const struct tem_sql_kind tem_postgres = {.open = open_server};
