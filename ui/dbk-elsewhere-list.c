/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-elsewhere"

#include "config.h"

#include "ui/dbk-elsewhere-list.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-elsewhere.h"
#include "app/dbk-lease-days.h"
#include "app/dbk-make-point-paper.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-grant-dialog.h"
#include "ui/dbk-preview-window.h"

struct _DbkElsewhereList
{
  GtkWidget parent_instance;

  GtkWidget    *box;       /* NULL: disposed */
  GtkWidget    *pairs;
  GtkWidget    *heading;
  GtkWidget    *title;
  GtkWidget    *grant;
  GtkWidget    *leases;

  DbkDesk      *desk;
  DbkSession   *session;   /* NULL: whoever is signed in */
  char         *patient;   /* NULL: nobody */
  DbkElsewhere *elsewhere; /* NULL: not read */
  char         *about;     /* the lease, or the first of the two doses, that a question is open about */
  char         *asked;     /* the patient it was asked for */
  GCancellable *cancellable; /* of the newest reading */
};

G_DEFINE_FINAL_TYPE (DbkElsewhereList, dbk_elsewhere_list, GTK_TYPE_WIDGET)

static const DbkSession *
who (DbkElsewhereList *self)
{
  return self->session != NULL ? self->session : dbk_desk_get_session (self->desk);
}

static gboolean
may (DbkElsewhereList *self,
     DbkAct            act)
{
  return who (self) != NULL && dbk_role_may (who (self)->role, act);
}

/* ---- changes ---- */

typedef struct
{
  char  *patient;
  char  *about;
  char  *reason;
  char  *note;
  DbkDay from;   /* days from today */
} Change;

static void
free_change (Change *change)
{
  g_free (change->patient);
  g_free (change->about);
  g_free (change->reason);
  g_free (change->note);
  g_free (change);
}

static void
on_changed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkElsewhereList) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->box != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static void
run_change (DbkElsewhereList *self,
            DbkWorkFunc       func,
            const char       *reason,
            const char       *note,
            DbkDay            from)
{
  Change *change = g_new0 (Change, 1);

  change->patient = g_strdup (self->asked);
  change->about = g_strdup (self->about);
  change->reason = g_strdup (reason);
  change->note = g_strdup (note);
  change->from = from;
  dbk_worker_run_async (dbk_desk_get_worker (self->desk), DBK_WORK_WRITES, who (self), func, change, (GDestroyNotify) free_change, NULL, NULL,
                        on_changed_cb, g_object_ref (self));
}

/* Not the button: a reload takes it away while the question is open. */
static DbkElsewhereList *
remember_about (GtkWidget *button)
{
  DbkElsewhereList *self = DBK_ELSEWHERE_LIST (gtk_widget_get_ancestor (button, DBK_TYPE_ELSEWHERE_LIST));

  g_free (self->about);
  self->about = g_strdup (g_object_get_data (G_OBJECT (button), "about"));
  g_free (self->asked);
  self->asked = g_strdup (self->patient);
  return self;
}

static gpointer
close_pair (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Change *change = data;
  g_autoptr(DbkElsewhere) elsewhere = dbk_elsewhere_read (clinic, session, change->patient, error);

  if (elsewhere == NULL)
    return NULL;
  for (guint i = 0; i < elsewhere->pairs->len; i++)
    {
      const DbkCollision *collision = ((const DbkDosePair *) g_ptr_array_index (elsewhere->pairs, i))->collision;

      if (strcmp (collision->dose_a, change->about) == 0)
        return GINT_TO_POINTER (dbk_close_collision (clinic, session, collision, change->reason, NULL, error));
    }
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("Somebody has closed it already"));
  return NULL;
}

static void
on_finding_chosen (const char *finding,
                   gpointer    data)
{
  run_change (data, close_pair, finding, NULL, DBK_DAY_NONE);
}

