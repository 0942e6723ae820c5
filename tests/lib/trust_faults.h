/* SPDX-License-Identifier: MIT */
#ifndef TEST_TRUST_FAULTS_H
#define TEST_TRUST_FAULTS_H

/* The lists of an office, sound, and what may be wrong in them. */

#define KEY "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

#define HEAD                                                                   \
    "\"province\":14,\"version\":2,\"issued\":\"2026-07-01\","                 \
    "\"next_update\":\"01/10/2026\",\"expires\":\"2027-01-01\","               \
    "\"hosts\":[\"OCOP.SonLa.gov.vn\",\"b.vn\",\"ocop.sonla.gov.vn\"]"
#define MAKERS                                                                 \
    "\"makers\":[{\"maker_id\":2,\"maker_name\":\"B\",\"commune\":\"04105\"}," \
    "{\"maker_id\":1,\"maker_name\":\"A\",\"commune\":\"04099\"}]"
#define PRODUCTS                                                               \
    "\"products\":[{\"maker_id\":1,\"gtin\":\"9521234543213\","                \
    "\"product_name\":\"P\",\"net_mass_g\":[500,100,500]},"                    \
    "{\"maker_id\":2,\"product_code\":\"LN-1\",\"product_name\":\"L\"}]"
#define KEYS                                                                   \
    "\"keys\":[{\"kid\":9,\"holder\":\"H\",\"public_key\":\"" KEY              \
    "\",\"maker_id\":1,\"products\":[\"9521234543213\",\"09521234543213\"],"   \
    "\"quota\":10}]"
#define CERTIFICATES                                                           \
    "\"certificates\":[{\"certificate_id\":5,\"maker_id\":1,\"ocop_stars\":4," \
    "\"decision_number\":\"3073/QĐ-UBND\",\"decision_date\":\"2024-06-30\","  \
    "\"decision_authority\":\"tỉnh\",\"products\":[\"9521234543213\"]}]"
#define REVOCATIONS                                                            \
    "\"revocations\":[{\"kind\":\"lô\",\"product\":\"9521234543213\","        \
    "\"lot\":\"L2\",\"since\":\"2026-08-01\",\"reason\":\"r\"},"               \
    "{\"kind\":\"key_lost\",\"kid\":9,\"since\":\"2026-08-01\","               \
    "\"reason\":\"r\"},{\"kind\":\"sealed_before\",\"kid\":9,\"product\":"     \
    "\"9521234543213\",\"lot\":\"L1\",\"serial_first\":\"001\","               \
    "\"serial_last\":\"009\",\"since\":\"2026-08-01\",\"reason\":\"r\"},"      \
    "{\"kind\":\"certificate\",\"certificate_id\":5,\"since\":\"2026-08-01\"," \
    "\"reason\":\"r\"}]"
#define WHOLE                                                                  \
    "{" HEAD "," MAKERS "," PRODUCTS "," KEYS "," CERTIFICATES "," REVOCATIONS \
    "}"

