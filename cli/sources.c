/* SPDX-License-Identifier: MIT */
/* See sources.h. */
#include "sources.h"
#include "file.h"
#include "records.h"

struct telling {
    struct cli tell; /* whom to tell */
    long long errors, warnings;
};

static void tell_problem(void *context, const char *file,
                         const struct tem_problem *problem)
{
    struct telling *telling = context;
    telling->errors += problem->severity == TEM_SEVERITY_ERROR;
    telling->warnings += problem->severity == TEM_SEVERITY_WARNING;
    records_tell(&telling->tell, file, problem);
}

static ptrdiff_t read_stream(void *context, void *data, size_t size)
{
    FILE *file = context;
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror(file) ? -1 : (ptrdiff_t)got;
}

static bool read_source(struct cli *cli, const char *name,
                        enum tem_format format, struct tem_trust_source *source)
{
    struct tem_error error;
    FILE *file = file_open(cli, name);
    if (!file)
        return false;
    bool done = tem_trust_source_read(source, name, read_stream, file, format,
                                      &error) == TEM_OK;
    if (!done)
        complain_error(cli, name, &error);
    if (file != stdin)
        fclose(file);
    return done;
}

int sources_read(struct cli *cli, const struct args *args,
                 enum tem_format format,
                 const struct tem_trust_contents *before, bool aloud,
                 struct tem_trust_source **source,
                 struct tem_trust_contents **contents)
{
    struct telling telling = {.tell = *cli};
    struct tem_error error;
    telling.tell.quiet &= !aloud;
    *contents = NULL;
    if (tem_trust_source_new(tell_problem, &telling, source, &error) !=
        TEM_OK) {
        complain_error(cli, args->operands[0], &error);
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < args->operand_count; i++)
        if (!read_source(cli, args->operands[i], format, *source))
            return EXIT_FAILED;
    if (tem_trust_source_finish(*source, before, contents, &error) != TEM_OK) {
        complain_error(cli, args->operands[0], &error);
        return EXIT_FAILED;
    }
    TELL(cli, SOURCE_READ, number_text((long long)args->operand_count).text,
         number_text(telling.errors).text, number_text(telling.warnings).text);
    return *contents ? EXIT_DONE : EXIT_NEGATIVE;
}
