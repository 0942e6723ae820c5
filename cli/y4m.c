/* SPDX-License-Identifier: MIT */
/* See y4m.h. */
#include "y4m.h"
#include <stdbool.h>
#include <string.h>

enum {
    LINE_MAX_BYTES = 1024, /* of a header; those of ffmpeg have about 80 */
    CHUNK = 4096,
};

/* A line without its end. False if there is none of that length. */
static bool read_line(FILE *file, char line[LINE_MAX_BYTES])
{
    size_t size = 0;
    for (;;) {
        int c = getc(file);
        if (c == '\n')
            break;
        if (c == EOF || c == 0 || size == LINE_MAX_BYTES - 1)
            return false;
        line[size++] = (char)c;
    }
    line[size] = 0;
    return true;
}

/* ---- what stands before the frames ------------------------------------ */

/* Digits to a number of at most @p most. NULL if they are none, else what
 * follows them. */
static const char *read_number(const char *text, uint64_t most,
                               uint64_t *number)
{
    if (*text < '0' || *text > '9')
        return NULL;
    for (*number = 0; *text >= '0' && *text <= '9'; text++) {
        *number = *number * 10 + (uint64_t)(*text - '0');
        if (*number > most)
            return NULL;
    }
    return text;
}

static bool is_number(const char *text, uint64_t most, uint64_t *number)
{
    text = read_number(text, most, number);
    return text && *text == 0;
}

/* "30000:1001"; "0:0" if it is not known. */
static bool read_rate(const char *text, struct y4m *y4m)
{
    text = read_number(text, Y4M_RATE_MAX, &y4m->rate);
    if (!text || *text != ':' || !is_number(text + 1, Y4M_RATE_MAX, &y4m->per))
        return false;
    if (y4m->rate == 0 || y4m->per == 0) {
        y4m->rate = 25;
        y4m->per = 1;
    }
    return true;
}

/* How the samples of a colour space lie: "420jpeg", "422p10", "mono16". */
struct space {
    const char *name;
    uint8_t across, down; /* pixels of a chroma sample */
    uint8_t planes;       /* besides the luma, of as many samples each */
};

static bool read_bits(const char *text, unsigned *bits)
{
    static const char *const eights[] = {"", "jpeg", "mpeg2", "paldv"};
    uint64_t number;
    *bits = 8;
    for (size_t i = 0; i < sizeof eights / sizeof *eights; i++)
        if (strcmp(text, eights[i]) == 0)
            return true;
    if (!is_number(text + (*text == 'p'), 16, &number) || number < 8)
        return false;
    *bits = (unsigned)number;
    return true;
}

static bool read_space(const char *text, struct y4m *y4m)
{
    static const struct space spaces[] = {
        {"mono", 1, 1, 0}, {"420", 2, 2, 2},      {"411", 4, 1, 2},
        {"422", 2, 1, 2},  {"444alpha", 1, 1, 3}, {"444", 1, 1, 2},
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        const struct space *space = &spaces[i];
        size_t size = strlen(space->name);
        if (strncmp(text, space->name, size) != 0)
            continue;
        uint64_t across = (y4m->width + space->across - 1U) / space->across;
        uint64_t down = (y4m->height + space->down - 1U) / space->down;
        y4m->chroma = across * down * space->planes;
        if (!read_bits(text + size, &y4m->bits))
            return false;
        y4m->chroma *= y4m->bits > 8 ? 2 : 1;
        return true;
    }
    return false;
}

/* A word of the header: a letter, and what it says. */
static bool read_word(const char *word, struct y4m *y4m, const char **space)
{
    uint64_t number;
    switch (word[0]) {
    case 'W':
    case 'H':
        if (!is_number(word + 1, UINT32_MAX, &number) || number == 0)
            return false;
        *(word[0] == 'W' ? &y4m->width : &y4m->height) = (uint32_t)number;
        return true;
    case 'F':
        return read_rate(word + 1, y4m);
    case 'C':
        *space = word + 1;
        return true;
    default: /* interlacing, shape of pixels, comments */
        return true;
    }
}

enum y4m_result y4m_begin(FILE *file, uint64_t max_pixels, struct y4m *y4m)
{
    static const char magic[] = "YUV4MPEG2";
    char line[LINE_MAX_BYTES], start[sizeof magic] = "";
    const char *space = "420";
    *y4m = (struct y4m){.file = file, .rate = 25, .per = 1};
    if (fread(start, 1, sizeof magic - 1, file) != sizeof magic - 1 ||
        strcmp(start, magic) != 0)
        return Y4M_NOT;
    if (!read_line(file, line) || (line[0] != ' ' && line[0] != 0))
        return Y4M_BAD;
    char *rest, *word = strtok_r(line, " ", &rest);
    for (; word; word = strtok_r(NULL, " ", &rest))
        if (!read_word(word, y4m, &space))
            return Y4M_BAD;
    if (y4m->width == 0 || y4m->height == 0)
        return Y4M_BAD;
    if (y4m->width > TEM_IMAGE_SIDE_MAX || y4m->height > TEM_IMAGE_SIDE_MAX ||
        (uint64_t)y4m->width * y4m->height > max_pixels)
        return Y4M_LARGE;
    return read_space(space, y4m) ? Y4M_OK : Y4M_BAD;
}

/* ---- frames ----------------------------------------------------------- */

/* Two bytes a sample, the lower one first. */
static bool read_deep(const struct y4m *y4m, uint8_t *pixels, uint64_t count)
{
    uint8_t chunk[CHUNK];
    for (uint64_t done = 0; done < count;) {
        size_t part = CHUNK / 2;
        if (count - done < part)
            part = (size_t)(count - done);
        if (fread(chunk, 2, part, y4m->file) != part)
            return false;
        for (size_t i = 0; i < part; i++) {
            unsigned value = chunk[2 * i] | (unsigned)chunk[2 * i + 1] << 8;
            value >>= y4m->bits - 8;
            pixels[done++] = (uint8_t)(value > 255 ? 255 : value);
        }
    }
    return true;
}

static bool skip(FILE *file, uint64_t size)
{
    uint8_t chunk[CHUNK];
    while (size > 0) {
        size_t part = size < CHUNK ? (size_t)size : CHUNK;
        if (fread(chunk, 1, part, file) != part)
            return false;
        size -= part;
    }
    return true;
}

enum y4m_result y4m_frame(struct y4m *y4m, struct tem_image *image,
                          uint64_t *time_ms)
{
    char line[LINE_MAX_BYTES];
    int first = getc(y4m->file);
    if (first == EOF)
        return ferror(y4m->file) ? Y4M_CUT : Y4M_END;
    ungetc(first, y4m->file);
    if (!read_line(y4m->file, line))
        return feof(y4m->file) || ferror(y4m->file) ? Y4M_CUT : Y4M_BAD;
    if (strcmp(line, "FRAME") != 0 && strncmp(line, "FRAME ", 6) != 0)
        return Y4M_BAD;
    uint64_t count = (uint64_t)y4m->width * y4m->height;
    bool whole = y4m->bits > 8 ? read_deep(y4m, image->pixels, count)
                               : fread(image->pixels, 1, (size_t)count,
                                       y4m->file) == count;
    if (!whole || !skip(y4m->file, y4m->chroma))
        return Y4M_CUT;
    *time_ms = y4m->frames++ * 1000 * y4m->per / y4m->rate;
    return Y4M_OK;
}
