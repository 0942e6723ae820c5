/* SPDX-License-Identifier: MIT */
#ifndef TEM_LEDGER_H
#define TEM_LEDGER_H

/**
 * @file
 * A log that only grows: a Merkle tree over its entries (RFC 9162 section 2.1),
 * proofs, and signed checkpoints of it (C2SP signed-note, tlog-checkpoint and
 * tlog-cosignature).
 *
 * Who keeps a checkpoint can tell for ever whether an entry was in the log
 * then, and whether a later log still holds, in the same order, all that was in
 * it. That nothing else was written before the first checkpoint that somebody
 * else keeps, no tree can prove.
 *
 * What is stored where is the caller's business (see struct tem_ledger_source).
 * Nothing here keeps memory; every call is safe in any number of threads.
 */

#include <tem/base.h>
#include <tem/error.h>
#include <tem/sign.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_HASH_BYTES 32                             /**< SHA-256 */
#define TEM_LEDGER_SIZE_MAX (((uint64_t)1 << 48) - 1) /**< entries */
#define TEM_LEDGER_DEPTH_MAX 48 /**< of a tree of that size */

/** Of an entry, or of all below a node of the tree. */
struct tem_hash {
    uint8_t bytes[TEM_HASH_BYTES];
};

/**
 * The hash of an entry (RFC 9162 section 2.1.1).
 *
 * @param entry  any bytes.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status tem_ledger_leaf(struct tem_bytes entry,
                                                     struct tem_hash *hash,
                                                     struct tem_error *error);

/* ---- growing ------------------------------------------------------------ */

#define TEM_LEDGER_STEP 8 /**< levels from one that is stored to the next */

/** The right edge of a tree: one complete subtree for each bit of size. All
 *  zero is the empty tree. */
struct tem_ledger_edge {
    uint64_t size;
    struct tem_hash complete[TEM_LEDGER_DEPTH_MAX]; /**< [level], those whose
                                                         bit is set */
};

/** A node to be stored: of 256 to the power of level / 8 entries. */
struct tem_ledger_node {
    unsigned level; /**< a multiple of TEM_LEDGER_STEP, > 0 */
    uint64_t index; /**< on its level, from 0 */
    struct tem_hash hash;
};

#define TEM_LEDGER_NODES_MAX (TEM_LEDGER_DEPTH_MAX / TEM_LEDGER_STEP)

/**
 * Add an entry behind all others.
 *
 * @param[out] nodes       those that it completed, to be stored.
 * @param[out] node_count  mostly 0.
 * @retval TEM_E_LIMIT   TEM_LEDGER_SIZE_MAX entries are there.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 *
 * After a failure @p edge is as it was.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_append(struct tem_ledger_edge *edge, const struct tem_hash *leaf,
                  struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX],
                  size_t *node_count, struct tem_error *error);

/**
 * The root of the tree (RFC 9162 section 2.1.1); of the empty one, too.
 *
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_edge_root(const struct tem_ledger_edge *edge, struct tem_hash *root,
                     struct tem_error *error);

/* ---- proofs ------------------------------------------------------------- */

/**
 * Where hashes are kept: of entries, and of all nodes that tem_ledger_append()
 * gave out.
 */
struct tem_ledger_source {
    /**
     * Read hashes that lie one after another on a level.
     *
     * @param level  0: entries; else a multiple of TEM_LEDGER_STEP.
     * @param count  1..256.
     */
    enum tem_status (*read)(void *context, unsigned level, uint64_t first,
                            size_t count, struct tem_hash *hashes,
                            struct tem_error *error);
    void *context;
};

/** Hashes from the entry up (RFC 9162 sections 2.1.3 and 2.1.4). */
struct tem_ledger_proof {
    size_t count;
    struct tem_hash hashes[TEM_LEDGER_DEPTH_MAX + 1];
};

