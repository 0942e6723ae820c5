/* SPDX-License-Identifier: MIT */
/* Mirrors lib/tem/ledger.h, checkpoints. */
#include "test.h"
#include <stdlib.h>
#include <string.h>
#include <tem/ledger.h>

#define ORIGIN "ocop.sonla.gov.vn/np01"

static struct tem_key *log_key, *witness_key, *other_key, *es256_key;

static void make_keys(void)
{
    if (tem_key_generate(TEM_ALGORITHM_ED25519, &log_key, NULL) != TEM_OK ||
        tem_key_generate(TEM_ALGORITHM_ED25519, &witness_key, NULL) != TEM_OK ||
        tem_key_generate(TEM_ALGORITHM_ED25519, &other_key, NULL) != TEM_OK ||
        tem_key_generate(TEM_ALGORITHM_ES256, &es256_key, NULL) != TEM_OK)
        exit(99);
}

static uint8_t space[TEM_NOTE_MAX];

static struct tem_checkpoint sample(void)
{
    struct tem_checkpoint checkpoint = {.origin = ORIGIN, .size = 1234567};
    for (unsigned i = 0; i < TEM_HASH_BYTES; i++)
        checkpoint.root.bytes[i] = (uint8_t)(7 * i);
    return checkpoint;
}

static struct tem_buffer signed_note(void)
{
    struct tem_checkpoint checkpoint = sample();
    struct tem_buffer note = {space, sizeof space, 0};
    if (tem_checkpoint_sign(&checkpoint, log_key, &note, NULL) != TEM_OK)
        exit(99);
    return note;
}

static struct tem_bytes bytes_of(struct tem_buffer note)
{
    return (struct tem_bytes){note.data, note.size};
}

static enum tem_note_signer signer_of(struct tem_bytes note, const char *name,
                                      const struct tem_key *key, uint64_t *time)
{
    enum tem_note_signer signer = TEM_NOTE_NOBODY;
    uint64_t unused;
    CHECK_INT(
        tem_note_check(note, name, key, &signer, time ? time : &unused, NULL),
        TEM_OK);
    return signer;
}

