/* SPDX-License-Identifier: MIT */
/* See <tem/verify.h>: the verdicts in words. */
#include <tem/verify.h>

/* The English text begins with the name, for whoever looks for it in the lines
 * of the command. */
static const struct {
    const char *name;
    const char *text[2]; /* by enum tem_lang */
} words[] = {
    [TEM_VERDICT_NONE] = {"none",
                          {"CHƯA KIỂM TRA", "none: nothing was checked"}},
    [TEM_VERDICT_GENUINE] = {"genuine",
                             {"TEM THẬT: đúng chữ ký",
                              "genuine: the seal holds"}},
    [TEM_VERDICT_ALTERED] = {"altered",
                             {"SAI CHỮ KÝ: tem không do khóa này ký, hoặc đã "
                              "bị sửa",
                              "altered: not sealed by this key, or changed"}},
    [TEM_VERDICT_UNKNOWN_KEY] = {"unknown-key",
                                 {"KHÔNG RÕ KHÓA KÝ: mã khóa không có trong "
                                  "danh sách",
                                  "unknown-key: its number is not in the "
                                  "list"}},
    [TEM_VERDICT_OUT_OF_SCOPE] = {"out-of-scope",
                                  {"NGOÀI PHẠM VI: khóa này không được ký nội "
                                   "dung như vậy",
                                   "out-of-scope: the key may not seal this"}},
    [TEM_VERDICT_REVOKED] = {"revoked",
                             {"ĐÃ THU HỒI: khóa, lô hoặc sê-ri đã bị rút",
                              "revoked: the key, lot or serial was "
                              "withdrawn"}},
    [TEM_VERDICT_MALFORMED] = {"malformed",
                               {"TEM SAI QUY CÁCH: có dạng tem nhưng không "
                                "đúng quy định",
                                "malformed: has a label's form but breaks "
                                "it"}},
    [TEM_VERDICT_NOT_A_LABEL] = {"not-a-label",
                                 {"KHÔNG PHẢI TEM: đây là mã QR khác",
                                  "not-a-label: some other QR code"}},
    [TEM_VERDICT_CANNOT_TELL] = {"cannot-tell",
                                 {"KHÔNG XÁC NHẬN ĐƯỢC: không có khóa tin cậy",
                                  "cannot-tell: there is no usable trust"}},
};

const char *tem_verdict_name(enum tem_verdict verdict)
{
    return words[verdict <= TEM_VERDICT_CANNOT_TELL ? verdict : 0].name;
}

const char *tem_verdict_text(enum tem_verdict verdict, enum tem_lang lang)
{
    return words[verdict <= TEM_VERDICT_CANNOT_TELL ? verdict : 0]
        .text[lang == TEM_LANG_EN];
}

const char *tem_ocop_name(enum tem_ocop ocop)
{
    static const char *const names[] = {[TEM_OCOP_NONE] = "none",
                                        [TEM_OCOP_VALID] = "valid",
                                        [TEM_OCOP_EXPIRED] = "expired",
                                        [TEM_OCOP_EARLY] = "early",
                                        [TEM_OCOP_WITHDRAWN] = "withdrawn",
                                        [TEM_OCOP_OTHER_PRODUCT] =
                                            "other-product",
                                        [TEM_OCOP_OTHER_STARS] = "other-stars",
                                        [TEM_OCOP_UNKNOWN] = "unknown"};
    return (unsigned)ocop < sizeof names / sizeof *names ? names[ocop] : "none";
}
