/* SPDX-License-Identifier: MIT */
/* See show.h. */
#include "show.h"
#include "json.h"
#include <string.h>

/* ---- words for coded fields ---- */

static const char *const methods[][2] = {
    [TEM_DRYING_NONE] = {"không sấy", "not dried"},
    [TEM_DRYING_HEAT_PUMP] = {"sấy bơm nhiệt", "heat pump"},
    [TEM_DRYING_HOT_AIR] = {"sấy khí nóng", "hot air"},
    [TEM_DRYING_SOLAR] = {"sấy năng lượng mặt trời", "solar dryer"},
    [TEM_DRYING_SUN] = {"phơi nắng", "sun"},
    [TEM_DRYING_KILN] = {"sấy lò", "kiln"},
    [TEM_DRYING_FREEZE] = {"sấy thăng hoa", "freeze-drying"},
    [TEM_DRYING_PAN] = {"sao chảo", "pan-fired"},
    [TEM_DRYING_ROAST] = {"rang", "roasted"},
    [TEM_DRYING_OTHER] = {"sấy cách khác", "another way"},
};

static const char *const energies[][2] = {
    [TEM_ENERGY_NONE] = {"", ""},
    [TEM_ENERGY_ELECTRICITY] = {"điện", "electricity"},
    [TEM_ENERGY_SOLAR] = {"nắng", "sun"},
    [TEM_ENERGY_WOOD] = {"củi", "wood"},
    [TEM_ENERGY_COAL] = {"than", "coal"},
    [TEM_ENERGY_GAS] = {"ga", "gas"},
    [TEM_ENERGY_BIOMASS] = {"sinh khối", "biomass"},
    [TEM_ENERGY_OTHER] = {"khác", "other"},
};

static const char *const severities[] = {"", "info", "warning", "error"};

/* ---- for people ---- */

static void field(const struct cli *cli, const char *vi, const char *en,
                  const char *value)
{
    if (value[0])
        printf("    %s: %s\n", cli->lang == TEM_LANG_EN ? en : vi, value);
}

static void show_process(const struct cli *cli, const struct tem_drying *drying)
{
    bool en = cli->lang == TEM_LANG_EN;
    char text[128];
    const char *energy = energies[drying->energy][en];
    snprintf(text, sizeof text, "%s%s%s", methods[drying->method][en],
             energy[0] ? ", " : "", energy);
    size_t used = strlen(text);
    if (drying->temperature_c)
        used += (size_t)snprintf(text + used, sizeof text - used, ", %u °C",
                                 drying->temperature_c);
    if (drying->hours)
        snprintf(text + used, sizeof text - used, en ? ", %u h" : ", %u giờ",
                 drying->hours);
    field(cli, "Chế biến", "Processing", text);
}

static void show_stars(const struct cli *cli, const struct tem_payload *p)
{
    char text[128];
    if (p->stars == 0)
        return;
    snprintf(text, sizeof text,
             cli->lang == TEM_LANG_EN
                 ? "%u stars, certificate %u (as sealed; validity not checked)"
                 : "%u sao, giấy chứng nhận số %u (theo tem; chưa kiểm tra "
                   "hiệu lực)",
             p->stars, p->certificate_id);
    field(cli, "OCOP", "OCOP", text);
}

static void show_dates(const struct cli *cli, const struct tem_payload *p)
{
    char harvest[TEM_DATE_TEXT_SIZE], packed[TEM_DATE_TEXT_SIZE],
        best[TEM_DATE_TEXT_SIZE];
    field(cli, "Thu hoạch", "Harvested", tem_date_vn(p->harvest, harvest));
    field(cli, "NSX", "Packed", tem_date_vn(p->packed, packed));
    field(cli, "HSD", "Best before", tem_date_vn(p->best_before, best));
}

static void show_place(const struct cli *cli, const struct tem_payload *p)
{
    char code[16], text[96];
    snprintf(code, sizeof code, "%05u", p->commune);
    const struct tem_commune *commune = tem_commune_on(code, p->packed, NULL);
    snprintf(text, sizeof text, "%s%s%s", commune ? commune->name : "",
             commune ? ", Sơn La, " : "", code);
    field(cli, "Nơi thu hoạch", "Place of harvest", text);
    field(cli, "Vùng trồng", "Growing area", p->growing_area);
}

static void show_label(const struct cli *cli, const struct tem_result *result)
{
    const struct tem_payload *p = &result->payload;
    char net[32], maker[TEM_TEXT_SIZE(120) + 16];
    field(cli, "Tên hàng", "Product", p->product_name);
    field(cli, "GTIN", "GTIN", result->gtin);
    field(cli, "Mã hàng", "Product code", p->product_code);
    field(cli, "Lô", "Lot", result->lot);
    field(cli, "Sê-ri", "Serial", result->serial);
    snprintf(maker, sizeof maker, "%u%s%s", p->maker_id,
             p->maker_name[0] ? ", " : "", p->maker_name);
    field(cli, p->maker_name[0] ? "Chủ thể" : "Mã chủ thể", "Maker", maker);
    snprintf(net, sizeof net, "%u %s", p->net, p->volume ? "ml" : "g");
    field(cli, "Định lượng", "Net quantity", net);
    show_dates(cli, p);
    show_place(cli, p);
    show_process(cli, &p->drying);
    show_stars(cli, p);
}

