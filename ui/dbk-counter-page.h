/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter: ready for a scan, a patient with the dose and what stands in the way, one key, ready again. No text field ever has the focus
 * here. What may be done is a set of actions ("counter.record", "counter.not-given", …) that are enabled only when they are possible. */
#pragma once

#include <adwaita.h>

#include "app/dbk-today.h"
#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_COUNTER_PAGE (dbk_counter_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkCounterPage, dbk_counter_page, DBK, COUNTER_PAGE, GtkWidget)

void dbk_counter_page_set_desk (DbkCounterPage *self, DbkDesk *desk);

/* The page comes to the front: takes the focus. */
void dbk_counter_page_show (DbkCounterPage *self);

/* A scan. Refused aloud while a patient is open. */
void dbk_counter_page_scan (DbkCounterPage *self, const char *code);

/* Found by search; the card was not seen. FALSE while another patient is open. */
gboolean dbk_counter_page_open (DbkCounterPage *self, const char *patient);

/* Hides whoever is on the page until a key is pressed. */
void     dbk_counter_page_blank    (DbkCounterPage *self, gboolean blank);
gboolean dbk_counter_page_is_open  (DbkCounterPage *self); /* a patient is */

/* Back to ready; nothing is recorded. */
void dbk_counter_page_leave (DbkCounterPage *self);

/* The day as far as it has come, for the ready page. Borrowed for the call. */
void dbk_counter_page_set_today (DbkCounterPage *self, const DbkToday *today);

/* After a crash between dose and slip: looks for doses of today without one, and offers to print them. */
void dbk_counter_page_look_for_slips (DbkCounterPage *self);

G_END_DECLS
