/* SPDX-License-Identifier: MIT */
/* <tem/image.h> and <tem/scan.h> on photographs, which lie outside the source:
 * sets of them, the reads counted against a floor, and not one misread. */
#include "test.h"
#include <jansson.h>
#include <stdbool.h>
#include <tem/scan.h>

enum { LINE_MAX_SIZE = 8192, FILE_MAX_SIZE = 8 << 20 };

/* A change that reads fewer has made the reader worse. The photographs of the
 * last two sets hold no symbol. */
static const struct set {
    const char *folder;
    int photos, floor;
} sets[] = {{"boof-nominal/", 23, 23},   {"boof-rotations/", 9, 9},
            {"zx-qrcode-1/", 15, 15},    {"zx-qrcode-2/", 17, 8},
            {"zx-qrcode-3/", 25, 25},    {"zx-falsepositives/", 12, 0},
            {"zx-falsepositives-2/", 15, 0}};

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
    struct tem_image *image;
    struct tem_scan *scan = NULL;
    if (tem_image_read(bytes, TEM_IMAGE_PIXELS_DEFAULT, &image, NULL) != TEM_OK)
        return NULL;
    if (tem_scan_image(image, NULL, &scan, NULL) != TEM_OK)
        scan = NULL;
    tem_image_free(image);
    return scan;
}

/* Is a text among the JSON strings of the manifest? Line ends differ between
 * the truth's sources, so those at the end do not count. */
static bool expected(struct tem_bytes text, const char *json)
{
    json_t *array = json_loads(json, 0, NULL), *item;
    size_t i;
    bool found = false;
    while (text.size && strchr("\r\n", text.data[text.size - 1]))
        text.size--;
    json_array_foreach(array, i, item)
    {
        const char *want = json_string_value(item);
        size_t size = want ? strlen(want) : 0;
        while (size && strchr("\r\n", want[size - 1]))
            size--;
        found |= size == text.size && memcmp(want, text.data, size) == 0;
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

/* @return 1 when the photograph of a line of the manifest reads right. A text
 * that is not in the truth is a misread; but bytes that are not UTF-8 (Shift
 * JIS, in phone web pages of 2007) are given as they are, and the truth has
 * them in UTF-8: they count as not read. */
static int read_right(const char *folder, const char *line)
{
    char name[256], path[2048], json[LINE_MAX_SIZE];
    field(line, 8, json, sizeof json);
    snprintf(path, sizeof path, "%s%s", folder,
             field(line, 0, name, sizeof name));
    struct tem_scan *scan = scanned(path);
    CHECK(scan != NULL);
    int right = 0;
    for (size_t i = 0; scan != NULL && i < scan->count; i++) {
        if (expected(scan->symbols[i].text, json))
            right = 1;
        else if (is_utf8(scan->symbols[i].text))
            CHECK_STR((const char *)scan->symbols[i].text.data, name);
    }
    tem_scan_free(scan);
    return right;
}

static void check_set(FILE *manifest, const char *folder, const struct set *set)
{
    char line[LINE_MAX_SIZE];
    int photos_seen = 0, right = 0;
    rewind(manifest);
    while (fgets(line, sizeof line, manifest) != NULL)
        if (strncmp(line, set->folder, strlen(set->folder)) == 0) {
            photos_seen++;
            right += read_right(folder, line);
        }
    printf("# %s %d of %d read\n", set->folder, right, photos_seen);
    CHECK_INT(photos_seen, set->photos);
    CHECK(right >= set->floor);
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
