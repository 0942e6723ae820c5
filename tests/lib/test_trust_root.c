/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/trust.h>: one root after another. */
#include "trust_sample.h"
#include <stdlib.h>

enum { ROOTS = 5 };

/* The roots of a province, and how each hands over to the next. */
static struct {
    struct tem_key *root[ROOTS];
    uint8_t memory[ROOTS][TEM_TRUST_STATEMENT_MAX];
    struct tem_bytes statement[ROOTS];
} line;

static struct tem_bytes hand_over(const struct tem_key *from, uint32_t province,
                                  const struct tem_key *to, uint8_t *memory)
{
    struct tem_buffer out = {memory, TEM_TRUST_STATEMENT_MAX, 0};
    CHECK_INT(tem_trust_succeed(from, province, to, &out, NULL), TEM_OK);
    return (struct tem_bytes){memory, out.size};
}

static void make_line(void)
{
    for (int i = 0; i < ROOTS; i++)
        line.root[i] = new_key(algorithms[i % 2]);
    for (int i = 0; i + 1 < ROOTS; i++)
        line.statement[i] =
            hand_over(line.root[i], 14, line.root[i + 1], line.memory[i]);
}

static void free_line(void)
{
    for (int i = 0; i < ROOTS; i++)
        tem_key_free(line.root[i]);
}

/* Signed by one of the roots, with all that led to it. */
static struct file signed_by(int number, int first)
{
    sample.c.chain_count = 0;
    for (int i = first; i < number; i++)
        sample.c.chain[sample.c.chain_count++] = line.statement[i];
    struct file file = written(line.root[number]);
    sample.c.chain_count = 0;
    return file;
}

/* Whoever holds any root of the line may open it, up to the one that signed. */
TEST(a_root_is_followed_to_its_successors)
{
    make_line();
    for (int number = 0; number < ROOTS; number++) {
        struct file file = signed_by(number, 0);
        for (int held = 0; held < ROOTS; held++)
            CHECK_INT(refusal(bytes_of(&file), line.root[held], NULL),
                      held <= number ? TEM_MSG_NONE : TEM_MSG_TRUST_OTHER_ROOT);
        CHECK_INT(refusal(bytes_of(&file), keys.root, NULL),
                  TEM_MSG_TRUST_OTHER_ROOT);
    }
    free_line();
}

/* The chain says that a root has handed over: what it signs is refused. */
TEST(an_old_root_is_refused)
{
    make_line();
    for (int i = 0; i < 3; i++)
        sample.c.chain[i] = line.statement[i];
    sample.c.chain_count = 3;
    for (int i = 0; i < 3; i++) {
        struct file file = written(line.root[i]);
        CHECK_INT(refusal(bytes_of(&file), line.root[i], NULL),
                  TEM_MSG_TRUST_SUPERSEDED);
    }
    struct file file = written(line.root[3]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL), TEM_MSG_NONE);
    sample.c.chain_count = 0;
    free_line();
}

/* Whoever has seen a later root takes nothing of an earlier one, be it of a
 * higher version and without a word of the change. */
TEST(a_later_root_is_remembered)
{
    make_line();
    struct file file = signed_by(2, 0);
    struct tem_trust *trust;
    REQUIRE(tem_trust_open(bytes_of(&file), line.root[0], NULL, &trust, NULL) ==
            TEM_OK);
    struct tem_trust_seen seen;
    tem_trust_remember(trust, &seen);
    tem_trust_free(trust);
    sample.c.version = 9;
    for (int number = 0; number < ROOTS; number++) {
        file = signed_by(number, 0);
        for (int held = 0; held <= number; held++)
            CHECK_INT(refusal(bytes_of(&file), line.root[held], &seen),
                      number < 2 ? TEM_MSG_TRUST_SUPERSEDED : TEM_MSG_NONE);
    }
    sample.c.version = 5;
    free_line();
}

/* Of what stands before the holder's own root nothing is signed by a root that
 * he has: a thief of the old root may write there that the new one handed over
 * to it. */
