/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-patient-form"

#include "config.h"

#include "ui/dbk-patient-form.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-register-patient.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-scanner.h"

enum { ALLERGIES_NOT_RECORDED, ALLERGIES_NONE, ALLERGIES_WRITTEN };

struct _DbkPatientForm
{
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwWindowTitle *title;
  GtkButton      *save;
  GtkWidget      *body;
  GtkLabel       *problem;
  GtkEditable    *number;
  GtkEditable    *name;
  GtkEditable    *pinyin;
  GtkEditable    *born;
  GtkLabel       *born_said;
  AdwComboRow    *sex;
  GtkEditable    *phone;
  AdwComboRow    *allergies_known;
  GtkEditable    *allergies;
  GtkWidget      *state_group;
  AdwComboRow    *state;

  /* Owned References */
  DbkDesk        *desk;
  DbkPatient     *before;         /* NULL: a new one */

  DbkPatientSaved saved;
  gpointer        data;
  DbkDay          today;
  gboolean        pinyin_written; /* by a person; until then it follows the name */
  gboolean        setting;
  gboolean        busy;
  gboolean        gone;
};

G_DEFINE_FINAL_TYPE (DbkPatientForm, dbk_patient_form, ADW_TYPE_WINDOW)

/* ---- what is typed ---- */

