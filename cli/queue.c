/* SPDX-License-Identifier: MIT */
/* See queue.h. */
#include "queue.h"
#include "file.h"
#include <cups/cups.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_SIZE = 512, MEDIA_SIZE = 64, PIECE = 65536 };

struct queue {
    cups_dest_t *dest;
    cups_dinfo_t *info;
};

/* "Zebra, office" */
static int add_name(void *context, unsigned flags, cups_dest_t *dest)
{
    char *names = context;
    size_t used = strlen(names);
    if (!(flags & CUPS_DEST_FLAGS_REMOVED))
        snprintf(names + used, NAMES_SIZE - used, "%s%s", used ? ", " : "",
                 dest->name);
    return 1;
}

static void tell_absent(const struct cli *cli, const char *name)
{
    enum { WAIT_MS = 1000 };
    char names[NAMES_SIZE] = "";
    int stop = 0;
    cupsEnumDests(CUPS_DEST_FLAGS_NONE, WAIT_MS, &stop, 0, 0, add_name, names);
    if (names[0])
        COMPLAIN(cli, QUEUE_UNKNOWN, name, names);
    else
        COMPLAIN(cli, QUEUE_NONE, name);
}

struct queue *queue_open(struct cli *cli, const char *name)
{
    struct queue *queue = calloc(1, sizeof *queue);
    if (!queue) {
        COMPLAIN(cli, MEMORY, NULL);
        return NULL;
    }
    queue->dest = cupsGetNamedDest(CUPS_HTTP_DEFAULT, name, NULL);
    if (queue->dest)
        queue->info = cupsCopyDestInfo(CUPS_HTTP_DEFAULT, queue->dest);
    if (queue->info)
        return queue;
    if (queue->dest)
        COMPLAIN(cli, QUEUE_REFUSES, name, cupsLastErrorString());
    else
        tell_absent(cli, name);
    queue_close(queue);
    return NULL;
}

/* The name of a size as PWG 5101.1 has it. */
static void media_name(double width_mm, double height_mm, char out[MEDIA_SIZE])
{
    if (width_mm == 210 && height_mm == 297)
        snprintf(out, MEDIA_SIZE, "iso_a4_210x297mm");
    else
        snprintf(out, MEDIA_SIZE, "custom_label_%gx%gmm", width_mm, height_mm);
}

static http_status_t send_bytes(FILE *file)
{
    char piece[PIECE];
    size_t size;
    http_status_t status = HTTP_STATUS_CONTINUE;
    while (status == HTTP_STATUS_CONTINUE &&
           (size = fread(piece, 1, sizeof piece, file)) > 0)
        status = cupsWriteRequestData(CUPS_HTTP_DEFAULT, piece, size);
    return ferror(file) ? HTTP_STATUS_ERROR : status;
}

static bool send_file(struct queue *queue, FILE *file, const char *title,
                      const char *format, int count, cups_option_t *options)
{
    int job = 0;
    cups_dest_t *dest = queue->dest;
    if (cupsCreateDestJob(CUPS_HTTP_DEFAULT, dest, queue->info, &job, title,
                          count, options) > IPP_STATUS_OK_EVENTS_COMPLETE)
        return false;
    bool sent =
        cupsStartDestDocument(CUPS_HTTP_DEFAULT, dest, queue->info, job, title,
                              format, 0, NULL, 1) == HTTP_STATUS_CONTINUE &&
        send_bytes(file) == HTTP_STATUS_CONTINUE &&
        cupsFinishDestDocument(CUPS_HTTP_DEFAULT, dest, queue->info) <=
            IPP_STATUS_OK_EVENTS_COMPLETE;
    if (!sent) /* half a roll is worse than none */
        cupsCancelDestJob(CUPS_HTTP_DEFAULT, dest, job);
    return sent;
}

bool queue_print(struct cli *cli, struct queue *queue, const char *path,
                 enum queue_content content, double width_mm, double height_mm)
{
    static const char *const formats[] = {
        [QUEUE_PDF] = "application/pdf", [QUEUE_RAW] = CUPS_FORMAT_RAW};
    const char *slash = strrchr(path, '/');
    char media[MEDIA_SIZE];
    cups_option_t *options = NULL;
    int count = 0;
    FILE *file = fopen(path, "rb");
    if (!file) {
        file_complain(cli, path, errno, false);
        return false;
    }
    media_name(width_mm, height_mm, media);
    if (content == QUEUE_PDF) {
        count = cupsAddOption("media", media, count, &options);
        count = cupsAddOption("print-scaling", "none", count, &options);
    }
    bool sent = send_file(queue, file, slash ? slash + 1 : path,
                          formats[content], count, options);
    if (!sent)
        COMPLAIN(cli, QUEUE_FAILED, path, queue->dest->name,
                 cupsLastErrorString());
    else
        TELL(cli, QUEUE_SENT, path, queue->dest->name);
    cupsFreeOptions(count, options);
    fclose(file);
    return sent;
}

void queue_close(struct queue *queue)
{
    if (!queue)
        return;
    cupsFreeDestInfo(queue->info);
    if (queue->dest)
        cupsFreeDests(1, queue->dest);
    free(queue);
}
