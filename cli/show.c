/* SPDX-License-Identifier: MIT */
/* See show.h. */
#include "show.h"
#include "json.h"
#include <string.h>

/* ---- words for coded fields ---- */

static const enum text_id methods[] = {
    [TEM_DRYING_NONE] = TEXT_DRYING_NONE,
    [TEM_DRYING_HEAT_PUMP] = TEXT_DRYING_HEAT_PUMP,
    [TEM_DRYING_HOT_AIR] = TEXT_DRYING_HOT_AIR,
    [TEM_DRYING_SOLAR] = TEXT_DRYING_SOLAR,
    [TEM_DRYING_SUN] = TEXT_DRYING_SUN,
    [TEM_DRYING_KILN] = TEXT_DRYING_KILN,
    [TEM_DRYING_FREEZE] = TEXT_DRYING_FREEZE,
    [TEM_DRYING_PAN] = TEXT_DRYING_PAN,
    [TEM_DRYING_ROAST] = TEXT_DRYING_ROAST,
    [TEM_DRYING_OTHER] = TEXT_DRYING_OTHER,
};

static const enum text_id energies[] = {
    [TEM_ENERGY_NONE] = TEXT_ENERGY_NONE,
    [TEM_ENERGY_ELECTRICITY] = TEXT_ENERGY_ELECTRICITY,
    [TEM_ENERGY_SOLAR] = TEXT_ENERGY_SOLAR,
    [TEM_ENERGY_WOOD] = TEXT_ENERGY_WOOD,
    [TEM_ENERGY_COAL] = TEXT_ENERGY_COAL,
    [TEM_ENERGY_GAS] = TEXT_ENERGY_GAS,
    [TEM_ENERGY_BIOMASS] = TEXT_ENERGY_BIOMASS,
    [TEM_ENERGY_OTHER] = TEXT_ENERGY_OTHER,
};

/* ---- for people ---- */

static void field(const struct cli *cli, enum text_id id, const char *value)
{
    if (value[0])
        say_at(cli, id, ARGUMENTS(value));
}

/* A part of a line, "" when there is nothing to say. */
struct part {
    char text[64];
};

static struct part part(const struct cli *cli, enum text_id id,
                        const char *value)
{
    struct part made = {""};
    if (value[0])
        text_format(cli->lang, id, ARGUMENTS(value), made.text,
                    sizeof made.text);
    return made;
}

static struct part part_number(const struct cli *cli, enum text_id id,
                               unsigned value)
{
    return part(cli, id, value ? number_text(value).text : "");
}

static void show_process(const struct cli *cli, const struct tem_drying *drying)
{
    const char *energy = text_of(cli->lang, energies[drying->energy]);
    SAY(cli, LABEL_DRYING, text_of(cli->lang, methods[drying->method]),
        part(cli, TEXT_DRYING_ENERGY, energy).text,
        part_number(cli, TEXT_DRYING_CELSIUS, drying->temperature_c).text,
        part_number(cli, TEXT_DRYING_HOURS, drying->hours).text);
}

/* What the register says of the stars, on a day. */
static const char *register_text(const struct cli *cli, enum tem_ocop ocop)
{
    static const enum text_id ids[] = {
        [TEM_OCOP_NONE] = TEXT_OCOP_NONE,
        [TEM_OCOP_VALID] = TEXT_OCOP_VALID,
        [TEM_OCOP_EXPIRED] = TEXT_OCOP_EXPIRED,
        [TEM_OCOP_EARLY] = TEXT_OCOP_EARLY,
        [TEM_OCOP_WITHDRAWN] = TEXT_OCOP_WITHDRAWN,
        [TEM_OCOP_OTHER_PRODUCT] = TEXT_OCOP_OTHER_PRODUCT,
        [TEM_OCOP_OTHER_STARS] = TEXT_OCOP_OTHER_STARS,
        [TEM_OCOP_UNKNOWN] = TEXT_OCOP_UNKNOWN,
    };
    return text_of(cli->lang, ids[ocop]);
}

/* "Genuine" and "the stars are valid" are two answers. */
static void show_stars(const struct cli *cli, const struct tem_result *result)
{
    const struct tem_payload *p = &result->payload;
    if (!p->stars)
        return;
    if (result->trust_version == 0)
        SAY(cli, LABEL_STARS, number_text(p->stars).text,
            number_text(p->certificate_id).text);
    else
        SAY(cli, LABEL_REGISTERED, number_text(p->stars).text,
            number_text(p->certificate_id).text,
            register_text(cli, result->ocop_packed),
            register_text(cli, result->ocop_at));
}

static void show_dates(const struct cli *cli, const struct tem_payload *p)
{
    char harvest[TEM_DATE_TEXT_SIZE], packed[TEM_DATE_TEXT_SIZE],
        best[TEM_DATE_TEXT_SIZE];
    field(cli, TEXT_LABEL_HARVEST, tem_date_vn(p->harvest, harvest));
    field(cli, TEXT_LABEL_PACKED, tem_date_vn(p->packed, packed));
    field(cli, TEXT_LABEL_BEST, tem_date_vn(p->best_before, best));
}

