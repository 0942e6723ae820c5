/* SPDX-License-Identifier: MIT */
/* See fields.h. FORMAT.md and the schema have the same limits (tested). */
#include "fields.h"
#include <string.h>

static const struct tem_choice maker_kinds[] = {
    {"cooperative", TEM_MAKER_COOPERATIVE},
    {"htx", TEM_MAKER_COOPERATIVE},
    {"hop_tac_xa", TEM_MAKER_COOPERATIVE},
    {"group", TEM_MAKER_GROUP},
    {"tht", TEM_MAKER_GROUP},
    {"to_hop_tac", TEM_MAKER_GROUP},
    {"company", TEM_MAKER_COMPANY},
    {"dn", TEM_MAKER_COMPANY},
    {"doanh_nghiep", TEM_MAKER_COMPANY},
    {"household", TEM_MAKER_HOUSEHOLD},
    {"hkd", TEM_MAKER_HOUSEHOLD},
    {"ho_kinh_doanh", TEM_MAKER_HOUSEHOLD},
    {NULL, 0}};

static const struct tem_choice authorities[] = {
    {"district", TEM_AUTHORITY_DISTRICT}, {"huyen", TEM_AUTHORITY_DISTRICT},
    {"province", TEM_AUTHORITY_PROVINCE}, {"tinh", TEM_AUTHORITY_PROVINCE},
    {"centre", TEM_AUTHORITY_CENTRE},     {"bo", TEM_AUTHORITY_CENTRE},
    {"trung_uong", TEM_AUTHORITY_CENTRE}, {NULL, 0}};

static const struct tem_choice raw_kinds[] = {
    {"plum_hau", TEM_RAW_PLUM_HAU},
    {"man_hau", TEM_RAW_PLUM_HAU},
    {"plum_tam_hoa", TEM_RAW_PLUM_TAM_HOA},
    {"man_tam_hoa", TEM_RAW_PLUM_TAM_HOA},
    {"longan", TEM_RAW_LONGAN},
    {"nhan", TEM_RAW_LONGAN},
    {"mango", TEM_RAW_MANGO},
    {"xoai", TEM_RAW_MANGO},
    {"banana", TEM_RAW_BANANA},
    {"chuoi", TEM_RAW_BANANA},
    {"coffee_cherry", TEM_RAW_COFFEE_CHERRY},
    {"ca_phe_qua", TEM_RAW_COFFEE_CHERRY},
    {"tea_bud", TEM_RAW_TEA_BUD},
    {"che_bup", TEM_RAW_TEA_BUD},
    {"honey", TEM_RAW_HONEY},
    {"mat_ong", TEM_RAW_HONEY},
    {"other", TEM_RAW_OTHER},
    {"khac", TEM_RAW_OTHER},
    {NULL, 0}};

static const struct tem_choice step_kinds[] = {
    {"receive", TEM_STEP_RECEIVE},
    {"nhan", TEM_STEP_RECEIVE},
    {"sort", TEM_STEP_SORT},
    {"phan_loai", TEM_STEP_SORT},
    {"wash", TEM_STEP_WASH},
    {"rua", TEM_STEP_WASH},
    {"pit", TEM_STEP_PIT},
    {"bo_hat", TEM_STEP_PIT},
    {"peel", TEM_STEP_PEEL},
    {"boc_vo", TEM_STEP_PEEL},
    {"boc_vo_xoay_hat", TEM_STEP_PEEL},
    {"got_thai", TEM_STEP_PEEL},
    {"sugar", TEM_STEP_SUGAR},
    {"tam_duong", TEM_STEP_SUGAR},
    {"dry", TEM_STEP_DRY},
    {"say", TEM_STEP_DRY},
    {"say_bom_nhiet", TEM_STEP_DRY},
    {"say_khac", TEM_STEP_DRY},
    {"wet_mill", TEM_STEP_WET_MILL},
    {"so_che_uot", TEM_STEP_WET_MILL},
    {"roast", TEM_STEP_ROAST},
    {"rang", TEM_STEP_ROAST},
    {"pan_fire", TEM_STEP_PAN_FIRE},
    {"sao", TEM_STEP_PAN_FIRE},
    {"sao_vo_say", TEM_STEP_PAN_FIRE},
    {"filter", TEM_STEP_FILTER},
    {"loc", TEM_STEP_FILTER},
    {"loc_chiet", TEM_STEP_FILTER},
    {"pack", TEM_STEP_PACK},
    {"dong_goi", TEM_STEP_PACK},
    {"other", TEM_STEP_OTHER},
    {"khac", TEM_STEP_OTHER},
    {NULL, 0}};

