/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_H
#define TEM_SCAN_H

/**
 * tem/scan.h - a grey picture to the texts of the QR symbols in it.
 *
 * Takes what tem/image.h read, gives each symbol's bytes and where it stands;
 * tem/verify.h says what a text is worth. No text is changed or guessed:
 * bytes come back as they were encoded.
 *
 * Standard  ISO/IEC 18004:2015, QR Code Model 2, versions 1-40; also mirrored
 *           and inverted (section 6.2).
 * Threads   Calls on distinct objects may run concurrently.
 * Memory    A result is freed by tem_scan_free(). About 2 1/2 times the picture
 *           and 4 MiB are taken while it is read; up to 1 Mpixel, 8 times.
 */

#include <tem/image.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_SCAN_SYMBOLS_MAX 1000 /**< symbols reported of one picture */

struct tem_point {
    int32_t x, y; /**< pixels of the picture given, may lie just outside */
};

enum tem_symbology {
    TEM_QR_CODE = 1, /**< Model 2 */
    TEM_EAN_13,      /**< the bars beside it, that tills read today */
};

/** One symbol found. */
struct tem_scan_symbol {
    struct tem_bytes text; /**< also NUL-terminated; may hold NULs */
    const char *charset; /**< of the text: as the symbol says (the last one that
                              it names), else UTF-8 if it
                              can be, "Shift_JIS" if it looks like it, and
                              "ISO-8859-1"; IANA's names, static */
    enum tem_symbology symbology;
    struct tem_point corners[4]; /**< top left, bottom left, bottom right, top
                                      right of the symbol as it was drawn */
    double module;    /**< pixels a module, on the average; 0: not known */
    unsigned version; /**< 1..40; 0: not known, nor what follows */
    enum tem_ecc level;
    unsigned codewords; /**< data and check, 26..3706 */
    unsigned corrected; /**< of these found wrong and put right */
    unsigned erased;    /**< of these not believed from the start */
    double unused; /**< 0..1: error correction left over in the worst block, as
                        ISO/IEC 15415 (7.8.8) counts it */
    /** What was printed: every module as it was drawn, put right where it is
     *  damaged; NULL where `version` is 0. Lives as long as the text. */
    const struct tem_symbol *drawn;
    bool mirrored;      /**< seen from behind, through glass */
    bool inverted;      /**< light on dark */
    bool confirmed;     /**< by the caller's own test */
    bool part; /**< of a structured append (section 8), a text spread over
                    several symbols: this one's share of it, or what zbar put
                    together, with a NUL where one was not found */
    unsigned part_number, part_count; /**< 1..16; 0: not known */
};

struct tem_scan {
    size_t count;
    struct tem_scan_symbol *symbols; /**< from top to bottom, left to right */
    bool truncated;  /**< there were more than TEM_SCAN_SYMBOLS_MAX */
    bool unfinished; /**< the effort ended before all was looked at that is
                          like a symbol: with more there may be more */
};

/** How much is tried before a picture is given up. */
enum tem_effort {
    TEM_EFFORT_NORMAL, /**< damaged symbols too */
    TEM_EFFORT_FAST,   /**< what can be read at once; for frames of a video */
    TEM_EFFORT_HARD,   /**< everything; may take seconds where nothing is */
};

/** How to look at a picture. All zero is a good choice. */
struct tem_scan_options {
    enum tem_effort effort;
    bool all; /**< EAN-13 as well, and symbols drawn inside other symbols */
    /** Whether a text is right for reasons of its own, as a signature; or NULL.
     *  Once it says so of one, nothing dearer is tried for want of others; and
     *  only where it does is a text given that rests on fewer check codewords
     *  than keep it from being misread. Called from within the scan. */
    bool (*confirm)(void *context, struct tem_bytes text);
    void *context; /**< for confirm */
};

