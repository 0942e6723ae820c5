/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_H
#define TEM_LABEL_H

/**
 * tem/label.h - labels as they are printed: text, stars and symbol on paper.
 *
 * Takes a template (label/TEMPLATE.md), a lot's record (tem/record.h) and the
 * symbols of its units (tem/symbol.h); gives pictures of exact dots, which
 * tem/image.h makes PNG files of, and whole print jobs: PDF, SVG, ZPL II, TSPL.
 * What is the same on all labels of a lot is drawn once. Text never overflows:
 * it is broken into lines, then made smaller down to its least height, then
 * refused with the figures. Also how large a symbol is printed: whole dots.
 *
 * Fonts are found by fontconfig, which reads this computer's configuration.
 *
 * Standard  Decree 37/2026, article 42 (what a label says); GS1 General
 *           Specifications 5.12 (X-dimension 0.396 mm at tills) and 5.2 (EAN-13).
 * Threads   Calls on distinct objects may run concurrently; a label that is
 *           made is only read by tem_label_draw(), which many threads may call.
 * Memory    Labels, templates and jobs are freed by their own functions; sizes
 *           are checked before memory is taken.
 */

#include <tem/record.h>
#include <tem/symbol.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_LABEL_DPI_MIN 72
#define TEM_LABEL_DPI_MAX 4800
#define TEM_LABEL_MODULE_MIN_UM 250  /**< below: refused */
#define TEM_LABEL_MODULE_WARN_UM 330 /**< below: phones may fail */
#define TEM_LABEL_MODULE_TILL_UM 396 /**< below: not for shop tills */
#define TEM_LABEL_MODULE_DEFAULT_UM 375
#define TEM_LABEL_MODULE_MAX_UM 10000
#define TEM_LABEL_QUIET_MAX 64 /**< modules */

/** A size that the printer can make exactly. */
struct tem_layout {
    unsigned dpi;       /**< dots per inch, TEM_LABEL_DPI_MIN.._MAX */
    unsigned dots;      /**< dots per module, >= 1 */
    unsigned quiet;     /**< modules of quiet zone, >= TEM_SYMBOL_QUIET_ZONE */
    unsigned module_um; /**< true module size, micrometres, rounded */
    bool small;         /**< under TEM_LABEL_MODULE_WARN_UM */
    bool no_till;       /**< under TEM_LABEL_MODULE_TILL_UM */
};

/**
 * Choose the dots per module.
 *
 * @param dpi        TEM_LABEL_DPI_MIN..TEM_LABEL_DPI_MAX.
 * @param module_um  wanted module size; 0 takes the smallest whole number of
 *                   dots that is TEM_LABEL_MODULE_DEFAULT_UM or more (less one
 *                   per cent: 203 dpi is nominally 8 dots a millimetre).
 * @param quiet      TEM_SYMBOL_QUIET_ZONE..TEM_LABEL_QUIET_MAX modules.
 * @param[out] layout  written only on TEM_OK.
 *
 * @retval TEM_E_ARGUMENT  dpi or quiet is out of range.
 * @retval TEM_E_LIMIT     not within one per cent of whole dots, or these make
 *                         less than TEM_LABEL_MODULE_MIN_UM or more than
 *                         TEM_LABEL_MODULE_MAX_UM; the message names the
 *                         nearest sizes that work.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_label_fit(unsigned dpi, unsigned module_um, unsigned quiet,
              struct tem_layout *layout, struct tem_error *error);

/** Dots on each side of a symbol with its quiet zones. */
TEM_API unsigned tem_label_side(const struct tem_layout *layout,
                                const struct tem_symbol *symbol);

/* ---- templates ---------------------------------------------------------- */

#define TEM_TEMPLATE_BOXES_MAX 40

/** What a label made by a template holds. */
enum tem_template_contents {
    TEM_TEMPLATE_FULL = 1,  /**< all that the law wants on a pack */
    TEM_TEMPLATE_LEAST = 2, /**< name, maker and origin: the rest is elsewhere */
    TEM_TEMPLATE_CODE = 3,  /**< the symbol; the pack has a label of its own */
    TEM_TEMPLATE_CARD = 4,  /**< no label of goods: a card for a shelf */
};

/** A template that was read; opaque. */
struct tem_template;

