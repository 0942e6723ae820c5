/* SPDX-License-Identifier: MIT */
/* See fields.h: the words of choices. FORMAT.md lists them. */
#include "fields.h"

#define END                                                                    \
    {                                                                          \
        NULL, NULL, 0                                                          \
    }

const struct tem_choice tem_record_maker_kinds[] = {
    {"cooperative", "HTX", TEM_MAKER_COOPERATIVE},
    {"hop_tac_xa", NULL, TEM_MAKER_COOPERATIVE},
    {"group", "THT", TEM_MAKER_GROUP},
    {"to_hop_tac", NULL, TEM_MAKER_GROUP},
    {"company", "DN", TEM_MAKER_COMPANY},
    {"doanh_nghiep", NULL, TEM_MAKER_COMPANY},
    {"household", "HKD", TEM_MAKER_HOUSEHOLD},
    {"ho_kinh_doanh", NULL, TEM_MAKER_HOUSEHOLD},
    END};

const struct tem_choice tem_record_raw_kinds[] = {
    {"plum_hau", "mận hậu", TEM_RAW_PLUM_HAU},
    {"plum_tam_hoa", "mận tam hoa", TEM_RAW_PLUM_TAM_HOA},
    {"longan", "nhãn", TEM_RAW_LONGAN},
    {"mango", "xoài", TEM_RAW_MANGO},
    {"banana", "chuối", TEM_RAW_BANANA},
    {"coffee_cherry", "cà phê quả", TEM_RAW_COFFEE_CHERRY},
    {"tea_bud", "chè búp", TEM_RAW_TEA_BUD},
    {"honey", "mật ong", TEM_RAW_HONEY},
    {"other", "khác", TEM_RAW_OTHER},
    END};

const struct tem_choice tem_record_step_kinds[] = {
    {"receive", "nhận", TEM_STEP_RECEIVE},
    {"sort", "phân loại", TEM_STEP_SORT},
    {"wash", "rửa", TEM_STEP_WASH},
    {"pit", "bỏ hạt", TEM_STEP_PIT},
    {"peel", "bóc vỏ", TEM_STEP_PEEL},
    {"boc_vo_xoay_hat", NULL, TEM_STEP_PEEL},
    {"got_thai", NULL, TEM_STEP_PEEL},
    {"sugar", "tẩm đường", TEM_STEP_SUGAR},
    {"dry", "sấy", TEM_STEP_DRY},
    {"say_bom_nhiet", NULL, TEM_STEP_HEAT_PUMP},
    {"say_khac", NULL, TEM_STEP_DRY},
    {"wet_mill", "sơ chế ướt", TEM_STEP_WET_MILL},
    {"roast", "rang", TEM_STEP_ROAST},
    {"pan_fire", "sao", TEM_STEP_PAN_FIRE},
    {"sao_vo_say", NULL, TEM_STEP_PAN_FIRE},
    {"filter", "lọc", TEM_STEP_FILTER},
    {"loc_chiet", NULL, TEM_STEP_FILTER},
    {"pack", "đóng gói", TEM_STEP_PACK},
    {"other", "khác", TEM_STEP_OTHER},
    END};

const struct tem_choice tem_record_methods[] = {
    {"heat_pump", "bơm nhiệt", TEM_DRYING_HEAT_PUMP},
    {"hot_air", "khí nóng", TEM_DRYING_HOT_AIR},
    {"solar", "nhà màng", TEM_DRYING_SOLAR},
    {"sun", "phơi nắng", TEM_DRYING_SUN},
    {"kiln", "lò", TEM_DRYING_KILN},
    {"freeze", "thăng hoa", TEM_DRYING_FREEZE},
    {"pan", "sao chảo", TEM_DRYING_PAN},
    {"roast", "rang", TEM_DRYING_ROAST},
    {"other", "khác", TEM_DRYING_OTHER},
    END};

const struct tem_choice tem_record_energies[] = {
    {"electricity", "điện", TEM_ENERGY_ELECTRICITY},
    {"solar", "mặt trời", TEM_ENERGY_SOLAR},
    {"nang", NULL, TEM_ENERGY_SOLAR},
    {"wood", "củi", TEM_ENERGY_WOOD},
    {"coal", "than", TEM_ENERGY_COAL},
    {"gas", "ga", TEM_ENERGY_GAS},
    {"biomass", "sinh khối", TEM_ENERGY_BIOMASS},
    {"other", "khác", TEM_ENERGY_OTHER},
    END};