/**
 * Find the symbols in a picture.
 *
 * The picture is read at several sizes, small ones first: quickly what is
 * plain, then with more patience what was seen but not read, then, if nothing
 * was read, whatever looks a little like a symbol, and last by zbar. A symbol
 * is one text at one place. The work for a picture is bounded by its size, by
 * what is read of it, and by the effort, in samples and not by a clock: the same
 * picture gives the same result. On a machine of 2020 it is about 20 ms a
 * Mpixel, 0.3 ms a symbol, and with TEM_EFFORT_NORMAL 0.2 s in vain at most.
 *
 * @param options    NULL: all zero.
 * @param[out] scan  count 0 when there is none; written only on TEM_OK; free
 *                   with tem_scan_free().
 * @retval TEM_E_ARGUMENT     no such effort.
 * @retval TEM_E_MEMORY       no memory, here or in zbar.
 * @retval TEM_E_UNSUPPORTED  the zbar of this machine refuses to work, and it
 *                            was needed: nothing was read without it, or `all`
 *                            is wanted.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_image(const struct tem_image *image,
               const struct tem_scan_options *options, struct tem_scan **scan,
               struct tem_error *error);

/**
 * tem_image_read() and tem_scan_image() in one: of a large JPEG often a smaller
 * picture is enough, which takes less time and memory to decode.
 *
 * A JPEG of more than 4 Mpixel is read at half its size first. That is enough
 * if there is a symbol (one that is confirmed, if there is a test), nothing
 * else looks like one, and none has modules so small that one of half its size
 * might have been missed; else the picture is read in full, as it is with
 * TEM_EFFORT_HARD and with `all`.
 *
 * @param max_pixels  see tem_image_read().
 * @param options     NULL: all zero.
 * @param[out] scan   in pixels of the full picture; written only on TEM_OK;
 * free with tem_scan_free().
 * @retval TEM_E_MEMORY
 *
 * Else it returns what tem_image_read() and tem_scan_image() do.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_file(struct tem_bytes file, uint64_t max_pixels,
              const struct tem_scan_options *options, struct tem_scan **scan,
              struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_scan_free(struct tem_scan *scan);

/* ---- how well it was printed ------------------------------------------ */

/** What is graded, each 4 (best) to 0, in the manner of ISO/IEC 15415:2011,
 *  clause 7.8, and ISO/IEC 18004:2015, annex G. */
enum tem_grade_part {
    TEM_GRADE_CONTRAST,   /**< reflectance of the lightest module less that of
                               the darkest, 0..1 */
    TEM_GRADE_MODULATION, /**< of all modules, the mean; graded by what error
                               correction is left if weak ones are damage */
    TEM_GRADE_PATTERNS,   /**< of modules of finder, timing and alignment
                               patterns and quiet zone the part that is wrong;
                               graded as a pattern allows */
    TEM_GRADE_AXIAL,      /**< by how much modules are wider than high, of their
                               mean; < 0: higher than wide */
    TEM_GRADE_GRID,       /**< the farthest that a crossing lies from where it
                               should, in modules */
    TEM_GRADE_UNUSED,     /**< error correction left in the worst block, 0..1 */
    TEM_GRADE_PARTS
};

/** How a symbol was printed, as far as a picture tells. */
struct tem_grade {
    double value[TEM_GRADE_PARTS];
    unsigned grade[TEM_GRADE_PARTS];
    unsigned overall;   /**< the least of them */
    double dark, light; /**< reflectance of the darkest and the lightest module,
                             0..1, as if 255 were all of it */
    double slope; /**< how much less light falls on the darkest corner than on
                       the lightest, 0..1; it was levelled out */
    double growth_x, growth_y; /**< by how many modules inked ones are too wide
                                    and too high, on the average; < 0: small */
    double sharpness; /**< of the way from dark to light, the part that lies
                           within a quarter of a module to each side of an edge;
                           1: sharp */
    unsigned wrong; /**< modules on the wrong side, but for fixed patterns */
    unsigned streaks; /**< light lines through the ink from edge to edge, as
                           dead dots of a print head leave them */
};

#define TEM_GRADE_MODULE_MIN 3.5 /**< pixels a module to be graded */
#define TEM_GRADE_HINTS_MAX 9   /**< hints on one symbol */

