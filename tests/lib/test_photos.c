/* SPDX-License-Identifier: MIT */
/* <tem/image.h> and <tem/scan.h> on photographs, which lie outside the source:
 * sets of them, the reads counted against a floor, and not one misread. */
#include "test.h"
#include <jansson.h>
#include <stdbool.h>
#include <tem/scan.h>

enum { LINE_MAX_SIZE = 65536, FILE_MAX_SIZE = 8 << 20 };

/* A change that reads fewer has made the reader worse: photographs in which
 * something is read, and symbols in all of them. */
static const struct set {
    const char *folder;
    int photos, floor, symbols;
} sets[] = {{"boof-blurred/", 9, 8, 9},
            {"boof-bright_spots/", 5, 4, 8},
            {"boof-brightness/", 6, 6, 18},
            {"boof-close/", 5, 5, 5},
            {"boof-curved/", 6, 6, 6},
            {"boof-damaged/", 12, 8, 8},
            {"boof-decoding/", 11, 11, 11},
            {"boof-glare/", 4, 4, 4},
            {"boof-high_version/", 9, 9, 12},
            {"boof-lots/", 2, 2, 120},
            {"boof-monitor/", 1, 1, 1},
            {"boof-nominal/", 23, 23, 31},
            {"boof-noncompliant/", 6, 6, 6},
            {"boof-pathological/", 15, 13, 13},
            {"boof-perspective/", 20, 19, 19},
            {"boof-rotations/", 9, 9, 27},
            {"boof-shadows/", 4, 4, 5},
            {"jsqr/", 41, 38, 38},
            {"rqrr/", 7, 7, 12},
            {"zbar-ex/", 3, 2, 2},
            {"zx-falsepositives-2/", 15, 0, 0},
            {"zx-falsepositives/", 12, 0, 0},
            {"zx-inverted/", 1, 0, 0},
            {"zx-qrcode-1/", 15, 15, 15},
            {"zx-qrcode-2/", 17, 8, 8},
            {"zx-qrcode-3/", 25, 25, 25},
            {"zx-qrcode-4/", 34, 34, 34},
            {"zx-qrcode-5/", 17, 17, 17},
            {"zx-qrcode-6/", 1, 1, 1},
            {"zxcpp-new/", 12, 10, 10}};

static const char *photos(void)
{
    static char folder[1024];
    const char *shared = getenv("TEM_SHARED"), *source = getenv("TEM_SOURCE");
    int size = shared ? snprintf(folder, sizeof folder, "%s", shared)
                      : snprintf(folder, sizeof folder, "%s/../shared",
                                 source ? source : ".");
    if (size < 0 || (size_t)size > sizeof folder - 32)
        return NULL;
    strcat(folder, "/data/photos/");
    return folder;
}

/* Scan a file; NULL when it cannot be read. */
static struct tem_scan *scanned(const char *path)
{
    static uint8_t data[FILE_MAX_SIZE];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    struct tem_bytes bytes = {data, fread(data, 1, sizeof data, file)};
    fclose(file);
    struct tem_scan *scan;
    if (tem_scan_file(bytes, TEM_IMAGE_PIXELS_DEFAULT, NULL, &scan, NULL) !=
        TEM_OK)
        return NULL;
    return scan;
}

/* Line ends differ between the truth's sources: those at the end do not count,
 * nor does a carriage return. */
static bool same(struct tem_bytes text, const char *want)
{
    size_t left = strlen(want), i = 0;
    while (text.size && strchr("\r\n", text.data[text.size - 1]))
        text.size--;
    while (left && strchr("\r\n", want[left - 1]))
        left--;
    for (;; i++, want++, left--) {
        for (; left && *want == '\r'; left--)
            want++;
        for (; i < text.size && text.data[i] == '\r';)
            i++;
        if (!left || i >= text.size || (char)text.data[i] != *want)
            return !left && i >= text.size;
    }
}

/* Is a text among the JSON strings of the manifest? */
static bool expected(struct tem_bytes text, const char *json)
{
    json_t *array = json_loads(json, 0, NULL), *item;
    size_t i;
    bool found = false;
    json_array_foreach(array, i, item)
    {
        const char *want = json_string_value(item);
        found |= want && same(text, want);
    }
    json_decref(array);
    return found;
}

/* Field `wanted` of a line of tabs, copied; "" when there is none. */
static const char *field(const char *line, int wanted, char *out, size_t size)
{
    for (; wanted > 0 && line != NULL; wanted--)
        line = (line = strchr(line, '\t')) ? line + 1 : NULL;
    size_t length = line ? strcspn(line, "\t\n") : 0;
    if (length >= size)
        length = 0;
    memcpy(out, line ? line : "", length);
    out[length] = 0;
    return out;
}

static bool is_utf8(struct tem_bytes text)
{
    uint8_t plain[4096], normal[8192];
    struct tem_buffer out = {normal, sizeof normal, 0};
    struct tem_error error;
    for (size_t i = 0; i < text.size && i < sizeof plain; i++)
        plain[i] = text.data[i] < ' ' ? ' ' : text.data[i]; /* line ends */
    text.data = plain;
    return text.size > sizeof plain ||
           tem_text_nfc(text, &out, NULL, &error) != TEM_E_FORMAT ||
           error.message.id != TEM_MSG_TEXT_UTF8;
}

/* @return how many symbols of the photograph of a line of the manifest read
 * right. A text
 * that is not in the truth is a misread; but bytes that are not UTF-8 (Shift
 * JIS, in phone web pages of 2007) are given as they are, and the truth has
 * them in UTF-8: they count as not read. Nor is it known of all photographs
 * what else is on them. */
static int read_right(const char *folder, const char *line)
{
    char name[256], path[2048], json[LINE_MAX_SIZE], source[64];
    field(line, 8, json, sizeof json);
    field(line, 5, source, sizeof source);
    bool sure =
        strcmp(source, "author") == 0 || strcmp(source, "negative") == 0;
    snprintf(path, sizeof path, "%s%s", folder,
             field(line, 0, name, sizeof name));
    struct tem_scan *scan = scanned(path);
    CHECK(scan != NULL);
    int right = 0;
    for (size_t i = 0; scan != NULL && i < scan->count; i++) {
        if (expected(scan->symbols[i].text, json))
            right++;
        else if (sure && is_utf8(scan->symbols[i].text))
            CHECK_STR((const char *)scan->symbols[i].text.data, name);
    }
    tem_scan_free(scan);
    return right;
}

static void check_set(FILE *manifest, const char *folder, const struct set *set)
{
    char line[LINE_MAX_SIZE];
    int photos_seen = 0, right = 0, symbols = 0;
    rewind(manifest);
    while (fgets(line, sizeof line, manifest) != NULL)
        if (strncmp(line, set->folder, strlen(set->folder)) == 0) {
            photos_seen++;
            int read = read_right(folder, line);
            right += read > 0;
            symbols += read;
        }
    printf("# %s %d of %d read, %d symbols\n", set->folder, right, photos_seen,
           symbols);
    CHECK_INT(photos_seen, set->photos);
    CHECK(right >= set->floor);
    CHECK(symbols >= set->symbols);
}

TEST(photographs_are_read)
{
    char path[2048];
    const char *folder = photos();
    REQUIRE(folder != NULL);
    snprintf(path, sizeof path, "%smanifest.tsv", folder);
    FILE *manifest = fopen(path, "r");
    if (manifest == NULL)
        SKIP("no photographs: TEM_SHARED does not name their folder");
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        check_set(manifest, folder, &sets[i]);
    fclose(manifest);
}

int main(void)
{
    RUN(photographs_are_read);
    return test_done();
}
