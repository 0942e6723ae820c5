/* SPDX-License-Identifier: MIT */
/* See design.h. */
#include "design.h"
#include "file.h"
#include "records.h"
#include <stdlib.h>
#include <string.h>

enum { LANGUAGE, INK, LOGO, PICTURE };

enum { TEMPLATE_MAX = 1 << 20 }; /* bytes */

/* ---- templates ---------------------------------------------------------- */

/* The text of one that ships, or NULL. */
static const char *find_shipped(const char *name)
{
    const char *json;
    for (size_t i = 0; (json = tem_template_shipped(i)); i++) {
        struct tem_template *template;
        if (tem_template_read(tem_bytes_of(json), &template, NULL) != TEM_OK)
            return NULL;
        bool found = strcmp(tem_template_describe(template).name, name) == 0;
        tem_template_free(template);
        if (found)
            return json;
    }
    return NULL;
}

/* Its text: of a name, or of a file. What ships goes first: labels made under
 * its name may lie beside it. */
static bool read_text(struct cli *cli, const char *name, uint8_t **json,
                      size_t *size)
{
    bool is_path = strpbrk(name, "/.");
    const char *shipped = is_path ? NULL : find_shipped(name);
    if (is_path || (!shipped && file_exists(name)))
        return file_read(cli, name, TEMPLATE_MAX, json, size);
    if (!shipped) {
        COMPLAIN(cli, TEMPLATE_UNKNOWN, name);
        return false;
    }
    *size = strlen(shipped);
    *json = malloc(*size + 1);
    if (*json)
        memcpy(*json, shipped, *size + 1);
    else
        COMPLAIN(cli, MEMORY, NULL);
    return *json != NULL;
}

static bool is_sound(struct cli *cli, const char *name,
                     const struct tem_template *template)
{
    size_t count, errors = 0;
    const struct tem_problem *problems =
        tem_template_problems(template, &count);
    for (size_t i = 0; i < count; i++) {
        records_tell(cli, name, &problems[i]);
        errors += problems[i].severity == TEM_SEVERITY_ERROR;
    }
    return errors == 0;
}

struct tem_template *design_template(struct cli *cli, const char *name,
                                     uint8_t **json, size_t *size, int *status)
{
    struct tem_template *template = NULL;
    struct tem_error error;
    *status = EXIT_FAILED;
    if (!read_text(cli, name, json, size))
        return NULL;
    if (tem_template_read((struct tem_bytes){*json, *size}, &template,
                          &error) != TEM_OK) {
        complain_error(cli, name, &error);
        free(*json);
        return NULL;
    }
    if (is_sound(cli, name, template))
        return template;
    *status = EXIT_NEGATIVE;
    tem_template_free(template);
    free(*json);
    return NULL;
}

/* ---- options ------------------------------------------------------------ */

/* The number of a word among those of an option's argument, "a|b|c"; 0 if the
 * option is not given, -1 with a complaint if it is none of them. */
static int choose(struct cli *cli, const struct args *args, int option)
{
    const struct option *o = &args->command->options[option];
    const char *value = args->values[option], *at = o->arg;
    char name[32];
    if (!value)
        return 0;
    for (int number = 0; *at; number++) {
        size_t length = strcspn(at, "|");
        if (strlen(value) == length && strncmp(at, value, length) == 0)
            return number;
        at += length + (at[length] == '|');
    }
    snprintf(name, sizeof name, "--%s", o->name);
    COMPLAIN(cli, OPTION_RANGE, args->command->name, name, value, o->arg);
    return -1;
}

static bool load_file(struct cli *cli, const char *path, struct tem_bytes *file)
{
    uint8_t *data;
    if (!path)
        return true;
    if (!file_read(cli, path, TEM_LABEL_PICTURE_MAX, &data, &file->size))
        return false;
    file->data = data;
    return true;
}

/* What tells this look from others. */
static bool sum_up(struct cli *cli, struct design *design, const uint8_t *json,
                   size_t size)
{
    uint8_t parts[3 * TEM_SHA256_BYTES + 2];
    struct tem_error error;
    const struct tem_bytes files[] = {
        {json, size}, design->logo, design->picture};
    parts[0] = (uint8_t)design->language;
    parts[1] = (uint8_t)design->ink;
    enum tem_status status = TEM_OK;
    for (size_t i = 0; i < 3 && status == TEM_OK; i++)
        status = tem_sha256(files[i], parts + 2 + i * TEM_SHA256_BYTES, &error);
    if (status == TEM_OK)
        status = tem_sha256((struct tem_bytes){parts, sizeof parts},
                            design->digest, &error);
    if (status != TEM_OK)
        complain_error(cli, "--template", &error);
    return status == TEM_OK;
}

/* Without a template there is nothing to put them into. */
static bool is_alone(struct cli *cli, const struct args *args, int first)
{
    for (int i = first; i < first + 4; i++)
        if (args->values[i]) {
            char name[32];
            snprintf(name, sizeof name, "--%s", args->command->options[i].name);
            COMPLAIN(cli, OPTION_MISSING, args->command->name, "--template",
                     name);
            return false;
        }
    return true;
}

bool design_load(struct cli *cli, const struct args *args, int first,
                 const char *name, struct design *design, int *status)
{
    const char *const *values = args->values + first;
    uint8_t *json;
    size_t size;
    memset(design, 0, sizeof *design);
    *status = EXIT_USAGE;
    int language = choose(cli, args, first + LANGUAGE);
    int ink = choose(cli, args, first + INK);
    if (language < 0 || ink < 0)
        return false;
    if (!name)
        return is_alone(cli, args, first);
    design->language = (enum tem_label_language)language;
    design->ink = (enum tem_ink)ink;
    design->template = design_template(cli, name, &json, &size, status);
    if (!design->template)
        return false;
    *status = EXIT_FAILED;
    bool loaded = load_file(cli, values[LOGO], &design->logo) &&
                  load_file(cli, values[PICTURE], &design->picture) &&
                  sum_up(cli, design, json, size);
    free(json);
    if (!loaded)
        design_free(design);
    return loaded;
}

void design_free(struct design *design)
{
    tem_template_free(design->template);
    free((void *)(uintptr_t)design->logo.data);
    free((void *)(uintptr_t)design->picture.data);
    memset(design, 0, sizeof *design);
}

struct tem_label_settings design_settings(const struct design *design)
{
    return (struct tem_label_settings){.quiet = TEM_SYMBOL_QUIET_ZONE,
                                       .language = design->language,
                                       .ink = design->ink};
}

void design_fill(const struct design *design, struct tem_label_content *content)
{
    content->logo = design->logo;
    content->picture = design->picture;
}
