/* SPDX-License-Identifier: MIT */
/* See fields.h. FORMAT.md and the schema have the same limits (tested). */
#include "fields.h"
#include "../law/award.h"

#define SIZE(s, m) sizeof(((struct s *)0)->m)
#define AT(s, m) .offset = offsetof(struct s, m), .size = SIZE(s, m)
#define TEXT(low, high) .type = TEM_FIELD_TEXT, .min = low, .max = high
#define NUMBER(low, high, places)                                              \
    .type = TEM_FIELD_NUMBER, .min = low, .max = high, .decimals = places
#define DATE .type = TEM_FIELD_DATE
#define CHOICE(table) .type = TEM_FIELD_CHOICE, .choices = table
#define PATTERN(p, message)                                                    \
    .type = TEM_FIELD_PATTERN, .pattern = p, .wrong = message
#define REQUIRED .required = true
#define SEALED .sealed = true

enum { KG_MOST = 10000000, HECTARES_MOST = 10000 };
#define MASS NUMBER(0, (int64_t)KG_MOST * 1000, 3)

#define R(m) AT(tem_record, m)
const struct tem_field tem_record_fields[] = {
    {"schema_version", "Phiên bản", " phien_ban ", R(schema_version),
     NUMBER(1, 255, 0), SEALED},
    {"record_id", "Mã bản ghi", " ma_ban_ghi ", R(record_id),
     PATTERN("A{26}", TEM_MSG_RECORD_ID), SEALED},
    {"example", "Ví dụ", " vi_du ", R(example), .type = TEM_FIELD_BOOL, SEALED},
    {"recorded_on", "Ngày lập", " ngay_lap ", R(recorded_on), DATE, REQUIRED,
     SEALED},
    {"recorded_by", "Người lập", " nguoi_lap ", R(recorded_by), TEXT(1, 60),
     REQUIRED, SEALED},
    {"maker_id", "Chủ thể mã", " ma_chu_the chu_the_ma ", R(maker_id),
     NUMBER(1, 65535, 0), REQUIRED, SEALED},
    {"maker_name", "Chủ thể tên", " chu_the chu_the_ten ten_chu_the ",
     R(maker_name), TEXT(3, 120), REQUIRED, SEALED},
    {"maker_kind", "Chủ thể loại", " chu_the_loai loai_chu_the ", R(maker_kind),
     CHOICE(tem_record_maker_kinds), REQUIRED, SEALED},
    {"tax_code", "Mã số thuế", " ma_so_thue ", R(tax_code),
     PATTERN("9{10}|9{10}-9{3}|9{12}", TEM_MSG_RECORD_TAX_CODE), SEALED},
    {"gln", "GLN", " ma_gln ", R(gln), .type = TEM_FIELD_GLN,
     .pattern = "9{13}", .wrong = TEM_MSG_RECORD_GLN, SEALED},
    {"address", "Địa chỉ", " dia_chi ", R(address), TEXT(5, 160), REQUIRED,
     SEALED},
    {"commune", "Mã xã", " ma_xa ", R(commune),
     PATTERN("9{5}", TEM_MSG_RECORD_COMMUNE), REQUIRED, SEALED},
    {"old_address", "Địa chỉ cũ", " dia_chi_cu ", R(old_address), TEXT(5, 160),
     SEALED},
    {"phone", "Điện thoại", " dien_thoai ", R(phone),
     PATTERN("09{9}", TEM_MSG_RECORD_PHONE), SEALED},
    {"gtin", "GTIN", " ma_gtin ", R(gtin), .type = TEM_FIELD_GTIN, SEALED},
    {"product_code", "Mã SP", " ma_sp ma_san_pham ", R(product_code),
     PATTERN("X{2,12}", TEM_MSG_RECORD_PRODUCT_CODE), SEALED},
    {"product_name", "Tên hàng", " ten_hang ten_san_pham ", R(product_name),
     TEXT(2, 80), REQUIRED, SEALED},
    {"product_set", "Bộ sản phẩm", " bo_san_pham ", R(product_set),
     NUMBER(1, 26, 0), REQUIRED, SEALED},
    {"net_mass_g", "Quy cách g", " quy_cach_g ", R(net_mass_g),
     NUMBER(1, 50000, 0), SEALED},
    {"net_volume_ml", "Quy cách ml", " quy_cach_ml ", R(net_volume_ml),
     NUMBER(1, 50000, 0), SEALED},
    {"ingredients", "Thành phần", " thanh_phan ", R(ingredients), TEXT(1, 400),
     REQUIRED, SEALED},
    {"additives", "Phụ gia", " phu_gia ", R(additives), TEXT(1, 200), SEALED},
    {"warnings", "Cảnh báo", " canh_bao ", R(warnings), TEXT(1, 200), SEALED},
    {"usage", "HDSD", " hdsd huong_dan_su_dung ", R(usage), TEXT(1, 200),
     SEALED},
    {"storage", "Bảo quản", " bao_quan ", R(storage), TEXT(1, 200), REQUIRED,
     SEALED},
    {"origin", "Xuất xứ", " xuat_xu ", R(origin), TEXT(1, 40), SEALED},
    {"standard", "Tiêu chuẩn", " tieu_chuan ", R(standard), TEXT(1, 60),
     SEALED},
    {"declaration_number", "Số công bố", " so_cong_bo ", R(declaration_number),
     TEXT(1, 40), SEALED},
    {"declaration_basis", "Căn cứ công bố", " can_cu_cong_bo ",
     R(declaration_basis), TEXT(1, 40), SEALED},
    {"energy_kcal", "Năng lượng kcal", " nang_luong_kcal ", R(energy_kcal),
     NUMBER(0, 1000, 0), SEALED},
    {"protein_g", "Chất đạm g", " dam_g chat_dam_g ", R(protein_mg),
     NUMBER(0, 100000, 3), SEALED},
    {"carbohydrate_g", "Carbohydrat g", " carbohydrat_g ", R(carbohydrate_mg),
     NUMBER(0, 100000, 3), SEALED},
    {"fat_g", "Chất béo g", " chat_beo_g ", R(fat_mg), NUMBER(0, 100000, 3),
     SEALED},
    {"sugars_g", "Đường tổng g", " duong_tong_g ", R(sugars_mg),
     NUMBER(0, 100000, 3), SEALED},
    {"sodium_mg", "Natri mg", " natri_mg ", R(sodium_mg), NUMBER(0, 100000, 0),
     SEALED},
    {"image_sha256", "Ảnh SHA256", " anh_sha256 ", R(image_sha256),
     PATTERN("h{64}", TEM_MSG_RECORD_HEX), SEALED},
    {"ocop_stars", "Sao", " sao so_sao ", R(ocop_stars), NUMBER(0, 5, 0),
     REQUIRED, SEALED},
    {"ocop_points", "Điểm", " diem ", R(ocop_points10), NUMBER(0, 1000, 1),
     SEALED},
    {"certificate_id", "Chứng nhận mã", " ma_chung_nhan chung_nhan_ma ",
     R(certificate_id), NUMBER(1, 1000000, 0), SEALED},
    {"decision_number", "QĐ số", " qd_so ", R(decision_number), TEXT(1, 40),
     SEALED},
    {"decision_date", "QĐ ngày", " qd_ngay ", R(decision_date), DATE, SEALED},
    {"decision_authority", "QĐ cơ quan", " qd_co_quan ", R(decision_authority),
     CHOICE(tem_authority_words), SEALED},
    {"certificate_expires", "QĐ hết hạn", " qd_het qd_het_han ",
     R(certificate_expires), DATE, SEALED},
    {"certificate_gtins", "QĐ GTIN", " qd_gtin ",
     .offset = offsetof(struct tem_record, certificate_gtins),
     .size = TEM_GTIN_SIZE, .type = TEM_FIELD_GTIN,
     .most = TEM_RECORD_GTINS_MAX,
     .count_offset = offsetof(struct tem_record, certificate_gtin_count),
     SEALED},
    {"farm_id", "Mã hộ", " ma_nong_ho ma_ho ", R(farm_id), NUMBER(1, 65535, 0),
     SEALED},
    {"harvest_commune", "Mã xã thu", " ma_xa_thu_hoach ma_xa_thu ",
     R(harvest_commune), PATTERN("9{5}", TEM_MSG_RECORD_COMMUNE), SEALED},
    {"lot", "Mã lô", " ma_lo so_lo ", R(lot), .type = TEM_FIELD_LOT, REQUIRED,
     SEALED},
    {"packed_on", "NSX", " nsx ngay_san_xuat ngay_dong_goi ", R(packed_on),
     DATE, REQUIRED, SEALED},
    {"best_before", "HSD", " hsd han_su_dung han_dung ", R(best_before), DATE,
     REQUIRED, SEALED},
    {"salt", "Muối băm", " muoi_bam muoi ", R(salt),
     PATTERN("h{32}", TEM_MSG_RECORD_HEX), SEALED},
    {"units", "Số đơn vị", " so_don_vi ", R(units), NUMBER(1, 1000000, 0)},
    {"samples", "Mẫu lưu", " mau_luu ", R(samples), NUMBER(0, 1000000, 0)},
    {"test_report", "Phiếu KN", " phieu_kn ", R(test_report), TEXT(1, 60)},
    {"labels_issued", "Tem phát", " tem_phat ", R(labels_issued),
     NUMBER(0, 10000000, 0)},
    {"labels_void", "Tem hủy", " tem_huy ", R(labels_void),
     NUMBER(0, 10000000, 0)},
    {.key = NULL}};