/** What a template says of itself; texts are the template's. Micrometres. */
struct tem_template_info {
    const char *name, *title, *title_en;
    enum tem_template_contents contents;
    uint32_t width_um, height_um;           /**< of one label */
    uint32_t page_width_um, page_height_um; /**< of a sheet, or of a roll's row */
    unsigned columns, rows;                 /**< of labels on a page, >= 1 */
    uint32_t feed_gap_um;                   /**< between the rows of a roll */
    uint32_t letters_um; /**< least height of a small x that the law allows */
    bool sheet;          /**< a page of paper, not a roll */
    bool ean13, logo, picture; /**< it has a box for that */
};

/**
 * Read a template.
 *
 * @param json           the file (label/TEMPLATE.md), at most TEM_ROW_MAX bytes
 *                       a box; borrowed.
 * @param[out] design    written only on TEM_OK; free with tem_template_free().
 *                       It may be used only if tem_template_problems() holds
 *                       no error.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_template_read(struct tem_bytes json, struct tem_template **design,
                  struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_template_free(struct tem_template *design);

/** What is wrong with it, rows being lines of the file; the template's. */
TEM_API const struct tem_problem *
tem_template_problems(const struct tem_template *design, size_t *count);

/** What it says of itself. Without errors only. */
TEM_API struct tem_template_info
tem_template_describe(const struct tem_template *design);

/** The text of a template that ships with the library, from 0; NULL past the
 *  last. */
TEM_API const char *tem_template_shipped(size_t index);

/** A record of an invented lot, to try templates with: a record file (JSON). */
TEM_API const char *tem_template_specimen(void);

/* ---- what stands on a lot's labels -------------------------------------- */

/** What a lot's labels say; borrowed. */
struct tem_label_content {
    const struct tem_record *record; /**< without errors */
    /** As the register has them; NULL or "": the record's, or none. */
    const char *product_name, *product_name_en, *maker_name, *maker_name_en;
    /** Of the certificate in force on the packing date; 0: none. */
    unsigned stars;
    const char *decision; /**< its number, or NULL */
    int32_t stars_until;  /**< its last day, or TEM_DATE_NONE */
    /** Files, PNG, JPEG or SVG, for the boxes of that kind; size 0: none. */
    struct tem_bytes logo, picture;
    bool test; /**< a test label: "THỬ" across it */
};

/**
 * What a record alone gives: its names, and its stars if its certificate is in
 * force on the packing date.
 */
TEM_API struct tem_label_content
tem_label_content_of(const struct tem_record *record);

/** In what the captions are written. */
enum tem_label_language {
    TEM_LABEL_VI = 0,
    TEM_LABEL_EN = 1,
    TEM_LABEL_BOTH = 2,
};

/** How a picture's dots are kept. */
enum tem_ink {
    TEM_INK_BLACK = 0,  /**< one bit a dot: what a label printer prints */
    TEM_INK_GREY = 1,   /**< 8 bits */
    TEM_INK_COLOUR = 2, /**< 24 bits */
};

/** How a lot's labels are laid out. */
struct tem_label_settings {
    unsigned dpi;         /**< TEM_LABEL_DPI_MIN.._MAX: symbols get whole dots */
    unsigned module_um;   /**< wanted; 0: as the template says */
    unsigned quiet;       /**< modules, TEM_SYMBOL_QUIET_ZONE.. */
    unsigned symbol_side; /**< modules of the symbols to come */
    enum tem_label_language language;
    enum tem_ink ink;
    bool vector;         /**< for PDF and SVG, not for dots */
    const char *serial;  /**< one as long as any to come, or NULL: without */
    const char *counter; /**< likewise, "2000/2000", or NULL */
};

#define TEM_LABEL_PIXELS_MAX 40000000 /**< dots of a label, at most */
#define TEM_LABEL_PICTURE_MAX 16000000 /**< pixels, or bytes, of a logo */
#define TEM_LABEL_COUNTER_MAX 23      /**< characters of a counter */

/** The labels of a lot, laid out; opaque. */
struct tem_label;

