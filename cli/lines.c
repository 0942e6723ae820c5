/* SPDX-License-Identifier: MIT */
/* See lines.h. */
#include "lines.h"
#include <errno.h>
#include <string.h>

struct line {
    size_t size;                           /* of all of it, whatever was kept */
    uint8_t text[TEM_SYMBOL_TEXT_MAX + 1]; /* and a carriage return */
};

/* Read to the end of a line, however long. @return false if there is none. */
static bool read_line(FILE *file, struct line *line)
{
    int c = getc(file);
    bool any = c != EOF;
    for (line->size = 0; c != EOF && c != '\n'; c = getc(file)) {
        if (line->size < sizeof line->text)
            line->text[line->size] = (uint8_t)c;
        line->size++;
    }
    while (line->size > 0 && line->size <= sizeof line->text &&
           line->text[line->size - 1] == '\r')
        line->size--;
    return any;
}

void lines_walk(struct cli *cli, lines_fn each, void *context)
{
    static struct line line;
    bool any = false;
    errno = 0;
    for (long long row = 1; read_line(stdin, &line); row++) {
        struct number_text number = number_text(row);
        char name[32];
        any |= line.size > 0;
        if (line.size > TEM_SYMBOL_TEXT_MAX) {
            COMPLAIN(cli, TEXT_LONG, number.text);
            worsen(cli, EXIT_FAILED);
        } else if (line.size > 0) {
            snprintf(name, sizeof name, "-:%s", number.text);
            each(context, name, (struct tem_bytes){line.text, line.size});
            fflush(stdout); /* the next scan may be minutes away */
        }
        errno = 0;
    }
    if (ferror(stdin))
        COMPLAIN(cli, FILE_READ, "-", reason_text(cli, errno));
    else if (!any)
        COMPLAIN(cli, NO_TEXT, "-");
    if (ferror(stdin) || !any)
        worsen(cli, EXIT_FAILED);
}
