/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-counter"

#include "config.h"

#include "ui/dbk-counter-page-private.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-find-patient.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-only-visible.h"

enum { SIGNAL_PHYSICIAN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkCounterPage, dbk_counter_page, GTK_TYPE_WIDGET)

/* ---- what may be done now ---- */

void
_dbk_counter_page_update_actions (DbkCounterPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const DbkCounterView *view = self->view;
  gboolean open = view != NULL && self->pending == NULL && !self->busy && !self->blank;
  gboolean stops = open && view->verdict->kind == DBK_VERDICT_STOP;
  gboolean dosed = view != NULL && dbk_verdict_find (view->verdict, DBK_FINDING_ALREADY_DOSED) != NULL;

  gtk_widget_action_set_enabled (widget, "counter.record", open && view->verdict->kind == DBK_VERDICT_GIVE);
  gtk_widget_action_set_enabled (widget, "counter.not-given", open && !dosed);
  gtk_widget_action_set_enabled (widget, "counter.set-aside", open && !dosed);
  gtk_widget_action_set_enabled (widget, "counter.unwell", open && !stops);
  gtk_widget_action_set_enabled (widget, "counter.leave", view != NULL && !self->busy);
  gtk_widget_action_set_enabled (widget, "counter.physician", stops);
  gtk_widget_action_set_enabled (widget, "counter.reload", view != NULL && self->pending != NULL);
}

static void
say (DbkCounterPage *self,
     const char     *text)
{
  gtk_label_set_label (self->status, text);
  gtk_label_set_label (self->refusal, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), *text != '\0');
}

void
_dbk_counter_page_refuse (DbkCounterPage *self,
                          const char     *text)
{
  say (self, text);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
dbk_counter_page_leave (DbkCounterPage *self)
{
  self->generation++;
  g_clear_pointer (&self->view, dbk_counter_view_free);
  g_clear_pointer (&self->pending, dbk_counter_view_free);
  self->busy = FALSE;
  self->unwell_pressed = FALSE;
  self->blank = FALSE;
  say (self, "");
  dbk_patient_banner_set_patient (self->banner, NULL, DBK_DAY_NONE);
  gtk_stack_set_visible_child_name (self->stack, "ready");
  _dbk_counter_page_update_actions (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ---- looking ---- */

typedef struct
{
  char    *code;     /* scanned; NULL: by id */
  char    *patient;
  char    *card;
  char    *voucher;
  gboolean card_revoked;
  gboolean unwell;
  DbkDay   paper_day; /* DBK_DAY_NONE: not from a sheet */
} Look;

static void
free_look (Look *look)
{
  g_free (look->code);
  g_free (look->patient);
  g_free (look->card);
  g_free (look->voucher);
  g_free (look);
}

static gpointer
look_up (DbkClinic         *clinic,
         const DbkSession  *session,
         gpointer           data,
         GError           **error)
{
  Look *look = data;
  g_autoptr(DbkFound) found = NULL;
  DbkCounterRequest request = { .day = look->paper_day, .unwell = look->unwell, .from_paper = look->paper_day != DBK_DAY_NONE };

  if (look->code != NULL)
    {
      found = dbk_find_patient (clinic, session, look->code, error);
      if (found == NULL)
        return NULL;
      request.patient = found->patient->id;
      request.card = found->card;
      request.voucher = found->voucher;
      request.card_revoked = found->card_revoked;
      request.day = found->paper_day;
      request.from_paper = found->paper_day != DBK_DAY_NONE;
    }
  else
    {
      request.patient = look->patient;
      request.card = look->card;
      request.voucher = look->voucher;
      request.card_revoked = look->card_revoked;
    }
  return dbk_counter_look (clinic, session, &request, error);
}

typedef struct
{
  char    *patient;
  gboolean by_card;
} Opened;

static void
free_opened (Opened *opened)
{
  g_free (opened->patient);
  g_free (opened);
}

static gpointer
note_and_read_photo (DbkClinic         *clinic,
                     const DbkSession  *session,
                     gpointer           data,
                     GError           **error)
{
  const Opened *opened = data;
  GBytes *photo;

  if (!dbk_note_reading (clinic, session, opened->patient, opened->by_card ? "card" : "search", error))
    return NULL;
  photo = dbk_counter_photo (clinic, session, opened->patient, NULL);
  return photo != NULL ? photo : g_bytes_new_static ("", 0);
}

static void
on_photo_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkCounterPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) photo = dbk_desk_run_finish (result, &error);
  g_autofree char *text = photo == NULL ? dbk_error_text (error) : NULL;

  if (self->box == NULL)
    return;
  /* That somebody looked could not be written down: then neither could a dose, and it is better known before it is poured. */
  if (photo == NULL)
    _dbk_counter_page_refuse (self, text);
  else if (g_bytes_get_size (photo) > 0 && self->view != NULL &&
           g_strcmp0 (self->view->patient->id, self->photo_of) == 0)
    dbk_patient_banner_set_photo (self->banner, photo);
}

/* Read after the verdict is on the screen: the banner stands without it for a moment. */
static void
read_photo (DbkCounterPage *self)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->patient = g_strdup (self->view->patient->id);
  opened->by_card = self->view->card != NULL;
  g_free (self->photo_of);
  self->photo_of = g_strdup (opened->patient);
  dbk_desk_run_async (self->desk, DBK_WORK_READS, note_and_read_photo, opened, (GDestroyNotify) free_opened, (GDestroyNotify) g_bytes_unref,
                      NULL, on_photo_cb, g_object_ref (self));
}