static void show_place(const struct cli *cli, const struct tem_payload *p)
{
    char code[16], text[96];
    snprintf(code, sizeof code, "%05u", p->commune);
    const struct tem_commune *commune = tem_commune_on(code, p->packed, NULL);
    snprintf(text, sizeof text, "%s%s%s", commune ? commune->name : "",
             commune ? ", Sơn La, " : "", code);
    field(cli, TEXT_LABEL_PLACE, text);
    field(cli, TEXT_LABEL_AREA, p->growing_area);
}

/* A name of the bundle, in the language or in the other one. */
static const char *
registered(const struct cli *cli,
           const char names[2][TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)])
{
    const char *name = names[cli->lang];
    return name[0] ? name : names[TEM_LANG_VI];
}

static void show_label(const struct cli *cli, const struct tem_result *result)
{
    const struct tem_payload *p = &result->payload;
    char net[32], maker[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX) + 16];
    const char *product = registered(cli, result->product_name);
    const char *name = registered(cli, result->maker_name);
    product = product[0] ? product : p->product_name;
    name = name[0] ? name : p->maker_name;
    field(cli, TEXT_LABEL_PRODUCT, product);
    field(cli, TEXT_LABEL_GTIN, result->gtin);
    field(cli, TEXT_LABEL_CODE, p->product_code);
    field(cli, TEXT_LABEL_LOT, result->lot);
    field(cli, TEXT_LABEL_SERIAL, result->serial);
    snprintf(maker, sizeof maker, "%u%s%s", p->maker_id, name[0] ? ", " : "",
             name);
    field(cli, name[0] ? TEXT_LABEL_MAKER : TEXT_LABEL_MAKER_ID, maker);
    snprintf(net, sizeof net, "%u %s", p->net, p->volume ? "ml" : "g");
    field(cli, TEXT_LABEL_NET, net);
    show_dates(cli, p);
    show_place(cli, p);
    show_process(cli, &p->drying);
    show_stars(cli, result);
}

static void show_finding(const struct cli *cli, const struct tem_finding *f)
{
    static const char *const marks[] = {" ", "-", "!", "x"};
    char text[TEM_MESSAGE_TEXT_MAX];
    message_text(cli, &f->message, text, sizeof text);
    if (f->rule[0])
        SAY(cli, FINDING_RULE, marks[f->severity], f->rule, text);
    else
        SAY(cli, FINDING, marks[f->severity], text);
}

static void show_verdict(const struct cli *cli, const struct shown *what,
                         enum tem_verdict verdict)
{
    char where[64];
    const char *text = tem_verdict_text(verdict, cli->lang);
    const char *place = place_text(cli, what->place, where, sizeof where);
    if (verdict == TEM_VERDICT_NOT_A_LABEL && !what->corners)
        text = text_of(cli->lang, TEXT_TYPED_FOREIGN);
    if (place[0])
        SAY(cli, ABOUT_FILE, place, text);
    else
        puts(text);
}

void show_result(const struct cli *cli, const struct shown *what,
                 const struct tem_result *result)
{
    show_verdict(cli, what, result->verdict);
    if (result->has_label)
        show_label(cli, result);
    for (size_t i = 0; i < result->finding_count; i++)
        show_finding(cli, &result->findings[i]);
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
    json_string(json, "method",
                text_of(TEM_LANG_EN, methods[p->drying.method]));
    json_string(json, "energy",
                text_of(TEM_LANG_EN, energies[p->drying.energy]));
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
        to_hex(p->digest, TEM_DIGEST_BYTES, hex);
        json_string(json, "record_digest", hex);
    }
    if (p->named) {
        json_string(json, "product_name", p->product_name);
        json_string(json, "maker_name", p->maker_name);
    }
    json_close(json, '}');
}

static void
json_names(struct json *json, const char *key,
           const char names[2][TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)])
{
    if (!names[TEM_LANG_VI][0] && !names[TEM_LANG_EN][0])
        return;
    json_open(json, key, '{');
    json_string(json, "vi", names[TEM_LANG_VI]);
    if (names[TEM_LANG_EN][0])
        json_string(json, "en", names[TEM_LANG_EN]);
    json_close(json, '}');
}

/* What the bundle says of the label. */
static void json_register(struct json *json, const struct tem_result *r)
{
    json_open(json, "register", '{');
    json_number(json, "bundle", r->trust_version);
    json_date(json, "issued", r->trust_issued);
    json_names(json, "maker", r->maker_name);
    json_names(json, "product", r->product_name);
    if (r->has_label && r->payload.stars) {
        json_open(json, "ocop", '{');
        json_string(json, "packed", tem_ocop_name(r->ocop_packed));
        json_string(json, "at", tem_ocop_name(r->ocop_at));
        if (r->ocop_expires != TEM_DATE_NONE)
            json_date(json, "expires", r->ocop_expires);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void json_finding(struct json *json, const struct tem_finding *finding)
{
    json_open(json, NULL, '{');
    json_string(json, "rule", finding->rule);
    json_message(json, finding->severity, &finding->message);
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
    if (result->trust_version)
        json_register(&json, result);
    json_close(&json, '}');
    json_end(&json);
}
