/* SPDX-License-Identifier: MIT */
/* See <tem/verify.h>: the verdicts in words. */
#include <tem/verify.h>

static const struct {
    const char *name;
    const char *text[2]; /* by enum tem_lang */
} words[] = {
    [TEM_VERDICT_NONE] = {"none", {"Chưa kiểm tra", "Nothing was checked"}},
    [TEM_VERDICT_GENUINE] = {"genuine",
                             {"Tem thật: đúng chữ ký",
                              "Genuine label: the seal holds"}},
    [TEM_VERDICT_ALTERED] = {"altered",
                             {"Sai chữ ký: tem không do khóa này ký, hoặc đã "
                              "bị sửa",
                              "Wrong seal: not sealed by this key, or changed"}},
    [TEM_VERDICT_UNKNOWN_KEY] = {"unknown-key",
                                 {"Không rõ khóa ký: mã khóa không có trong "
                                  "danh sách",
                                  "Unknown key: its number is not in the list"}},
    [TEM_VERDICT_OUT_OF_SCOPE] = {"out-of-scope",
                                  {"Ngoài phạm vi: khóa này không được ký nội "
                                   "dung như vậy",
                                   "Out of scope: the key may not seal this"}},
    [TEM_VERDICT_REVOKED] = {"revoked",
                             {"Đã thu hồi: khóa, lô hoặc sê-ri đã bị rút",
                              "Revoked: the key, lot or serial was withdrawn"}},
    [TEM_VERDICT_MALFORMED] = {"malformed",
                               {"Tem hỏng: có dạng tem nhưng sai quy cách",
                                "Malformed: has a label's form but breaks it"}},
    [TEM_VERDICT_NOT_A_LABEL] = {"not-a-label",
                                 {"Không phải tem: đây là mã QR khác",
                                  "Not a label: some other QR code"}},
    [TEM_VERDICT_CANNOT_TELL] = {"cannot-tell",
                                 {"Không xác nhận được: không có khóa tin cậy",
                                  "Cannot tell: there is no usable trust"}},
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
