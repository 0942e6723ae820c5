/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_H
#define TEM_RECORD_H

/**
 * tem/record.h - rows of JSON or CSV to validated lot records.
 *
 * Takes a stream of lots as an office keeps them, gives one checked
 * `struct tem_record` at a time (tem/payload.h seals it) and says everything
 * that is wrong with it, field by field. Masses are grams, areas square
 * metres, moistures per mille, temperatures tenths of a degree Celsius, times
 * minutes, points tenths: all integers. What may be written in a file, its
 * units and its limits: record/FORMAT.md and record/record.schema.json, which
 * are installed with the documentation.
 *
 * Standard  RFC 8259 JSON, RFC 4180 CSV (also `;` and tab), RFC 8785 for the
 *           canonical form, GS1 General Specifications 7.9 for check digits.
 * Threads   A reader belongs to one thread; records are plain values.
 * Memory    Records have no pointers. A reader holds one record's text at a
 *           time (TEM_ROW_MAX), however long the file is, and at most
 *           64 bytes for each lot it has met, to find one given twice.
 */

#include <tem/law.h>
#include <tem/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_RECORD_SCHEMA_VERSION 1
#define TEM_RECORD_CANONICAL_MAX 131072 /**< holds any canonical form */
#define TEM_RECORD_RAW_LOTS_MAX 16
#define TEM_RECORD_STEPS_MAX 12
#define TEM_RECORD_GTINS_MAX 32
#define TEM_RECORD_PRINT_RUNS_MAX 32
#define TEM_RECORD_DELIVERIES_MAX 64
#define TEM_RECORD_SALT_BYTES 16

/** What the maker is. */
enum tem_maker_kind {
    TEM_MAKER_NONE = 0,
    TEM_MAKER_COOPERATIVE = 1, /**< HTX, hợp tác xã */
    TEM_MAKER_GROUP = 2,       /**< THT, tổ hợp tác */
    TEM_MAKER_COMPANY = 3,     /**< DN, doanh nghiệp */
    TEM_MAKER_HOUSEHOLD = 4,   /**< HKD, hộ kinh doanh */
};

/** What was delivered raw. */
enum tem_raw_kind {
    TEM_RAW_NONE = 0,
    TEM_RAW_PLUM_HAU = 1,     /**< mận hậu */
    TEM_RAW_PLUM_TAM_HOA = 2, /**< mận tam hoa */
    TEM_RAW_LONGAN = 3,       /**< nhãn */
    TEM_RAW_MANGO = 4,
    TEM_RAW_BANANA = 5,
    TEM_RAW_COFFEE_CHERRY = 6,
    TEM_RAW_TEA_BUD = 7,
    TEM_RAW_HONEY = 8,
    TEM_RAW_OTHER = 9,
};

/** A processing step. */
enum tem_step_kind {
    TEM_STEP_NONE = 0,
    TEM_STEP_RECEIVE = 1,   /**< nhan */
    TEM_STEP_SORT = 2,      /**< phan_loai */
    TEM_STEP_WASH = 3,      /**< rua */
    TEM_STEP_PIT = 4,       /**< bo_hat */
    TEM_STEP_PEEL = 5,      /**< boc_vo: peeled, pitted, cut */
    TEM_STEP_SUGAR = 6,     /**< tam_duong */
    TEM_STEP_DRY = 7,       /**< say: the method says how */
    TEM_STEP_WET_MILL = 8,  /**< so_che_uot: coffee cherry to green bean */
    TEM_STEP_ROAST = 9,     /**< rang */
    TEM_STEP_PAN_FIRE = 10, /**< sao: tea */
    TEM_STEP_FILTER = 11,   /**< loc: honey */
    TEM_STEP_PACK = 12,     /**< dong_goi */
    TEM_STEP_OTHER = 13,
};

/** How a drying, roasting or pan-firing step was done. */
enum tem_drying_method {
    TEM_DRYING_NONE = 0,      /**< not dried */
    TEM_DRYING_HEAT_PUMP = 1, /**< bơm nhiệt */
    TEM_DRYING_HOT_AIR = 2,   /**< khí nóng */
    TEM_DRYING_SOLAR = 3,  /**< nhà màng, hầm năng lượng mặt trời */
    TEM_DRYING_SUN = 4,    /**< phơi nắng */
    TEM_DRYING_KILN = 5,   /**< lò thủ công */
    TEM_DRYING_FREEZE = 6, /**< thăng hoa */
    TEM_DRYING_PAN = 7,    /**< sao chảo */
    TEM_DRYING_ROAST = 8,  /**< rang */
    TEM_DRYING_OTHER = 9,
};