static char *
get_typed (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

static char *
get_typed_or_null (GtkEditable *field)
{
  char *typed = get_typed (field);

  if (*typed == '\0')
    g_clear_pointer (&typed, g_free);
  return typed;
}

static char *
get_allergies (DbkPatientForm *self)
{
  switch (adw_combo_row_get_selected (self->allergies_known))
    {
    case ALLERGIES_NONE:
      return g_strdup ("");
    case ALLERGIES_WRITTEN:
      return get_typed_or_null (self->allergies);
    default:
      return NULL;
    }
}

/* FALSE: what is typed is no day, and stays none. */
static gboolean
get_born (DbkPatientForm *self,
          DbkDay         *born)
{
  g_autofree char *typed = get_typed (self->born);

  *born = DBK_DAY_NONE;
  return *typed == '\0' || dbk_day_parse (typed, self->today, born, NULL);
}

static DbkPatient *
new_draft (DbkPatientForm *self)
{
  DbkPatient *draft = self->before != NULL ? dbk_patient_copy (self->before) : dbk_patient_new ();

  g_free (draft->number);
  g_free (draft->name);
  g_free (draft->pinyin);
  g_free (draft->phone);
  g_free (draft->allergies);
  draft->number = get_typed (self->number);
  draft->name = get_typed (self->name);
  draft->pinyin = get_typed_or_null (self->pinyin);
  draft->phone = get_typed_or_null (self->phone);
  draft->allergies = get_allergies (self);
  draft->sex = (DbkSex) adw_combo_row_get_selected (self->sex);
  get_born (self, &draft->born);
  if (self->before != NULL)
    draft->state = (DbkPatientState) adw_combo_row_get_selected (self->state);
  return draft;
}

/* ---- whether it can be stored ---- */

static gboolean
set_mark (gpointer widget,
          gboolean good)
{
  if (good)
    gtk_widget_remove_css_class (widget, "error");
  else
    gtk_widget_add_css_class (widget, "error");
  return good;
}

/* The record's own check, asked about one field at a time, so that it can be said which one is wrong. */
static gboolean
can_be_stored (DbkPatientForm *self,
               const char     *number,
               const char     *name,
               const char     *pinyin,
               const char     *phone,
               const char     *allergies,
               DbkDay          born)
{
  DbkPatient probe = { .number = (char *) number, .name = (char *) name, .pinyin = (char *) pinyin, .phone = (char *) phone,
                       .allergies = (char *) allergies, .born = born, .enrolled = DBK_DAY_NONE, .photo_taken = DBK_DAY_NONE };

  return dbk_patient_check (&probe, self->today, NULL);
}

static gboolean
check_born (DbkPatientForm *self)
{
  g_autofree char *day = NULL, *text = NULL;
  DbkDay born;
  gboolean is_day = get_born (self, &born);
  gboolean good = is_day && can_be_stored (self, "1", "x", NULL, NULL, NULL, born);

  if (good && born != DBK_DAY_NONE)
    {
      day = dbk_day_format_weekday (born, dbk_text_language ());
      /* Translators: day of birth, age in years. */
      text = g_strdup_printf (_("%s (%d)"), day, dbk_day_age (born, self->today));
    }
  else if (!good)
    text = g_strdup (is_day ? _("This day cannot be.") : _("This is not a day."));
  gtk_label_set_label (self->born_said, text != NULL ? text : "");
  set_mark (self->born_said, good);
  return set_mark (self->born, good);
}

static gboolean
check_allergies (DbkPatientForm *self)
{
  g_autofree char *allergies = get_allergies (self);
  gboolean missing = adw_combo_row_get_selected (self->allergies_known) == ALLERGIES_WRITTEN && allergies == NULL;

  set_mark (self->allergies, can_be_stored (self, "1", "x", NULL, NULL, allergies, DBK_DAY_NONE));
  return !missing && can_be_stored (self, "1", "x", NULL, NULL, allergies, DBK_DAY_NONE);
}

static void
say (DbkPatientForm *self,
     const char     *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
update (DbkPatientForm *self)
{
  g_autofree char *number = get_typed (self->number), *name = get_typed (self->name);
  g_autofree char *pinyin = get_typed_or_null (self->pinyin), *phone = get_typed_or_null (self->phone);
  gboolean number_good = can_be_stored (self, number, "x", NULL, NULL, NULL, DBK_DAY_NONE);
  gboolean name_good = can_be_stored (self, "1", name, NULL, NULL, NULL, DBK_DAY_NONE);
  gboolean pinyin_good = set_mark (self->pinyin, can_be_stored (self, "1", "x", pinyin, NULL, NULL, DBK_DAY_NONE));
  gboolean phone_good = set_mark (self->phone, can_be_stored (self, "1", "x", NULL, phone, NULL, DBK_DAY_NONE));
  gboolean born_good = check_born (self), allergies_good = check_allergies (self);

  /* Not yet typed is not wrong. */
  set_mark (self->number, number_good || *number == '\0');
  set_mark (self->name, name_good || *name == '\0');
  if (!number_good && *number != '\0')
    say (self, _("A number has at most 20 letters and digits, without blanks."));
  else if (!name_good && *name != '\0')
    say (self, _("A name has at most 80 characters."));
  else if (!phone_good)
    say (self, _("A telephone number has at most 20 digits, blanks, + and -."));
  else if (!born_good)
    say (self, _("Write the day of birth with its year, like 1980-03-05. It lies before today."));
  else
    say (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            number_good && name_good && pinyin_good && phone_good && born_good && allergies_good && !self->busy);
}

static void
on_typed_cb (DbkPatientForm *self)
{
  if (!self->setting)
    update (self);
}

static void
on_name_typed_cb (DbkPatientForm *self)
{
  DbkPatient draft = { .name = NULL };

  if (self->setting)
    return;
  if (!self->pinyin_written)
    {
      draft.name = get_typed (self->name);
      dbk_fill_pinyin (&draft);
      self->setting = TRUE;
      gtk_editable_set_text (self->pinyin, draft.pinyin != NULL ? draft.pinyin : "");
      self->setting = FALSE;
      g_free (draft.name);
      g_free (draft.pinyin);
    }
  update (self);
}

static void
on_pinyin_typed_cb (DbkPatientForm *self)
{
  if (self->setting)
    return;
  self->pinyin_written = *gtk_editable_get_text (self->pinyin) != '\0';
  update (self);
}

static void
on_allergies_chosen_cb (DbkPatientForm *self)
{
  gboolean written = adw_combo_row_get_selected (self->allergies_known) == ALLERGIES_WRITTEN;

  gtk_widget_set_visible (GTK_WIDGET (self->allergies), written);
  if (self->setting)
    return;
  if (written)
    gtk_widget_grab_focus (GTK_WIDGET (self->allergies));
  update (self);
}

/* ---- recording ---- */

typedef struct
{
  char *patient;
  char *name;
} Saved;

static void
free_saved (Saved *saved)
{
  g_free (saved->patient);
  g_free (saved->name);
  g_free (saved);
}

static gpointer
save_patient (DbkClinic         *clinic,
              const DbkSession  *session,
              gpointer           data,
              GError           **error)
{
  DbkPatient *draft = data;
  gboolean is_new = draft->id == NULL;
  Saved *saved;

  if (is_new ? !dbk_register_patient (clinic, session, draft, NULL, error) : !dbk_change_patient (clinic, session, draft, error))
    return NULL;
  saved = g_new0 (Saved, 1);
  saved->patient = g_strdup (draft->id);
  saved->name = g_strdup (draft->name);
  return saved;
}

static void
set_busy (DbkPatientForm *self,
          gboolean        busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->body, !busy);
  update (self);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkPatientForm) self = user_data;
  g_autoptr(GError) error = NULL;
  Saved *saved = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    {
      g_clear_pointer (&saved, free_saved);
      return;
    }
  set_busy (self, FALSE);
  if (saved == NULL)
    {
      gboolean taken = g_error_matches (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN);

      g_message ("%s", error->message);
      text = taken ? g_strdup (_("Another patient has this number.")) : dbk_error_text (error);
      say (self, text);
      if (taken)
        gtk_widget_grab_focus (GTK_WIDGET (self->number));
      return;
    }
  if (self->before == NULL)
    dbk_desk_toast (self->desk, _("Registered: %s"), saved->name);
  else
    dbk_desk_toast (self->desk, _("Changed: %s"), saved->name);
  gtk_window_close (GTK_WINDOW (self));
  self->saved (saved->patient, self->data);
  free_saved (saved);
}

