/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter page in five files: what happens (dbk-counter-page.c), what is drawn (dbk-counter-draw.c), the dose (dbk-counter-give.c), what is
 * recorded instead of one (dbk-counter-not-given.c), and its slips (dbk-counter-slips.c). */
#pragma once

#include "app/dbk-give-dose.h"
#include "ui/dbk-counter-page.h"
#include "ui/dbk-fortnight.h"
#include "ui/dbk-patient-banner.h"

G_BEGIN_DECLS

struct _DbkCounterPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget        *box;
  GtkWidget        *notice_strip;
  GtkLabel         *notice;
  GtkButton        *notice_button;
  GtkStack         *stack;
  AdwStatusPage    *ready;
  GtkLabel         *refusal;
  GtkLabel         *bottle;
  GtkLabel         *last;
  DbkPatientBanner *banner;
  GtkWidget        *frozen;
  GtkLabel         *frozen_text;
  GtkBox           *findings;
  GtkBox           *notes;
  GtkWidget        *dose_box;
  GtkLabel         *dose;
  GtkLabel         *volume;
  GtkLabel         *last_dose;
  GtkLabel         *order;
  GtkLabel         *missed_month;
  DbkFortnight     *fortnight;
  GtkWidget        *unwell;
  GtkWidget        *physician;
  GtkLabel         *status;
  GtkWidget        *record;

  /* Owned References */
  DbkDesk        *desk;
  DbkCounterView *view;     /* the patient before the nurse; NULL: ready */
  DbkCounterView *pending;  /* what is known now, while the page is frozen */
  char           *photo_of;
  char           *last_dose_id;
  char           *last_number;
  GPtrArray      *without_slip; /* ids of today's doses whose slip was never made; NULL: not looked */

  guint    generation;      /* of the patient: answers for an earlier one are dropped */
  gint64   shown_us;        /* when the banner was drawn */
  gboolean busy;            /* between a scan or a key and its answer; only that answer ends it */
  gboolean unwell_pressed;
  gboolean blank;
};

/* What is in the user data of a job of this page: for whom it was begun. */
typedef struct
{
  DbkCounterPage *page;
  guint           generation;
  gboolean        opens;  /* a scan or a search: the answer ends what keeps the page busy */
  gboolean        takes;  /* a key asked for what is new: it is shown without freezing */
} DbkCounterWait;

DbkCounterWait *_dbk_counter_wait_new  (DbkCounterPage *page);
void            _dbk_counter_wait_free (DbkCounterWait *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkCounterWait, _dbk_counter_wait_free)

/* Somebody else is before the nurse by now, or nobody: the answer is told, but the page is not touched. */
gboolean _dbk_counter_wait_is_over (const DbkCounterWait *self);

/* Reads anew what is known of the patient on the page. */
void _dbk_counter_page_look_again (DbkCounterPage *self);

/* Takes @view: draws it, or freezes the page if something in it counts and the nurse has not seen it. @takes: they asked for it. */
void _dbk_counter_page_show_view (DbkCounterPage *self, DbkCounterView *view, gboolean takes);

/* Says @text with a bell, without a dialog. */
void _dbk_counter_page_refuse (DbkCounterPage *self, const char *text);

/* What may be done now. */
void _dbk_counter_page_update_actions (DbkCounterPage *self);

/* Actions. */
void _dbk_counter_page_record        (GtkWidget *widget, const char *action, GVariant *parameter);
void _dbk_counter_page_ask_not_given (GtkWidget *widget, const char *action, GVariant *parameter);
void _dbk_counter_page_set_aside     (GtkWidget *widget, const char *action, GVariant *parameter);

void _dbk_counter_page_draw (DbkCounterPage *self, gboolean new_patient);

/* The first ANSWER finding that is still open: the one the number keys answer. NULL: none. */
const DbkFinding *_dbk_counter_page_first_open (const DbkCounterView *view);

void _dbk_counter_page_answer (DbkCounterPage *self, DbkFindingCode code, const char *choice);

/* @asked: somebody pressed a key for it; else it is printed only if this computer prints a slip with every dose. */
void _dbk_counter_page_print_slip (DbkCounterPage *self, const char *dose, const char *number, gboolean asked);

void _dbk_counter_page_update_notice (DbkCounterPage *self);
void _dbk_counter_page_see_to_notice (DbkCounterPage *self);

G_END_DECLS