#define L(m) AT(tem_raw_lot, m)
static const struct tem_field raw_lot_fields[] = {
    {"raw_lot", "Mã lô", " ma_lo_nl ma_lo ", L(lot), TEXT(3, 20), REQUIRED,
     SEALED},
    {"kind", "Loại", " loai ", L(kind), CHOICE(tem_record_raw_kinds), REQUIRED,
     SEALED},
    {"source", "Nguồn", " nguon ", L(source), TEXT(1, 20), REQUIRED, SEALED},
    {"growing_area", "Mã vùng trồng", " ma_vung_trong ", L(growing_area),
     .type = TEM_FIELD_AREA, SEALED},
    {"area_ha", "Diện tích ha", " dien_tich_ha ", L(area_m2),
     NUMBER(0, (int64_t)HECTARES_MOST * 10000, 4), SEALED},
    {"commune", "Mã xã", " ma_xa ", L(commune),
     PATTERN("9{5}", TEM_MSG_RECORD_COMMUNE), SEALED},
    {"harvest_from", "Thu từ", " thu_tu ", L(harvest_from), DATE, REQUIRED,
     SEALED},
    {"harvest_to", "Thu đến", " thu_den ", L(harvest_to), DATE, REQUIRED,
     SEALED},
    {"mass_kg", "kg", " kg ", L(mass_g), MASS, REQUIRED, SEALED},
    {"days_since_spray", "Cách ly ngày", " cach_ly_ngay ", L(days_since_spray),
     NUMBER(0, 365, 0), SEALED},
    {"certification", "Chứng nhận", " chung_nhan ", L(certification),
     TEXT(1, 40), SEALED},
    {"certification_expires", "Chứng nhận hết hạn", " chung_nhan_het_han ",
     L(certification_expires), DATE, SEALED},
    {.key = NULL}};