/**
 * The right edge of the tree of the first @p size entries, to go on from it or
 * for its root. At most 255 hashes are read for every 8 levels.
 *
 * Returns what the source does, and
 * @retval TEM_E_LIMIT   @p size is over TEM_LEDGER_SIZE_MAX.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_edge_read(const struct tem_ledger_source *source, uint64_t size,
                     struct tem_ledger_edge *edge, struct tem_error *error);

/**
 * Prove that an entry is one of the first @p size (RFC 9162 section 2.1.3.1).
 *
 * @retval TEM_E_ARGUMENT  @p index is not 0..size - 1.
 *
 * Else returns what tem_ledger_edge_read() does.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_prove(const struct tem_ledger_source *source, uint64_t size,
                 uint64_t index, struct tem_ledger_proof *proof,
                 struct tem_error *error);

/**
 * Prove that the first @p size entries begin with the first @p before of them,
 * unchanged (RFC 9162 section 2.1.4.1).
 *
 * Of 0 and of @p size the proof is empty.
 *
 * @retval TEM_E_ARGUMENT  @p before is over @p size.
 *
 * Else returns what tem_ledger_edge_read() does.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_prove_growth(const struct tem_ledger_source *source, uint64_t before,
                        uint64_t size, struct tem_ledger_proof *proof,
                        struct tem_error *error);

/**
 * Does the proof lead from an entry to the root (RFC 9162 section 2.1.3.2)?
 *
 * @param[out] holds  written only on TEM_OK.
 * @retval TEM_E_MEMORY  it could not be told.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_check(const struct tem_hash *leaf, uint64_t index, uint64_t size,
                 const struct tem_ledger_proof *proof,
                 const struct tem_hash *root, bool *holds,
                 struct tem_error *error);

/**
 * Does the proof lead from one root to a later one (RFC 9162 section 2.1.4.2)?
 * Every log grew from the empty one, and from itself if the roots are equal.
 *
 * @param[out] holds  written only on TEM_OK.
 * @retval TEM_E_MEMORY  it could not be told.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_ledger_check_growth(uint64_t before, const struct tem_hash *old_root,
                        uint64_t size, const struct tem_hash *root,
                        const struct tem_ledger_proof *proof, bool *holds,
                        struct tem_error *error);

/* ---- checkpoints -------------------------------------------------------- */

#define TEM_NOTE_NAME_SIZE 129 /**< of a log or a witness, with its NUL */
#define TEM_NOTE_MAX 8192      /**< bytes of a note */
#define TEM_NOTE_SIGNATURES_MAX 16
#define TEM_NOTE_KEY_SIZE 192   /**< of tem_note_key(), with its NUL */

/** What a log's owner says of it. */
struct tem_checkpoint {
    char origin[TEM_NOTE_NAME_SIZE]; /**< the log's name: see
                                          tem_note_name_valid() */
    uint64_t size;
    struct tem_hash root;
};

/** 1 to 128 characters of ASCII, no spaces, control characters or '+', as a
 *  schema-less URL: "ocop.sonla.gov.vn/np01". */
TEM_API bool tem_note_name_valid(const char *name);

/**
 * Sign a checkpoint as the log's owner, whose name is the log's.
 *
 * @param key        Ed25519.
 * @param[out] note  the text, its signature line included; TEM_NOTE_MAX bytes
 *                   always suffice.
 * @retval TEM_E_KEY       not private, or not Ed25519: notes have no other.
 * @retval TEM_E_ARGUMENT  the origin is no name, or the size too large.
 * @retval TEM_E_CAPACITY
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_checkpoint_sign(const struct tem_checkpoint *checkpoint,
                    const struct tem_key *key, struct tem_buffer *note,
                    struct tem_error *error);

/**
 * Add a witness's line: it saw this checkpoint then, and that it is consistent
 * with all that it saw of this log before. That, and the log's own signature,
 * are for the caller to check first.
 *
 * @param note  what tem_checkpoint_read() takes; it grows by one line.
 * @param name  of the witness.
 * @param time  seconds since 1970-01-01 00:00 UTC.
 * @retval TEM_E_FORMAT    @p note is no checkpoint, or has
 *                         TEM_NOTE_SIGNATURES_MAX lines.
 * @retval TEM_E_ARGUMENT  @p name is none, or @p time is 0.
 *
 * Else returns what tem_checkpoint_sign() does; the note is as it was then.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_checkpoint_cosign(struct tem_buffer *note, const char *name, uint64_t time,
                      const struct tem_key *key, struct tem_error *error);

/**
 * Take a checkpoint apart; signatures are not checked.
 *
 * @param note  its text and signature lines: no more than TEM_NOTE_MAX bytes.
 *              Lines that extend the text are let pass.
 * @retval TEM_E_FORMAT  it is none; the error tells which line is wrong.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_checkpoint_read(struct tem_bytes note, struct tem_checkpoint *checkpoint,
                    struct tem_error *error);

/** Who signed a note, as far as one key can tell. */
enum tem_note_signer {
    TEM_NOTE_NOBODY,  /**< no line is of this name and key */
    TEM_NOTE_OTHER,   /**< there is such a line, but it does not hold */
    TEM_NOTE_OWNER,   /**< signed as the log's owner */
    TEM_NOTE_WITNESS, /**< cosigned, at the time given out */
};