static void show_verdict(const struct cli *cli, const struct shown *what,
                         enum tem_verdict verdict)
{
    char where[64], words[256], line[8192];
    const char *text = tem_verdict_text(verdict, cli->lang);
    const char *place = place_text(cli, what->place, where, sizeof where);
    if (verdict == TEM_VERDICT_NOT_A_LABEL && !what->corners)
        text = text_format(cli->lang, TEXT_TYPED_FOREIGN, ARGUMENTS(NULL),
                           words, sizeof words);
    puts(place[0] ? text_format(cli->lang, TEXT_ABOUT_FILE,
                                ARGUMENTS(place, text), line, sizeof line)
                  : text);
}

void show_result(const struct cli *cli, const struct shown *what,
                 const struct tem_result *result)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    show_verdict(cli, what, result->verdict);
    if (result->has_label)
        show_label(cli, result);
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct tem_finding *f = &result->findings[i];
        static const char marks[] = " -!x";
        printf("  %c %s%s%s\n", marks[f->severity], f->rule,
               f->rule[0] ? ": " : "",
               tem_message_text(&f->message, cli->lang, text, sizeof text));
    }
}

/* ---- for programs ---- */

static void json_label(struct json *json, const struct tem_result *r)
{
    const struct tem_payload *p = &r->payload;
    char hex[2 * TEM_DIGEST_BYTES + 1], code[16];
    json_open(json, "label", '{');
    json_string(json, "form", r->form == TEM_FORM_PLAIN ? "plain" : "retail");
    json_string(json, "host", r->host);
    json_string(json, "algorithm",
                r->algorithm == TEM_ALGORITHM_ES256 ? "ES256" : "Ed25519");
    json_number(json, "kid", r->kid);
    if (r->gtin[0])
        json_string(json, "gtin", r->gtin);
    if (p->plain)
        json_string(json, "product_code", p->product_code);
    json_string(json, "lot", r->lot);
    if (r->serial[0])
        json_string(json, "serial", r->serial);
    json_bool(json, "example", p->example);
    json_number(json, "maker_id", p->maker_id);
    if (p->farm_id)
        json_number(json, "farm_id", p->farm_id);
    json_date(json, "harvest", p->harvest);
    json_date(json, "packed_on", p->packed);
    json_date(json, "best_before", p->best_before);
    json_open(json, "drying", '{');
    json_string(json, "method", methods[p->drying.method][1]);
    json_string(json, "energy", energies[p->drying.energy][1]);
    json_number(json, "temperature_c", p->drying.temperature_c);
    json_number(json, "hours", p->drying.hours);
    json_close(json, '}');
    json_number(json, "ocop_stars", p->stars);
    if (p->stars)
        json_number(json, "certificate_id", p->certificate_id);
    json_number(json, p->volume ? "net_volume_ml" : "net_mass_g", p->net);
    snprintf(code, sizeof code, "%05u", p->commune);
    json_string(json, "commune", code);
    if (p->growing_area[0])
        json_string(json, "growing_area", p->growing_area);
    if (p->has_digest) {
        for (size_t i = 0; i < TEM_DIGEST_BYTES; i++)
            snprintf(hex + 2 * i, 3, "%02x", p->digest[i]);
        json_string(json, "record_digest", hex);
    }
    if (p->named) {
        json_string(json, "product_name", p->product_name);
        json_string(json, "maker_name", p->maker_name);
    }
    json_close(json, '}');
}

static void json_finding(struct json *json, const struct tem_finding *finding)
{
    char text[TEM_MESSAGE_TEXT_MAX];
    json_open(json, NULL, '{');
    json_string(json, "rule", finding->rule);
    json_string(json, "severity", severities[finding->severity]);
    json_number(json, "message", finding->message.id);
    json_string(json, "text_vi",
                tem_message_text(&finding->message, TEM_LANG_VI, text,
                                 sizeof text));
    json_string(json, "text_en",
                tem_message_text(&finding->message, TEM_LANG_EN, text,
                                 sizeof text));
    json_close(json, '}');
}

void show_result_json(const struct shown *what,
                      const struct tem_result *result)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", what->place.file);
    if (what->place.line)
        json_number(&json, "line", what->place.line);
    json_bytes(&json, "text", what->text);
    if (what->corners)
        json_corners(&json, what->corners);
    json_string(&json, "verdict", tem_verdict_name(result->verdict));
    json_open(&json, "findings", '[');
    for (size_t i = 0; i < result->finding_count; i++)
        json_finding(&json, &result->findings[i]);
    json_close(&json, ']');
    if (result->has_label)
        json_label(&json, result);
    json_close(&json, '}');
    json_end(&json);
}