static const struct tem_choice methods[] = {
    {"heat_pump", TEM_DRYING_HEAT_PUMP}, {"bom_nhiet", TEM_DRYING_HEAT_PUMP},
    {"hot_air", TEM_DRYING_HOT_AIR},     {"khi_nong", TEM_DRYING_HOT_AIR},
    {"solar", TEM_DRYING_SOLAR},         {"nha_mang", TEM_DRYING_SOLAR},
    {"sun", TEM_DRYING_SUN},             {"phoi_nang", TEM_DRYING_SUN},
    {"kiln", TEM_DRYING_KILN},           {"lo", TEM_DRYING_KILN},
    {"freeze", TEM_DRYING_FREEZE},       {"thang_hoa", TEM_DRYING_FREEZE},
    {"pan", TEM_DRYING_PAN},             {"sao_chao", TEM_DRYING_PAN},
    {"roast", TEM_DRYING_ROAST},         {"rang", TEM_DRYING_ROAST},
    {"other", TEM_DRYING_OTHER},         {"khac", TEM_DRYING_OTHER},
    {NULL, 0}};

static const struct tem_choice energies[] = {
    {"electricity", TEM_ENERGY_ELECTRICITY},
    {"dien", TEM_ENERGY_ELECTRICITY},
    {"solar", TEM_ENERGY_SOLAR},
    {"mat_troi", TEM_ENERGY_SOLAR},
    {"nang", TEM_ENERGY_SOLAR},
    {"wood", TEM_ENERGY_WOOD},
    {"cui", TEM_ENERGY_WOOD},
    {"coal", TEM_ENERGY_COAL},
    {"than", TEM_ENERGY_COAL},
    {"gas", TEM_ENERGY_GAS},
    {"ga", TEM_ENERGY_GAS},
    {"biomass", TEM_ENERGY_BIOMASS},
    {"sinh_khoi", TEM_ENERGY_BIOMASS},
    {"other", TEM_ENERGY_OTHER},
    {"khac", TEM_ENERGY_OTHER},
    {NULL, 0}};

#define SIZE(s, m) sizeof(((struct s *)0)->m)
#define AT(s, m) .offset = offsetof(struct s, m), .size = SIZE(s, m)
#define TEXT(low, high) .type = TEM_FIELD_TEXT, .min = low, .max = high
#define NUMBER(low, high, places)                                              \
    .type = TEM_FIELD_NUMBER, .min = low, .max = high, .decimals = places
#define DATE .type = TEM_FIELD_DATE
#define CHOICE(table) .type = TEM_FIELD_CHOICE, .choices = table
#define PATTERN(p) .type = TEM_FIELD_PATTERN, .pattern = p
#define REQUIRED .required = true
#define SEALED .sealed = true

enum { KG_MOST = 10000000, HECTARES_MOST = 10000 };
#define MASS NUMBER(0, (int64_t)KG_MOST * 1000, 3)

