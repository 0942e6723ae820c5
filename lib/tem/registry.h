/* SPDX-License-Identifier: MIT */
#ifndef TEM_REGISTRY_H
#define TEM_REGISTRY_H

/**
 * @file
 * The registry: what was sealed, which serials were given out, and what was
 * seen of them later, in a SQLite file or on a PostgreSQL server.
 *
 * All that happens is an event, and every event is an entry of its office's log
 * (see ledger.h): nothing is changed or removed later. What is known of a lot
 * is what its events come to.
 *
 * A registry is used by one thread at a time; any number of programs, on any
 * number of machines with a server, may use the same one at once. A call that
 * fails has changed nothing. All calls return, besides what they name,
 * @retval TEM_E_STORE   the database cannot be reached, read or written to;
 *                       the message tells why and what to do.
 * @retval TEM_E_FORMAT  it holds what no version of this library writes.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */

#include <tem/base.h>
#include <tem/error.h>
#include <tem/ledger.h>
#include <tem/payload.h>
#include <tem/record.h>
#include <tem/table.h>
#include <tem/verify.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_MAKER_SIZE 8 /**< a maker's number in decimal digits, and NUL */
#define TEM_PRINT_SIZE                                                         \
    17 /**< 16 characters that tell prints apart, and NUL                      \
        */
#define TEM_FOLDER_SIZE 4096                  /**< a folder's name and NUL */
#define TEM_SERIAL_MAX UINT64_C(999999999999) /**< highest serial given out */
#define TEM_KID_UNKNOWN 65536 /**< of labels of before KIDs were noted */

/** A lot's name, as its labels have it. */
struct tem_lot_name {
    char maker[TEM_MAKER_SIZE];  /**< "-" where product is a GTIN, which is one
                                      maker's alone */
    char product[TEM_GTIN_SIZE]; /**< a GTIN, or the maker's code */
    char lot[TEM_LOT_SIZE];
};

/** Serials one after another, both ends included. */
struct tem_serials {
    uint64_t first, last; /**< 1..TEM_SERIAL_MAX */
};

/* ---- events ------------------------------------------------------------- */

/** What happened. The comments name the fields that are set besides at. */
enum tem_event_kind {
    TEM_EVENT_BEGIN = 1,   /**< a command for a number of labels a lot: count,
                                folder */
    TEM_EVENT_END = 2,     /**< it came to its end: folder */
    TEM_EVENT_SEAL = 3,    /**< a record: lot, salt, digest, record ("" in what
                                was taken over from a journal) */
    TEM_EVENT_RESERVE = 4, /**< labels: lot, serials, width, print, kid,
                              command, folder */
    TEM_EVENT_MADE = 5,    /**< labels of the run that begins with
                                serials.first are on the disk up to
                                serials.last: lot */
    TEM_EVENT_DONE = 6,    /**< the whole run is: lot, serials */
    TEM_EVENT_ABANDON = 7, /**< the rest of the run is given up: lot, serials */
    TEM_EVENT_VOID = 8,    /**< spoiled, not for use: lot, serials */
    TEM_EVENT_AGAIN = 9,   /**< written a second time, never printed before:
                                lot, serials */
    TEM_EVENT_CLOSE = 10,  /**< no more labels are to come: lot */
    TEM_EVENT_BUNDLE = 11, /**< a province's bundle was seen: count (its
                                version), issued, digest */
    TEM_EVENT_IMPORT = 12, /**< the events that follow are of a journal of
                                before: count, digest, of the file */
    TEM_EVENT_SCAN = 13,   /**< see struct tem_registry_scan */
};

/** One event; texts and bytes are borrowed. */
struct tem_event {
    enum tem_event_kind kind;
    int64_t at; /**< when it was noted: seconds since 1970-01-01 00:00 UTC */
    struct tem_lot_name lot;
    struct tem_serials serials;
    unsigned width;   /**< digits of a serial: 1..20 */
    long kid;         /**< of the key, or TEM_KID_UNKNOWN */
    uint64_t command; /**< which of the folder's, from 1; 0: not known */
    uint64_t count;
    int32_t issued;          /**< a day */
    struct tem_bytes print;  /**< tells labels of one key, address, content and
                                  size from others */
    struct tem_bytes folder; /**< where the labels are put */
    struct tem_bytes salt, digest; /**< hexadecimal */
    struct tem_bytes record;       /**< canonical */
};