/* The example of Go's golang.org/x/mod/sumdb/note. */
TEST(known_note)
{
    static const char note[] =
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "\xE2\x80\x94 PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNI"
        "uGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    uint8_t typed[33];
    struct tem_buffer buffer = {typed, sizeof typed, 0};
    struct tem_key *key;
    char text[TEM_NOTE_KEY_SIZE];
    REQUIRE(tem_base64_decode(
        tem_bytes_of("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &buffer));
    REQUIRE(tem_key_from_raw(TEM_ALGORITHM_ED25519,
                             (struct tem_bytes){typed + 1, 32}, &key,
                             NULL) == TEM_OK);
    CHECK_INT(signer_of(tem_bytes_of(note), "PeterNeumann", key, NULL),
              TEM_NOTE_OWNER);
    CHECK_INT(signer_of(tem_bytes_of(note), "PeterNeuman", key, NULL),
              TEM_NOTE_NOBODY);
    CHECK_INT(tem_note_key("PeterNeumann", key, TEM_NOTE_OWNER, text, NULL),
              TEM_OK);
    CHECK_STR(text, "PeterNeumann+c74f20a3+"
                    "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    tem_key_free(key);
}

TEST(signing)
{
    struct tem_checkpoint checkpoint, want = sample();
    struct tem_buffer note = signed_note();
    static const char text[] =
        ORIGIN "\n1234567\nAAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK+2vcTL0tk="
               "\n\n\xE2\x80\x94 " ORIGIN " ";
    CHECK(note.size <= TEM_NOTE_MAX);
    CHECK_INT(memcmp(note.data, text, sizeof text - 1), 0);
    CHECK_INT(tem_checkpoint_read(bytes_of(note), &checkpoint, NULL), TEM_OK);
    CHECK_STR(checkpoint.origin, ORIGIN);
    CHECK_INT(checkpoint.size, want.size);
    CHECK_INT(memcmp(checkpoint.root.bytes, want.root.bytes, TEM_HASH_BYTES),
              0);
    CHECK_INT(signer_of(bytes_of(note), ORIGIN, log_key, NULL), TEM_NOTE_OWNER);
    CHECK_INT(signer_of(bytes_of(note), ORIGIN, other_key, NULL),
              TEM_NOTE_NOBODY);
    CHECK_INT(signer_of(bytes_of(note), "other", log_key, NULL),
              TEM_NOTE_NOBODY);
}

TEST(witness)
{
    struct tem_buffer note = signed_note();
    uint64_t time = 0;
    size_t before = note.size;
    CHECK_INT(tem_checkpoint_cosign(&note, "so-khcn.sonla.gov.vn", 1795500000,
                                    witness_key, NULL),
              TEM_OK);
    CHECK(note.size > before);
    CHECK_INT(signer_of(bytes_of(note), ORIGIN, log_key, NULL), TEM_NOTE_OWNER);
    CHECK_INT(
        signer_of(bytes_of(note), "so-khcn.sonla.gov.vn", witness_key, &time),
        TEM_NOTE_WITNESS);
    CHECK_INT(time, 1795500000);
    CHECK_INT(signer_of(bytes_of(note), "so-khcn.sonla.gov.vn", log_key, &time),
              TEM_NOTE_NOBODY);
    CHECK_INT(time, 0);
    /* The owner as its own witness: both kinds of lines under one name. */
    CHECK_INT(tem_checkpoint_cosign(&note, ORIGIN, 1795500001, log_key, NULL),
              TEM_OK);
    CHECK_INT(signer_of(bytes_of(note), ORIGIN, log_key, &time),
              TEM_NOTE_WITNESS);
    CHECK_INT(time, 1795500001);
}

/* Each byte of the text and of the lines matters. */
TEST(altered)
{
    struct tem_buffer note = signed_note();
    size_t head = strlen(ORIGIN) + 1;
    if (tem_checkpoint_cosign(&note, "w", 5, witness_key, NULL) != TEM_OK)
        exit(99);
    for (size_t i = 0; i < note.size; i++) {
        enum tem_note_signer owner = TEM_NOTE_NOBODY, seen = TEM_NOTE_NOBODY;
        uint64_t time;
        space[i] ^= 1;
        enum tem_status status = tem_note_check(bytes_of(note), ORIGIN, log_key,
                                                &owner, &time, NULL);
        if (status == TEM_OK)
            status = tem_note_check(bytes_of(note), "w", witness_key, &seen,
                                    &time, NULL);
        bool both = status == TEM_OK && owner == TEM_NOTE_OWNER &&
                    seen == TEM_NOTE_WITNESS;
        if (both)
            printf("# byte %zu of %zu\n", i, head);
        CHECK(!both);
        space[i] ^= 1;
    }
}

/* The same name and key, but a signature of something else. */
TEST(not_holding)
{
    struct tem_buffer note = signed_note();
    space[strlen(ORIGIN) + 1] = '2';
    CHECK_INT(signer_of(bytes_of(note), ORIGIN, log_key, NULL), TEM_NOTE_OTHER);
}

static enum tem_status read_text(const char *text, long long *line)
{
    struct tem_checkpoint checkpoint;
    struct tem_error error = {0};
    enum tem_status status =
        tem_checkpoint_read(tem_bytes_of(text), &checkpoint, &error);
    *line = error.message.id == TEM_MSG_NOTE_LINE ? atoll(error.message.args[0])
                                                  : 0;
    return status;
}

#define ROOT "AAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK+2vcTL0tk="
#define LINE "\xE2\x80\x94 a QUJDREVG\n"

TEST(broken)
{
    static const struct {
        const char *text;
        int line; /* 0: none */
    } cases[] = {
        {"a\n1\n" ROOT "\n\n" LINE, 0},
        {"a\n0\n" ROOT "\n\n" LINE, 0},
        {"a\n281474976710655\n" ROOT "\n\n" LINE, 0},
        {"a\n1\n" ROOT "\nmore\n\n" LINE LINE, 0},
        {"", 1},
        {"a\n1\n" ROOT "\n", 1},
        {"\n\n" LINE, 1},
        {"a b\n1\n" ROOT "\n\n" LINE, 1},
        {"a+b\n1\n" ROOT "\n\n" LINE, 1},
        {"a\r\n1\n" ROOT "\n\n" LINE, 1},
        {"\xC3\xA1\n1\n" ROOT "\n\n" LINE, 1},
        {"a\n01\n" ROOT "\n\n" LINE, 2},
        {"a\n\n" LINE, 2},
        {"a\n-1\n" ROOT "\n\n" LINE, 2},
        {"a\n281474976710656\n" ROOT "\n\n" LINE, 2},
        {"a\n1111111111111111111111\n" ROOT "\n\n" LINE, 2},
        {"a\n1\nAAcO\n\n" LINE, 3},
        {"a\n1\n\n" LINE, 3},
        {"a\n1\n" ROOT "\n\n", 5},
        {"a\n1\n" ROOT "\n\nx\n", 5},
        {"a\n1\n" ROOT "\n\n" LINE "\xE2\x80\x94 a\n", 6},
        {"a\n1\n" ROOT "\n\n" LINE "\xE2\x80\x94 a \n", 6},
        {"a\n1\n" ROOT "\n\n" LINE "\xE2\x80\x94 a QUJD", 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long long line;
        enum tem_status status = read_text(cases[i].text, &line);
        if ((status == TEM_OK) != (cases[i].line == 0) || line != cases[i].line)
            printf("# case %zu: line %lld\n", i, line);
        CHECK_INT(status, cases[i].line == 0 ? TEM_OK : TEM_E_FORMAT);
        CHECK_INT(line, cases[i].line);
    }
}

TEST(limits)
{
    struct tem_buffer note = signed_note();
    struct tem_error error;
    struct tem_checkpoint checkpoint = sample();
    for (int i = 1; i < TEM_NOTE_SIGNATURES_MAX; i++)
        CHECK_INT(tem_checkpoint_cosign(&note, "w", 5, witness_key, &error),
                  TEM_OK);
    size_t size = note.size;
    CHECK_INT(tem_checkpoint_cosign(&note, "w", 5, witness_key, &error),
              TEM_E_FORMAT);
    CHECK_INT(error.message.id, TEM_MSG_NOTE_FULL);
    CHECK_INT(note.size, size);

    note = signed_note();
    note.capacity = note.size + 60;
    CHECK_INT(tem_checkpoint_cosign(&note, "w", 5, witness_key, &error),
              TEM_E_CAPACITY);
    CHECK_INT(tem_checkpoint_cosign(&note, "w", 0, witness_key, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(tem_checkpoint_cosign(&note, "w w", 5, witness_key, &error),
              TEM_E_ARGUMENT);
    note.capacity = 100;
    CHECK_INT(tem_checkpoint_sign(&checkpoint, log_key, &note, &error),
              TEM_E_CAPACITY);
    CHECK_INT(note.size, 0);
    note.capacity = sizeof space;
    CHECK_INT(tem_checkpoint_sign(&checkpoint, es256_key, &note, &error),
              TEM_E_KEY);
    CHECK_INT(error.message.id, TEM_MSG_NOTE_KEY);
    checkpoint.size = TEM_LEDGER_SIZE_MAX + 1;
    CHECK_INT(tem_checkpoint_sign(&checkpoint, log_key, &note, &error),
              TEM_E_ARGUMENT);
    strcpy(checkpoint.origin, "a+b");
    CHECK_INT(tem_checkpoint_sign(&checkpoint, log_key, &note, &error),
              TEM_E_ARGUMENT);

    static uint8_t large[TEM_NOTE_MAX + 1];
    memset(large, 'a', sizeof large);
    CHECK_INT(tem_checkpoint_read((struct tem_bytes){large, sizeof large},
                                  &checkpoint, &error),
              TEM_E_FORMAT);
    CHECK_INT(error.message.id, TEM_MSG_NOTE_LONG);
}

/* The longest name, and one more. */
TEST(names)
{
    char name[TEM_NOTE_NAME_SIZE + 1];
    memset(name, 'n', sizeof name);
    name[TEM_NOTE_NAME_SIZE] = '\0';
    CHECK(!tem_note_name_valid(name));
    name[TEM_NOTE_NAME_SIZE - 1] = '\0';
    CHECK(tem_note_name_valid(name));
    struct tem_checkpoint checkpoint = sample();
    struct tem_buffer note = {space, sizeof space, 0};
    strcpy(checkpoint.origin, name);
    CHECK_INT(tem_checkpoint_sign(&checkpoint, log_key, &note, NULL), TEM_OK);
    CHECK_INT(signer_of(bytes_of(note), name, log_key, NULL), TEM_NOTE_OWNER);
    char key[TEM_NOTE_KEY_SIZE];
    CHECK_INT(tem_note_key(name, log_key, TEM_NOTE_WITNESS, key, NULL), TEM_OK);
    CHECK_INT(strlen(key), 128 + 1 + 8 + 1 + 44);
    CHECK_INT(tem_note_key(name, log_key, TEM_NOTE_OTHER, key, NULL),
              TEM_E_ARGUMENT);
    CHECK_INT(tem_note_key(name, es256_key, TEM_NOTE_OWNER, key, NULL),
              TEM_E_KEY);
    CHECK(!tem_note_name_valid(""));
    CHECK(!tem_note_name_valid("a b"));
    CHECK(!tem_note_name_valid("a\nb"));
    CHECK(!tem_note_name_valid("a\x7F"));
}

/* ---- proofs as files ---- */

static uint8_t proof_space[TEM_PROOF_MAX], extra_space[TEM_PROOF_EXTRA_MAX];

/* A proof with a note that holds; its text. */
static struct tem_bytes proof_text(bool growth, size_t hashes, size_t extra)
{
    static uint8_t note_space[TEM_NOTE_MAX];
    struct tem_buffer note = {note_space, sizeof note_space, 0};
    struct tem_buffer out = {proof_space, sizeof proof_space, 0};
    struct tem_checkpoint checkpoint = {.origin = "example.com/log", .size = 9};
    struct tem_key *key;
    struct tem_proof_file file = {.growth = growth, .index = 7};
    CHECK_INT(tem_key_generate(TEM_ALGORITHM_ED25519, &key, NULL), TEM_OK);
    CHECK_INT(tem_checkpoint_sign(&checkpoint, key, &note, NULL), TEM_OK);
    tem_key_free(key);
    file.note = (struct tem_bytes){note.data, note.size};
    memset(extra_space, 'x', extra);
    file.extra = (struct tem_bytes){extra_space, extra};
    file.proof.count = hashes;
    for (size_t i = 0; i < hashes; i++)
        memset(file.proof.hashes[i].bytes, (int)i, TEM_HASH_BYTES);
    CHECK_INT(tem_proof_write(&file, &out, NULL), TEM_OK);
    return (struct tem_bytes){proof_space, out.size};
}

TEST(proofs_as_files)
{
    static const struct {
        bool growth;
        size_t hashes, extra;
    } cases[] = {{false, 0, 0},
                 {false, 3, 5},
                 {true, TEM_LEDGER_DEPTH_MAX + 1, 0},
                 {false, TEM_LEDGER_DEPTH_MAX + 1, TEM_PROOF_EXTRA_MAX}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tem_bytes text = proof_text(cases[i].growth, cases[i].hashes,
                                           cases[i].extra);
        struct tem_buffer extra = {extra_space, sizeof extra_space, 0};
        struct tem_proof_file file;
        REQUIRE(tem_proof_read(text, &file, &extra, NULL) == TEM_OK);
        CHECK(file.growth == cases[i].growth);
        CHECK_INT(file.index, 7);
        CHECK_INT(file.proof.count, cases[i].hashes);
        CHECK_INT(file.extra.size, cases[i].extra);
        CHECK(cases[i].hashes < 3 || file.proof.hashes[2].bytes[31] == 2);
        CHECK(cases[i].extra < 5 || file.extra.data[4] == 'x');
    }
}

TEST(proofs_as_c2sp_has_them)
{
    struct tem_bytes text = proof_text(false, 1, 5);
    CHECK(memcmp(text.data,
                 "c2sp.org/tlog-proof@v1\nextra eHh4eHg=\nindex 7\n"
                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
                 "example.com/log\n9\n",
                 110) == 0);
}

/* Each line in turn made something else. */
TEST(proofs_that_are_none)
{
    struct tem_bytes whole = proof_text(false, 2, 5);
    static char text[TEM_PROOF_MAX + 1];
    struct tem_buffer extra = {extra_space, sizeof extra_space, 0};
    struct tem_proof_file file;
    static const struct {
        const char *from, *to;
        int line;
    } cases[] = {{"proof@v1", "proof@v2", 1}, {"extra e", "extra !", 2},
                 {"index 7", "index 07", 3},  {"index 7", "index", 3},
                 {"index 7", "before 7", 3},  {"AAAA=\n", "AAAA\n", 4},
                 {"AQE=\n\n", "AQE=\n", 6},   {"log\n9", "log\nx", 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tem_error error;
        memcpy(text, whole.data, whole.size);
        text[whole.size] = '\0';
        char *at = strstr(text, cases[i].from);
        REQUIRE(at);
        size_t from = strlen(cases[i].from), to = strlen(cases[i].to);
        memmove(at + to, at + from, strlen(at + from) + 1);
        memcpy(at, cases[i].to, to);
        CHECK_INT(tem_proof_read(tem_bytes_of(text), &file, &extra, &error),
                  TEM_E_FORMAT);
        CHECK_INT(atoi(error.message.args[0]), cases[i].line);
    }
    for (size_t size = 0; size < whole.size; size++) {
        struct tem_bytes cut = {whole.data, size};
        CHECK_INT(tem_proof_read(cut, &file, &extra, NULL), TEM_E_FORMAT);
    }
    extra.capacity = 4;
    CHECK_INT(tem_proof_read(whole, &file, &extra, NULL), TEM_E_CAPACITY);
}

int main(void)
{
    make_keys();
    RUN(known_note);
    RUN(signing);
    RUN(witness);
    RUN(altered);
    RUN(not_holding);
    RUN(broken);
    RUN(limits);
    RUN(names);
    tem_key_free(log_key);
    tem_key_free(witness_key);
    tem_key_free(other_key);
    tem_key_free(es256_key);
    RUN(proofs_as_files);
    RUN(proofs_as_c2sp_has_them);
    RUN(proofs_that_are_none);
    return test_done();
}
