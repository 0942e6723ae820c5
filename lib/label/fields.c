/* SPDX-License-Identifier: MIT */
/* See template.h: the fields of a template. TEMPLATE.md and the schema have the
 * same (tested). */
#include "template.h"

#define SIZE(s, m) sizeof(((struct s *)0)->m)
#define AT(s, m) .offset = offsetof(struct s, m), .size = SIZE(s, m)
#define TEXT(low, high) .type = TEM_FIELD_TEXT, .min = low, .max = high
#define NUMBER(low, high) .type = TEM_FIELD_NUMBER, .min = low, .max = high
#define MM(low, high)                                                          \
    .type = TEM_FIELD_NUMBER, .min = low, .max = high, .decimals = 3
#define BOOL .type = TEM_FIELD_BOOL
#define CHOICE(words) .type = TEM_FIELD_CHOICE, .choices = words
#define REQUIRED .required = true
#define END                                                                    \
    {                                                                          \
        .key = NULL                                                            \
    }

static const struct tem_choice contents_words[] = {
    {"full", "đủ nội dung", TEM_TEMPLATE_FULL},
    {"least", "tối thiểu", TEM_TEMPLATE_LEAST},
    {"code", "chỉ mã", TEM_TEMPLATE_CODE},
    {"card", "thẻ kệ", TEM_TEMPLATE_CARD},
    {NULL, NULL, 0}};

static const struct tem_choice kind_words[] = {
    {"symbol", "mã QR", TEM_BOX_SYMBOL}, {"text", "chữ", TEM_BOX_TEXT},
    {"stars", "sao", TEM_BOX_STARS},     {"logo", "biểu trưng", TEM_BOX_LOGO},
    {"picture", "ảnh", TEM_BOX_PICTURE}, {"ean13", "mã vạch", TEM_BOX_EAN13},
    {"line", "đường kẻ", TEM_BOX_LINE},  {NULL, NULL, 0}};

static const struct tem_choice align_words[] = {
    {"left", "trái", TEM_ALIGN_START},
    {"center", "giữa", TEM_ALIGN_MIDDLE},
    {"right", "phải", TEM_ALIGN_END},
    {NULL, NULL, 0}};

static const struct tem_choice valign_words[] = {
    {"top", "trên", TEM_ALIGN_START},
    {"middle", "giữa", TEM_ALIGN_MIDDLE},
    {"bottom", "dưới", TEM_ALIGN_END},
    {NULL, NULL, 0}};

#define H(m) AT(tem_template_head, m)
static const struct tem_field head_fields[] = {
    {"schema_version", "Phiên bản lược đồ", " phien_ban_luoc_do ",
     H(schema_version), NUMBER(1, 1), REQUIRED},
    {"name", "Tên mẫu", " ten_mau ", H(name), .type = TEM_FIELD_PATTERN,
     .pattern = "x{1,40}", .wrong = TEM_MSG_TEMPLATE_NAME, REQUIRED},
    {"title", "Tiêu đề", " tieu_de ", H(title), TEXT(1, 80), REQUIRED},
    {"title_en", "Tiêu đề tiếng Anh", " tieu_de_tieng_anh ", H(title_en),
     TEXT(1, 80), REQUIRED},
    {"contents", "Nội dung", " noi_dung ", H(contents), CHOICE(contents_words),
     REQUIRED},
    {"width_mm", "Rộng mm", " rong_mm ", H(width),
     MM(10000, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"height_mm", "Cao mm", " cao_mm ", H(height),
     MM(10000, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"pack_face_cm2", "Mặt bao bì cm2", " mat_bao_bi_cm2 ", H(pack_face),
     NUMBER(1, 100000)},
    {"font", "Phông chữ", " phong_chu ", H(font), TEXT(1, 60), REQUIRED},
    {"page_width_mm", "Trang rộng mm", " trang_rong_mm ", H(page_width),
     MM(10000, TEM_TEMPLATE_PAGE_MAX_UM)},
    {"page_height_mm", "Trang cao mm", " trang_cao_mm ", H(page_height),
     MM(10000, TEM_TEMPLATE_PAGE_MAX_UM)},
    {"columns", "Số cột", " so_cot ", H(columns), NUMBER(1, 40)},
    {"rows", "Số hàng", " so_hang ", H(rows), NUMBER(1, 60)},
    {"left_mm", "Lề trái mm", " le_trai_mm ", H(left), MM(0, 200000)},
    {"top_mm", "Lề trên mm", " le_tren_mm ", H(top), MM(0, 200000)},
    {"gap_x_mm", "Khe ngang mm", " khe_ngang_mm ", H(gap_x), MM(0, 100000)},
    {"gap_y_mm", "Khe dọc mm", " khe_doc_mm ", H(gap_y), MM(0, 100000)},
    {"feed_gap_mm", "Khe cuộn mm", " khe_cuon_mm ", H(feed_gap), MM(0, 20000)},
    END};

#define B(m) AT(tem_box, m)
static const struct tem_field box_fields[] = {
    {"kind", "Loại", " loai ", B(kind), CHOICE(kind_words), REQUIRED},
    {"x_mm", "X mm", " x ", B(x), MM(0, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"y_mm", "Y mm", " y ", B(y), MM(0, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"width_mm", "Rộng mm", " rong_mm ", B(width),
     MM(100, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"height_mm", "Cao mm", " cao_mm ", B(height),
     MM(100, TEM_TEMPLATE_SIDE_MAX_UM), REQUIRED},
    {"text", "Chữ", " chu ", .offset = offsetof(struct tem_box, text),
     .size = SIZE(tem_box, text[0]), .most = TEM_TEMPLATE_TEXTS_MAX,
     .count_offset = offsetof(struct tem_box, text_count), TEXT(1, 200),
     .lines = true},
    {"letters_mm", "Cỡ chữ mm", " co_chu_mm ", B(letters), MM(500, 50000)},
    {"letters_min_mm", "Cỡ chữ nhỏ nhất mm", " co_chu_nho_nhat_mm ",
     B(letters_min), MM(500, 50000)},
    {"bold", "Đậm", " dam ", B(bold), BOOL},
    {"upper", "Chữ hoa", " chu_hoa ", B(upper), BOOL},
    {"align", "Căn ngang", " can_ngang ", B(align), CHOICE(align_words)},
    {"valign", "Căn dọc", " can_doc ", B(valign), CHOICE(valign_words)},
    {"module_mm", "Cạnh ô mm", " canh_o_mm ", B(module), MM(250, 10000)},
    END};

const struct tem_table tem_template_boxes = {
    .key = "boxes",
    .heading = "Các ô",
    .also = " cac_o ",
    .fields = box_fields,
    .size = sizeof(struct tem_box),
};

const struct tem_table tem_template_outer = {
    .fields = head_fields,
    .size = sizeof(struct tem_template_head),
};