#define TEM_EVENT_MAX (131072 + 8192) /**< bytes of an event's text */

/** The event's permanent name: "reserve"; "" for none. */
TEM_API const char *tem_event_name(enum tem_event_kind kind);

/**
 * The text of an event, which the log's entry is the hash of: its name and its
 * fields in UTF-8 with tabs between.
 *
 * @param[out] out  TEM_EVENT_MAX bytes always suffice.
 * @retval TEM_E_ARGUMENT  a field is not valid: a control character, say.
 * @retval TEM_E_CAPACITY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_event_write(const struct tem_event *event, struct tem_buffer *out,
                struct tem_error *error);

/**
 * Take an event's text apart; any kind but a scan.
 *
 * @param text  borrowed by the event.
 * @retval TEM_E_FORMAT  it is none.
 */
TEM_API TEM_MUST_USE enum tem_status tem_event_read(struct tem_bytes text,
                                                    struct tem_event *event,
                                                    struct tem_error *error);

/* ---- opening ------------------------------------------------------------ */

/** A registry that is open. */
struct tem_registry;

enum tem_registry_mode {
    TEM_REGISTRY_READ,   /**< nothing is written */
    TEM_REGISTRY_WRITE,  /**< it must be there */
    TEM_REGISTRY_CREATE, /**< it is made if it is not there: a file, or the
                              tables of a server's database */
};

struct tem_registry_options {
    /** A file's name, or "postgresql://..." as libpq takes it. */
    const char *where;
    enum tem_registry_mode mode;
    /** The log that events go to: tem_note_name_valid(). NULL: nothing is to be
     *  noted. */
    const char *office;
    /** The time, in seconds since 1970-01-01 00:00 UTC. NULL as the above. */
    int64_t (*clock)(void *context);
    void *context;
};

/**
 * Open a registry.
 *
 * @param[out] fresh  it was made by this call. May be NULL.
 * @param[out] registry  the caller's, for tem_registry_close().
 * @retval TEM_E_UNSUPPORTED  made by a newer version, or by an older one and it
 *                            is not to be written to.
 * @retval TEM_E_ARGUMENT  the office's name is none.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_open(const struct tem_registry_options *options,
                  struct tem_registry **registry, bool *fresh,
                  struct tem_error *error);

/** Close it; NULL is let pass. */
TEM_API void tem_registry_close(struct tem_registry *registry);

/* ---- lots --------------------------------------------------------------- */

/** Labels that are made together. */
struct tem_run {
    struct tem_serials serials; /**< 0 and 0: none */
    uint64_t made; /**< all up to this serial are on the disk, or 0 */
    unsigned width;
    long kid;
    uint64_t command;
    char print[TEM_PRINT_SIZE];
    char *folder;         /**< owned by the lot */
    bool done, abandoned; /**< neither: it is open */
};

/** What the registry knows of a lot. All zero is a lot not heard of. */
struct tem_registry_lot {
    struct tem_lot_name name;
    char salt[2 * TEM_RECORD_SALT_BYTES + 1]; /**< "" : never sealed */
    char digest[2 * TEM_DIGEST_BYTES + 1];    /**< of the last seal */
    uint64_t last;                            /**< highest serial given out */
    bool closed;
    struct tem_run *runs; /**< by their serials; owned */
    size_t run_count;
    struct tem_serials *voids; /**< as they were noted; owned */
    size_t void_count;
};

/**
 * What the registry knows of a lot, now: others may go on.
 *
 * @param[in,out] lot  all zero or read before; for tem_registry_lot_free().
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_lot_read(struct tem_registry *registry,
                      const struct tem_lot_name *name,
                      struct tem_registry_lot *lot, struct tem_error *error);

/** Free what a lot owns, and empty it. */
TEM_API void tem_registry_lot_free(struct tem_registry_lot *lot);