static void
on_close_clicked_cb (GtkWidget *button)
{
  DbkElsewhereList *self = remember_about (button);

  dbk_choice_dialog_show (GTK_WIDGET (self), _("Two doses on one day"),
                          _("What was it? Both doses stay in the record. The patient can be dosed again afterwards, unless something else stops it."),
                          dbk_collision_findings, _("_Record"), on_finding_chosen, self);
}

static gpointer
take_back (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (dbk_break_lease (clinic, session, change->about, change->from, change->reason, change->note, error));
}

static void
on_break_chosen (const char *reason,
                 const char *note,
                 gpointer    data)
{
  DbkElsewhereList *self = data;

  run_change (self, take_back, reason, note, dbk_desk_today (self->desk));
}

static void
on_break_clicked_cb (GtkWidget *button)
{
  DbkElsewhereList *self = remember_about (button);
  const DbkChoiceQuestion question = { _("Take the days back"),
                                       _("Telephone them first: they must not dose from today on. They hear of it by a file only later."),
                                       dbk_lease_break_reasons (), _("Whom you reached, and how"), _("_Take back") };

  dbk_choice_dialog_ask (GTK_WIDGET (self), &question, on_break_chosen, self);
}

static gpointer
give_back (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (dbk_return_lease (clinic, session, change->about, change->from, error));
}

static void
on_return_confirmed (DbkElsewhereList *self)
{
  gboolean dosed = self->elsewhere != NULL && self->elsewhere->dosed_today;

  run_change (self, give_back, NULL, NULL, dbk_desk_today (self->desk) + (dosed ? 1 : 0));
}

static void
on_return_clicked_cb (GtkWidget *button)
{
  DbkElsewhereList *self = remember_about (button);

  dbk_ask (GTK_WIDGET (self), _("Give the days back?"),
           _("Nobody doses here on these days any more. The clinic can when it has your next file."), _("_Give back"),
           G_CALLBACK (on_return_confirmed), self);
}

/* ---- a voucher once more ---- */

static gpointer
make_voucher (DbkClinic         *clinic,
              const DbkSession  *session,
              gpointer           data,
              GError           **error)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_A4, .language = dbk_text_language () };

  return dbk_make_voucher (clinic, session, data, &options, error);
}

static void
on_voucher_made_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(DbkElsewhereList) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkMadePaper *made = dbk_desk_run_finish (result, &error);

  if (self->box == NULL)
    dbk_made_paper_free (made);
  else if (made != NULL)
    dbk_preview_window_show (GTK_WIDGET (self), self->desk, made, "sheet-printer", NULL);
  else
    dbk_show_error (GTK_WIDGET (self), _("The paper was not made"), error);
}

static void
on_voucher_clicked_cb (GtkWidget *button)
{
  DbkElsewhereList *self = remember_about (button);

  dbk_worker_run_async (dbk_desk_get_worker (self->desk), DBK_WORK_WRITES, who (self), make_voucher, g_strdup (self->about), g_free,
                        (GDestroyNotify) dbk_made_paper_free, NULL, on_voucher_made_cb, g_object_ref (self));
}

/* ---- what is shown ---- */

static GtkWidget *
add_row (GtkWidget  *list,
         const char *title,
         const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "fact-row");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
add_button (GtkWidget  *row,
            const char *label,
            const char *about,
            GCallback   on_clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "about", g_strdup (about), g_free);
  g_signal_connect (button, "clicked", on_clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
say_dose (DbkElsewhereList *self,
          const DbkDose    *dose)
{
  g_autofree char *amount = NULL, *time = NULL;

  if (dose == NULL)
    return g_strdup (_("a dose that is not shown here"));
  amount = dbk_dose_format (dose->dose_ug);
  time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), dose->given_ms);
  return g_strjoin (" ", amount, time, dose->site != NULL ? dose->site : "?", dose->giver_name, NULL);
}

