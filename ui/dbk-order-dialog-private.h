/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the order dialog: the form and its signature in dbk-order-dialog.c, what is in force now in dbk-order-now.c. */
#pragma once

#include "app/dbk-counter.h"
#include "app/dbk-sign-order.h"
#include "ui/dbk-elsewhere-list.h"
#include "ui/dbk-order-dialog.h"
#include "ui/dbk-patient-banner.h"

G_BEGIN_DECLS

struct _DbkOrderDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkLabel         *signer;
  GtkWidget        *cancel;
  GtkWidget        *sign;
  GtkSpinner       *spinner;
  GtkWidget        *body;
  DbkPatientBanner *banner;
  DbkElsewhereList *elsewhere;
  GtkListBox       *now;
  GtkWidget        *hold;
  GtkWidget        *form;
  GtkWidget        *read_only;
  GtkEditable      *dose;
  GtkLabel         *volume;
  GtkEditable      *from;
  GtkLabel         *from_said;
  GtkEditable      *to;
  GtkLabel         *to_said;
  AdwComboRow      *reason;
  GtkLabel         *problem;
  GtkBox           *issues;
  GtkWidget        *retype_group;
  GtkEditable      *retype;
  GtkLabel         *state;

  /* Owned References */
  DbkDesk          *desk;
  DbkSession       *session;
  char             *patient;
  char             *about;        /* the order or hold that a question is open about */
  DbkCounterView   *view;         /* NULL until it was read */
  DbkOrderOutcome  *judged;       /* of what is typed now; NULL: not judged, or cannot be */
  GCancellable     *cancellable;  /* of the newest judgement */

  /* What is typed, as far as it can be. */
  gint64            dose_ug;
  DbkDay            day_from;
  DbkDay            day_to;
  gboolean          valid;

  gboolean          may_sign;
  gboolean          reason_chosen; /* by a person; until then it follows the dose */
  gboolean          setting_reason;
  gboolean          busy;
  gboolean          gone;          /* disposed */
};

/* Fills the list of what is in force from @self->view. */
void _dbk_order_dialog_draw_now (DbkOrderDialog *self);

/* Held from today until somebody lifts it. */
void _dbk_order_dialog_ask_hold (DbkOrderDialog *self);

/* Runs @func as whoever the dialog was opened for. */
void _dbk_order_dialog_run (DbkOrderDialog *self, DbkWorkKind kind, DbkWorkFunc func, gpointer data, GDestroyNotify free_data,
                            GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback callback);

/* Puts @dose_ug into the form. */
void _dbk_order_dialog_propose (DbkOrderDialog *self, gint64 dose_ug);

G_END_DECLS
