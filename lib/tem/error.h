/* SPDX-License-Identifier: MIT */
#ifndef TEM_ERROR_H
#define TEM_ERROR_H

/**
 * tem/error.h - status codes, messages in two languages, the error object.
 *
 * A status says whether the work could be done; what the work *found* has
 * types of its own (tem/verify.h). A message is a permanent number with
 * arguments; its text is made only when somebody wants to read it, in the
 * language that they want, so one process can answer in both.
 *
 * Threads   No shared state; every function may run concurrently.
 * Memory    Plain values without pointers; copy with assignment.
 */

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define TEM_API __attribute__((visibility("default")))
#define TEM_MUST_USE __attribute__((warn_unused_result))
#else
#define TEM_API
#define TEM_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Could it be done? Values are permanent. */
enum tem_status {
    TEM_OK = 0,
    TEM_E_ARGUMENT = 1,    /**< a parameter is outside its documented range */
    TEM_E_MEMORY = 2,      /**< no memory, here or inside a library */
    TEM_E_CAPACITY = 3,    /**< the result does not fit where it should go */
    TEM_E_FORMAT = 4,      /**< the input breaks its format */
    TEM_E_LIMIT = 5,       /**< the input is over a limit (size, count, depth) */
    TEM_E_UNSUPPORTED = 6, /**< well-formed, but a kind this build cannot read */
    TEM_E_KEY = 7,         /**< the key is unusable for what was asked */
    TEM_E_PASSPHRASE = 8,  /**< the passphrase is missing or wrong */
    TEM_E_CRYPTO = 9,      /**< the cryptographic library failed */
    TEM_E_IO = 10,         /**< the caller's read function failed */
    TEM_E_STORE = 11,      /**< the registry cannot be reached, read or written */
};

/** Language of a text. */
enum tem_lang {
    TEM_LANG_VI = 0, /**< Vietnamese */
    TEM_LANG_EN = 1, /**< English */
};

/** Every message of the library; numbers are permanent, never reused. */
enum tem_message_id {
#define M(name, number, en, vi) TEM_MSG_##name = number,
#include <tem/messages.def>
#undef M
};

#define TEM_MESSAGE_ARGS 4      /**< arguments of a message, at most */
#define TEM_MESSAGE_ARG_SIZE 160 /**< bytes of one argument with its NUL */
#define TEM_MESSAGE_TEXT_MAX 1024 /**< bytes that hold any text with its NUL */

/** A message without its text: number and arguments (UTF-8, cut to fit). */
struct tem_message {
    enum tem_message_id id;
    char args[TEM_MESSAGE_ARGS][TEM_MESSAGE_ARG_SIZE];
    uint8_t numbers; /**< bit i: args[i] is a number with a decimal point, shown
                          with the mark of the language */
};

/** Why a call failed. Written only when the call does not return TEM_OK. */
struct tem_error {
    enum tem_status status;
    struct tem_message message;
    uint64_t offset; /**< byte in the input where it was noticed, or 0 */
};

/**
 * Fill in a message.
 *
 * @param kinds  one character an argument that follows, at most
 *               TEM_MESSAGE_ARGS: 's' for const char *, 'd' for long long,
 *               'n' for a number as const char *, "0.375".
 *
 * A text longer than TEM_MESSAGE_ARG_SIZE - 1 bytes is cut at a character
 * and ends in an ellipsis.
 */
TEM_API void tem_message_set(struct tem_message *message,
                             enum tem_message_id id, const char *kinds, ...);

/** tem_message_set() with the arguments in a va_list. */
TEM_API void tem_message_vset(struct tem_message *message,
                              enum tem_message_id id, const char *kinds,
                              va_list args);

/**
 * The text of a message, arguments in place.
 *
 * @param[out] out  NUL-terminated, cut to @p capacity (>= 1) bytes;
 *                  TEM_MESSAGE_TEXT_MAX bytes always suffice.
 * @return @p out.
 */
TEM_API const char *tem_message_text(const struct tem_message *message,
                                     enum tem_lang lang, char *out,
                                     size_t capacity);

/**
 * Put arguments of any length into a template.
 *
 * @param format     UTF-8; `{1}` .. `{9}`, up to @p count, stand for arguments,
 *                   all else for itself.
 * @param arguments  @p count strings in UTF-8, borrowed.
 * @param[out] out   NUL-terminated, cut to @p capacity (>= 1) bytes between
 *                   two characters; must not overlap an argument.
 * @return @p out.
 */
TEM_API const char *tem_message_format(const char *format,
                                       const char *const *arguments,
                                       size_t count, char *out,
                                       size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