/** What heated such a step. */
enum tem_energy {
    TEM_ENERGY_NONE = 0, /**< not said */
    TEM_ENERGY_ELECTRICITY = 1,
    TEM_ENERGY_SOLAR = 2,
    TEM_ENERGY_WOOD = 3,
    TEM_ENERGY_COAL = 4,
    TEM_ENERGY_GAS = 5,
    TEM_ENERGY_BIOMASS = 6, /**< husks, pellets */
    TEM_ENERGY_OTHER = 7,
};

/** One delivery of raw fruit, one step back from the maker. */
struct tem_raw_lot {
    char lot[TEM_TEXT_SIZE(20)];
    int64_t kind;                   /**< enum tem_raw_kind */
    char source[TEM_TEXT_SIZE(20)]; /**< supplier or member code, no name */
    char growing_area[16];          /**< VN-SLOR-0000, or "" */
    int64_t area_m2;
    char commune[6]; /**< five digits, or "" */
    int32_t harvest_from, harvest_to;
    int64_t mass_g;
    int64_t days_since_spray;
    char certification[TEM_TEXT_SIZE(40)];
    int32_t certification_expires;
};

/** One processing step, in the order of the work. */
struct tem_step {
    int64_t kind;                   /**< enum tem_step_kind */
    char site[TEM_TEXT_SIZE(20)];   /**< GLN or the maker's site code */
    int64_t started_min, ended_min; /**< minutes since 1970-01-01 00:00 civil */
    int64_t method; /**< enum tem_drying_method; drying steps only */
    int64_t energy; /**< enum tem_energy */
    int64_t temperature_c10;
    int64_t minutes;
    int64_t mass_in_g, mass_out_g;
    int64_t moisture_in, moisture_out; /**< per mille */
    int64_t sugar_g, salt_g;
};

/** One print run of labels: known only after sealing. */
struct tem_print_run {
    char serial_first[TEM_LOT_SIZE], serial_last[TEM_LOT_SIZE];
    int64_t printed, voided;
    int32_t date;
    char printer[TEM_TEXT_SIZE(40)];
};

/** One delivery onward: known only after sealing. */
struct tem_delivery {
    char receiver[TEM_TEXT_SIZE(20)];
    int32_t date;
    int64_t units;
};

/**
 * One lot. Absent: "" for texts, TEM_NUMBER_NONE for numbers and enums,
 * TEM_DATE_NONE for dates. Texts are NUL-terminated UTF-8 in NFC.
 */
struct tem_record {
    /* header */
    int64_t schema_version;
    char record_id[27];
    int64_t example; /**< 0 or 1 */
    int32_t recorded_on;
    char recorded_by[TEM_TEXT_SIZE(60)];
    /* maker */
    int64_t maker_id; /**< 1..65535, the province assigns it */
    char maker_name[TEM_TEXT_SIZE(120)];
    int64_t maker_kind; /**< enum tem_maker_kind */
    char tax_code[15];
    char gln[TEM_GLN_SIZE];
    char address[TEM_TEXT_SIZE(160)];
    char commune[6]; /**< of the maker, valid on recorded_on */
    char old_address[TEM_TEXT_SIZE(160)];
    char phone[11];
    /* product */
    char gtin[TEM_GTIN_SIZE]; /**< 14 digits, or "" */
    char product_code[13];    /**< 2..12 of 0-9 A-Z -, when there is no gtin */
    char product_name[TEM_TEXT_SIZE(80)];
    int64_t product_set; /**< 1..26, Decision 26/2026 */
    int64_t net_mass_g;  /**< 1..50000; exactly one of this and the next */
    int64_t net_volume_ml;
    char ingredients[TEM_TEXT_SIZE(400)];
    char additives[TEM_TEXT_SIZE(200)];
    char warnings[TEM_TEXT_SIZE(200)];
    char usage[TEM_TEXT_SIZE(200)];
    char storage[TEM_TEXT_SIZE(200)];
    char origin[TEM_TEXT_SIZE(40)]; /**< "Việt Nam" when not given */
    char standard[TEM_TEXT_SIZE(60)];
    char declaration_number[TEM_TEXT_SIZE(40)];
    char declaration_basis[TEM_TEXT_SIZE(40)];
    int64_t energy_kcal, protein_mg, carbohydrate_mg, fat_mg, sugars_mg,
        sodium_mg; /**< per 100 g */
    char image_sha256[65];
    /* OCOP */
    int64_t ocop_stars; /**< 0, 3, 4 or 5 */
    int64_t ocop_points10;
    int64_t certificate_id; /**< 1..1000000, the province assigns it */
    char decision_number[TEM_TEXT_SIZE(40)];
    int32_t decision_date;
    int64_t decision_authority; /**< enum tem_authority */
    int32_t certificate_expires;
    char certificate_gtins[TEM_RECORD_GTINS_MAX][TEM_GTIN_SIZE];
    size_t certificate_gtin_count;
    /* origin and process */
    int64_t farm_id; /**< 1..65535: public number at the maker; no name */
    char harvest_commune[6]; /**< valid on packed_on */
    struct tem_raw_lot raw_lots[TEM_RECORD_RAW_LOTS_MAX];
    size_t raw_lot_count;
    struct tem_step steps[TEM_RECORD_STEPS_MAX];
    size_t step_count;
    /* lot */
    char lot[TEM_LOT_SIZE];
    int32_t packed_on, best_before;
    char salt[2 * TEM_RECORD_SALT_BYTES + 1]; /**< hex; "" until sealed */
    /* known only after sealing: outside the canonical form */
    int64_t units, samples;
    char test_report[TEM_TEXT_SIZE(60)];
    int64_t labels_issued, labels_void;
    struct tem_print_run print_runs[TEM_RECORD_PRINT_RUNS_MAX];
    size_t print_run_count;
    struct tem_delivery deliveries[TEM_RECORD_DELIVERIES_MAX];
    size_t delivery_count;
};

