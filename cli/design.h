/* SPDX-License-Identifier: MIT */
#ifndef CLI_DESIGN_H
#define CLI_DESIGN_H

/* What labels look like: a template, and what is put into it, as options say.
 */

#include "cmd.h"

/* In the table of a verb. */
#define DESIGN_OPTIONS                                                              \
    {"label-lang",                                                                  \
     0,                                                                             \
     "vi|en|both",                                                                  \
     {"language of the labels (default vi)",                                        \
      "ngôn ngữ trên tem (mặc định vi)"}},                                          \
        {"ink",                                                                     \
         0,                                                                         \
         "black|grey|colour",                                                       \
         {"black dots only (default), grey or colour",                              \
          "chỉ chấm đen (mặc định), xám hoặc màu"}},                                \
        {"logo",                                                                    \
         0,                                                                         \
         "FILE",                                                                    \
         {"PNG, JPEG or SVG for the template's logo",                               \
          "tệp PNG, JPEG, SVG cho ô biểu trưng"}},                                  \
    {                                                                               \
        "picture", 0, "FILE",                                                       \
        {                                                                           \
            "PNG, JPEG or SVG for its picture", "tệp PNG, JPEG, SVG cho ô ảnh" \
        }                                                                           \
    }

struct design {
    struct tem_template *template; /* NULL: none is wanted */
    enum tem_label_language language;
    enum tem_ink ink;
    struct tem_bytes logo, picture;   /* owned */
    uint8_t digest[TEM_SHA256_BYTES]; /* of all this */
};

/* Read a template by its name or file.
 * @param[out] json    takes its text: to be freed.
 * @param[out] status  when NULL is returned with a complaint: EXIT_NEGATIVE if
 *                     the template is not sound, else EXIT_FAILED.
 */
struct tem_template *design_template(struct cli *cli, const char *name,
                                     uint8_t **json, size_t *size, int *status);

/* Read a template and what the options name. Without one (NULL) there may be no
 * such options.
 * @param first    of DESIGN_OPTIONS among the verb's.
 * @param[out] status  when it returns false with a complaint: EXIT_USAGE,
 *                     EXIT_FAILED, or EXIT_NEGATIVE for an unsound template.
 */
bool design_load(struct cli *cli, const struct args *args, int first,
                 const char *name, struct design *design, int *status);
void design_free(struct design *design);

/* What they ask of a label, but for the symbol's size and serials. */
struct tem_label_settings design_settings(const struct design *design);

/* Put logo and picture into what a label says. */
void design_fill(const struct design *design,
                 struct tem_label_content *content);

#endif
