/* SPDX-License-Identifier: MIT */
#ifndef TEM_PAYLOAD_AREA_H
#define TEM_PAYLOAD_AREA_H

/* A growing-area code as one number (FORMAT.md, "Growing area"). */

#include <stdbool.h>
#include <stdint.h>

#define TEM_AREA_MAX UINT64_C(5227508000) /* VN-ZZZZ-999 with three digits */

/* Pack "VN-SLOR-0128"; "" is 0. False if it is no such code. */
bool tem_payload_pack_area(const char *code, uint64_t *packed);

/* Inverse; false above TEM_AREA_MAX. */
bool tem_payload_unpack_area(uint64_t packed, char code[16]);

#endif