#define S(m) AT(tem_step, m)
static const struct tem_field step_fields[] = {
    {"step", "Bước", " buoc ", S(kind), CHOICE(tem_record_step_kinds), REQUIRED,
     SEALED},
    {"site", "Mã nơi", " ma_noi ", S(site), TEXT(1, 20), SEALED},
    {"started", "Bắt đầu", " bat_dau ", S(started_min),
     .type = TEM_FIELD_MOMENT, SEALED},
    {"ended", "Kết thúc", " ket_thuc ", S(ended_min), .type = TEM_FIELD_MOMENT,
     SEALED},
    {"method", "Cách", " phuong_phap phuong_phap_say cach ", S(method),
     CHOICE(tem_record_methods), SEALED},
    {"energy", "Năng lượng", " nang_luong ", S(energy),
     CHOICE(tem_record_energies), SEALED},
    {"temperature_c", "Nhiệt độ C", " nhiet_do_c ", S(temperature_c10),
     NUMBER(-500, 2500, 1), SEALED},
    {"minutes", "Phút", " phut ", S(minutes), NUMBER(1, 20160, 0), SEALED},
    {"hours", "Giờ", " gio ", S(minutes), NUMBER(5, 33600, 2), .hours = true},
    {"mass_in_kg", "kg vào", " kg_vao ", S(mass_in_g), MASS, REQUIRED, SEALED},
    {"mass_out_kg", "kg ra", " kg_ra ", S(mass_out_g), MASS, REQUIRED, SEALED},
    {"moisture_in", "Ẩm vào", " am_vao ", S(moisture_in), NUMBER(0, 1000, 0),
     SEALED},
    {"moisture_out", "Ẩm ra", " am_ra ", S(moisture_out), NUMBER(0, 1000, 0),
     SEALED},
    {"sugar_kg", "Đường kg", " duong_kg ", S(sugar_g), MASS, SEALED},
    {"salt_kg", "Muối kg", " muoi_kg ", S(salt_g), MASS, SEALED},
    {.key = NULL}};

