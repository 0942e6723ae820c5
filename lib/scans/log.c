/* SPDX-License-Identifier: MIT */
/* Logs of scans as files: see registry.h. */
#include "../error/fail.h"
#include "../table/problems.h"
#include "../table/reader.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tem/scans.h>

enum { TEXT_MAX = 1000, DIGEST_HEX = 2 * TEM_SHA256_BYTES };

/* A row as it is read. */
struct row {
    char text[TEM_TEXT_SIZE(TEXT_MAX)];
    int64_t verdict;
    char seen[TEM_TEXT_SIZE(25)];
    int64_t maker;
    char product[TEM_GTIN_SIZE];
    char lot[TEM_LOT_SIZE], serial[TEM_LOT_SIZE];
    int64_t latitude, longitude, trust_version;
    char place[TEM_WHO_SIZE], who[TEM_WHO_SIZE];
    char digest[DIGEST_HEX + 1];
};

static const struct tem_choice verdicts[] = {
    {"genuine", "Thật", TEM_VERDICT_GENUINE},
    {"altered", "Bị sửa", TEM_VERDICT_ALTERED},
    {"unknown_key", "Khóa lạ", TEM_VERDICT_UNKNOWN_KEY},
    {"out_of_scope", "Ngoài phạm vi", TEM_VERDICT_OUT_OF_SCOPE},
    {"revoked", "Thu hồi", TEM_VERDICT_REVOKED},
    {"malformed", "Sai dạng", TEM_VERDICT_MALFORMED},
    {"not_a_label", "Không phải tem", TEM_VERDICT_NOT_A_LABEL},
    {"cannot_tell", "Không kết luận được", TEM_VERDICT_CANNOT_TELL},
    {"that", NULL, TEM_VERDICT_GENUINE},
    {"bi_sua", NULL, TEM_VERDICT_ALTERED},
    {"khoa_la", NULL, TEM_VERDICT_UNKNOWN_KEY},
    {"ngoai_pham_vi", NULL, TEM_VERDICT_OUT_OF_SCOPE},
    {"thu_hoi", NULL, TEM_VERDICT_REVOKED},
    {"sai_dang", NULL, TEM_VERDICT_MALFORMED},
    {"khong_phai_tem", NULL, TEM_VERDICT_NOT_A_LABEL},
    {"khong_ket_luan_duoc", NULL, TEM_VERDICT_CANNOT_TELL},
    {.word = NULL}};

#define AT(m)                                                                  \
    .offset = offsetof(struct row, m), .size = sizeof(((struct row *)0)->m)
#define TEXT(high) .type = TEM_FIELD_TEXT, .min = 1, .max = high
#define NUMBER(low, high, places)                                              \
    .type = TEM_FIELD_NUMBER, .min = low, .max = high, .decimals = places

static const struct tem_field fields[] = {
    {"text", "Chuỗi quét", " chuoi_quet noi_dung_quet ", AT(text),
     TEXT(TEXT_MAX)},
    {"verdict", "Kết luận", " ket_luan ", AT(verdict), .type = TEM_FIELD_CHOICE,
     .choices = verdicts, .required = true},
    {"seen", "Lúc quét", " luc_quet thoi_diem ", AT(seen), TEXT(25),
     .required = true},
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", AT(maker),
     NUMBER(1, 65535, 0)},
    {"product", "Sản phẩm", " san_pham ma_san_pham gtin ", AT(product),
     .type = TEM_FIELD_PATTERN, .pattern = "X{2,14}",
     .wrong = TEM_MSG_SOURCE_REF},
    {"lot", "Mã lô", " ma_lo so_lo lo ", AT(lot), .type = TEM_FIELD_LOT},
    {"serial", "Sê-ri", " se_ri so_se_ri ", AT(serial), .type = TEM_FIELD_LOT},
    {"latitude", "Vĩ độ", " vi_do ", AT(latitude),
     NUMBER(-90000000, 90000000, 6)},
    {"longitude", "Kinh độ", " kinh_do ", AT(longitude),
     NUMBER(-180000000, 180000000, 6)},
    {"place", "Nơi quét", " noi_quet ", AT(place), TEXT(TEM_WHO_MAX)},
    {"who", "Người quét", " nguoi_quet ", AT(who), TEXT(TEM_WHO_MAX)},
    {"trust_version", "Phiên bản gói", " phien_ban_goi ", AT(trust_version),
     NUMBER(0, 4294967295, 0)},
    {"digest", "Dấu băm", " dau_bam ", AT(digest), TEXT(DIGEST_HEX)},
    {.key = NULL}};

