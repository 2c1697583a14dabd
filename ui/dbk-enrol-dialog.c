/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-enrol"

#include "config.h"

#include "ui/dbk-enrol-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-enrol-site.h"
#include "db/exchange/dbk-enrol.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-scanner.h"
#include "ui/dbk-whole-text.h"

struct _DbkEnrolDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkWidget   *form;
  AdwComboRow *replaces;
  GtkEditable *code;
  GtkEditable *name;
  GtkLabel    *theirs;
  GtkLabel    *ours;
  GtkLabel    *status;
  GtkButton   *close;
  GtkButton   *confirm;

  /* Owned References */
  DbkDesk     *desk;
  char        *request;  /* text; NULL: a place on paper */
  char       **codes;    /* whose computer may be replaced */
  DbkEnrolled *enrolled; /* NULL: not yet */

  gboolean     busy;
  gboolean     gone;     /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkEnrolDialog, dbk_enrol_dialog, ADW_TYPE_WINDOW)

static void
say (DbkEnrolDialog *self,
     const char     *text,
     gboolean        failed)
{
  gtk_label_set_label (self->status, text);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

/* Borrowed; NULL: a place of its own. */
static const char *
chosen_place (DbkEnrolDialog *self)
{
  guint n = adw_combo_row_get_selected (self->replaces);

  return self->request != NULL && self->codes != NULL && n > 0 && n <= g_strv_length (self->codes) ? self->codes[n - 1] : NULL;
}

static char *
typed (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

static void
update (DbkEnrolDialog *self)
{
  g_autofree char *code = typed (self->code), *name = typed (self->name);
  gboolean own = chosen_place (self) == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->code), own);
  gtk_widget_set_visible (GTK_WIDGET (self->name), own);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm), !self->busy && (self->enrolled != NULL || !own || (*code != '\0' && *name != '\0')));
}

/* Large, for it is read aloud: markup. */
static char *
say_fingerprint (const char *what,
                 const char *fingerprint)
{
  return g_markup_printf_escaped ("%s\n<span size=\"xx-large\" face=\"monospace\" weight=\"bold\">%s</span>", what, fingerprint);
}

/* ---- enrolling ---- */

typedef struct
{
  char *request;
  char *code;
  char *name;
  char *replaces;
} Enrolling;

static void
free_enrolling (Enrolling *enrolling)
{
  g_free (enrolling->request);
  g_free (enrolling->code);
  g_free (enrolling->name);
  g_free (enrolling->replaces);
  g_free (enrolling);
}

static gpointer
enrol (DbkClinic         *clinic,
       const DbkSession  *session,
       gpointer           data,
       GError           **error)
{
  const Enrolling *enrolling = data;
  g_autofree char *site = NULL;
  DbkEnrolled *paper;

  if (enrolling->request != NULL)
    return dbk_enrol_site (clinic, session, enrolling->request, strlen (enrolling->request), enrolling->code, enrolling->name, enrolling->replaces, error);
  if (!dbk_add_paper_site (clinic, session, enrolling->code, enrolling->name, &site, error))
    return NULL;
  paper = g_new0 (DbkEnrolled, 1);
  paper->site = g_steal_pointer (&site);
  return paper;
}

static void
show_enrolled (DbkEnrolDialog *self)
{
  g_autofree char *ours = say_fingerprint (_("Read to them, when they take the answer:"), self->enrolled->own_fingerprint);

  gtk_widget_set_visible (self->form, FALSE);
  gtk_label_set_label (self->ours, ours);
  gtk_widget_set_visible (GTK_WIDGET (self->ours), TRUE);
  gtk_button_set_label (self->confirm, _("_Save the answer…"));
  gtk_button_set_label (self->close, _("_Close"));
  say (self, _("Enrolled. Save the answer to the stick, and carry it to them. If what is read over the telephone differs, revoke the computer at once."), FALSE);
}

static void
on_enrolled_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DbkEnrolDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkEnrolled *enrolled = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    {
      dbk_enrolled_free (enrolled);
      return;
    }
  self->busy = FALSE;
  if (enrolled == NULL)
    {
      text = dbk_error_text (error);
      say (self, text, TRUE);
      update (self);
      return;
    }
  if (self->request == NULL)
    {
      dbk_enrolled_free (enrolled);
      dbk_desk_toast (self->desk, "%s", _("The place is there"));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->enrolled = enrolled;
  show_enrolled (self);
  update (self);
}