/* One text in the place of another, and what is told of it. */
static const struct {
    const char *from, *to, *told;
} faults[] = {
    {"\"version\":2", "\"version\":0", "a:1 version 223"},
    {"\"version\":2", "\"version\":4294967295", ""},
    {"\"version\":2", "\"version\":4294967296", "a:1 version 223"},
    {"\"version\":2,", "", "a:1 version 210"},
    {"01/10/2026", "2026-06-30", "a:1 next_update 934"},
    {"01/10/2026", "2026-07-01", ""},
    {"2027-01-01", "2026-09-30", "a:1 expires 934"},
    {"2027-01-01", "2026-10-01", ""},
    {"b.vn", "b vn", "a:1 hosts 933"},
    {"b.vn", ".vn", "a:1 hosts 933"},
    {"\"maker_id\":2", "\"maker_id\":1", "a:1 maker_id 931; a:1 maker_id 937"},
    {"04105", "04138", "a:1 commune 304"},
    {"\"gtin\":\"9521234543213\",", "", "a:1 gtin 301"},
    {"\"gtin\":\"9521234543213\"", "\"gtin\":\"9521234543214\"",
     "a:1 gtin 242"},
    {"\"product_code\":\"LN-1\"", "\"gtin\":\"09521234543213\"",
     "a:1 gtin 931"},
    {"\"maker_id\":2,\"product_code\"", "\"maker_id\":3,\"product_code\"",
     "a:1 maker_id 937"},
    {"[500,100,500]", "[500],\"net_volume_ml\":[1]", "a:1 net_volume_ml 303"},
    {"[500,100,500]", "[1,2,3,4,5,6,7,8]", ""},
    {"[500,100,500]", "[1,2,3,4,5,6,7,8,9]", "a:1 net_mass_g[9] 212"},
    {KEY, "MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
     "a:1 public_key 519"},
    {"\"quota\":10",
     "\"packed_from\":\"2026-08-02\",\"packed_to\":"
     "\"2026-08-01\"",
     "a:1 packed_to 934"},
    {"\"quota\":10",
     "\"packed_from\":\"2026-08-01\",\"packed_to\":"
     "\"2026-08-01\"",
     ""},
    {"\"quota\":10", "\"quota\":0", "a:1 quota 223"},
    {"[\"9521234543213\",\"09521234543213\"]", "[\"LN-1\"]",
     "a:1 products 938"},
    {"[\"9521234543213\",\"09521234543213\"]", "[]", ""},
    {"\"ocop_stars\":4", "\"ocop_stars\":0", "a:1 ocop_stars 940"},
    {"\"ocop_stars\":4", "\"ocop_stars\":2", "a:1 ocop_stars 940"},
    {"\"ocop_stars\":4", "\"ocop_stars\":4,\"ocop_points\":70", ""},
    {"\"ocop_stars\":4", "\"ocop_stars\":4,\"ocop_points\":69.9",
     "a:1 ocop_points 315"},
    {"\"2024-06-30\"",
     "\"2024-06-30\",\"certificate_expires\":"
     "\"2027-06-30\"",
     ""},
    {"\"2024-06-30\"",
     "\"2024-06-30\",\"certificate_expires\":"
     "\"2027-07-01\"",
     "a:1 certificate_expires 941"},
    {"\"2024-06-30\"", "\"2024-06-30\",\"valid_from\":\"2024-06-29\"",
     "a:1 valid_from 934"},
    {"\"2024-06-30\"", "\"2019-08-20\"", "a:1 decision_date 318"},
    {"\"2024-06-30\"", "\"2026-07-02\"", "a:1 decision_date 956"},
    {"\"2024-06-30\"", "\"2026-07-01\"", ""},
    {"\"tỉnh\"", "\"huyện\"", "a:1 decision_authority 320"},
    {"3073/QĐ-UBND", "3073/QĐ-BNN", "a:1 decision_number 316"},
    {"\"kind\":\"lô\",\"product\":\"9521234543213\",", "\"kind\":\"lô\",",
     "a:1 product 210"},
    {"\"kind\":\"lô\"", "\"kind\":\"chứng nhận\",\"certificate_id\":5",
     "a:1 lot 942; a:1 product 954"},
    {"\"kind\":\"lô\",", "\"kind\":\"lô\",\"kid\":9,", "a:1 kid 954"},
    {"\"kind\":\"lô\",", "\"kind\":\"lô\",\"certificate_id\":5,",
     "a:1 certificate_id 954"},
    {"\"kind\":\"lô\",", "\"kind\":\"lô\",\"maker_id\":1,", ""},
    {"\"kind\":\"key_lost\",",
     "\"kind\":\"key_lost\",\"product\":\"9521234543213\",", "a:1 product 954"},
    {"\"kind\":\"certificate\",", "\"kind\":\"certificate\",\"maker_id\":1,",
     "a:1 maker_id 954"},
    {"\"keys\":[{",
     "\"keys\":[{\"kid\":8,\"holder\":\"G\",\"public_key\":\"" KEY
     "\",\"maker_id\":1},{",
     "a:1 public_key 955"},
    {"\"kid\":9,\"since\"", "\"since\"", "a:1 kid 210"},
    {"\"kid\":9,\"since\"", "\"kid\":8,\"since\"", "a:1 kid 944; a:1 kid 945"},
    {"key_lost", "key_retired", "a:1 kid 945"},
    {"\"serial_last\":\"009\"", "\"serial_last\":\"001\"", ""},
    {"\"serial_last\":\"009\"", "\"serial_last\":\"000\"",
     "a:1 serial_last 943"},
    {"\"serial_last\":\"009\"", "\"serial_last\":\"0009\"",
     "a:1 serial_last 943"},
    {"\"serial_last\":\"009\",", "", "a:1 serial_last 210"},
    {"\"certificate_id\":5,\"since\"", "\"certificate_id\":6,\"since\"",
     "a:1 certificate_id 946"},
    {"{\"kind\":\"certificate\",",
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"10\",\"serial_last\":\"19\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"20\",\"serial_last\":\"29\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"certificate\",",
     ""},
    {"{\"kind\":\"certificate\",",
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"10\",\"serial_last\":\"19\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"19\",\"serial_last\":\"29\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"certificate\",",
     "a:1 kind 931"},
    {"{\"kind\":\"certificate\",",
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"10\",\"serial_last\":\"19\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L3\",\"serial_"
     "first\":\"10\",\"serial_last\":\"19\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"certificate\",",
     "a:1 kind 931"},
    {"{\"kind\":\"certificate\",",
     "{\"kind\":\"lot\",\"product\":\"9521234543213\",\"lot\":\"L2\",\"serial_"
     "first\":\"10\",\"serial_last\":\"19\",\"since\":\"2026-08-01\","
     "\"reason\":\"r\"},"
     "{\"kind\":\"certificate\",",
     "a:1 kind 931"},
};

#endif
