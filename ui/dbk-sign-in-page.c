/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-sign-in"

#include "config.h"

#include "ui/dbk-sign-in-page.h"

#include <glib/gi18n.h>

#include "app/dbk-demo.h"
#include "app/dbk-sign-in.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"

struct _DbkSignInPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget      *box;
  AdwStatusPage  *status;
  GtkWidget      *login;
  GtkWidget      *pin;
  GtkLabel       *problem;
  GtkWidget      *sign_in;
  GtkSpinner     *spinner;
  GtkLabel       *hint;

  /* Owned References */
  DbkDesk        *desk;
  GCancellable   *cancellable;
  DbkSession     *waiting;  /* whose work waits behind the lock; NULL: nobody's */
  DbkSession     *newcomer; /* somebody else, while they are asked about it */
};

enum { SIGNAL_SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkSignInPage, dbk_sign_in_page, GTK_TYPE_WIDGET)

typedef struct
{
  char *login;
  char *pin;
} Attempt;

static void
free_attempt (Attempt *attempt)
{
  g_free (attempt->login);
  g_free (attempt->pin);
  g_free (attempt);
}

static gpointer
try_sign_in (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  const Attempt *attempt = data;

  return dbk_sign_in (clinic, attempt->login, attempt->pin, error);
}

static void
set_busy (DbkSignInPage *self,
          gboolean       busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->login, !busy);
  gtk_widget_set_sensitive (self->pin, !busy);
  gtk_widget_set_sensitive (self->sign_in, !busy);
}

static void
show_problem (DbkSignInPage *self,
              const char    *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *text != '\0');
}

static void
finish (DbkSignInPage    *self,
        const DbkSession *person,
        gboolean          same)
{
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  dbk_desk_set_session (self->desk, person);
  g_clear_pointer (&self->waiting, dbk_session_free);
  g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, same);
}

static void
discard_cb (gpointer data)
{
  DbkSignInPage *self = data;
  g_autoptr(DbkSession) newcomer = g_steal_pointer (&self->newcomer);

  if (newcomer != NULL)
    finish (self, newcomer, FALSE);
}

static void
ask_about_work (DbkSignInPage *self)
{
  g_autofree char *text = g_strdup_printf (_("%s left something half-done. Nothing of it is recorded. If you go on, it is discarded."),
                                           self->waiting->name);

  dbk_ask (GTK_WIDGET (self), _("Somebody else’s work is open"), text, _("_Discard and go on"), G_CALLBACK (discard_cb), self);
}

static void
on_tried_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkSignInPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkSession) person = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (person == NULL)
    {
      text = dbk_error_text (error);
      show_problem (self, text);
      gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
      gtk_widget_grab_focus (self->pin);
      return;
    }
  show_problem (self, "");
  if (self->waiting == NULL || strcmp (self->waiting->staff, person->staff) == 0)
    {
      finish (self, person, self->waiting != NULL);
      return;
    }
  g_clear_pointer (&self->newcomer, dbk_session_free);
  self->newcomer = g_steal_pointer (&person);
  ask_about_work (self);
}

static void
on_login_activated_cb (DbkSignInPage *self)
{
  gtk_widget_grab_focus (self->pin);
}

static void
on_sign_in_cb (DbkSignInPage *self)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->login = g_strstrip (g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->login)), -1));
  attempt->pin = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pin)));
  set_busy (self, TRUE);
  dbk_desk_run_async (self->desk, DBK_WORK_READS, try_sign_in, attempt, (GDestroyNotify) free_attempt, (GDestroyNotify) dbk_session_free,
                      NULL, on_tried_cb, g_object_ref (self));
}

void
dbk_sign_in_page_begin (DbkSignInPage *self,
                        gboolean       locked,
                        const char    *status)
{
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (self->desk));
  const DbkSession *session = dbk_desk_get_session (self->desk);
  gboolean demo = record != NULL && record->demo;
  g_autofree char *hint = g_strdup_printf (_("Demonstration: %s, %s or %s, each with the PIN %s"), DBK_DEMO_NURSE, DBK_DEMO_DOCTOR,
                                           DBK_DEMO_ADMIN, DBK_DEMO_PIN);

  g_clear_pointer (&self->waiting, dbk_session_free);
  if (locked && session != NULL)
    {
      self->waiting = dbk_session_copy (session);
      gtk_editable_set_text (GTK_EDITABLE (self->login), session->login);
    }
  adw_status_page_set_title (self->status, locked ? _("Locked") : record != NULL ? record->site_name : "Dosebook");
  adw_status_page_set_description (self->status, status);
  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), demo);
  show_problem (self, "");
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  gtk_widget_grab_focus (*gtk_editable_get_text (GTK_EDITABLE (self->login)) == '\0' ? self->login : self->pin);
}

void
dbk_sign_in_page_refuse_scan (DbkSignInPage *self)
{
  show_problem (self, _("Sign in first; then scan the card again."));
  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
dbk_sign_in_page_set_desk (DbkSignInPage *self,
                           DbkDesk       *desk)
{
  g_set_object (&self->desk, desk);
}

static void
dbk_sign_in_page_dispose (GObject *object)
{
  DbkSignInPage *self = DBK_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->waiting, dbk_session_free);
  g_clear_pointer (&self->newcomer, dbk_session_free);
  G_OBJECT_CLASS (dbk_sign_in_page_parent_class)->dispose (object);
}

static void
dbk_sign_in_page_finalize (GObject *object)
{
  g_clear_object (&DBK_SIGN_IN_PAGE (object)->cancellable);
  G_OBJECT_CLASS (dbk_sign_in_page_parent_class)->finalize (object);
}

static void
dbk_sign_in_page_class_init (DbkSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_sign_in_page_dispose;
  object_class->finalize = dbk_sign_in_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, status);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, pin);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkSignInPage, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_login_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_cb);
  signals[SIGNAL_SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            G_TYPE_BOOLEAN);
}

static void
dbk_sign_in_page_init (DbkSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}