static void
start_enrolling (DbkEnrolDialog *self)
{
  Enrolling *enrolling = g_new0 (Enrolling, 1);

  enrolling->request = g_strdup (self->request);
  enrolling->code = typed (self->code);
  enrolling->name = typed (self->name);
  enrolling->replaces = g_strdup (chosen_place (self));
  self->busy = TRUE;
  say (self, "", FALSE);
  update (self);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, enrol, enrolling, (GDestroyNotify) free_enrolling, (GDestroyNotify) dbk_enrolled_free, NULL,
                      on_enrolled_cb, g_object_ref (self));
}

static void
on_place_picked (const char *path,
                 gpointer    data)
{
  DbkEnrolDialog *self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  if (g_file_set_contents_full (path, self->enrolled->answer, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    text = g_strdup_printf (_("The answer is in %s."), path);
  say (self, text != NULL ? text : error->message, text == NULL);
}

static void
on_confirm_clicked_cb (DbkEnrolDialog *self)
{
  g_autofree char *name = NULL;

  if (self->enrolled == NULL)
    {
      start_enrolling (self);
      return;
    }
  name = g_strdup_printf ("dosebook-%s.answer", self->enrolled->site_code);
  dbk_pick_file (GTK_WIDGET (self), _("Where to? Choose the stick"), name, "*.answer", on_place_picked, self);
}

/* ---- the dialog ---- */

static void
dbk_enrol_dialog_dispose (GObject *object)
{
  DBK_ENROL_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_enrol_dialog_parent_class)->dispose (object);
}

static void
dbk_enrol_dialog_finalize (GObject *object)
{
  DbkEnrolDialog *self = DBK_ENROL_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->enrolled, dbk_enrolled_free);
  g_clear_pointer (&self->codes, g_strfreev);
  g_free (self->request);
  G_OBJECT_CLASS (dbk_enrol_dialog_parent_class)->finalize (object);
}

static void
dbk_enrol_dialog_class_init (DbkEnrolDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_enrol_dialog_dispose;
  object_class->finalize = dbk_enrol_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-enrol-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, replaces);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, code);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, name);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, theirs);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, ours);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, close);
  gtk_widget_class_bind_template_child (widget_class, DbkEnrolDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_enrol_dialog_init (DbkEnrolDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_show_whole_text (self->replaces);
  dbk_scanner_attach (GTK_WINDOW (self));
}

static void
set_request (DbkEnrolDialog        *self,
             const DbkEnrolRequest *request)
{
  g_autofree char *fingerprint = dbk_keys_fingerprint (request->public_key);
  g_autofree char *theirs = say_fingerprint (_("Call them. They must read this to you:"), fingerprint);
  g_autoptr(GtkStringList) places = gtk_string_list_new (NULL);

  gtk_string_list_append (places, _("nobody: it is a new place"));
  for (guint i = 0; self->codes[i] != NULL; i++)
    gtk_string_list_append (places, self->codes[i]);
  adw_combo_row_set_model (self->replaces, G_LIST_MODEL (places));
  gtk_widget_set_visible (GTK_WIDGET (self->replaces), self->codes[0] != NULL);
  gtk_editable_set_text (self->code, request->place_code);
  gtk_editable_set_text (self->name, request->place_name);
  gtk_label_set_label (self->theirs, theirs);
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), TRUE);
}

void
dbk_enrol_dialog_show (GtkWidget         *widget,
                       DbkDesk           *desk,
                       const char        *request_path,
                       const char *const *codes)
{
  g_autoptr(DbkEnrolRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  DbkEnrolDialog *self;

  if (request_path != NULL && (!g_file_get_contents (request_path, &text, &size, &error) ||
                               (request = dbk_enrol_request_read (text, size, &error)) == NULL))
    {
      g_message ("%s", error->message);
      dbk_tell (widget, _("This is not the request of a dosing point"), _("Choose the file that its computer has written for you."));
      return;
    }
  self = g_object_new (DBK_TYPE_ENROL_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  self->desk = g_object_ref (desk);
  self->request = g_steal_pointer (&text);
  self->codes = g_strdupv ((char **) codes);
  gtk_button_set_label (self->confirm, request != NULL ? _("_Enrol") : _("_Add"));
  if (request != NULL)
    set_request (self, request);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