static void
take_view (DbkCounterPage *self,
           DbkCounterView *view)
{
  gboolean new_patient = self->view == NULL;

  g_clear_pointer (&self->view, dbk_counter_view_free);
  g_clear_pointer (&self->pending, dbk_counter_view_free);
  self->view = view;
  if (new_patient)
    self->shown_us = g_get_monotonic_time ();
  say (self, "");
  _dbk_counter_page_draw (self, new_patient);
  gtk_stack_set_visible_child_name (self->stack, self->blank ? "blank" : "patient");
  _dbk_counter_page_update_actions (self);
  if (new_patient)
    read_photo (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The number under the nurse's eyes is never changed: what is new is shown beside it, and taken over by a key. */
static void
freeze (DbkCounterPage *self,
        DbkCounterView *view)
{
  g_autofree char *before = dbk_dose_format (self->view->verdict->dose_ug), *after = dbk_dose_format (view->verdict->dose_ug);
  g_autofree char *text = NULL;

  if (self->view->verdict->dose_ug != view->verdict->dose_ug)
    text = g_strdup_printf (_("The order has changed meanwhile: %s → %s."), before, after);
  else
    text = g_strdup (_("What is known of this patient has changed meanwhile."));
  g_clear_pointer (&self->pending, dbk_counter_view_free);
  self->pending = view;
  gtk_label_set_label (self->frozen_text, text);
  gtk_widget_set_visible (self->frozen, TRUE);
  gtk_widget_error_bell (GTK_WIDGET (self));
  _dbk_counter_page_update_actions (self);
}

DbkCounterWait *
_dbk_counter_wait_new (DbkCounterPage *page)
{
  DbkCounterWait *self = g_new0 (DbkCounterWait, 1);

  self->page = g_object_ref (page);
  self->generation = page->generation;
  return self;
}

void
_dbk_counter_wait_free (DbkCounterWait *self)
{
  g_object_unref (self->page);
  g_free (self);
}

gboolean
_dbk_counter_wait_is_over (const DbkCounterWait *self)
{
  return self->page->box == NULL || self->generation != self->page->generation;
}

void
_dbk_counter_page_show_view (DbkCounterPage *self,
                             DbkCounterView *view,
                             gboolean        takes)
{
  if (self->view == NULL || takes || strcmp (self->view->mark, view->mark) == 0)
    take_view (self, view);
  else
    freeze (self, view);
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkCounterWait) wait = user_data;
  DbkCounterPage *self = wait->page;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) view = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (_dbk_counter_wait_is_over (wait))
    return;
  if (wait->opens)
    self->busy = FALSE;
  else if (self->busy)
    /* A dose is on its way to the disk: what it meets there is newer than this, and comes back with it. */
    return;
  if (view != NULL)
    {
      _dbk_counter_page_show_view (self, g_steal_pointer (&view), wait->takes);
      return;
    }
  text = dbk_error_text (error);
  _dbk_counter_page_refuse (self, text);
  _dbk_counter_page_update_actions (self);
}

