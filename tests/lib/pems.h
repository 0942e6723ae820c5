/* SPDX-License-Identifier: MIT */
#ifndef TEST_PEMS_H
#define TEST_PEMS_H

/* Keys that the openssl command (3.0) wrote for these tests, and that are of
 * no use elsewhere. */

/* One made by hand. */
#define PEM(name, text)                                                        \
    "-----BEGIN " name "-----\n" text "\n-----END " name "-----\n"

/* openssl genpkey -algorithm ed25519 */
static const char ED25519_PRIVATE[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIGc4fZyRh0hX3XmrvjlY8kzD6Ep3Ou67GTPcuRff097c\n"
    "-----END PRIVATE KEY-----\n";

/* its public half */
static const char ED25519_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAf7bmdcnok2p7T9DFhVt/LZbt3G+U0rNChx3/6dNZ6xU=\n"
    "-----END PUBLIC KEY-----\n";

/* the same with -aes256, passphrase "mận" */
static const char ED25519_ENCRYPTED[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhDETxAtpuIlQICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEOfMmWyxmA1ttHe+zMHhIR0EQNLa\n"
    "bCk/PZEGfs8FM9nOdWvyh7cItY7u4dEcNSU4R5ajMuKNeOyJrNf0IkBCeNiFZVH+\n"
    "YTyBEpEoa3cr3uIW6/0=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

/* openssl genpkey -algorithm EC, curve P-256 */
static const char P256_PRIVATE[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8mi8aGu2Rz9c34Jo\n"
    "p/KK+CDwmsczsXbIiG+Mhk8AveGhRANCAATs3OJufX2a+0nojc9xoF+ITUb/dayX\n"
    "9gtAM1gYDM4sddEpf2inrSl0c8ZZvvye/QxjYZp9wdjKRNuvUnz4OQVy\n"
    "-----END PRIVATE KEY-----\n";

/* its public half */
static const char P256_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7Nzibn19mvtJ6I3PcaBfiE1G/3Ws\n"
    "l/YLQDNYGAzOLHXRKX9op60pdHPGWb78nv0MY2GafcHYykTbr1J8+DkFcg==\n"
    "-----END PUBLIC KEY-----\n";

/* another, passphrase "secret" */
static const char P256_ENCRYPTED[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiFPVYsHzSRzwICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEA1K/0nSuDEpGm+QonIPBxkEgZDU\n"
    "NNJ45LWvCVmgRk/C+PMDZMKS1P5oNgSo67+a1WE/T2sGfvnD1LMWDxqmZSaZuVZ7\n"
    "2wtvfLoABnv+4Llr0b+YoD7xi0LmMxQuU3cQuMjlpWTn1MA7wiEnBKtEP/oOUrQ2\n"
    "Io4Na2hnmn5rGMd6FIXvBVOynYb2fWvx/GzySI/GtF7Bsy0gASGr/feWV6Na5pM=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

/* openssl ec -conv_form compressed */
static const char P256_COMPRESSED_PRIVATE[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MFcCAQEEIPJovGhrtkc/XN+CaKfyivgg8JrHM7F2yIhvjIZPAL3hoAoGCCqGSM49\n"
    "AwEHoSQDIgAC7Nzibn19mvtJ6I3PcaBfiE1G/3Wsl/YLQDNYGAzOLHU=\n"
    "-----END EC PRIVATE KEY-----\n";

/* its public half, compressed */
static const char P256_COMPRESSED_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgAC7Nzibn19mvtJ6I3PcaBfiE1G/3Ws\n"
    "l/YLQDNYGAzOLHU=\n"
    "-----END PUBLIC KEY-----\n";

/* openssl ecparam -genkey: with EC PARAMETERS before it */
static const char SEC1_PRIVATE[] =
    "-----BEGIN EC PARAMETERS-----\n"
    "BggqhkjOPQMBBw==\n"
    "-----END EC PARAMETERS-----\n"
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIE5plxI+y9UuiQQu1fj5tNe+qPZR38i/VwafvMzx2y4ToAoGCCqGSM49\n"
    "AwEHoUQDQgAEcMmqdgclpdVEUJuKWkZ/+ywLR9IjncpdH0V1zF2cp7tE427fEmFI\n"
    "4bfIq9I7rmDgKtPJIeQho8XMD9JhXHnBWw==\n"
    "-----END EC PRIVATE KEY-----\n";

/* openssl ec -aes256, passphrase "secret" */
static const char SEC1_ENCRYPTED[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "Proc-Type: 4,ENCRYPTED\n"
    "DEK-Info: AES-256-CBC,476AB8617069C8913EC9124546EA0773\n"
    "\n"
    "aaf3Dtjvih5OUcG5RhrGxZ/ywwbGN85Z0A5yUjs+CcYZCma+sJC1zQjFg90e6hcG\n"
    "xfYhC4QnWtcOQaszo+KWTJG9IdLyFSXNBHVleoytK50o2n+fhj9z/pfXl4wwHRgX\n"
    "Pxf7LbWcSbfxBngbMxxpFMpTSwHKyQhPDQ0JsG6hCr8=\n"
    "-----END EC PRIVATE KEY-----\n";

/* openssl ecparam -param_enc explicit */
static const char EXPLICIT_PRIVATE[] =
    "-----BEGIN EC PARAMETERS-----\n"
    "MIH3AgEBMCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP//////////\n"
    "/////zBbBCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////AQgWsY12Ko6\n"
    "k+ez671VdpiGvGUdBrDMU7D2O848PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+\n"
    "kARBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tK\n"
    "fA+eFivOM1drMV7Oy7ZAaDe/UfUCIQD/////AAAAAP//////////vOb6racXnoTz\n"
    "ucrC/GMlUQIBAQ==\n"
    "-----END EC PARAMETERS-----\n"
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MIIBaAIBAQQgVz22R6aAQ9LSVdDh+an2mfLeTw2JIJLMgQWMUzx8u92ggfowgfcC\n"
    "AQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////////////\n"
    "MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57Pr\n"
    "vVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEE\n"
    "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54W\n"
    "K84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8\n"
    "YyVRAgEBoUQDQgAE9sw6661fBeHv8UwhX14GGfsgVswlZ8VLez6gk6yhEWDwECwm\n"
    "KldpgxjfO+EzmekomoDu6MKctVX6+G0cgn/SFQ==\n"
    "-----END EC PRIVATE KEY-----\n";

/* its public half */
static const char EXPLICIT_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA\n"
    "AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////\n"
    "///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd\n"
    "NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5\n"
    "RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA\n"
    "//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABPbMOuutXwXh7/FMIV9eBhn7\n"
    "IFbMJWfFS3s+oJOsoRFg8BAsJipXaYMY3zvhM5npKJqA7ujCnLVV+vhtHIJ/0hU=\n"
    "-----END PUBLIC KEY-----\n";

/* other kinds of keys */
static const char P384_PRIVATE[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDALQacK7RLRZqAVD2zo\n"
    "66C3nl88DasJU8kp3nmWltOejOpKyn9ddClCLM2lUmSXhNehZANiAATO2fCybJir\n"
    "7ilJlPKkni49IKIXAqy/Pjy4AUNPdJ/9rtivrJ5ktyPpJptMpCYToKA4iZEuKoWV\n"
    "wpUsVHLvQMk2wAxtY2zgQjOZd/yBVrtA+k8ug8mYk2dOka6bZDAIhYo=\n"
    "-----END PRIVATE KEY-----\n";

static const char P384_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEztnwsmyYq+4pSZTypJ4uPSCiFwKsvz48\n"
    "uAFDT3Sf/a7Yr6yeZLcj6SabTKQmE6CgOImRLiqFlcKVLFRy70DJNsAMbWNs4EIz\n"
    "mXf8gVa7QPpPLoPJmJNnTpGum2QwCIWK\n"
    "-----END PUBLIC KEY-----\n";

static const char ED448_PRIVATE[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MEcCAQAwBQYDK2VxBDsEOQXfBkonVAOHB9RePndSIpxHb3pundi8+tt2AuYHGR1O\n"
    "4qQ6ZqqwstpQmh1efCOlFipiOvYaa0GrnQ==\n"
    "-----END PRIVATE KEY-----\n";

static const char ED448_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MEMwBQYDK2VxAzoAHInygvBVthO9rMjDWYgkzMHUr4q5I8jDc1cj7ssp6K3UEBnN\n"
    "jtjJFECtBp4aFWXTuc8nj/ja9jGA\n"
    "-----END PUBLIC KEY-----\n";

static const char RSA_PRIVATE[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMjW5wpaeYZtkSQV\n"
    "BCVPc7R1LTJNsV7OuuRAatpMw4NWkEKgdhDZna9K1gDbhnokC7ws41lUGhNXoztw\n"
    "c7d1QaZU3ksAy96e2zJPZWiZSd09WvOAzDyAbwSxj/6yo7p5Tr9rIvXqqWInIbJM\n"
    "6R20qePxA2ku1SwldgnsrfCw/x4JAgMBAAECgYAoLpbbA2787j7zsSC7NkI4AJmi\n"
    "TtkF1uaddCXstx8Gz/Lc4a29gUyDHb3jPgiRt1SBuZli7eippgcKhV0hf1w6x8Y/\n"
    "dkHX9A8vzdkNS6oRTQ53SXhAmDAUUsTUrvo4HuiKBCKR7ht9Dwh3uoGHwcd4Gz+w\n"
    "WAVE3pU3vjTWRyXgAQJBAP1FqgvUDt+jKC9zj426DouHph0YH7fzq54xAi4u+08P\n"
    "3JsYtAHVM9K+zLxlr9Y5lChRn5fl+1DKf0LsSIwMwIECQQDLAKsFf7vzj26dWc+U\n"
    "3h6GuIIvE1mIlfgGOnKuVk6HKuAQ7T5Nx5+tJvFgiaH5AbC6BC/my6O2o+u/iLcP\n"
    "n5mJAkEA8SoYlVLDJufxJ93d35I+r1XnMuT5rutzixoXfWp3Gf18jqKjJOuigRX1\n"
    "VZ9uI4qILSwrzzPKbk+jhlH/cnviAQJAVc0ue+CFXGifZDp1loJbfK23uJYBHc3l\n"
    "SxyhJDaucksY8Y6U6uMZBmKTWy5RG6IvRDBI3s/rnmKiXg428Y+PoQJBAKsqI17o\n"
    "29/n6TgPMQGENvmhYbBfnkctTr1Hq/KXo+hD1PxSgfB4rNE2wINoxcaZM1KsnjqO\n"
    "KKVdJvZZZAggvaw=\n"
    "-----END PRIVATE KEY-----\n";

static const char RSA_PUBLIC[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDI1ucKWnmGbZEkFQQlT3O0dS0y\n"
    "TbFezrrkQGraTMODVpBCoHYQ2Z2vStYA24Z6JAu8LONZVBoTV6M7cHO3dUGmVN5L\n"
    "AMventsyT2VomUndPVrzgMw8gG8EsY/+sqO6eU6/ayL16qliJyGyTOkdtKnj8QNp\n"
    "LtUsJXYJ7K3wsP8eCQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

/* openssl req -x509 */
static const char CERTIFICATE[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBMDCB46ADAgECAhRiZfFl1Kphze/W0os8fQR1bFIZFDAFBgMrZXAwDjEMMAoG\n"
    "A1UEAwwDdGVtMB4XDTI2MTEyMzAyNDgwN1oXDTI2MTEyNDAyNDgwN1owDjEMMAoG\n"
    "A1UEAwwDdGVtMCowBQYDK2VwAyEAf7bmdcnok2p7T9DFhVt/LZbt3G+U0rNChx3/\n"
    "6dNZ6xWjUzBRMB0GA1UdDgQWBBRpE/iY+9gKLTl2zL+RbGXc8TcUUDAfBgNVHSME\n"
    "GDAWgBRpE/iY+9gKLTl2zL+RbGXc8TcUUDAPBgNVHRMBAf8EBTADAQH/MAUGAytl\n"
    "cANBAJeFjfXAozEYKczfpBmSJ7eK0lr7TQ5eMWb26k6YPrrpKQGBAUCiHeefIWoC\n"
    "cS/UJaz3TMDneP60aE5M7kTcSwY=\n"
    "-----END CERTIFICATE-----\n";

#endif