/**
 * Look for a line of one name and key. All such lines must hold.
 *
 * @param[out] signer  written only on TEM_OK.
 * @param[out] time    when a witness signed; else 0. Only on TEM_OK.
 * @retval TEM_E_FORMAT  @p note is no note.
 * @retval TEM_E_KEY     @p key is not Ed25519.
 * @retval TEM_E_MEMORY  it could not be told.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_note_check(struct tem_bytes note, const char *name,
               const struct tem_key *key, enum tem_note_signer *signer,
               uint64_t *time, struct tem_error *error);

/**
 * A public key as other tools for such notes take it: name+id+key.
 *
 * @param signer    TEM_NOTE_OWNER or TEM_NOTE_WITNESS: their ids differ.
 * @param[out] out  with its NUL.
 * @retval TEM_E_ARGUMENT  @p name is none, or @p signer another.
 * @retval TEM_E_KEY       @p key is not Ed25519.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status tem_note_key(const char *name,
                                                  const struct tem_key *key,
                                                  enum tem_note_signer signer,
                                                  char out[TEM_NOTE_KEY_SIZE],
                                                  struct tem_error *error);

/* ---- proofs as files ---------------------------------------------------- */

#define TEM_PROOF_EXTRA_MAX 139266 /**< bytes of extra data */
#define TEM_PROOF_MAX 200000       /**< bytes of a proof's text */

/** A proof that can be kept and checked offline. */
struct tem_proof_file {
    /** From an older checkpoint to this one; else of an entry. */
    bool growth;
    uint64_t index; /**< of the entry, from 0; or the size of the older one */
    struct tem_bytes extra; /**< of an entry's proof, the entry itself; or
                                 empty */
    struct tem_ledger_proof proof;
    struct tem_bytes note; /**< the checkpoint, with its signatures */
};

/**
 * Write a proof as text: of an entry as C2SP tlog-proof has it, of growth
 * likewise, with "tem-ledger/growth@v1" for its first line and "before" in
 * "index"'s place.
 *
 * @param[out] out  TEM_PROOF_MAX bytes always suffice.
 * @retval TEM_E_ARGUMENT  too much extra data, or too many hashes.
 * @retval TEM_E_FORMAT    the note is no checkpoint.
 * @retval TEM_E_CAPACITY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_proof_write(const struct tem_proof_file *file, struct tem_buffer *out,
                struct tem_error *error);

/**
 * Take such a text apart. What it proves is for tem_ledger_check(),
 * tem_ledger_check_growth() and tem_note_check().
 *
 * @param text        borrowed by the note.
 * @param[out] extra  memory for the extra data; TEM_PROOF_EXTRA_MAX bytes
 *                    always suffice.
 * @retval TEM_E_FORMAT    it is none; the error tells which line is wrong.
 * @retval TEM_E_CAPACITY  @p extra is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_proof_read(struct tem_bytes text, struct tem_proof_file *file,
               struct tem_buffer *extra, struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