static const struct tem_table table = {.fields = fields,
                                       .size = sizeof(struct row)};

struct tem_scan_log {
    struct tem_table_reader reader;
    struct row row;
};

/* ---- a row as a scan ---------------------------------------------------- */

bool tem_verdict_is_sealed(enum tem_verdict verdict)
{
    return verdict == TEM_VERDICT_GENUINE ||
           verdict == TEM_VERDICT_OUT_OF_SCOPE ||
           verdict == TEM_VERDICT_REVOKED;
}

static void name_scan(struct tem_registry_scan *scan, long long maker,
                      const char *product, const char *lot, const char *serial)
{
    bool gtin = strlen(product) == TEM_GTIN_SIZE - 1 &&
                tem_gtin_valid(tem_bytes_of(product));
    if (gtin)
        strcpy(scan->lot.maker, "-");
    else
        snprintf(scan->lot.maker, sizeof scan->lot.maker, "%u",
                 (unsigned)maker % 1000000);
    strcpy(scan->lot.product, product);
    strcpy(scan->lot.lot, lot);
    strcpy(scan->serial, serial);
}

enum tem_status tem_registry_scan_name(struct tem_registry_scan *scan,
                                       struct tem_error *error)
{
    struct tem_parts parts; /* points into itself: used here alone */
    bool ours;
    enum tem_status status = tem_verify_parts(scan->text, &parts, &ours, error);
    if (status != TEM_OK)
        return status;
    struct tem_unit unit = tem_payload_unit(&parts.uri, &parts.payload);
    name_scan(scan, (long long)parts.payload.maker_id, unit.product, unit.lot,
              unit.serial);
    return TEM_OK;
}