#define R(m) AT(tem_record, m)
const struct tem_field tem_record_fields[] = {
    {"schema_version", " phien_ban ", R(schema_version), NUMBER(1, 255, 0),
     SEALED},
    {"record_id", " ma_ban_ghi ", R(record_id), PATTERN("A{26}"), SEALED},
    {"example", " vi_du ", R(example), .type = TEM_FIELD_BOOL, SEALED},
    {"recorded_on", " ngay_lap ", R(recorded_on), DATE, REQUIRED, SEALED},
    {"recorded_by", " nguoi_lap ", R(recorded_by), TEXT(1, 60), REQUIRED,
     SEALED},
    {"maker_id", " ma_chu_the chu_the_ma ", R(maker_id), NUMBER(1, 65535, 0),
     REQUIRED, SEALED},
    {"maker_name", " chu_the chu_the_ten ten_chu_the ", R(maker_name),
     TEXT(3, 120), REQUIRED, SEALED},
    {"maker_kind", " chu_the_loai loai_chu_the ", R(maker_kind),
     CHOICE(maker_kinds), REQUIRED, SEALED},
    {"tax_code", " ma_so_thue ", R(tax_code), PATTERN("9{10}|9{10}-9{3}|9{12}"),
     SEALED},
    {"gln", " ma_gln ", R(gln), .type = TEM_FIELD_GLN, .pattern = "9{13}",
     SEALED},
    {"address", " dia_chi ", R(address), TEXT(5, 160), REQUIRED, SEALED},
    {"commune", " ma_xa ", R(commune), PATTERN("9{5}"), REQUIRED, SEALED},
    {"old_address", " dia_chi_cu ", R(old_address), TEXT(5, 160), SEALED},
    {"phone", " dien_thoai ", R(phone), PATTERN("09{9}"), SEALED},
    {"gtin", " ma_gtin ", R(gtin), .type = TEM_FIELD_GTIN, SEALED},
    {"product_code", " ma_sp ma_san_pham ", R(product_code), PATTERN("X{2,12}"),
     SEALED},
    {"product_name", " ten_hang ", R(product_name), TEXT(2, 80), REQUIRED,
     SEALED},
    {"product_set", " bo_san_pham ", R(product_set), NUMBER(1, 26, 0), REQUIRED,
     SEALED},
    {"net_mass_g", " quy_cach_g ", R(net_mass_g), NUMBER(1, 50000, 0), SEALED},
    {"net_volume_ml", " quy_cach_ml ", R(net_volume_ml), NUMBER(1, 50000, 0),
     SEALED},
    {"ingredients", " thanh_phan ", R(ingredients), TEXT(1, 400), REQUIRED,
     SEALED},
    {"additives", " phu_gia ", R(additives), TEXT(1, 200), SEALED},
    {"warnings", " canh_bao ", R(warnings), TEXT(1, 200), SEALED},
    {"usage", " hdsd huong_dan_su_dung ", R(usage), TEXT(1, 200), SEALED},
    {"storage", " bao_quan ", R(storage), TEXT(1, 200), REQUIRED, SEALED},
    {"origin", " xuat_xu ", R(origin), TEXT(1, 40), SEALED},
    {"standard", " tieu_chuan ", R(standard), TEXT(1, 60), SEALED},
    {"declaration_number", " so_cong_bo ", R(declaration_number), TEXT(1, 40),
     SEALED},
    {"declaration_basis", " can_cu_cong_bo ", R(declaration_basis),
     TEXT(1, 40), SEALED},
    {"energy_kcal", " nang_luong_kcal ", R(energy_kcal), NUMBER(0, 1000, 0),
     SEALED},
    {"protein_g", " dam_g chat_dam_g ", R(protein_mg), NUMBER(0, 100000, 3), SEALED},
    {"carbohydrate_g", " carbohydrat_g ", R(carbohydrate_mg),
     NUMBER(0, 100000, 3), SEALED},
    {"fat_g", " chat_beo_g ", R(fat_mg), NUMBER(0, 100000, 3), SEALED},
    {"sugars_g", " duong_tong_g ", R(sugars_mg), NUMBER(0, 100000, 3), SEALED},
    {"sodium_mg", " natri_mg ", R(sodium_mg), NUMBER(0, 100000, 0), SEALED},
    {"image_sha256", " anh_sha256 ", R(image_sha256), PATTERN("h{64}"), SEALED},
    {"ocop_stars", " sao ", R(ocop_stars), NUMBER(0, 5, 0), REQUIRED, SEALED},
    {"ocop_points", " diem ", R(ocop_points10), NUMBER(0, 1000, 1), SEALED},
    {"certificate_id", " ma_chung_nhan chung_nhan_ma ", R(certificate_id),
     NUMBER(1, 1000000, 0), SEALED},
    {"decision_number", " qd_so ", R(decision_number), TEXT(1, 40), SEALED},
    {"decision_date", " qd_ngay ", R(decision_date), DATE, SEALED},
    {"decision_authority", " qd_co_quan ", R(decision_authority),
     CHOICE(authorities), SEALED},
    {"certificate_expires", " qd_het qd_het_han ", R(certificate_expires), DATE,
     SEALED},
    {"certificate_gtins", " qd_gtin ", R(certificate_gtins),
     .type = TEM_FIELD_GTINS, SEALED},
    {"farm_id", " ma_nong_ho ma_ho ", R(farm_id), NUMBER(1, 65535, 0), SEALED},
    {"harvest_commune", " ma_xa_thu_hoach ma_xa_thu ", R(harvest_commune),
     PATTERN("9{5}"), SEALED},
    {"lot", " ma_lo ", R(lot), .type = TEM_FIELD_LOT, REQUIRED, SEALED},
    {"packed_on", " nsx ", R(packed_on), DATE, REQUIRED, SEALED},
    {"best_before", " hsd ", R(best_before), DATE, REQUIRED, SEALED},
    {"salt", " muoi_bam muoi ", R(salt), PATTERN("h{32}"), SEALED},
    {"units", " so_don_vi ", R(units), NUMBER(1, 1000000, 0)},
    {"samples", " mau_luu ", R(samples), NUMBER(0, 1000000, 0)},
    {"test_report", " phieu_kn ", R(test_report), TEXT(1, 60)},
    {"labels_issued", " tem_phat ", R(labels_issued), NUMBER(0, 10000000, 0)},
    {"labels_void", " tem_huy ", R(labels_void), NUMBER(0, 10000000, 0)},
    {.key = NULL}};