static void
on_save_clicked_cb (DbkPatientForm *self)
{
  DbkPatient *draft;

  if (self->busy)
    return;
  draft = new_draft (self);
  set_busy (self, TRUE);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, save_patient, draft, (GDestroyNotify) dbk_patient_free, (GDestroyNotify) free_saved, NULL,
                      on_saved_cb, g_object_ref (self));
}

/* ---- the dialog ---- */

static void
dbk_patient_form_dispose (GObject *object)
{
  DbkPatientForm *self = DBK_PATIENT_FORM (object);

  self->gone = TRUE;
  /* A field that goes empties itself, and would be judged once more. */
  self->setting = TRUE;
  G_OBJECT_CLASS (dbk_patient_form_parent_class)->dispose (object);
}

static void
dbk_patient_form_finalize (GObject *object)
{
  DbkPatientForm *self = DBK_PATIENT_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->before, dbk_patient_free);
  G_OBJECT_CLASS (dbk_patient_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, title);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, save);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, body);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, number);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, name);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, pinyin);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, born);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, born_said);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, sex);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, phone);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, allergies_known);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, allergies);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, state_group);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientForm, state);
}

static void
dbk_patient_form_class_init (DbkPatientFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_patient_form_dispose;
  object_class->finalize = dbk_patient_form_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-patient-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_allergies_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pinyin_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fill_choices (DbkPatientForm *self)
{
  g_autoptr(GtkStringList) sexes = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) states = gtk_string_list_new (NULL);

  for (int sex = DBK_SEX_UNKNOWN; sex <= DBK_SEX_OTHER; sex++)
    gtk_string_list_append (sexes, dbk_sex_text ((DbkSex) sex));
  for (int state = DBK_PATIENT_ACTIVE; state <= DBK_PATIENT_DECEASED; state++)
    gtk_string_list_append (states, dbk_state_text ((DbkPatientState) state));
  adw_combo_row_set_model (self->sex, G_LIST_MODEL (sexes));
  adw_combo_row_set_model (self->state, G_LIST_MODEL (states));
}

static void
dbk_patient_form_init (DbkPatientForm *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  dbk_scanner_attach (GTK_WINDOW (self));
}

static void
fill (DbkPatientForm   *self,
      const DbkPatient *patient)
{
  g_autofree char *born = patient->born != DBK_DAY_NONE ? dbk_day_to_iso (patient->born) : NULL;
  gboolean has_allergies = patient->allergies != NULL && *patient->allergies != '\0';

  gtk_editable_set_text (self->number, patient->number);
  gtk_editable_set_text (self->name, patient->name);
  gtk_editable_set_text (self->pinyin, patient->pinyin != NULL ? patient->pinyin : "");
  gtk_editable_set_text (self->born, born != NULL ? born : "");
  gtk_editable_set_text (self->phone, patient->phone != NULL ? patient->phone : "");
  gtk_editable_set_text (self->allergies, has_allergies ? patient->allergies : "");
  adw_combo_row_set_selected (self->sex, patient->sex);
  adw_combo_row_set_selected (self->state, patient->state);
  adw_combo_row_set_selected (self->allergies_known,
                              has_allergies ? ALLERGIES_WRITTEN : patient->allergies != NULL ? ALLERGIES_NONE : ALLERGIES_NOT_RECORDED);
  self->pinyin_written = patient->pinyin != NULL;
}

void
dbk_patient_form_show (GtkWidget        *widget,
                       DbkDesk          *desk,
                       const DbkPatient *patient,
                       DbkPatientSaved   saved,
                       gpointer          data)
{
  DbkPatientForm *self = g_object_new (DBK_TYPE_PATIENT_FORM, "transient-for", gtk_widget_get_root (widget), NULL);
  const char *title = patient == NULL ? _("Register a patient") : _("Change what is known");

  self->desk = g_object_ref (desk);
  self->before = patient != NULL ? dbk_patient_copy (patient) : NULL;
  self->saved = saved;
  self->data = data;
  self->today = dbk_desk_today (desk);
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (self->save, patient == NULL ? _("_Register") : _("_Save"));
  gtk_widget_set_visible (self->state_group, patient != NULL);
  if (patient != NULL)
    fill (self, patient);
  self->setting = FALSE;
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}