#define WRONG(log, field, id, ...)                                             \
    tem_problems_add(&(log)->reader.problems, field, "", TEM_SEVERITY_ERROR,   \
                     TEM_MSG_##id, __VA_ARGS__)

static int64_t or_none(int64_t value, int64_t none)
{
    return value == TEM_NUMBER_NONE ? none : value;
}

static void set_place(struct tem_scan_log *log, struct tem_registry_scan *scan)
{
    const struct row *row = &log->row;
    if ((row->latitude == TEM_NUMBER_NONE) !=
        (row->longitude == TEM_NUMBER_NONE))
        WRONG(log, "latitude", SCAN_PLACE, "");
    scan->latitude = (int32_t)or_none(row->latitude, TEM_DEGREES_NONE);
    scan->longitude = (int32_t)or_none(row->longitude, TEM_DEGREES_NONE);
    strcpy(scan->place, row->place);
    strcpy(scan->who, row->who);
}

static int nibble(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool read_digest(const char *hex, uint8_t out[TEM_SHA256_BYTES])
{
    for (size_t i = 0; i < TEM_SHA256_BYTES; i++) {
        int high = nibble(hex[2 * i]);
        int low = high < 0 ? -1 : nibble(hex[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return hex[DIGEST_HEX] == '\0';
}

/* Of the text; without one, what the row says, or zeros. */
static enum tem_status set_digest(struct tem_scan_log *log,
                                  struct tem_registry_scan *scan,
                                  struct tem_error *error)
{
    const char *hex = log->row.digest;
    uint8_t said[TEM_SHA256_BYTES] = {0};
    bool right = !hex[0] || read_digest(hex, said);
    memcpy(scan->digest, said, sizeof said);
    if (scan->text.size > 0) {
        enum tem_status status = tem_sha256(scan->text, scan->digest, error);
        if (status != TEM_OK)
            return status;
        right =
            right && (!hex[0] || memcmp(said, scan->digest, sizeof said) == 0);
    }
    if (!right)
        WRONG(log, "digest", SCAN_DIGEST, "");
    return TEM_OK;
}

/* What was scanned. */
static enum tem_status set_unit(struct tem_scan_log *log,
                                struct tem_registry_scan *scan,
                                struct tem_error *error)
{
    const struct row *row = &log->row;
    bool named = row->product[0] && row->lot[0];
    if (!named && scan->text.size == 0)
        WRONG(log, "lot", SCAN_WHAT, "");
    if (!tem_verdict_is_sealed(scan->verdict))
        return TEM_OK; /* what it says is not to be believed */
    if (named) {
        name_scan(scan, (long long)or_none(row->maker, 0), row->product,
                  row->lot, row->serial);
        return TEM_OK;
    }
    enum tem_status status =
        scan->text.size > 0 ? tem_registry_scan_name(scan, error) : TEM_OK;
    if (status == TEM_E_FORMAT)
        WRONG(log, "text", SCAN_LABEL, "");
    return status == TEM_E_FORMAT ? TEM_OK : status;
}

static enum tem_status set_scan(struct tem_scan_log *log,
                                struct tem_registry_scan *scan,
                                struct tem_error *error)
{
    const struct row *row = &log->row;
    *scan = (struct tem_registry_scan){
        .verdict = (enum tem_verdict)or_none(row->verdict, 0),
        .trust_version = (uint32_t)or_none(row->trust_version, 0),
        .text = tem_bytes_of(row->text),
        .seen = tem_time_parse(tem_bytes_of(row->seen))};
    if (row->seen[0] && scan->seen == TEM_TIME_NONE)
        WRONG(log, "seen", SCAN_TIME, "s", row->seen);
    set_place(log, scan);
    enum tem_status status = set_digest(log, scan, error);
    return status == TEM_OK ? set_unit(log, scan, error) : status;
}

/* ---- reading ------------------------------------------------------------ */

enum tem_status tem_scan_log_open(tem_read_fn read, void *context,
                                  enum tem_format format,
                                  struct tem_scan_log **log,
                                  struct tem_error *error)
{
    struct tem_kinds kinds = {&table, 1, NULL};
    struct tem_scan_log *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tem_table_open(&made->reader, read, context, format, kinds, NULL);
    *log = made;
    return TEM_OK;
}

void tem_scan_log_free(struct tem_scan_log *log)
{
    if (!log)
        return;
    tem_table_close(&log->reader);
    free(log);
}

enum tem_status tem_scan_log_next(struct tem_scan_log *log,
                                  struct tem_registry_scan *scan, bool *found,
                                  struct tem_error *error)
{
    struct tem_found row;
    tem_row_init(&log->row, &table);
    enum tem_status status =
        tem_table_next(&log->reader, &log->row, &row, error);
    *scan = (struct tem_registry_scan){0};
    *found = status == TEM_OK && row.any;
    if (!*found || !row.table)
        return status;
    tem_table_require(&log->reader, &table, &log->row);
    status = set_scan(log, scan, error);
    tem_table_name(&log->reader);
    if (status == TEM_OK && log->reader.problems.no_memory)
        status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return status;
}

const struct tem_problem *tem_scan_log_problems(const struct tem_scan_log *log,
                                                size_t *count)
{
    *count = log->reader.problems.count;
    return log->reader.problems.list;
}

uint64_t tem_scan_log_row(const struct tem_scan_log *log)
{
    return log->reader.problems.row;
}