#define L(m) AT(tem_raw_lot, m)
static const struct tem_field raw_lot_fields[] = {
    {"raw_lot", " ma_lo_nl ma_lo ", L(lot), TEXT(3, 20), REQUIRED, SEALED},
    {"kind", " loai ", L(kind), CHOICE(raw_kinds), REQUIRED, SEALED},
    {"source", " nguon ", L(source), TEXT(1, 20), REQUIRED, SEALED},
    {"growing_area", " ma_vung_trong ", L(growing_area),
     .type = TEM_FIELD_AREA, SEALED},
    {"area_ha", " dien_tich_ha ", L(area_m2),
     NUMBER(0, (int64_t)HECTARES_MOST * 10000, 4), SEALED},
    {"commune", " ma_xa ", L(commune), PATTERN("9{5}"), SEALED},
    {"harvest_from", " thu_tu ", L(harvest_from), DATE, REQUIRED, SEALED},
    {"harvest_to", " thu_den ", L(harvest_to), DATE, REQUIRED, SEALED},
    {"mass_kg", " kg ", L(mass_g), MASS, REQUIRED, SEALED},
    {"days_since_spray", " cach_ly_ngay ", L(days_since_spray),
     NUMBER(0, 365, 0), SEALED},
    {"certification", " chung_nhan ", L(certification), TEXT(1, 40), SEALED},
    {"certification_expires", " chung_nhan_het_han ", L(certification_expires),
     DATE, SEALED},
    {.key = NULL}};

#define S(m) AT(tem_step, m)
static const struct tem_field step_fields[] = {
    {"step", " buoc ", S(kind), CHOICE(step_kinds), REQUIRED, SEALED},
    {"site", " ma_noi ", S(site), TEXT(1, 20), SEALED},
    {"started", " bat_dau ", S(started_min), .type = TEM_FIELD_MOMENT, SEALED},
    {"ended", " ket_thuc ", S(ended_min), .type = TEM_FIELD_MOMENT, SEALED},
    {"method", " phuong_phap phuong_phap_say cach ", S(method), CHOICE(methods),
     SEALED},
    {"energy", " nang_luong ", S(energy), CHOICE(energies), SEALED},
    {"temperature_c", " nhiet_do_c ", S(temperature_c10), NUMBER(-500, 2500, 1),
     SEALED},
    {"minutes", " phut ", S(minutes), NUMBER(1, 20160, 0), SEALED},
    {"hours", " gio ", S(minutes), NUMBER(5, 33600, 2), .hours = true},
    {"mass_in_kg", " kg_vao ", S(mass_in_g), MASS, REQUIRED, SEALED},
    {"mass_out_kg", " kg_ra ", S(mass_out_g), MASS, REQUIRED, SEALED},
    {"moisture_in", " am_vao ", S(moisture_in), NUMBER(0, 1000, 0), SEALED},
    {"moisture_out", " am_ra ", S(moisture_out), NUMBER(0, 1000, 0), SEALED},
    {"sugar_kg", " duong_kg ", S(sugar_g), MASS, SEALED},
    {"salt_kg", " muoi_kg ", S(salt_g), MASS, SEALED},
    {.key = NULL}};

