/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the patient's file: reading and its frame in dbk-patient-file.c, and one file for each of its pages. */
#pragma once

#include "app/dbk-history.h"
#include "ui/dbk-day-map.h"
#include "ui/dbk-dose-chart.h"
#include "ui/dbk-elsewhere-list.h"
#include "ui/dbk-patient-banner.h"
#include "ui/dbk-patient-file.h"

G_BEGIN_DECLS

/* What was read in one go. */
typedef struct
{
  DbkHistory *history;
  GHashTable *names;   /* staff id -> name */
  GBytes     *photo;   /* NULL: none */
  gint        similar; /* others whose name sounds the same */
  DbkDay      today;
} DbkPatientFileView;

struct _DbkPatientFile
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget        *box;
  GtkWidget        *back;
  DbkPatientBanner *banner;
  GtkWidget        *change;
  GtkLabel         *notice;
  AdwViewStack     *pages;
  GtkWidget        *content;

  GtkBox           *facts;
  GtkToggleButton  *quarter;
  GtkToggleButton  *year;
  DbkDoseChart     *chart;
  DbkDayMap        *map;
  GtkListBox       *contacts;
  GtkListBox       *readings;
  GtkExpander      *contacts_expander;
  GtkExpander      *readings_expander;

  GtkColumnView    *doses;
  GtkLabel         *dose_hint;
  GtkWidget        *correct;
  GtkWidget        *slip;

  GtkWidget        *new_order;
  GtkWidget        *stop_flag;
  GtkWidget        *new_absence;
  GtkListBox       *orders;
  GtkListBox       *holds;
  GtkListBox       *absences;
  GtkWidget        *holds_title;
  GtkWidget        *absences_title;
  DbkElsewhereList *elsewhere;

  GtkWidget        *new_card;
  GtkWidget        *new_photo;
  GtkLabel         *photo_said;
  GtkListBox       *cards;

  /* Owned References */
  DbkDesk            *desk;
  DbkPatientFileView *view;      /* NULL: not read */
  GListStore         *dose_items;
  GtkSingleSelection *dose_selection;
  char               *patient;   /* NULL: no file is open */
  char               *about;     /* the order, hold or card that a question is open about */
  char               *asked;     /* the patient it was asked for */

  GCancellable       *cancellable; /* of the newest reading */

  gboolean            stale;     /* the record has changed while nobody looked */
};

/* Fill a page from @self->view; a page's own set-up when the file is made. */
void _dbk_patient_file_draw_overview (DbkPatientFile *self);
void _dbk_patient_file_draw_chart    (DbkPatientFile *self);
void _dbk_patient_file_set_up_doses  (DbkPatientFile *self);
void _dbk_patient_file_draw_doses    (DbkPatientFile *self);
void _dbk_patient_file_clear_doses   (DbkPatientFile *self);
void _dbk_patient_file_draw_orders   (DbkPatientFile *self);
void _dbk_patient_file_draw_cards    (DbkPatientFile *self);

/* What the buttons do. */
void _dbk_patient_file_correct    (DbkPatientFile *self);
void _dbk_patient_file_slip_again (DbkPatientFile *self);
void _dbk_patient_file_new_order  (DbkPatientFile *self);
void _dbk_patient_file_stop_flag  (DbkPatientFile *self);
void _dbk_patient_file_plan_absence (DbkPatientFile *self);
void _dbk_patient_file_new_card   (DbkPatientFile *self);
void _dbk_patient_file_new_photo  (DbkPatientFile *self);

gboolean _dbk_patient_file_may (DbkPatientFile *self, DbkAct act);

/* A question is asked about @about (may be NULL) of the patient who is open now. */
void _dbk_patient_file_ask_about (DbkPatientFile *self, const char *about);

/* A row of a boxed list: a caption, and what it says; an empty caption is left out. */
GtkWidget *_dbk_patient_file_add_row (GtkListBox *list, const char *title, const char *text);

/* A button at the end of a row, for something about @about; @on_clicked gets the button, _dbk_patient_file_take_about() what it is about. */
void            _dbk_patient_file_add_button (DbkPatientFile *self, GtkWidget *row, const char *label, const char *about, GCallback on_clicked);
DbkPatientFile *_dbk_patient_file_take_about (GtkWidget *button);

void _dbk_patient_file_clear_list (GtkListBox *list);

/* One change of the record: who it is about, what, and why. */
typedef struct
{
  char   *patient;
  char   *about;
  char   *reason;
  DbkDay  day;
  DbkDay  to;
  gboolean confirmed;
} DbkFileChange;

DbkFileChange *_dbk_patient_file_new_change (DbkPatientFile *self, const char *reason);

/* Takes @change; a failure is shown. */
void _dbk_patient_file_run_change (DbkPatientFile *self, DbkWorkFunc func, DbkFileChange *change);

G_END_DECLS