static void
add_pair (DbkElsewhereList  *self,
          const DbkDosePair *pair)
{
  g_autofree char *day = dbk_day_format_weekday (pair->collision->day, dbk_text_language ());
  g_autofree char *title = g_strdup_printf (_("⊘ Two doses on %s"), day);
  g_autofree char *a = say_dose (self, pair->dose_a), *b = say_dose (self, pair->dose_b), *text = g_strjoin ("\n", a, b, NULL);
  GtkWidget *row = add_row (self->pairs, title, text);

  gtk_widget_add_css_class (row, "held");
  if (may (self, DBK_ACT_CLOSE_COLLISION))
    add_button (row, _("_Close…"), pair->collision->dose_a, G_CALLBACK (on_close_clicked_cb));
}

static void
add_lease (DbkElsewhereList *self,
           const DbkLease   *lease)
{
  DbkLanguage language = dbk_text_language ();
  const DbkElsewhere *elsewhere = self->elsewhere;
  const char *name = dbk_elsewhere_place_name (elsewhere, lease->site), *code = lease->site_code != NULL ? lease->site_code : "?";
  const DbkPass *voucher = dbk_elsewhere_find_voucher (elsewhere, lease);
  gboolean own = g_strcmp0 (lease->holder, elsewhere->writer) == 0;
  g_autofree char *first = dbk_day_format_weekday (lease->from, language), *last = dbk_day_format_weekday (dbk_lease_last_day (lease), language);
  g_autofree char *days = lease->from == dbk_lease_last_day (lease) ? g_strdup (first) : g_strdup_printf (_("%s to %s"), first, last);
  /* Translators: who granted days to another place. */
  g_autofree char *granter = lease->granter_name != NULL ? g_strdup_printf (_("granted by %s"), lease->granter_name) : NULL;
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s  %s", code, name) : g_strdup (code);
  g_autofree char *text = granter != NULL ? g_strjoin ("  ·  ", days, granter, NULL) : g_strdup (days);
  GtkWidget *row = add_row (self->leases, title, text);

  if (elsewhere->at_home && voucher != NULL && may (self, DBK_ACT_PRINT))
    add_button (row, _("_Voucher…"), voucher->id, G_CALLBACK (on_voucher_clicked_cb));
  if (elsewhere->at_home && may (self, DBK_ACT_BREAK_LEASE))
    add_button (row, _("_Take back…"), lease->id, G_CALLBACK (on_break_clicked_cb));
  else if (own && may (self, DBK_ACT_RETURN_LEASE))
    add_button (row, _("_Give back…"), lease->id, G_CALLBACK (on_return_clicked_cb));
}

static void
clear (GtkWidget *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), child);
}

static void
set_places (DbkElsewhereList *self)
{
  const DbkElsewhere *elsewhere = self->elsewhere;
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < elsewhere->places->len; i++)
    {
      const DbkSite *place = g_ptr_array_index (elsewhere->places, i);
      g_autofree char *label = g_strdup_printf ("%s  %s", place->code, place->name);
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "elsewhere.grant", "s", place->code);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->grant), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->grant, self->session == NULL && elsewhere->treated && elsewhere->places->len > 0 && may (self, DBK_ACT_GRANT_LEASE));
}

static void
draw (DbkElsewhereList *self)
{
  const DbkElsewhere *elsewhere = self->elsewhere;

  clear (self->pairs);
  clear (self->leases);
  gtk_widget_set_visible (GTK_WIDGET (self), elsewhere != NULL);
  if (elsewhere == NULL)
    return;
  for (guint i = 0; i < elsewhere->pairs->len; i++)
    add_pair (self, g_ptr_array_index (elsewhere->pairs, i));
  for (guint i = 0; i < elsewhere->leases->len; i++)
    add_lease (self, g_ptr_array_index (elsewhere->leases, i));
  gtk_label_set_label (GTK_LABEL (self->title), elsewhere->at_home ? _("Days at other places") : _("Days that lie here"));
  set_places (self);
  gtk_widget_set_visible (self->pairs, elsewhere->pairs->len > 0);
  gtk_widget_set_visible (self->leases, elsewhere->leases->len > 0);
  gtk_widget_set_visible (self->heading, elsewhere->leases->len > 0 || gtk_widget_get_visible (self->grant));
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->heading) || elsewhere->pairs->len > 0);
}