/** A file of lots being read; opaque. */
struct tem_record_reader;

/**
 * Begin to read.
 *
 * @param read, context  called until the end or the first error; borrowed.
 * @param[out] reader    to be freed by tem_record_reader_free().
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_record_open(tem_read_fn read, void *context, enum tem_format format,
                struct tem_record_reader **reader, struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_record_reader_free(struct tem_record_reader *reader);

/**
 * Read and check the next lot.
 *
 * @param[out] record  the lot, as far as it could be read. It may be sealed
 *                     only if tem_record_problems() holds no error.
 * @param[out] found   false at the end of the file; then @p record is empty.
 *
 * A lot whose text is broken beyond repair (JSON syntax, a quote left open) is
 * a problem too, with @p found true; reading goes on where that is possible,
 * else the next call gives the end. On a failure @p record is of no use and
 * @p found false.
 *
 * @retval TEM_E_IO      the read function failed; each further call says so.
 * @retval TEM_E_MEMORY  no memory; the next call gives the end.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_record_next(struct tem_record_reader *reader, struct tem_record *record,
                bool *found, struct tem_error *error);

/**
 * The problems of the lot last read: what its values say in the order of the
 * file, then what is missing, then what the fields say together; borrowed,
 * valid until the next call on @p reader. Past TEM_PROBLEMS_MAX they
 * are dropped and the last one says so.
 */
TEM_API const struct tem_problem *
tem_record_problems(const struct tem_record_reader *reader, size_t *count);

/** Row of the lot last read, as in struct tem_problem. */
TEM_API uint64_t tem_record_row(const struct tem_record_reader *reader);

/** Set every field to absent, those of unused list items too. */
TEM_API void tem_record_init(struct tem_record *record);

/**
 * The canonical form of what is fixed at sealing: one JSON object as RFC 8785
 * (members sorted, no spaces, shortest numbers) in the units and names of
 * record.schema.json, absent fields left out. Its SHA-256 is the digest on the
 * label. It is itself a record file that reads back to the same fields.
 *
 * @param record    without errors; the salt may be absent.
 * @param[out] out  TEM_RECORD_CANONICAL_MAX bytes always suffice.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_record_canonical(const struct tem_record *record, struct tem_buffer *out,
                     struct tem_error *error);

/** What a sealed label says of drying, summed over a record's drying steps. */
struct tem_drying {
    enum tem_drying_method method; /**< of the longest such step */
    enum tem_energy energy;        /**< of the same step */
    unsigned temperature_c; /**< highest, whole degrees, halves up, 0..255 */
    unsigned hours;         /**< sum, whole hours, halves up, 0..999 */
};

/** Sum up the drying, roasting and pan-firing steps; all zero if none. */
TEM_API struct tem_drying tem_record_drying(const struct tem_record *record);

/** Last day of harvest over the raw lots, or TEM_DATE_NONE. */
TEM_API int32_t tem_record_harvest(const struct tem_record *record);

#ifdef __cplusplus
}
#endif
#endif
