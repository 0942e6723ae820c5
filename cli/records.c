/* SPDX-License-Identifier: MIT */
/* See records.h. */
#include "records.h"
#include "file.h"
#include "json.h"
#include "progress.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MEGABYTE = 1000000 };

/* A file being read, and how far. */
struct input {
    FILE *file;
    uint64_t taken;
    struct progress progress;
};

static ptrdiff_t read_stream(void *context, void *data, size_t size)
{
    struct input *input = context;
    size_t got = fread(data, 1, size, input->file);
    input->taken += got;
    return got == 0 && ferror(input->file) ? -1 : (ptrdiff_t)got;
}

static struct input input_of(const struct cli *cli, FILE *file)
{
    struct stat info;
    uint64_t size = fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode)
                        ? (uint64_t)info.st_size
                        : 0;
    return (struct input){
        .file = file,
        .progress = progress_of(progress_wanted(cli), size / MEGABYTE, " MB")};
}

static const char *severity_word(const struct cli *cli,
                                 enum tem_severity severity)
{
    if (severity == TEM_SEVERITY_ERROR)
        return "";
    return text_of(cli->lang, severity == TEM_SEVERITY_WARNING
                                  ? TEXT_SEVERITY_WARNING
                                  : TEXT_SEVERITY_INFO);
}

static void tell_problem(const struct cli *cli, const char *file,
                         const struct tem_problem *problem)
{
    char text[TEM_MESSAGE_TEXT_MAX], line[TEM_MESSAGE_TEXT_MAX + 80];
    char lot[48] = "", where[96], rule[8];
    const char *name = problem->column[0] ? problem->column : problem->field;
    if (problem->row_shared)
        text_format(cli->lang, TEXT_PROBLEM_LOT,
                    ARGUMENTS(number_text((long long)problem->lot).text), lot,
                    sizeof lot);
    snprintf(where, sizeof where, "%s%s", name, name[0] ? ": " : "");
    snprintf(rule, sizeof rule, problem->rule[0] ? " [%s]" : "%s",
             problem->rule);
    tem_message_text(&problem->message, cli->lang, text, sizeof text);
    snprintf(line, sizeof line, "%s%s%s", severity_word(cli, problem->severity),
             text, rule);
    COMPLAIN(cli, PROBLEM, file, number_text((long long)problem->row).text, lot,
             where, line);
}

static void print_problem(const char *file, const struct tem_problem *problem)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    json_number(&json, "row", (long long)problem->row);
    json_number(&json, "lot_number", (long long)problem->lot);
    json_string(&json, "field", problem->field);
    json_string(&json, "column", problem->column);
    json_string(&json, "rule", problem->rule);
    json_message(&json, problem->severity, &problem->message);
    json_close(&json, '}');
    json_end(&json);
}

/* That the heading must be mended first its own problems have said. */
static bool is_worth_telling(const struct cli *cli,
                             const struct tem_problem *problem)
{
    return problem->message.id != TEM_MSG_RECORD_HEADING_FIRST &&
           (!cli->quiet || problem->severity == TEM_SEVERITY_ERROR);
}

void records_tell(const struct cli *cli, const char *file,
                  const struct tem_problem *problem)
{
    if (cli->json)
        print_problem(file, problem);
    else if (is_worth_telling(cli, problem))
        tell_problem(cli, file, problem);
}

static size_t tell_problems(const struct cli *cli, const char *file,
                            const struct tem_record_reader *reader,
                            struct records_count *count)
{
    size_t number, errors = 0;
    const struct tem_problem *problems = tem_record_problems(reader, &number);
    for (size_t i = 0; i < number; i++) {
        errors += problems[i].severity == TEM_SEVERITY_ERROR;
        count->warnings += problems[i].severity == TEM_SEVERITY_WARNING;
        records_tell(cli, file, &problems[i]);
    }
    count->errors += errors;
    return errors;
}

static bool walk(struct cli *cli, const char *name, struct input *input,
                 struct tem_record_reader *reader, records_fn each,
                 void *context, struct records_count *count)
{
    struct tem_record *record = malloc(sizeof *record);
    struct tem_error error;
    if (!record) {
        COMPLAIN(cli, MEMORY, NULL);
        return false;
    }
    size_t problems;
    bool found = true, read = true;
    while (found && read) {
        read = tem_record_next(reader, record, &found, &error) == TEM_OK;
        if (!read || !found)
            progress_clear(&input->progress);
        if (!read)
            complain_error(cli, name, &error);
        if (!found || !read)
            break;
        count->lots++;
        progress_draw(&input->progress, input->taken / MEGABYTE);
        tem_record_problems(reader, &problems);
        if (each || problems > 0) /* they have something to say */
            progress_clear(&input->progress);
        size_t errors = tell_problems(cli, name, reader, count);
        if (each)
            each(context, name, tem_record_row(reader), record, errors);
    }
    free(record);
    return read;
}

bool records_walk(struct cli *cli, const char *file, enum tem_format format,
                  records_fn each, void *context, struct records_count *count)
{
    struct tem_record_reader *reader = NULL;
    struct tem_error error;
    bool done = false;
    FILE *stream = file_open(cli, file);
    if (!stream)
        return false;
    struct input input = input_of(cli, stream);
    if (tem_record_open(read_stream, &input, format, &reader, &error) != TEM_OK)
        complain_error(cli, file, &error);
    else
        done = walk(cli, file, &input, reader, each, context, count);
    tem_record_reader_free(reader);
    if (stream != stdin)
        fclose(stream);
    return done;
}

bool records_format(struct cli *cli, const struct args *args, int option,
                    enum tem_format *format)
{
    static const char *const names[] = {"auto", "json", "csv"};
    const char *value = args->values[option];
    *format = TEM_FORMAT_AUTO;
    for (int i = 0; value && i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *format = (enum tem_format)i;
            value = NULL;
        }
    char name[32];
    snprintf(name, sizeof name, "--%s", args->command->options[option].name);
    if (value)
        COMPLAIN(cli, OPTION_RANGE, args->command->name, name, value,
                 "auto, json, csv");
    return !value;
}