#define P(m) AT(tem_print_run, m)
static const struct tem_field print_run_fields[] = {
    {"serial_first", " se_ri_dau ", P(serial_first), .type = TEM_FIELD_LOT,
     REQUIRED},
    {"serial_last", " se_ri_cuoi ", P(serial_last), .type = TEM_FIELD_LOT,
     REQUIRED},
    {"printed", " so_tem ", P(printed), NUMBER(0, 10000000, 0), REQUIRED},
    {"voided", " so_huy ", P(voided), NUMBER(0, 10000000, 0)},
    {"date", " ngay ", P(date), DATE},
    {"printer", " may_in ", P(printer), TEXT(1, 40)},
    {.key = NULL}};

#define D(m) AT(tem_delivery, m)
static const struct tem_field delivery_fields[] = {
    {"receiver", " nguoi_nhan nguoi_nhan_ma ", D(receiver), TEXT(1, 20),
     REQUIRED},
    {"date", " ngay ", D(date), DATE, REQUIRED},
    {"units", " so_luong ", D(units), NUMBER(1, 1000000, 0), REQUIRED},
    {.key = NULL}};

#define LIST(key, also, fields, member, type, most, counter)                   \
    key, also, fields, offsetof(struct tem_record, member),                    \
        sizeof(struct type), most, offsetof(struct tem_record, counter)
const struct tem_field_list tem_record_lists[] = {
    {LIST("raw_lots", " nguyen_lieu ", raw_lot_fields, raw_lots, tem_raw_lot,
          TEM_RECORD_RAW_LOTS_MAX, raw_lot_count),
     REQUIRED, SEALED},
    {LIST("steps", " cong_doan ", step_fields, steps, tem_step,
          TEM_RECORD_STEPS_MAX, step_count),
     REQUIRED, SEALED},
    {LIST("print_runs", " dot ", print_run_fields, print_runs, tem_print_run,
          TEM_RECORD_PRINT_RUNS_MAX, print_run_count),
     false, false},
    {LIST("deliveries", " giao ", delivery_fields, deliveries, tem_delivery,
          TEM_RECORD_DELIVERIES_MAX, delivery_count),
     false, false},
    {.key = NULL}};

/* ---- walking the tables ---- */

