/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print system that tests/lib/private-cupsd.sh --run has started, and what a person does in the room where the printers
 * stand: takes the paper out, pulls the plug, looks into the tray. For tests: what fails here fails the test. */
#pragma once

#include "printing/dbk-print-queue.h"

G_BEGIN_DECLS

/* Whether there is one; the environment says so. */
gboolean dbk_cups_room_is_there (void);

/* One more printer, a folder; with @pages it makes pages of what it gets, else it takes it as it comes. */
void     dbk_cups_room_add_printer (const char *printer,
                                    gboolean    pages);

/* A printer whose address answers nothing. */
void     dbk_cups_room_add_dead_printer (const char *printer,
                                         guint       port);

/* @what: "empty" "offline" "slow" "fail". */
void     dbk_cups_room_set_trouble (const char *printer,
                                    const char *what,
                                    gboolean    is_so);

/* A program of CUPS that administers it: "cupsenable", "cupsdisable" … with up to three arguments. */
void     dbk_cups_room_run (const char *program,
                            const char *first,
                            ...) G_GNUC_NULL_TERMINATED;

/* The daemon is ended, and started again with what it knew. */
void     dbk_cups_room_stop  (void);
void     dbk_cups_room_start (void);

/* What came out for @job; NULL if nothing did. */
GBytes  *dbk_cups_room_dup_paper (const char *printer,
                                  int         job);

/* How many jobs came out. */
guint    dbk_cups_room_count_papers (const char *printer);

G_END_DECLS
