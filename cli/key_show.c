/* SPDX-License-Identifier: MIT */
/* See key_show.h. */
#include "key_show.h"
#include <ctype.h>
#include <string.h>

#define QR_PREFIX "TEM-KEY:"

struct print {
    uint8_t bytes[TEM_SHA256_BYTES];
    char hex[2 * TEM_SHA256_BYTES + 1], words[TEM_KEY_WORDS_SIZE];
};

static bool take(const struct cli *cli, const struct tem_key *key,
                 struct print *print)
{
    struct tem_error error;
    if (tem_key_fingerprint(key, print->bytes, &error) != TEM_OK) {
        complain_error(cli, "key", &error);
        return false;
    }
    to_hex(print->bytes, sizeof print->bytes, print->hex);
    tem_key_words(print->bytes, print->words);
    return true;
}

static const char *algorithm_name(const struct tem_key *key)
{
    return tem_key_algorithm(key) == TEM_ALGORITHM_ES256 ? "ES256" : "Ed25519";
}

/* Two rows of modules a line, light ones filled: terminals are dark. Readers
 * take it the other way round, too. */
static void draw(const struct tem_symbol *symbol)
{
    enum { QUIET = TEM_SYMBOL_QUIET_ZONE };
    int side = symbol->side;
    for (int y = -QUIET; y < side + QUIET; y += 2) {
        for (int x = -QUIET; x < side + QUIET; x++) {
            bool upper = !tem_symbol_dark(symbol, x, y);
            bool lower =
                y + 1 < side + QUIET && !tem_symbol_dark(symbol, x, y + 1);
            fputs(upper ? lower ? "█" : "▀" : lower ? "▄" : " ", stdout);
        }
        putchar('\n');
    }
}

bool key_say(const struct cli *cli, const struct tem_key *key)
{
    struct print print;
    if (!take(cli, key, &print))
        return false;
    SAY(cli, KEY_FINGERPRINT, print.hex);
    SAY(cli, KEY_WORDS, print.words);
    return true;
}

bool key_show(const struct cli *cli, const struct tem_key *key)
{
    static struct tem_symbol symbol;
    struct print print;
    struct tem_error error;
    char text[sizeof QR_PREFIX + 2 * TEM_SHA256_BYTES] = QR_PREFIX;
    if (!take(cli, key, &print) || !key_say(cli, key))
        return false;
    for (size_t i = 0; i <= 2 * TEM_SHA256_BYTES; i++)
        text[sizeof QR_PREFIX - 1 + i] =
            (char)toupper((unsigned char)print.hex[i]);
    if (tem_symbol_encode(tem_bytes_of(text), TEM_ECC_L, 40, &symbol, &error) !=
        TEM_OK) {
        complain_error(cli, "key", &error);
        return false;
    }
    draw(&symbol);
    return true;
}

bool key_json(const struct cli *cli, struct json *json,
              const struct tem_key *key)
{
    struct print print;
    if (!take(cli, key, &print))
        return false;
    json_string(json, "algorithm", algorithm_name(key));
    json_string(json, "fingerprint", print.hex);
    json_string(json, "words", print.words);
    return true;
}

/* Digits in any case, with spaces or colons between. */
static bool is_hex(const char *text, const char *hex)
{
    for (; *text; text++) {
        if (*text == ' ' || *text == ':')
            continue;
        if (tolower((unsigned char)*text) != *hex)
            return false;
        hex++;
    }
    return *hex == '\0';
}

/* Capitals of Vietnamese, in NFC. */
static uint32_t small_letter(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if (((c >= 0x100 && c < 0x138) || (c >= 0x14A && c < 0x178) || c == 0x1A0 ||
         (c >= 0x1EA0 && c <= 0x1EFE)) &&
        c % 2 == 0)
        return c + 1;
    return c == 0x1AF ? 0x1B0 : c;
}

/* Words as they are read out: one space between, small letters. */
static bool is_words(struct tem_bytes text, const char *words)
{
    const uint8_t *want = (const uint8_t *)words;
    size_t at = 0, left = strlen(words);
    while (at < text.size && text.data[at] == ' ')
        at++;
    while (at < text.size && left > 0) {
        uint32_t c, w;
        size_t size = utf8_read(text.data + at, text.size - at, &c);
        size_t wanted = utf8_read(want, left, &w);
        if (size == 0 || wanted == 0 || small_letter(c) != w)
            return false;
        at += size;
        want += wanted;
        left -= wanted;
        while (c == ' ' && at < text.size && text.data[at] == ' ')
            at++;
    }
    while (at < text.size && text.data[at] == ' ')
        at++;
    return at == text.size && left == 0;
}

bool key_is(const struct tem_key *key, const char *text)
{
    struct print print;
    uint8_t memory[4 * TEM_KEY_WORDS_SIZE];
    struct tem_buffer normal = {memory, sizeof memory - 1, 0};
    if (tem_key_fingerprint(key, print.bytes, NULL) != TEM_OK)
        return false;
    to_hex(print.bytes, sizeof print.bytes, print.hex);
    tem_key_words(print.bytes, print.words);
    if (strncmp(text, QR_PREFIX, strlen(QR_PREFIX)) == 0)
        text += strlen(QR_PREFIX);
    if (is_hex(text, print.hex))
        return true;
    if (tem_text_nfc(tem_bytes_of(text), &normal, NULL, NULL) != TEM_OK)
        return false;
    return is_words((struct tem_bytes){memory, normal.size}, print.words);
}