static void
start_look (DbkCounterPage *self,
            Look           *look,
            DbkCounterWait *wait)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, look_up, look, (GDestroyNotify) free_look, (GDestroyNotify) dbk_counter_view_free, NULL,
                      on_looked_cb, wait);
}

static void
refresh (DbkCounterPage *self,
         gboolean        takes)
{
  DbkCounterWait *wait;
  Look *look;

  if (self->view == NULL)
    return;
  look = g_new0 (Look, 1);
  look->patient = g_strdup (self->view->patient->id);
  look->card = g_strdup (self->view->card);
  look->voucher = g_strdup (self->view->voucher_code);
  look->card_revoked = dbk_verdict_find (self->view->verdict, DBK_FINDING_CARD_REVOKED) != NULL;
  look->unwell = self->unwell_pressed;
  look->paper_day = self->view->from_paper ? self->view->day : DBK_DAY_NONE;
  wait = _dbk_counter_wait_new (self);
  wait->takes = takes;
  start_look (self, look, wait);
}

void
_dbk_counter_page_look_again (DbkCounterPage *self)
{
  refresh (self, FALSE);
}

static void
on_desk_changed_cb (DbkCounterPage *self)
{
  if (!self->busy)
    refresh (self, FALSE);
}

/* ---- opening and leaving ---- */

static void
open_patient (DbkCounterPage *self,
              const char     *code,
              const char     *patient)
{
  Look *look = g_new0 (Look, 1);
  DbkCounterWait *wait = _dbk_counter_wait_new (self);

  look->code = g_strdup (code);
  look->patient = g_strdup (patient);
  look->paper_day = DBK_DAY_NONE;
  wait->opens = TRUE;
  self->busy = TRUE;
  say (self, "");
  start_look (self, look, wait);
}

void
dbk_counter_page_scan (DbkCounterPage *self,
                       const char     *code)
{
  dbk_counter_page_blank (self, FALSE);
  if (self->view != NULL)
    _dbk_counter_page_refuse (self, _("Another patient is open. Finish here, or press Esc; then scan again."));
  else if (!self->busy)
    open_patient (self, code, NULL);
}

gboolean
dbk_counter_page_open (DbkCounterPage *self,
                       const char     *patient)
{
  if (self->view != NULL || self->busy)
    {
      _dbk_counter_page_refuse (self, _("Another patient is open. Finish here, or press Esc first."));
      return FALSE;
    }
  open_patient (self, NULL, patient);
  return TRUE;
}

void
dbk_counter_page_blank (DbkCounterPage *self,
                        gboolean        blank)
{
  if (self->view == NULL || self->blank == blank)
    return;
  self->blank = blank;
  gtk_stack_set_visible_child_name (self->stack, blank ? "blank" : "patient");
  _dbk_counter_page_update_actions (self);
}

gboolean
dbk_counter_page_is_open (DbkCounterPage *self)
{
  return self->view != NULL;
}

void
dbk_counter_page_show (DbkCounterPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ---- answering ---- */

typedef struct
{
  char          *patient;
  DbkFindingCode code;
  char          *choice;
} Answering;

static void
free_answering (Answering *answering)
{
  g_free (answering->patient);
  g_free (answering->choice);
  g_free (answering);
}

static gpointer
answer (DbkClinic         *clinic,
        const DbkSession  *session,
        gpointer           data,
        GError           **error)
{
  const Answering *answering = data;

  return GINT_TO_POINTER (dbk_answer_finding (clinic, session, answering->patient, answering->code, answering->choice, error));
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkCounterPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->box != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

void
_dbk_counter_page_answer (DbkCounterPage *self,
                          DbkFindingCode  code,
                          const char     *choice)
{
  Answering *answering;

  if (self->view == NULL || self->busy || self->pending != NULL)
    return;
  answering = g_new0 (Answering, 1);
  answering->patient = g_strdup (self->view->patient->id);
  answering->code = code;
  answering->choice = g_strdup (choice);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, answer, answering, (GDestroyNotify) free_answering, NULL, NULL, on_written_cb,
                      g_object_ref (self));
}

static gboolean
answer_by_key (DbkCounterPage *self,
               guint           place)
{
  const DbkFinding *finding = _dbk_counter_page_first_open (self->view);
  const char *const *choices;

  if (finding == NULL)
    return FALSE;
  choices = dbk_finding_choices (finding->code);
  if (place >= g_strv_length ((char **) choices))
    return FALSE;
  _dbk_counter_page_answer (self, finding->code, choices[place]);
  return TRUE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   DbkCounterPage        *self)
{
  if (self->blank)
    {
      dbk_counter_page_blank (self, FALSE);
      return GDK_EVENT_STOP;
    }
  if (self->view == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_5)
    return answer_by_key (self, keyval - GDK_KEY_1);
  if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_5)
    return answer_by_key (self, keyval - GDK_KEY_KP_1);
  return GDK_EVENT_PROPAGATE;
}

