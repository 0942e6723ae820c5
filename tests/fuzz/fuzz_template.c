/* SPDX-License-Identifier: MIT */
/* Templates: reading any bytes does no harm, and what no problem is told of
 * draws the specimen's label, or says why not. */
#include <stdlib.h>
#include <string.h>
#include <tem/label.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ptrdiff_t read_text(void *context, void *data, size_t size)
{
    const char **left = context;
    size_t length = strlen(*left);
    size = size < length ? size : length;
    memcpy(data, *left, size);
    *left += size;
    return (ptrdiff_t)size;
}

static const struct tem_record *specimen(void)
{
    static struct tem_record record;
    const char *text = tem_template_specimen();
    struct tem_record_reader *reader;
    bool found;
    if (record.lot[0])
        return &record;
    if (tem_record_open(read_text, &text, TEM_FORMAT_JSON, &reader, NULL) !=
            TEM_OK ||
        tem_record_next(reader, &record, &found, NULL) != TEM_OK)
        abort();
    tem_record_reader_free(reader);
    return &record;
}

/* Few dots, so that it is quick. */
static void draw(const struct tem_template *design)
{
    static struct tem_symbol symbol;
    static struct tem_raster raster;
    struct tem_label_settings settings = {
        .dpi = 150, .quiet = 4, .symbol_side = 21, .serial = "000000"};
    struct tem_label_content content = tem_label_content_of(specimen());
    struct tem_label_unit unit = {&symbol, "000001", NULL};
    struct tem_template_info info = tem_template_describe(design);
    struct tem_label *label;
    if (symbol.side == 0 && tem_symbol_encode(tem_bytes_of("A"), TEM_ECC_M, 1,
                                              &symbol, NULL) != TEM_OK)
        abort();
    if (tem_label_new(design, &settings, &content, &label, NULL) != TEM_OK)
        return;
    if (tem_label_draw(label, &unit, &raster, NULL) != TEM_OK ||
        raster.width * 25400ull / 150 > info.width_um + 200 ||
        (tem_label_letters(label) &&
         tem_label_letters(label) * 100 < info.letters_um * 99))
        abort();
    tem_label_free(label);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_template *design;
    size_t count;
    if (tem_template_read((struct tem_bytes){data, size}, &design, NULL) !=
        TEM_OK)
        return 0;
    tem_template_problems(design, &count);
    if (count == 0)
        draw(design);
    tem_template_free(design);
    return 0;
}