/**
 * What an event does to a lot: all that tem_registry_lot_read() does with each
 * of its events, in their order.
 *
 * @retval TEM_E_FORMAT  it cannot be so after what was before.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_lot_apply(struct tem_registry_lot *lot,
                       const struct tem_event *event, struct tem_error *error);

/** Is one of them void? */
TEM_API bool tem_registry_lot_has_void(const struct tem_registry_lot *lot,
                                       struct tem_serials serials);

/** The run that begins with a serial; NULL if none does. */
TEM_API struct tem_run *tem_registry_lot_run(const struct tem_registry_lot *lot,
                                             uint64_t first);

/* ---- noting ------------------------------------------------------------- */

/**
 * Note events, all or none: they are on the disk, and in the log, when this
 * returns TEM_OK. The time is the clock's, whatever @p events say.
 *
 * A reservation is of the serials that come after all that were given out;
 * was one of them given out meanwhile, nothing is noted.
 *
 * @param quota  for a reservation: the most labels of its key that may have
 *               been given out in this registry, those of no known key
 *               included; 0: no limit.
 * @param[out] taken  they are noted. Written only on TEM_OK. False for a
 *                    reservation that another came before: read the lot again.
 *                    May be NULL.
 * @retval TEM_E_ARGUMENT  a field is not valid, or an event cannot come after
 *                         those before it; the error's offset is its index.
 * @retval TEM_E_LIMIT     more than @p quota allows.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_note(struct tem_registry *registry, const struct tem_event *events,
                  size_t count, uint64_t quota, bool *taken,
                  struct tem_error *error);

/**
 * Labels given out under a key, and not given up, those of which no key is
 * known included.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_given(struct tem_registry *registry, uint16_t kid,
                   uint64_t *labels, struct tem_error *error);

/** The last command in a folder. */
struct tem_registry_command {
    uint64_t number; /**< from 1; 0: none yet */
    uint64_t count;  /**< labels a lot */
    bool open;       /**< it has not come to its end */
};

/**
 * Its number is what reservations that are part of it have in command.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_command_read(struct tem_registry *registry, const char *folder,
                          struct tem_registry_command *command,
                          struct tem_error *error);

/* ---- scans -------------------------------------------------------------- */

#define TEM_WHO_MAX                                                            \
    60 /**< characters of who scanned, and of a place's name                   \
        */
#define TEM_WHO_SIZE TEM_TEXT_SIZE(TEM_WHO_MAX)
#define TEM_DEGREES_NONE INT32_MIN /**< of a place that is not known */

/** A label that was seen. */
struct tem_registry_scan {
    struct tem_lot_name lot;   /**< all "" where the label did not hold: what it
                                    says is not to be believed */
    char serial[TEM_LOT_SIZE]; /**< "" : it has none */
    int64_t at;                /**< when it was noted: written by reading */
    int64_t seen;              /**< seconds since 1970-01-01 00:00 UTC */
    int32_t latitude, longitude; /**< millionths of a degree, WGS 84; both
                                      TEM_DEGREES_NONE if not known */
    char place[TEM_WHO_SIZE];    /**< its name, or "" */
    char who[TEM_WHO_SIZE];      /**< the person or the device, or "" */
    enum tem_verdict verdict;    /**< any but 0 */
    uint32_t trust_version;      /**< of the bundle it was checked with, or 0 */
    uint8_t digest[TEM_SHA256_BYTES]; /**< of the label's text */
    struct tem_bytes text; /**< of the label, to be kept once; may be empty.
                                Borrowed; empty after reading. */
};

#define TEM_SCANS_MAX 1000 /**< noted in one call */

/**
 * Note scans: those that are there already, of the same text, time, place and
 * person, are passed over.
 *
 * @param count       0..TEM_SCANS_MAX.
 * @param[out] added  how many were not there.
 * @retval TEM_E_ARGUMENT  a field is not valid, TEM_EVENT_SCAN; none is noted.
 *                         The error's offset is the scan's index.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_scans_note(struct tem_registry *registry,
                        const struct tem_registry_scan *scans, size_t count,
                        size_t *added, struct tem_error *error);

/** Is every field as it has to be? Texts are UTF-8 without control
 *  characters. */