TEST(a_chain_back_to_a_stolen_root_is_refused)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX];
    make_line();
    struct file file = signed_by(1, 0);
    struct tem_trust *trust;
    struct tem_trust_seen seen;
    REQUIRE(tem_trust_open(bytes_of(&file), line.root[0], NULL, &trust, NULL) ==
            TEM_OK);
    tem_trust_remember(trust, &seen);
    tem_trust_free(trust);
    /* "root 1 hands over to root 0", with a signature that is none */
    struct tem_bytes forged = hand_over(line.root[1], 14, line.root[0], memory);
    memory[forged.size - 1] ^= 1;
    sample.c.version = 9;
    sample.c.chain[0] = forged;
    sample.c.chain_count = 1;
    file = written(line.root[0]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], &seen),
              TEM_MSG_TRUST_SUPERSEDED);
    /* one who has nothing but the fingerprint is on the safe side, too */
    seen.key_size = 0;
    CHECK_INT(refusal(bytes_of(&file), line.root[0], &seen),
              TEM_MSG_TRUST_SUPERSEDED);
    file = signed_by(2, 0);
    CHECK_INT(refusal(bytes_of(&file), line.root[1], &seen), TEM_MSG_NONE);
    sample.c.chain_count = 0;
    sample.c.version = 5;
    free_line();
}

/* One who holds a later root than the noted one goes on from the noted one. */
TEST(a_note_of_an_earlier_root_is_followed)
{
    make_line();
    struct file file = signed_by(0, 0);
    struct tem_trust *trust;
    struct tem_trust_seen seen;
    REQUIRE(tem_trust_open(bytes_of(&file), line.root[0], NULL, &trust, NULL) ==
            TEM_OK);
    tem_trust_remember(trust, &seen);
    tem_trust_free(trust);
    sample.c.version = 9;
    file = signed_by(3, 0);
    CHECK_INT(refusal(bytes_of(&file), line.root[3], &seen), TEM_MSG_NONE);
    file = signed_by(3, 1); /* nothing leads there */
    CHECK_INT(refusal(bytes_of(&file), line.root[3], &seen),
              TEM_MSG_TRUST_SUPERSEDED);
    seen.key_size = 1; /* a note that is none */
    file = signed_by(3, 0);
    CHECK(refusal(bytes_of(&file), line.root[3], &seen) != TEM_MSG_NONE);
    sample.c.version = 5;
    free_line();
}

/* Statements left out, changed over, of another province, or forged. */
TEST(a_chain_must_be_whole)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX];
    make_line();
    struct file file = signed_by(3, 1);
    CHECK_INT(refusal(bytes_of(&file), line.root[1], NULL), TEM_MSG_NONE);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL),
              TEM_MSG_TRUST_OTHER_ROOT);
    sample.c.chain_count = 2;
    sample.c.chain[0] = line.statement[0];
    sample.c.chain[1] = line.statement[2];
    file = written(line.root[3]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL),
              TEM_MSG_TRUST_CONTENT);
    sample.c.chain[0] = line.statement[1];
    sample.c.chain[1] = line.statement[0];
    file = written(line.root[1]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL),
              TEM_MSG_TRUST_CONTENT);
    sample.c.chain_count = 1;
    sample.c.chain[0] = hand_over(line.root[0], 15, line.root[1], memory);
    file = written(line.root[1]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL),
              TEM_MSG_TRUST_CONTENT);
    sample.c.chain[0] = hand_over(keys.root, 14, line.root[1], memory);
    file = written(line.root[1]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL),
              TEM_MSG_TRUST_OTHER_ROOT);
    sample.c.chain_count = 0;
    free_line();
}

/* Every bit of a statement is under its signature. */
TEST(a_statement_cannot_be_changed)
{
    make_line();
    sample.c.chain_count = 1;
    sample.c.chain[0] = line.statement[0];
    for (size_t i = 0; i < line.statement[0].size; i++) {
        line.memory[0][i] ^= 1;
        struct file file = written(line.root[1]);
        CHECK(refusal(bytes_of(&file), line.root[0], NULL) != TEM_MSG_NONE);
        line.memory[0][i] ^= 1;
    }
    struct file file = written(line.root[1]);
    CHECK_INT(refusal(bytes_of(&file), line.root[0], NULL), TEM_MSG_NONE);
    sample.c.chain_count = 0;
    free_line();
}

TEST(nobody_hands_over_to_himself)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    CHECK_INT(tem_trust_succeed(keys.root, 14, keys.root, &out, NULL),
              TEM_E_KEY);
    CHECK_INT(tem_trust_succeed(keys.root, 0, keys.sealer[0], &out, NULL),
              TEM_E_ARGUMENT);
    CHECK_INT(tem_trust_succeed(keys.root, 100, keys.sealer[0], &out, NULL),
              TEM_E_ARGUMENT);
}

