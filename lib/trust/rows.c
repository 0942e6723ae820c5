/* SPDX-License-Identifier: MIT */
/* See source.h: the fields of the province's lists. SOURCE.md and the schema
 * have the same (tested). */
#include "../law/award.h"
#include "source.h"

#define SIZE(s, m) sizeof(((struct s *)0)->m)
#define AT(s, m) .offset = offsetof(struct s, m), .size = SIZE(s, m)
#define EACH(s, m, counter)                                                    \
    .offset = offsetof(struct s, m), .size = SIZE(s, m[0]),                    \
    .most = SIZE(s, m) / SIZE(s, m[0]),                                        \
    .count_offset = offsetof(struct s, counter)
#define TEXT(low, high) .type = TEM_FIELD_TEXT, .min = low, .max = high
#define NUMBER(low, high, places)                                              \
    .type = TEM_FIELD_NUMBER, .min = low, .max = high, .decimals = places
#define DATE .type = TEM_FIELD_DATE
#define LOT .type = TEM_FIELD_LOT
#define PATTERN(p, message)                                                    \
    .type = TEM_FIELD_PATTERN, .pattern = p, .wrong = message
#define REQUIRED .required = true
#define NOTE(s)                                                                \
    {                                                                          \
        "note", "Ghi chú", " ghi_chu ", AT(s, note), TEXT(1, 200)              \
    }
#define END                                                                    \
    {                                                                          \
        .key = NULL                                                            \
    }
#define PRODUCTS(s)                                                            \
    {                                                                          \
        "products", "Sản phẩm", " san_pham cac_san_pham ",                     \
            EACH(s, products.refs, products.count),                            \
            PATTERN("X{2,14}", TEM_MSG_SOURCE_REF)                             \
    }

#define H(m) AT(tem_row_head, m)
static const struct tem_field head_fields[] = {
    {"schema_version", "Phiên bản lược đồ", " phien_ban_luoc_do ",
     H(schema_version), NUMBER(1, 1, 0)},
    {"province", "Tỉnh", " tinh ma_tinh ", H(province), NUMBER(1, 99, 0),
     REQUIRED},
    {"version", "Phiên bản", " phien_ban ", H(version),
     NUMBER(1, 4294967295, 0), REQUIRED},
    {"issued", "Ngày cấp", " ngay_cap ", H(issued), DATE, REQUIRED},
    {"next_update", "Cập nhật sau", " cap_nhat_sau ngay_cap_nhat ",
     H(next_update), DATE, REQUIRED},
    {"expires", "Hết hạn", " het_han ", H(expires), DATE, REQUIRED},
    {"hosts", "Tên miền", " ten_mien ", EACH(tem_row_head, hosts, host_count),
     TEXT(1, 100), REQUIRED},
    NOTE(tem_row_head),
    END};

#define M(m) AT(tem_row_maker, m)
static const struct tem_field maker_fields[] = {
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", M(maker_id),
     NUMBER(1, 65535, 0), REQUIRED},
    {"maker_name", "Chủ thể tên", " chu_the chu_the_ten ten_chu_the ", M(name),
     TEXT(1, TEM_TRUST_NAME_MAX), REQUIRED},
    {"maker_name_en", "Tên tiếng Anh", " ten_tieng_anh chu_the_ten_tieng_anh ",
     M(name_en), TEXT(1, TEM_TRUST_NAME_MAX)},
    {"commune", "Mã xã", " ma_xa ", M(commune),
     PATTERN("9{5}", TEM_MSG_RECORD_COMMUNE), REQUIRED},
    {"address", "Địa chỉ", " dia_chi ", M(address),
     TEXT(1, TEM_TRUST_ADDRESS_MAX)},
    NOTE(tem_row_maker),
    END};

#define P(m) AT(tem_row_product, m)
static const struct tem_field product_fields[] = {
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", P(maker_id),
     NUMBER(1, 65535, 0), REQUIRED},
    {"gtin", "GTIN", " ma_gtin ", P(gtin), .type = TEM_FIELD_GTIN},
    {"product_code", "Mã SP", " ma_sp ma_san_pham ", P(code),
     PATTERN("X{2,12}", TEM_MSG_RECORD_PRODUCT_CODE)},
    {"product_name", "Tên hàng", " ten_hang ten_san_pham ", P(name),
     TEXT(1, TEM_TRUST_NAME_MAX), REQUIRED},
    {"product_name_en", "Tên hàng tiếng Anh", " ten_hang_tieng_anh ",
     P(name_en), TEXT(1, TEM_TRUST_NAME_MAX)},
    {"net_mass_g", "Quy cách g", " quy_cach_g ",
     EACH(tem_row_product, grams, gram_count), NUMBER(1, 50000, 0)},
    {"net_volume_ml", "Quy cách ml", " quy_cach_ml ",
     EACH(tem_row_product, millilitres, millilitre_count), NUMBER(1, 50000, 0)},
    {"image_sha256", "Ảnh SHA256", " anh_sha256 ", P(image),
     PATTERN("h{64}", TEM_MSG_RECORD_HEX)},
    NOTE(tem_row_product),
    END};

