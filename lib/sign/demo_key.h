/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_DEMO_KEY_H
#define TEM_SIGN_DEMO_KEY_H

/* The public half of examples/sonla/demo.key.pem, an Ed25519 key that
 * everybody has: known here so that nobody trusts it by mistake. */

#include <stdint.h>

extern const uint8_t tem_sign_demo_key[32];

#endif