/* The one that signs, and the one to come. */
TEST(roots_seal_no_labels)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX], bytes[16384];
    struct tem_buffer statement = {memory, sizeof memory, 0};
    struct tem_buffer out = {bytes, sizeof bytes, 0};
    struct tem_error error = {0};
    sample_make(&sample, &keys);
    CHECK_INT(
        tem_trust_succeed(keys.root, 14, keys.sealer[1], &statement, NULL),
        TEM_OK);
    sample.c.next = (struct tem_bytes){memory, statement.size};
    CHECK_INT(tem_trust_write(&sample.c, keys.root, &out, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(error.message.id, TEM_MSG_TRUST_ROOT_SEALS);
    CHECK_STR(error.message.args[0], "2");
    sample_make(&sample, &keys);
    CHECK_INT(tem_trust_write(&sample.c, keys.sealer[0], &out, &error),
              TEM_E_ARGUMENT);
    CHECK_STR(error.message.args[0], "1");
    CHECK_INT(tem_trust_write(&sample.c, keys.root, &out, &error), TEM_OK);
}

/* The first root of all, which stands in the chain by its fingerprint only. */
TEST(the_first_root_seals_no_labels)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX], bytes[16384];
    struct tem_buffer out = {bytes, sizeof bytes, 0};
    struct tem_error error = {0};
    make_line();
    sample_make(&sample, &keys);
    sample.c.chain[0] = hand_over(keys.sealer[2], 14, line.root[1], memory);
    sample.c.chain_count = 1;
    CHECK_INT(tem_trust_write(&sample.c, line.root[1], &out, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(error.message.id, TEM_MSG_TRUST_ROOT_SEALS);
    CHECK_STR(error.message.args[0], "7");
    sample_make(&sample, &keys);
    free_line();
}

/* By the root that signs, for its province, with a signature that holds. */
TEST(the_next_root_is_named_by_this_one)
{
    uint8_t memory[TEM_TRUST_STATEMENT_MAX], bytes[16384];
    struct tem_buffer out = {bytes, sizeof bytes, 0};
    struct tem_error error = {0};
    make_line();
    struct tem_bytes other = hand_over(line.root[1], 15, line.root[2], memory);
    const struct tem_bytes wrong[] = {
        B("rubbish"), line.statement[0], other, {line.statement[1].data, 90}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sample.c.next = wrong[i];
        CHECK_INT(tem_trust_write(&sample.c, line.root[1], &out, &error),
                  TEM_E_ARGUMENT);
        CHECK_STR(error.message.args[0], "next");
    }
    sample.c.next = line.statement[1];
    CHECK_INT(tem_trust_write(&sample.c, line.root[1], &out, &error), TEM_OK);
    struct tem_key *next = NULL;
    CHECK_INT(tem_trust_next_root(&sample.c, &next, &error), TEM_OK);
    CHECK(next && tem_key_raw(next).size == tem_key_raw(line.root[2]).size &&
          memcmp(tem_key_raw(next).data, tem_key_raw(line.root[2]).data,
                 tem_key_raw(next).size) == 0);
    tem_key_free(next);
    sample.c.next = (struct tem_bytes){NULL, 0};
    CHECK_INT(tem_trust_next_root(&sample.c, &next, &error), TEM_OK);
    CHECK(next == NULL);
    sample.c.next = line.statement[1];
    line.memory[1][line.statement[1].size - 1] ^= 1;
    CHECK_INT(tem_trust_write(&sample.c, line.root[1], &out, &error),
              TEM_E_ARGUMENT);
    sample_make(&sample, &keys);
    free_line();
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    RUN(a_root_is_followed_to_its_successors);
    RUN(an_old_root_is_refused);
    RUN(a_later_root_is_remembered);
    RUN(a_chain_back_to_a_stolen_root_is_refused);
    RUN(a_note_of_an_earlier_root_is_followed);
    RUN(a_chain_must_be_whole);
    RUN(a_statement_cannot_be_changed);
    RUN(nobody_hands_over_to_himself);
    RUN(roots_seal_no_labels);
    RUN(the_first_root_seals_no_labels);
    RUN(the_next_root_is_named_by_this_one);
    sample_keys_free(&keys);
    return test_done();
}
