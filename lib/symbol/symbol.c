/* SPDX-License-Identifier: MIT */
/* See <tem/symbol.h>. The only file that sees libqrencode. */
#include "../error/fail.h"
#include "split.h"
#include <qrencode.h>
#include <string.h>

enum { LEVELS = 4 };

/* Data codewords of each version and level: ISO/IEC 18004:2015 table 7. */
static const uint16_t data_codewords[LEVELS][TEM_SYMBOL_VERSION_MAX] = {
    [TEM_ECC_L] = {19,   34,   55,   80,   108,  136,  156,  194,  232,  274,
                   324,  370,  428,  461,  523,  589,  647,  721,  795,  861,
                   932,  1006, 1094, 1174, 1276, 1370, 1468, 1531, 1631, 1735,
                   1843, 1955, 2071, 2191, 2306, 2434, 2566, 2702, 2812, 2956},
    [TEM_ECC_M] = {16,   28,   44,   64,   86,   108,  124,  154,  182,  216,
                   254,  290,  334,  365,  415,  453,  507,  563,  627,  669,
                   714,  782,  860,  914,  1000, 1062, 1128, 1193, 1267, 1373,
                   1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334},
    [TEM_ECC_Q] = {13,   22,   34,   48,   62,   76,   88,   110,  132,  154,
                   180,  206,  244,  261,  295,  325,  367,  397,  445,  485,
                   512,  568,  614,  664,  718,  754,  808,  871,  911,  985,
                   1033, 1115, 1171, 1231, 1286, 1354, 1426, 1502, 1582, 1666},
    [TEM_ECC_H] = {9,    16,   26,   36,   46,   60,   66,   86,   100,  122,
                   140,  158,  180,  197,  223,  253,  283,  313,  341,  385,
                   406,  442,  464,  514,  538,  596,  628,  661,  701,  745,
                   793,  845,  901,  961,  986,  1054, 1096, 1142, 1222, 1276},
};

static size_t capacity_bits(unsigned version, enum tem_ecc ecc)
{
    return (size_t)data_codewords[ecc][version - 1] * 8;
}

static enum tem_status check(struct tem_bytes text, enum tem_ecc ecc,
                             unsigned version_max, struct tem_error *error)
{
    if (text.size < 1 || text.size > TEM_SYMBOL_TEXT_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SYMBOL_TEXT, "dd",
                        (long long)text.size, (long long)TEM_SYMBOL_TEXT_MAX);
    if ((unsigned)ecc >= LEVELS)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SYMBOL_ECC, "d",
                        (long long)ecc);
    if (version_max < 1 || version_max > TEM_SYMBOL_VERSION_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SYMBOL_VERSION, "dd",
                        (long long)version_max,
                        (long long)TEM_SYMBOL_VERSION_MAX);
    return TEM_OK;
}

/*
 * The smallest version that holds the text, and the plan for its range; 0 if
 * there is none, with the plan for the last range.
 */
static unsigned choose_version(struct tem_bytes text, enum tem_ecc ecc,
                               unsigned version_max,
                               struct tem_symbol_plan *plan)
{
    unsigned version = 1;
    for (unsigned range = 0; range < TEM_SYMBOL_RANGES; range++) {
        unsigned last = tem_symbol_range_last[range];
        if (last > version_max)
            last = version_max;
        if (version > last)
            break;
        tem_symbol_plan(text, range, plan);
        for (; version <= last; version++)
            if (plan->bits <= capacity_bits(version, ecc))
                return version;
    }
    return 0;
}

/* libqrencode gives a byte a module; its lowest bit says dark. */
static void pack(const unsigned char *modules, size_t count, uint8_t *bits)
{
    for (size_t i = 0; i < count; i++)
        bits[i / 8] |= (uint8_t)((modules[i] & 1u) << (7 - i % 8));
}

static int append(QRinput *input, const uint8_t *text,
                  const struct tem_segment *segments, size_t count)
{
    static const QRencodeMode modes[] = {
        [TEM_SEGMENT_NUMERIC] = QR_MODE_NUM,
        [TEM_SEGMENT_ALPHANUMERIC] = QR_MODE_AN,
        [TEM_SEGMENT_BYTE] = QR_MODE_8,
    };
    for (size_t i = 0; i < count; i++) {
        int length = (int)segments[i].length;
        if (QRinput_append(input, modes[segments[i].mode], length, text) != 0)
            return -1;
        text += length;
    }
    return 0;
}

static QRcode *draw(struct tem_bytes text, enum tem_ecc ecc, unsigned version,
                    const struct tem_symbol_plan *plan)
{
    static const QRecLevel levels[LEVELS] = {
        [TEM_ECC_L] = QR_ECLEVEL_L,
        [TEM_ECC_M] = QR_ECLEVEL_M,
        [TEM_ECC_Q] = QR_ECLEVEL_Q,
        [TEM_ECC_H] = QR_ECLEVEL_H,
    };
    struct tem_segment segments[TEM_SEGMENTS_MAX];
    size_t count =
        tem_symbol_runs(plan, text.size, segments, TEM_SEGMENTS_MAX);
    QRinput *input = QRinput_new2((int)version, levels[ecc]);
    if (input == NULL)
        return NULL;
    QRcode *code = NULL;
    if (append(input, text.data, segments, count) == 0)
        code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code;
}

enum tem_status tem_symbol_encode(struct tem_bytes text, enum tem_ecc ecc,
                                  unsigned version_max,
                                  struct tem_symbol *symbol,
                                  struct tem_error *error)
{
    enum tem_status status = check(text, ecc, version_max, error);
    if (status != TEM_OK)
        return status;
    struct tem_symbol_plan plan;
    unsigned version = choose_version(text, ecc, version_max, &plan);
    if (version == 0) {
        const char level[] = {"LMQH"[ecc], '\0'};
        return TEM_FAIL(error, TEM_E_CAPACITY, SYMBOL_CAPACITY, "ddsd",
                        (long long)plan.bits, (long long)version_max, level,
                        (long long)capacity_bits(version_max, ecc));
    }
    QRcode *code = draw(text, ecc, version, &plan);
    if (code == NULL)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    memset(symbol, 0, sizeof *symbol);
    symbol->version = (uint8_t)version;
    symbol->side = (uint8_t)code->width;
    symbol->ecc = (uint8_t)ecc;
    pack(code->data, (size_t)code->width * (size_t)code->width, symbol->bits);
    QRcode_free(code);
    return TEM_OK;
}

bool tem_symbol_dark(const struct tem_symbol *symbol, int x, int y)
{
    if (x < 0 || y < 0 || x >= symbol->side || y >= symbol->side)
        return false;
    unsigned bit = (unsigned)y * symbol->side + (unsigned)x;
    return symbol->bits[bit / 8] >> (7 - bit % 8) & 1;
}