#define K(m) AT(tem_row_key, m)
static const struct tem_field key_fields[] = {
    {"kid", "Mã khóa", " ma_khoa ", K(kid), NUMBER(0, 65535, 0), REQUIRED},
    {"holder", "Người giữ khóa", " nguoi_giu nguoi_giu_khoa ", K(holder),
     TEXT(1, TEM_TRUST_NAME_MAX), REQUIRED},
    {"public_key", "Khóa công khai", " khoa_cong_khai ", K(public_key),
     TEXT(40, 400), REQUIRED, .lines = true},
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", K(maker_id),
     NUMBER(1, 65535, 0), REQUIRED},
    PRODUCTS(tem_row_key),
    {"packed_from", "Đóng gói từ", " dong_goi_tu ", K(packed_from), DATE},
    {"packed_to", "Đóng gói đến", " dong_goi_den ", K(packed_to), DATE},
    {"quota", "Hạn mức tem", " han_muc han_muc_tem ", K(quota),
     NUMBER(1, 4294967295, 0)},
    NOTE(tem_row_key),
    END};

#define C(m) AT(tem_row_certificate, m)
static const struct tem_field certificate_fields[] = {
    {"certificate_id", "Chứng nhận mã", " ma_chung_nhan chung_nhan_ma ", C(id),
     NUMBER(1, 1000000, 0), REQUIRED},
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", C(maker_id),
     NUMBER(1, 65535, 0), REQUIRED},
    {"ocop_stars", "Sao", " sao so_sao ", C(stars), NUMBER(0, 5, 0), REQUIRED},
    {"ocop_points", "Điểm", " diem ", C(points10), NUMBER(0, 1000, 1)},
    {"decision_number", "QĐ số", " qd_so ", C(decision),
     TEXT(1, TEM_TRUST_NUMBER_MAX), REQUIRED},
    {"decision_date", "QĐ ngày", " qd_ngay ", C(decided), DATE, REQUIRED},
    {"decision_authority", "QĐ cơ quan", " qd_co_quan ", C(authority),
     .type = TEM_FIELD_CHOICE, .choices = tem_authority_words, REQUIRED},
    {"valid_from", "Hiệu lực từ", " hieu_luc_tu ", C(valid_from), DATE},
    {"certificate_expires", "QĐ hết hạn", " qd_het qd_het_han ", C(valid_to),
     DATE},
    {"products", "Sản phẩm", " san_pham cac_san_pham ",
     EACH(tem_row_certificate, products.refs, products.count),
     PATTERN("X{2,14}", TEM_MSG_SOURCE_REF), REQUIRED},
    NOTE(tem_row_certificate),
    END};

static const struct tem_choice revoked_words[] = {
    {"key_lost", "mất khóa", TEM_REVOKED_KEY_LOST},
    {"key_retired", "ngừng khóa", TEM_REVOKED_KEY_RETIRED},
    {"sealed_before", "ký trước khi mất", TEM_REVOKED_NOT},
    {"lot", "lô", TEM_REVOKED_LOT},
    {"certificate", "chứng nhận", TEM_REVOKED_CERTIFICATE},
    {NULL, NULL, 0}};

#define W(m) AT(tem_row_revocation, m)
static const struct tem_field revocation_fields[] = {
    {"kind", "Thu hồi", " thu_hoi loai ", W(kind), .type = TEM_FIELD_CHOICE,
     .choices = revoked_words, REQUIRED},
    {"kid", "Mã khóa", " ma_khoa ", W(kid), NUMBER(0, 65535, 0)},
    {"certificate_id", "Chứng nhận mã", " ma_chung_nhan chung_nhan_ma ",
     W(certificate_id), NUMBER(1, 1000000, 0)},
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", W(maker_id),
     NUMBER(1, 65535, 0)},
    {"product", "Sản phẩm", " san_pham ", W(product),
     PATTERN("X{2,14}", TEM_MSG_SOURCE_REF)},
    {"lot", "Mã lô", " ma_lo so_lo ", W(lot), LOT},
    {"serial_first", "Sê-ri đầu", " se_ri_dau ", W(from), LOT},
    {"serial_last", "Sê-ri cuối", " se_ri_cuoi ", W(to), LOT},
    {"since", "Từ ngày", " tu_ngay ", W(since), DATE, REQUIRED},
    {"reason", "Lý do", " ly_do ", W(reason), TEXT(1, TEM_TRUST_REASON_MAX),
     REQUIRED},
    NOTE(tem_row_revocation),
    END};

const struct tem_table tem_trust_head = {.fields = head_fields,
                                         .size = sizeof(struct tem_row_head)};

const struct tem_table tem_trust_tables[TEM_ROWS_COUNT] = {
    [TEM_ROWS_MAKERS] = {"makers", "Chủ thể", " chu_the ", maker_fields, NULL,
                         sizeof(struct tem_row_maker)},
    [TEM_ROWS_PRODUCTS] = {"products", "Sản phẩm", " san_pham ", product_fields,
                           NULL, sizeof(struct tem_row_product)},
    [TEM_ROWS_KEYS] = {"keys", "Khóa", " khoa ", key_fields, NULL,
                       sizeof(struct tem_row_key)},
    [TEM_ROWS_CERTIFICATES] = {"certificates", "Chứng nhận", " chung_nhan ",
                               certificate_fields, NULL,
                               sizeof(struct tem_row_certificate)},
    [TEM_ROWS_REVOCATIONS] = {"revocations", "Thu hồi", " thu_hoi ",
                              revocation_fields, NULL,
                              sizeof(struct tem_row_revocation)},
    [TEM_ROWS_HEAD] = {"bundle", "Gói", " goi goi_tin_cay ", head_fields, NULL,
                       sizeof(struct tem_row_head)},
};