#define P(m) AT(tem_print_run, m)
static const struct tem_field print_run_fields[] = {
    {"serial_first", "Sê-ri đầu", " se_ri_dau ", P(serial_first),
     .type = TEM_FIELD_LOT, REQUIRED},
    {"serial_last", "Sê-ri cuối", " se_ri_cuoi ", P(serial_last),
     .type = TEM_FIELD_LOT, REQUIRED},
    {"printed", "Số tem", " so_tem ", P(printed), NUMBER(0, 10000000, 0),
     REQUIRED},
    {"voided", "Số hủy", " so_huy ", P(voided), NUMBER(0, 10000000, 0)},
    {"date", "Ngày", " ngay ", P(date), DATE},
    {"printer", "Máy in", " may_in ", P(printer), TEXT(1, 40)},
    {.key = NULL}};

#define D(m) AT(tem_delivery, m)
static const struct tem_field delivery_fields[] = {
    {"receiver", "Người nhận mã", " nguoi_nhan nguoi_nhan_ma ", D(receiver),
     TEXT(1, 20), REQUIRED},
    {"date", "Ngày", " ngay ", D(date), DATE, REQUIRED},
    {"units", "Số lượng", " so_luong ", D(units), NUMBER(1, 1000000, 0),
     REQUIRED},
    {.key = NULL}};

#define LIST(key, heading, also, fields, member, type, most, counter)          \
    key, heading, also, fields, offsetof(struct tem_record, member),           \
        sizeof(struct type), most, offsetof(struct tem_record, counter)
const struct tem_field_list tem_record_lists[] = {
    {LIST("raw_lots", "Nguyên liệu", " nguyen_lieu ", raw_lot_fields, raw_lots,
          tem_raw_lot, TEM_RECORD_RAW_LOTS_MAX, raw_lot_count),
     REQUIRED, SEALED},
    {LIST("steps", "Công đoạn", " cong_doan ", step_fields, steps, tem_step,
          TEM_RECORD_STEPS_MAX, step_count),
     REQUIRED, SEALED},
    {LIST("print_runs", "Đợt", " dot ", print_run_fields, print_runs,
          tem_print_run, TEM_RECORD_PRINT_RUNS_MAX, print_run_count),
     false, false},
    {LIST("deliveries", "Giao", " giao ", delivery_fields, deliveries,
          tem_delivery, TEM_RECORD_DELIVERIES_MAX, delivery_count),
     false, false},
    {.key = NULL}};

const struct tem_table tem_record_table = {.fields = tem_record_fields,
                                           .lists = tem_record_lists,
                                           .size = sizeof(struct tem_record)};

void tem_record_init(struct tem_record *record)
{
    tem_row_init(record, &tem_record_table);
}