/* ---- unwell, leaving, physician ---- */

static void
toggle_unwell (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (widget);

  self->unwell_pressed = !self->unwell_pressed;
  _dbk_counter_page_look_again (self);
}

static void
leave (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  dbk_counter_page_leave (DBK_COUNTER_PAGE (widget));
}

static void
reload (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (widget);

  self->shown_us = g_get_monotonic_time ();
  refresh (self, TRUE);
}

static void
call_physician (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (widget);

  if (self->view != NULL)
    g_signal_emit (self, signals[SIGNAL_PHYSICIAN], 0, self->view->patient->id);
}

static void
print_again (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (widget);

  if (self->last_dose_id != NULL)
    _dbk_counter_page_print_slip (self, self->last_dose_id, self->last_number, TRUE);
}

static void
on_notice_clicked_cb (DbkCounterPage *self)
{
  _dbk_counter_page_see_to_notice (self);
}

/* ---- the widget ---- */

void
dbk_counter_page_set_desk (DbkCounterPage *self,
                           DbkDesk        *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dbk_desk_get_print (desk), "changed", G_CALLBACK (_dbk_counter_page_update_notice), self, G_CONNECT_SWAPPED);
}

static void
dbk_counter_page_dispose (GObject *object)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->view, dbk_counter_view_free);
  g_clear_pointer (&self->pending, dbk_counter_view_free);
  G_OBJECT_CLASS (dbk_counter_page_parent_class)->dispose (object);
}

static void
dbk_counter_page_finalize (GObject *object)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (object);

  g_free (self->photo_of);
  g_free (self->last_dose_id);
  g_free (self->last_number);
  g_clear_pointer (&self->without_slip, g_ptr_array_unref);
  G_OBJECT_CLASS (dbk_counter_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, notice_strip);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, notice);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, ready);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, refusal);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, bottle);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, last);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, banner);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, frozen);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, frozen_text);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, findings);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, notes);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, dose_box);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, dose);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, volume);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, last_dose);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, order);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, missed_month);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, fortnight);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, unwell);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, physician);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, status);
  gtk_widget_class_bind_template_child (widget_class, DbkCounterPage, record);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "counter.record", NULL, _dbk_counter_page_record);
  gtk_widget_class_install_action (widget_class, "counter.not-given", NULL, _dbk_counter_page_ask_not_given);
  gtk_widget_class_install_action (widget_class, "counter.set-aside", NULL, _dbk_counter_page_set_aside);
  gtk_widget_class_install_action (widget_class, "counter.unwell", NULL, toggle_unwell);
  gtk_widget_class_install_action (widget_class, "counter.leave", NULL, leave);
  gtk_widget_class_install_action (widget_class, "counter.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "counter.physician", NULL, call_physician);
  gtk_widget_class_install_action (widget_class, "counter.print-again", NULL, print_again);
  /* Enter and Space never record. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F12, 0, "counter.record", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, 0, "counter.record", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "counter.record", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "counter.not-given", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "counter.set-aside", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F7, 0, "counter.unwell", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "counter.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "counter.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "counter.print-again", NULL);
}

static void
dbk_counter_page_class_init (DbkCounterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_counter_page_dispose;
  object_class->finalize = dbk_counter_page_finalize;
  g_type_ensure (DBK_TYPE_PATIENT_BANNER);
  g_type_ensure (DBK_TYPE_FORTNIGHT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-counter-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_clicked_cb);
  install_actions (widget_class);
  signals[SIGNAL_PHYSICIAN] = g_signal_new ("physician", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            G_TYPE_STRING);
}

static void
dbk_counter_page_init (DbkCounterPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_only_visible (self->stack);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Counter"), -1);
  _dbk_counter_page_update_actions (self);
}