TEM_API bool tem_registry_scan_valid(const struct tem_registry_scan *scan);

/**
 * All scans, those of a lot and serial together: each is called for one after
 * another, and stops it by failing. It must not use the registry.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_scans_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const struct tem_registry_scan *scan,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/**
 * The texts of the labels that were seen, each once. As
 * tem_registry_scans_walk().
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_texts_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, struct tem_bytes text,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/* ---- reading all -------------------------------------------------------- */

/**
 * The events of all lots, those of a lot together and in their order. Each is
 * called for, and stops it by failing; it must not use the registry, and what
 * an event borrows lasts for the call.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_events_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const struct tem_event *event,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/**
 * The events of a folder: its commands; or, of "", those of no lot and no
 * folder: what was taken over, and bundles. As tem_registry_events_walk().
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_folder_walk(
    struct tem_registry *registry, const char *folder,
    enum tem_status (*each)(void *context, const struct tem_event *event,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/**
 * The offices that have a log, by name. As tem_registry_events_walk().
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_offices_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const char *office, uint64_t size,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/**
 * The entries of an office's log, as they were noted. As
 * tem_registry_events_walk().
 *
 * @param first  from 0.
 * @param each   @p text is empty where the entry's row is gone.
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status tem_registry_log_walk(
    struct tem_registry *registry, const char *office, uint64_t first,
    enum tem_status (*each)(void *context, uint64_t number,
                            struct tem_bytes text, const struct tem_hash *leaf,
                            struct tem_error *error),
    void *context, struct tem_error *error);

/* ---- proving ------------------------------------------------------------ */

/** A log to prove from; it is read while a proof is made. */
struct tem_registry_source {
    struct tem_registry *registry; /**< borrowed */
    const char *office;            /**< borrowed */
};

/** What tem_ledger_prove() and its like read; @p source is borrowed. */
TEM_API struct tem_ledger_source
tem_registry_ledger(struct tem_registry_source *source);

/**
 * How far a log is, and its root, by what was stored when it grew.
 *
 * @param[out] checkpoint  its origin is the office. A log that is not there is
 *                         of size 0.
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_head(struct tem_registry *registry, const char *office,
                  struct tem_checkpoint *checkpoint, struct tem_error *error);

/**
 * Keep a signed checkpoint beside the log, in place of one of its size.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_checkpoint_keep(struct tem_registry *registry, const char *office,
                             uint64_t size, struct tem_bytes note,
                             struct tem_error *error);

/**
 * The checkpoint kept last.
 *
 * @param[out] note  empty if there is none; TEM_NOTE_MAX bytes always suffice.
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_checkpoint_last(struct tem_registry *registry, const char *office,
                             struct tem_buffer *note, struct tem_error *error);

/** What a look through a log found. */
struct tem_registry_faults {
    /** One sentence for people; called for the first 1000. */
    void (*tell)(void *context, const struct tem_message *fault);
    void *context;
    uint64_t count; /**< written: 0 if all is well */
};

/**
 * Look through a log: is every entry's row there, is it what was hashed, and do
 * the hashes come to what was stored?
 *
 * @param known   what somebody kept of it: the log must begin with that.
 *                NULL: nothing.
 * @param[out] faults  one for every row that was altered, removed or put
 *                     elsewhere.
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_log_check(struct tem_registry *registry, const char *office,
                       const struct tem_checkpoint *known,
                       struct tem_registry_faults *faults,
                       struct tem_error *error);

/**
 * Look through what is not in one log: do the rows that are there, and no
 * others, stand in the logs, and do they come to what is counted? Every log is
 * looked at by tem_registry_log_check() besides.
 *
 * @retval TEM_E_STORE  and others: see above.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_check(struct tem_registry *registry,
                   struct tem_registry_faults *faults, struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