/**
 * Lay out a lot's labels, and draw what all of them share.
 *
 * @param design      without errors; borrowed until the label is freed.
 * @param settings    copied, its texts too.
 * @param content     borrowed for the call.
 * @param[out] label  written only on TEM_OK; free with tem_label_free().
 *
 * @retval TEM_E_ARGUMENT     a setting is out of range, or a serial too long.
 * @retval TEM_E_LIMIT        text or symbol does not fit its box, or the
 *                            picture is over TEM_LABEL_PIXELS_MAX.
 * @retval TEM_E_UNSUPPORTED  the font is not there or lacks a letter.
 * @retval TEM_E_FORMAT       logo or picture is none, or over
 *                            TEM_LABEL_PICTURE_MAX.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_label_new(const struct tem_template *design,
              const struct tem_label_settings *settings,
              const struct tem_label_content *content, struct tem_label **label,
              struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_label_free(struct tem_label *label);

/** How large its symbols are. */
TEM_API struct tem_layout tem_label_layout(const struct tem_label *label);

/** Least height of the letters on it, micrometres, of a small x; 0 without. */
TEM_API unsigned tem_label_letters(const struct tem_label *label);

/** A picture of whole dots. Zero it before its first use; reuse it for speed. */
struct tem_raster {
    uint32_t width, height;
    unsigned dpi, depth; /**< depth 1 (1 = white), 8 (grey) or 24 (RGB) */
    size_t stride;       /**< bytes a row; at depth 1 the first dot is the
                              highest bit */
    uint8_t *pixels;
    size_t capacity; /**< bytes at pixels */
};

/** Free the dots, not the struct; a zeroed one is fine. */
TEM_API void tem_raster_free(struct tem_raster *raster);

/** What one label has for itself. */
struct tem_label_unit {
    const struct tem_symbol *symbol;
    const char *serial, *counter; /**< not longer than in the settings; or NULL */
};

/**
 * Draw one label. For labels of dots, not of vectors.
 *
 * @param raster  what it held is overwritten, its memory used again.
 * @retval TEM_E_ARGUMENT  the symbol's side or a text is not what the label was
 *                         laid out for, or it is one of vectors.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_label_draw(const struct tem_label *label, const struct tem_label_unit *unit,
               struct tem_raster *raster, struct tem_error *error);

/* ---- print jobs --------------------------------------------------------- */

enum tem_job_kind {
    TEM_JOB_PDF = 1, /**< a page a label, a roll's row or a sheet */
    TEM_JOB_SVG = 2, /**< one page */
    TEM_JOB_ZPL = 3, /**< ZPL II: bitmaps in ^GFA */
    TEM_JOB_TSPL = 4, /**< bitmaps in BITMAP */
};

/** Where a job's bytes go. @return false if they cannot be written. */
typedef bool (*tem_write_fn)(void *context, const void *data, size_t size);

/** A print job being written; opaque. One thread at a time. */
struct tem_job;

/**
 * Begin a job.
 *
 * @param design    of all its labels; borrowed until the job is freed.
 * @param dpi       the printer's, and the labels'.
 * @param write     called in order; borrowed until the job is freed.
 * @param[out] job  written only on TEM_OK; free with tem_job_free().
 * @retval TEM_E_UNSUPPORTED  ZPL or TSPL for a template of sheets.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_job_new(enum tem_job_kind kind, const struct tem_template *design,
            unsigned dpi, tem_write_fn write, void *context,
            struct tem_job **job, struct tem_error *error);

/**
 * Add a label: the next on the page, from left to right and from the top.
 *
 * @param label  laid out for vectors (PDF, SVG), or for dots of one bit.
 * @retval TEM_E_ARGUMENT  it is not, or as for tem_label_draw().
 * @retval TEM_E_LIMIT     a second page of an SVG.
 * @retval TEM_E_IO        it cannot be written; nothing more can be added.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_job_add(struct tem_job *job, const struct tem_label *label,
            const struct tem_label_unit *unit, struct tem_error *error);

/**
 * Finish: the last page and what ends the file. Nothing may be added after.
 *
 * @retval TEM_E_IO      it cannot be written.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status tem_job_end(struct tem_job *job,
                                                 struct tem_error *error);

/** Free; NULL is fine. Without tem_job_end() before it the file is not whole. */
TEM_API void tem_job_free(struct tem_job *job);

#ifdef __cplusplus
}
#endif
#endif