/* ---- reading ---- */

static gpointer
read_elsewhere (DbkClinic         *clinic,
                const DbkSession  *session,
                gpointer           data,
                GError           **error)
{
  return dbk_elsewhere_read (clinic, session, data, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkElsewhereList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkElsewhere) elsewhere = dbk_desk_run_finish (result, &error);

  if (self->box == NULL || self->patient == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (elsewhere == NULL)
    g_message ("%s", error->message);
  g_clear_pointer (&self->elsewhere, dbk_elsewhere_free);
  self->elsewhere = g_steal_pointer (&elsewhere);
  draw (self);
}

static void
read_again (DbkElsewhereList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->patient == NULL || who (self) == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  dbk_worker_run_async (dbk_desk_get_worker (self->desk), DBK_WORK_READS, who (self), read_elsewhere, g_strdup (self->patient), g_free,
                        (GDestroyNotify) dbk_elsewhere_free, self->cancellable, on_read_cb, g_object_ref (self));
}

void
dbk_elsewhere_list_show (DbkElsewhereList *self,
                         const DbkSession *session,
                         const char       *patient)
{
  g_autofree char *id = g_strdup (patient);

  g_clear_pointer (&self->session, dbk_session_free);
  self->session = session != NULL ? dbk_session_copy (session) : NULL;
  if (g_strcmp0 (self->patient, id) != 0)
    {
      g_clear_pointer (&self->elsewhere, dbk_elsewhere_free);
      draw (self);
    }
  g_free (self->patient);
  self->patient = g_steal_pointer (&id);
  read_again (self);
}

static void
on_desk_changed_cb (DbkElsewhereList *self)
{
  read_again (self);
}

static void
grant (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  DbkElsewhereList *self = DBK_ELSEWHERE_LIST (widget);

  dbk_grant_dialog_show (widget, self->desk, g_variant_get_string (parameter, NULL), self->patient);
}

/* ---- the widget ---- */

void
dbk_elsewhere_list_set_desk (DbkElsewhereList *self,
                             DbkDesk          *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
dbk_elsewhere_list_dispose (GObject *object)
{
  DbkElsewhereList *self = DBK_ELSEWHERE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->elsewhere, dbk_elsewhere_free);
  g_clear_pointer (&self->session, dbk_session_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_elsewhere_list_parent_class)->dispose (object);
}

static void
dbk_elsewhere_list_finalize (GObject *object)
{
  DbkElsewhereList *self = DBK_ELSEWHERE_LIST (object);

  g_free (self->patient);
  g_free (self->about);
  g_free (self->asked);
  G_OBJECT_CLASS (dbk_elsewhere_list_parent_class)->finalize (object);
}

static void
dbk_elsewhere_list_class_init (DbkElsewhereListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dbk_elsewhere_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = dbk_elsewhere_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "elsewhere.grant", "s", grant);
}

static GtkWidget *
new_list (DbkElsewhereList *self,
          const char       *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

static void
dbk_elsewhere_list_init (DbkElsewhereList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->pairs = new_list (self, _("Two doses on one day"));
  self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->title = gtk_label_new (NULL);
  self->grant = gtk_menu_button_new ();
  self->leases = new_list (self, _("Days at other places"));
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->grant), _("_Grant days to"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (self->grant), TRUE);
  gtk_box_append (GTK_BOX (self->heading), self->title);
  gtk_box_append (GTK_BOX (self->heading), self->grant);
  gtk_box_append (GTK_BOX (self->box), self->pairs);
  gtk_box_append (GTK_BOX (self->box), self->heading);
  gtk_box_append (GTK_BOX (self->box), self->leases);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
