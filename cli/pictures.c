/* SPDX-License-Identifier: MIT */
/* See pictures.h. */
#include "pictures.h"
#include "failure.h"
#include "file.h"
#include "gather.h"
#include "progress.h"
#include "unicode.h"
#include <stdlib.h>
#include <string.h>

static bool read_effort(struct cli *cli, const struct args *args,
                        const char *text, enum tem_effort *effort)
{
    static const char *const names[] = {[TEM_EFFORT_NORMAL] = "normal",
                                        [TEM_EFFORT_FAST] = "fast",
                                        [TEM_EFFORT_HARD] = "hard"};
    *effort = TEM_EFFORT_NORMAL;
    if (!text)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i]) == 0) {
            *effort = (enum tem_effort)i;
            return true;
        }
    COMPLAIN(cli, OPTION_RANGE, args->command->name, "--effort", text,
             "fast, normal, hard");
    return false;
}

bool pictures_options(struct cli *cli, const struct args *args, int max_pixels,
                      int effort, struct looking *looking)
{
    long long value;
    *looking = (struct looking){0};
    if (!opt_number(cli, args, max_pixels, 1, 4000000000LL,
                    TEM_IMAGE_PIXELS_DEFAULT, &value) ||
        !read_effort(cli, args, args->values[effort], &looking->scan.effort))
        return false;
    looking->max_pixels = (uint64_t)value;
    return true;
}

bool pictures_operands(struct cli *cli, const struct args *args,
                       const char *what)
{
    int from_stdin = 0;
    if (!opt_operands(cli, args, what))
        return false;
    for (size_t i = 0; i < args->operand_count; i++)
        from_stdin += strcmp(args->operands[i], "-") == 0;
    if (from_stdin > 1)
        COMPLAIN(cli, OPTION_TWICE, args->command->name, "-");
    return from_stdin <= 1;
}

void pictures_text(struct json *json, const struct tem_scan_symbol *symbol)
{
    struct unicode text = unicode_of(symbol->text, symbol->charset);
    json_bytes(json, "text", text.utf8);
    if (text.changed)
        json_string(json, "charset", symbol->charset);
    unicode_free(&text);
}

/* A picture and what is in it. */
struct seen {
    struct tem_image *image; /* or NULL */
    struct tem_scan *scan;   /* NULL: it could not be read */
};

static void seen_free(struct seen *seen)
{
    tem_image_free(seen->image);
    tem_scan_free(seen->scan);
}

static enum tem_status scan_bytes(struct tem_bytes data,
                                  const struct looking *looking,
                                  struct seen *seen, struct tem_error *error)
{
    if (!looking->closely)
        return tem_scan_file(data, looking->max_pixels, &looking->scan,
                             &seen->scan, error);
    enum tem_status status =
        tem_image_read(data, looking->max_pixels, &seen->image, error);
    return status == TEM_OK
               ? tem_scan_image(seen->image, &looking->scan, &seen->scan, error)
               : status;
}

/* @p done of the pictures were looked at before this one. */
static struct seen scan_file(struct cli *cli, const char *file,
                             const struct looking *looking,
                             struct progress *progress, size_t done)
{
    uint8_t *data;
    size_t size;
    struct seen seen = {0};
    struct tem_error error;
    if (!file_read(cli, file, PICTURE_FILE_MAX, &data, &size)) {
        failure_of_file(cli, file);
        return seen;
    }
    progress_draw(progress, done);
    enum tem_status status =
        scan_bytes((struct tem_bytes){data, size}, looking, &seen, &error);
    free(data);
    progress_clear(progress);
    if (status != TEM_OK)
        failure_error(cli, (struct place){file, 0}, "no-picture", &error);
    return seen;
}

/* What was not read, if there is anything to say of it. */
static void complain_rest(struct cli *cli, const char *file,
                          const struct tem_scan *scan)
{
    struct place place = {file, 0};
    if (scan->truncated)
        FAILURE(cli, SYMBOLS_MANY, place, "too-many-symbols", file,
                number_text(TEM_SCAN_SYMBOLS_MAX).text);
    else if (scan->unfinished)
        FAILURE(cli, SYMBOLS_UNFINISHED, place, "unfinished", file);
    else if (scan->count == 0)
        FAILURE(cli, NO_SYMBOL, place, "no-symbol", file);
}

/* Say why a folder, or a part of it, gives nothing. */
static void complain_folder(struct cli *cli, const struct gathered *folder)
{
    const char *name = folder->name;
    struct place place = {name, 0};
    switch (folder->kind) {
    case GATHERED_PICTURE:
        break;
    case GATHERED_EMPTY:
        FAILURE(cli, FOLDER_EMPTY, place, "no-pictures", name);
        break;
    case GATHERED_UNREADABLE:
        COMPLAIN(cli, FILE_READ, name, reason_text(cli, folder->reason));
        failure_of_file(cli, name);
        break;
    case GATHERED_DEEP:
        FAILURE(cli, FOLDER_DEEP, place, "too-deep", name,
                number_text(GATHER_DEPTH_MAX).text);
        break;
    case GATHERED_MANY:
        FAILURE(cli, FOLDER_MANY, place, "too-many-pictures", name,
                number_text(GATHER_MAX).text);
    }
}

/* What is asked of every picture. */
struct walk {
    struct cli *cli;
    const struct looking *looking;
    pictures_fn each;
    void *context;
    struct progress progress;
};

/* @return whether it gave anything. */
static bool look_at(struct walk *walk, const char *file, size_t done)
{
    struct seen seen =
        scan_file(walk->cli, file, walk->looking, &walk->progress, done);
    bool gave = seen.scan && seen.scan->count > 0;
    if (gave)
        walk->each(walk->context, file, seen.image, seen.scan);
    if (seen.scan)
        complain_rest(walk->cli, file, seen.scan);
    seen_free(&seen);
    return gave;
}

size_t pictures_walk(struct cli *cli, const struct args *args,
                     const struct looking *looking, pictures_fn each,
                     void *context)
{
    struct gathering found;
    size_t left_out = 0, done = 0;
    if (!gather(cli, args, &found)) {
        gather_free(&found);
        worsen(cli, EXIT_FAILED);
    }
    struct walk walk = {cli, looking, each, context,
                        progress_of(progress_wanted(cli), found.pictures, "")};
    for (size_t i = 0; i < found.count; i++) {
        const struct gathered *item = &found.items[i];
        if (item->kind == GATHERED_PICTURE) {
            left_out += !look_at(&walk, item->name, done++);
        } else {
            complain_folder(cli, item);
            left_out++;
        }
    }
    gather_free(&found);
    return left_out;
}