bool tem_field_named(const char *key, const char *also, const char *folded)
{
    size_t length = strlen(folded);
    if (strcmp(key, folded) == 0)
        return true;
    for (const char *at = also; length && (at = strstr(at, folded)); at++)
        if (at > also && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

static bool is_text(const struct tem_field *field)
{
    return field->type == TEM_FIELD_TEXT || field->type == TEM_FIELD_GTIN ||
           field->type == TEM_FIELD_LOT || field->type == TEM_FIELD_PATTERN ||
           field->type == TEM_FIELD_GLN || field->type == TEM_FIELD_AREA ||
           field->type == TEM_FIELD_GTINS;
}

bool tem_field_absent(const void *base, const struct tem_field *field)
{
    const void *at = tem_field_in(base, field);
    if (is_text(field))
        return *(const char *)at == '\0';
    if (field->type == TEM_FIELD_DATE)
        return *(const int32_t *)at == TEM_DATE_NONE;
    return *(const int64_t *)at == TEM_NUMBER_NONE;
}

size_t *tem_list_count(struct tem_record *record,
                       const struct tem_field_list *list)
{
    return (size_t *)(void *)((char *)record + list->count_offset);
}

void *tem_list_item(struct tem_record *record,
                    const struct tem_field_list *list, size_t index)
{
    return (char *)record + list->offset + index * list->stride;
}

static void init_fields(void *base, const struct tem_field *fields)
{
    for (const struct tem_field *f = fields; f->key; f++) {
        void *at = tem_field_at(base, f);
        if (is_text(f))
            memset(at, 0, f->size);
        else if (f->type == TEM_FIELD_DATE)
            *(int32_t *)at = TEM_DATE_NONE;
        else
            *(int64_t *)at = TEM_NUMBER_NONE;
    }
}

void tem_record_init(struct tem_record *record)
{
    memset(record, 0, sizeof *record);
    init_fields(record, tem_record_fields);
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++)
        for (size_t i = 0; i < l->most; i++)
            init_fields(tem_list_item(record, l, i), l->fields);
}

/* ---- "did you mean" ---- */

enum { KEY_MAX = 63 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Edits between two words (Levenshtein), both cut to KEY_MAX. */
static size_t distance(const char *a, size_t a_size, const char *b)
{
    size_t row[KEY_MAX + 1], b_size = strlen(b);
    a_size = a_size > KEY_MAX ? KEY_MAX : a_size;
    b_size = b_size > KEY_MAX ? KEY_MAX : b_size;
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1,
                           corner + (a[i - 1] != b[j - 1]));
            corner = above;
        }
    }
    return row[b_size];
}

static size_t key_distance(const char *key, const char *also,
                           const char *folded)
{
    size_t best = distance(key, strlen(key), folded);
    for (const char *at = also; *at; at++) {
        size_t length = strcspn(at, " ");
        size_t d = length ? distance(at, length, folded) : best;
        best = d < best ? d : best;
        at += length;
        if (!*at)
            break;
    }
    return best;
}

const char *tem_field_nearest(const struct tem_field *fields,
                              const char *folded)
{
    const char *nearest = fields->key;
    size_t best = SIZE_MAX;
    for (const struct tem_field *f = fields; f->key; f++) {
        size_t d = key_distance(f->key, f->also, folded);
        if (d < best) {
            best = d;
            nearest = f->key;
        }
    }
    for (const struct tem_field_list *l = tem_record_lists;
         l->key && fields == tem_record_fields; l++) {
        size_t d = key_distance(l->key, l->also, folded);
        if (d < best) {
            best = d;
            nearest = l->key;
        }
    }
    return nearest;
}

/* ---- patterns ---- */

static bool fits(char wanted, char c)
{
    bool digit = c >= '0' && c <= '9', capital = c >= 'A' && c <= 'Z';
    switch (wanted) {
    case '9':
        return digit;
    case 'A':
        return digit || capital;
    case 'X':
        return digit || capital || c == '-';
    case 'h':
        return digit || (c >= 'a' && c <= 'f');
    default:
        return c == wanted;
    }
}

/* "{2,12}" or "{13}" after a character; {1,1} where there is none. */
static const char *repeats(const char *p, size_t *low, size_t *high)
{
    *low = *high = 1;
    if (*p != '{')
        return p;
    for (*low = 0, p++; *p >= '0' && *p <= '9'; p++)
        *low = *low * 10 + (size_t)(*p - '0');
    *high = *low;
    if (*p == ',')
        for (*high = 0, p++; *p >= '0' && *p <= '9'; p++)
            *high = *high * 10 + (size_t)(*p - '0');
    return p + 1;
}

/* One alternative; greedy, which our patterns allow. */
static bool matches_one(const char *pattern, const char *text)
{
    size_t low, high;
    while (*pattern && *pattern != '|') {
        char wanted = *pattern;
        size_t count = 0;
        pattern = repeats(pattern + 1, &low, &high);
        while (count < high && *text && fits(wanted, *text)) {
            text++;
            count++;
        }
        if (count < low)
            return false;
    }
    return *text == '\0';
}

bool tem_record_matches(const char *pattern, const char *text)
{
    while (pattern) {
        if (matches_one(pattern, text))
            return true;
        pattern = strchr(pattern, '|');
        pattern = pattern ? pattern + 1 : NULL;
    }
    return false;
}
