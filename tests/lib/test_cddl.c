/* SPDX-License-Identifier: MIT */
/* lib/payload/label.cddl tells the truth: its ranges are those of the code, on
 * both sides of each edge, and its order is that of the encoded array. */
#include "sample.h"
#include "test.h"
#include <stddef.h>

static char grammar[16384];

static bool read_grammar(void)
{
    char path[4096];
    const char *source = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/lib/payload/label.cddl",
             source ? source : ".");
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    grammar[fread(grammar, 1, sizeof grammar - 1, file)] = '\0';
    fclose(file);
    return true;
}

/* What stands behind "name: ", or "". */
static const char *rule(const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "\n  %s: ", name);
    const char *at = strstr(grammar, key);
    if (!at)
        printf("# label.cddl has no %s\n", name);
    CHECK(at != NULL);
    return at ? at + strlen(key) : "";
}

/* ---- ranges ---- */

/* Put one number into the content, and what must go with it. */
typedef void (*put_fn)(struct tem_payload *p, long long value);

static void put_maker(struct tem_payload *p, long long value)
{
    p->maker_id = (uint32_t)value;
}

static void put_farm(struct tem_payload *p, long long value)
{
    p->farm_id = (uint32_t)value;
}

static void put_harvest(struct tem_payload *p, long long value)
{
    p->harvest = p->packed = (int32_t)value;
    p->best_before = p->packed + 1;
}

static void put_packed(struct tem_payload *p, long long value)
{
    p->packed = p->harvest + (int32_t)value;
    p->best_before = p->harvest + 9999;
}

static void put_best_before(struct tem_payload *p, long long value)
{
    p->packed = p->harvest;
    p->best_before = p->harvest + (int32_t)value;
}

static void put_method(struct tem_payload *p, long long value)
{
    p->drying.method = (enum tem_drying_method)value;
    if (value == 0)
        memset(&p->drying, 0, sizeof p->drying);
}

static void put_energy(struct tem_payload *p, long long value)
{
    p->drying.energy = (enum tem_energy)value;
}

static void put_temperature(struct tem_payload *p, long long value)
{
    p->drying.temperature_c = (unsigned)value;
}

static void put_hours(struct tem_payload *p, long long value)
{
    p->drying.hours = (unsigned)value;
}

static void put_net(struct tem_payload *p, long long value)
{
    p->net = (uint32_t)value;
}

static void put_commune(struct tem_payload *p, long long value)
{
    p->commune = (uint32_t)value;
}

static bool encodes(put_fn put, long long value)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_payload p = sample_payload();
    put(&p, value);
    return tem_payload_encode(&p, &out, NULL) == TEM_OK;
}

TEST(ranges_are_those_of_the_code)
{
    static const struct {
        const char *name;
        put_fn put;
    } rows[] = {
        {"maker", put_maker},
        {"farm", put_farm},
        {"harvest", put_harvest},
        {"packed", put_packed},
        {"best-before", put_best_before},
        {"method", put_method},
        {"energy", put_energy},
        {"temperature", put_temperature},
        {"hours", put_hours},
        {"net", put_net},
        {"commune", put_commune},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long long low = -1, high = -1;
        CHECK_INT(sscanf(rule(rows[i].name), "%lld..%lld", &low, &high), 2);
        printf("# %s: %lld..%lld\n", rows[i].name, low, high);
        CHECK(encodes(rows[i].put, low));
        CHECK(encodes(rows[i].put, high));
        CHECK(!encodes(rows[i].put, low - 1));
        CHECK(!encodes(rows[i].put, high + 1));
    }
}

/* Numbers that stand in the grammar in another way. */
TEST(net_and_stars_and_area_too)
{
    struct tem_payload p = sample_payload();
    p.volume = true;
    CHECK(strstr(rule("net"), "1..50000 / -50000..-1,") == rule("net"));
    p.net = 50000;
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    CHECK_INT(tem_payload_encode(&p, &out, NULL), TEM_OK);
    p.net = 50001;
    CHECK(tem_payload_encode(&p, &out, NULL) != TEM_OK);
    CHECK(strstr(grammar, "certificate (1..1000000) * 8 + stars (3..5)"));
    long long area = 0;
    CHECK_INT(sscanf(rule("growing-area"), "0..%lld", &area), 1);
    CHECK_INT(area, 1 + 10999LL * 475228 + 475227); /* VN-ZZZZ-999 */
    int bytes = 0;
    CHECK_INT(sscanf(strstr(grammar, "? digest: bstr .size"),
                     "? digest: bstr .size %d", &bytes),
              1);
    CHECK_INT(bytes, TEM_DIGEST_BYTES);
}

/* ---- order ---- */

/* The number in the next item of definite length; text and bytes: their
 * length. Enough for the first fourteen. */
static long long next_number(const uint8_t **at)
{
    unsigned head = *(*at)++, low = head & 31;
    long long value = low;
    int more = low < 24 ? 0 : 1 << (low - 24);
    for (value = more ? 0 : value; more > 0; more--)
        value = value << 8 | *(*at)++;
    return head >> 5 == 1 ? -1 - value : value;
}

/* The next member's name after @p at, with those of drying in its place. */
static const char *next_name(const char *at, char name[64])
{
    *name = '\0';
    while (at && *at && *at != ']' && *at != ')') {
        char first;
        if (sscanf(at, " %63[a-z-]%c", name, &first) == 2 &&
            (first == ':' || first == ','))
            break;
        *name = '\0';
        at = strchr(at, '\n');
        at += at != NULL;
    }
    return at && *name ? strchr(at, '\n') + 1 : at;
}

static size_t members(const char *group, char out[][64], size_t count)
{
    char name[64];
    const char *at = strstr(grammar, group);
    CHECK(at != NULL);
    for (at = at ? strchr(at, '\n') + 1 : NULL;
         (at = next_name(at, name)) && *name && count < 20;)
        if (strcmp(name, "drying") == 0)
            count = members("\ndrying = (", out, count);
        else
            strcpy(out[count++], name);
    return count;
}

TEST(the_order_is_that_of_the_array)
{
    static const struct {
        const char *name;
        long long value;
    } rows[] = {
        {"form", 1},         {"maker", 3},
        {"farm", 14},        {"harvest", 20678},
        {"packed", 2},       {"best-before", 367},
        {"method", 5},       {"energy", 6},
        {"temperature", 62}, {"hours", 17},
        {"ocop", 828},       {"net", -500},
        {"commune", 4105},   {"growing-area", 342438},
    };
    enum { COUNT = sizeof rows / sizeof *rows };
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    static char names[21][64];
    struct tem_payload p = sample_payload();
    p.drying = (struct tem_drying){TEM_DRYING_KILN, TEM_ENERGY_BIOMASS, 62, 17};
    p.volume = true;
    CHECK_INT(members("\npayload = [", names, 0), COUNT);
    REQUIRE(tem_payload_encode(&p, &out, NULL) == TEM_OK);
    const uint8_t *at = memory;
    CHECK_INT(next_number(&at), COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        CHECK_STR(names[i], rows[i].name);
        CHECK_INT(next_number(&at), rows[i].value);
    }
    CHECK(at == memory + out.size);
}

int main(void)
{
    if (!read_grammar())
        printf("# no label.cddl\n");
    RUN(ranges_are_those_of_the_code);
    RUN(net_and_stars_and_area_too);
    RUN(the_order_is_that_of_the_array);
    return test_done();
}