/**
 * Grade a symbol that was read. A picture of no calibrated verifier gives a
 * trend, not a certificate: light, lens and what the camera made of it count
 * as the printer's. Pictures are taken for sRGB.
 *
 * @param image   the picture in which it was found, at the size at which it was
 *                found.
 * @param symbol  of a result of tem_scan_image() for it.
 * @retval TEM_E_UNSUPPORTED  it was not drawn again (`drawn` is NULL), or has no
 *                            place.
 * @retval TEM_E_LIMIT        its modules are smaller than TEM_GRADE_MODULE_MIN:
 *                            the picture's pixels would be graded, not the
 *                            print. They can cost a grade up to 5 pixels.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_grade(const struct tem_image *image,
               const struct tem_scan_symbol *symbol,
               struct tem_grade *grade, struct tem_error *error);

/**
 * What to do about it, by figures that are not the best: for the printer first,
 * then for the picture. What is blurred says nothing of the printer, but that it
 * is blurred and how light falls on it.
 *
 * @param[out] hints  messages of the numbers from 722 on.
 * @return how many, 0 where there is nothing to better.
 */
TEM_API size_t tem_grade_hints(const struct tem_grade *grade,
                               struct tem_message hints[TEM_GRADE_HINTS_MAX]);

/* ---- video ------------------------------------------------------------ */

#define TEM_VIDEO_HOLD_DEFAULT 3000 /**< milliseconds */
#define TEM_VIDEO_CLOSER_DEFAULT 10 /**< frames */

/** How to watch a video. All zero is a good choice. */
struct tem_video_options {
    /** For every frame. Its effort is that of closer looks: all other frames
     *  are scanned with TEM_EFFORT_FAST. */
    struct tem_scan_options scan;
    /** How long a symbol is remembered that is not seen; milliseconds; 0:
     *  TEM_VIDEO_HOLD_DEFAULT. */
    uint32_t hold_ms;
    /** Of so many frames in a row that bring nothing new the last is looked at
     *  closer, and of the next so many; 0: TEM_VIDEO_CLOSER_DEFAULT; 1: every
     *  frame. */
    uint32_t closer;
};

/** A symbol that is remembered. */
struct tem_video_symbol {
    struct tem_scan_symbol symbol; /**< as it was seen last; corners in pixels
                                        of that frame */
    uint64_t first_ms, last_ms;    /**< when it was first and last seen */
    bool seen;                     /**< in the last frame */
    bool fresh; /**< and not remembered from before: report these, and each
                     symbol is reported once */
};

/**
 * A video being watched: frames go in, each symbol comes out once.
 *
 * A symbol is known by its text, wherever it moves, until a frame more than
 * hold_ms after it was last seen does not show it; that frame is looked at
 * closer. Then it is forgotten, and fresh when it is shown again. One text at
 * two places of one frame is two symbols: a label was copied.
 *
 * One thread at a time may use a video; different ones may run concurrently.
 * It takes 130 KB and the texts that it remembers: 7.1 KB each at most, or 16
 * times that of one put together of its parts. When there would be more than
 * TEM_SCAN_SYMBOLS_MAX, those not seen for longest are forgotten first.
 */
struct tem_video;

/**
 * Begin to watch.
 *
 * @param options     copied, NULL: all zero; what scan.context points to must
 *                    outlive the video.
 * @param[out] video  written only on TEM_OK; free with tem_video_free().
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_video_new(const struct tem_video_options *options, struct tem_video **video,
              struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_video_free(struct tem_video *video);

/**
 * Look at the next frame.
 *
 * @param frame    of any size, which may change from one to the next; not used
 *                 after the call.
 * @param time_ms  when it was taken, by any clock that does not go back: a time
 *                 before the last frame's counts as that one's.
 *
 * @retval TEM_E_MEMORY       no memory, here or in zbar.
 * @retval TEM_E_UNSUPPORTED  the zbar of this machine refuses to work.
 *
 * After a failure everything is as if the frame had not been taken, and the
 * video can go on.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_video_frame(struct tem_video *video, const struct tem_image *frame,
                uint64_t time_ms, struct tem_error *error);

/**
 * The symbols that are remembered, in the order in which they were fresh. One
 * that is in view is missed in some frames: who draws a line around it should
 * not take it away at once when it is not seen.
 *
 * @param[out] count  how many.
 * @return the video's own, good until it is given a frame or freed.
 */
TEM_API const struct tem_video_symbol *
tem_video_symbols(const struct tem_video *video, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
