/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-missed"

#include "config.h"

#include "ui/dbk-missed-page.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-reverse-dose.h"
#include "ui/dbk-away-row.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-list-update.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-places.h"

/* By how long they are away: whom to call first. What it means says the policy, on each row. */
static const struct
{
  const char *title;
  gint        least;
  gint        most;
} groups[] = {
  { N_("All"), 0, G_MAXINT },
  { N_("4 days and more"), 4, G_MAXINT },
  { N_("2–3 days"), 2, 3 },
  { N_("1 day"), 1, 1 },
};

struct _DbkMissedPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget     *box; /* NULL: disposed */
  GtkLabel      *day;
  AdwStatusPage *empty;
  AdwStatusPage *failed;
  GtkBox        *groups;
  GtkExpander   *policy;
  GtkLabel      *policy_text;
  GtkStack      *stack;
  GtkListView   *view;

  GtkWidget     *buttons[G_N_ELEMENTS (groups)];

  /* Owned References */
  DbkDesk       *desk;
  GListStore    *items;
  GtkFilter     *filter;
  char          *called;  /* id of whom the open dialog is about */

  guint          shown;
  gboolean       reading;
  gboolean       stale;   /* changed while it was being read */
};

G_DEFINE_FINAL_TYPE (DbkMissedPage, dbk_missed_page, GTK_TYPE_WIDGET)

/* ---- what is shown ---- */

static gboolean
is_in_group (DbkAwayItem *item,
             guint        group)
{
  gint missed = dbk_away_item_get_missed (item);

  return missed >= groups[group].least && missed <= groups[group].most;
}

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  return is_in_group (item, DBK_MISSED_PAGE (data)->shown);
}

/* Without rows the focus stays on the page all the same: its keys work from there. */
static void
focus_rows (DbkMissedPage *self)
{
  gboolean rows = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") == 0;

  if (!rows || !gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (self->buttons[self->shown]);
}

static void
show_in_stack (DbkMissedPage *self,
               const char    *name)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  gtk_stack_set_visible_child_name (self->stack, name);
  if (had_focus)
    focus_rows (self);
}

static void
update_stack (DbkMissedPage *self)
{
  gboolean nobody = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;
  guint shown;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  shown = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (self->view)));
  adw_status_page_set_title (self->empty, nobody ? _("Nobody stayed away") : _("Nobody is in this group"));
  show_in_stack (self, shown > 0 ? "rows" : "empty");
}

static void
show_group (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DbkMissedPage *self = DBK_MISSED_PAGE (widget);
  gint32 n = g_variant_get_int32 (parameter);

  if (n < 0 || n >= (gint32) G_N_ELEMENTS (groups))
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[n]), TRUE);
  focus_rows (self);
}

static void
on_group_toggled_cb (GtkToggleButton *button,
                     DbkMissedPage   *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->shown = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "group"));
  update_stack (self);
}

static void
open_patient (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.open-patient", "s", g_variant_get_string (parameter, NULL));
}

static void
on_row_activated_cb (DbkMissedPage *self,
                     guint          position)
{
  g_autoptr(DbkAwayItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->view)), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", "s", dbk_away_item_get_patient (item));
}

/* ---- reading ---- */

static void
show_policy (DbkMissedPage   *self,
             const DbkPolicy *policy)
{
  gboolean chinese = dbk_text_language () == DBK_LANGUAGE_CHINESE;
  g_autofree char *label = NULL;

  if (policy == NULL)
    label = g_strdup (_("No policy is adopted: days are counted, and nothing is judged"));
  else if (policy->verified)
    /* Translators: title, name and version of the policy. */
    label = g_strdup_printf (_("Policy: %s (%s %s)"), chinese ? policy->title_zh : policy->title_en, policy->name, policy->version);
  else
    label = g_strdup_printf (_("Policy: %s (%s %s, not verified)"), chinese ? policy->title_zh : policy->title_en, policy->name,
                             policy->version);
  gtk_expander_set_label (self->policy, label);
  gtk_label_set_label (self->policy_text, policy == NULL ? "" : chinese ? policy->text_zh : policy->text_en);
}

static void
count_groups (DbkMissedPage *self,
              GPtrArray     *items)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *label = NULL;
      guint count = 0;

      for (guint j = 0; j < items->len; j++)
        count += is_in_group (g_ptr_array_index (items, j), i) ? 1 : 0;
      label = g_strdup_printf ("%s  %u", _(groups[i].title), count);
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
}

static void
take_list (DbkMissedPage       *self,
           const DbkMissedList *list)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *day = dbk_day_format_weekday (list->day, dbk_text_language ());

  for (guint i = 0; i < list->entries->len; i++)
    g_ptr_array_add (items, dbk_away_item_new (g_ptr_array_index (list->entries, i), list->policy, dbk_desk_get_timezone (self->desk)));
  gtk_label_set_label (self->day, day);
  show_policy (self, list->policy);
  count_groups (self, items);
  dbk_list_update (self->items, items, dbk_away_item_equal);
  update_stack (self);
}

static gpointer
read_missed (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  return dbk_missed_list_read (clinic, session, DBK_DAY_NONE, FALSE, error);
}

static void read_again (DbkMissedPage *self);

static void
on_missed_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DbkMissedPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkMissedList) list = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->box == NULL)
    return;
  self->reading = FALSE;
  if (list != NULL)
    take_list (self, list);
  else
    {
      g_message ("%s", error->message);
      text = dbk_error_text (error);
      adw_status_page_set_description (self->failed, text);
      show_in_stack (self, "failed");
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_is_focus (self->buttons[self->shown]))
    focus_rows (self);
  if (self->stale)
    read_again (self);
}

static void
read_again (DbkMissedPage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_missed, NULL, NULL, (GDestroyNotify) dbk_missed_list_free, NULL, on_missed_read_cb,
                      g_object_ref (self));
}

static void
on_try_again_cb (DbkMissedPage *self)
{
  read_again (self);
}

static void
on_desk_changed_cb (DbkMissedPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && dbk_desk_get_session (self->desk) != NULL)
    read_again (self);
}

void
dbk_missed_page_show (GtkWidget *page)
{
  DbkMissedPage *self = DBK_MISSED_PAGE (page);

  if (dbk_desk_get_session (self->desk) == NULL)
    return;
  read_again (self);
  focus_rows (self);
}

/* ---- contact, order ---- */

typedef struct
{
  char *patient;
  char *outcome;
} Contact;

static void
free_contact (Contact *contact)
{
  g_free (contact->patient);
  g_free (contact->outcome);
  g_free (contact);
}

static gpointer
put_contact (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  const Contact *contact = data;

  return GINT_TO_POINTER (dbk_record_contact (clinic, session, contact->patient, contact->outcome, NULL, error));
}

static void
on_contact_put_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DbkMissedPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = dbk_desk_run_finish (result, &error) != NULL;

  if (self->box == NULL)
    return;
  if (done)
    dbk_desk_toast (self->desk, "%s", _("The contact is recorded"));
  else
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static void
on_outcome_chosen (const char *word,
                   gpointer    data)
{
  DbkMissedPage *self = data;
  Contact *contact;

  if (self->called == NULL)
    return;
  contact = g_new0 (Contact, 1);
  contact->patient = g_steal_pointer (&self->called);
  contact->outcome = g_strdup (word);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, put_contact, contact, (GDestroyNotify) free_contact, NULL, NULL, on_contact_put_cb,
                      g_object_ref (self));
}

static char *
dup_called (DbkMissedPage *self,
            const char    *patient)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(DbkAwayItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (strcmp (dbk_away_item_get_patient (item), patient) == 0)
        return g_strdup (dbk_away_item_get_called (item));
    }
  return g_strdup ("");
}

static void
ask_contact (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DbkMissedPage *self = DBK_MISSED_PAGE (widget);
  g_autofree char *called = dup_called (self, g_variant_get_string (parameter, NULL));

  g_free (self->called);
  self->called = g_variant_dup_string (parameter, NULL);
  dbk_choice_dialog_show (widget, _("What came of it?"), called, dbk_contact_outcomes (), _("_Record"), on_outcome_chosen, self);
}

static void
open_order (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DbkMissedPage *self = DBK_MISSED_PAGE (widget);
  const DbkSession *session = dbk_desk_get_session (self->desk);

  if (session != NULL)
    dbk_place_open_order (widget, self->desk, session, g_variant_get_string (parameter, NULL));
}

/* ---- rows ---- */

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  gtk_list_item_set_child (item, dbk_away_row_new ());
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            DbkMissedPage            *self)
{
  DbkAwayRow *row = DBK_AWAY_ROW (gtk_list_item_get_child (item));
  const DbkSession *session = dbk_desk_get_session (self->desk);

  dbk_away_row_set_item (row, gtk_list_item_get_item (item));
  dbk_away_row_set_may (row, session != NULL && dbk_role_may (session->role, DBK_ACT_RECORD_CONTACT),
                        session != NULL && dbk_role_may (session->role, DBK_ACT_SIGN_ORDER));
}

/* Another person, other buttons: every row is bound again. */
static void
on_session_changed_cb (DbkMissedPage *self)
{
  g_list_store_remove_all (self->items);
  update_stack (self);
}

static void
build_model (DbkMissedPage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSingleSelection) selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, NULL);
  g_autoptr(GtkFilterListModel) filtered = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), self);
  self->items = g_list_store_new (DBK_TYPE_AWAY_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), g_object_ref (self->filter));
  gtk_single_selection_set_model (selection, G_LIST_MODEL (filtered));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  gtk_list_view_set_factory (self->view, factory);
}

static void
build_groups (DbkMissedPage *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(groups[i].title));
      g_autofree char *key = g_strdup_printf ("Ctrl+%u", i + 1);

      self->buttons[i] = button;
      g_object_set_data (G_OBJECT (button), "group", GUINT_TO_POINTER (i));
      gtk_widget_set_tooltip_text (button, key);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first != NULL ? first : GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->groups, button);
    }
  gtk_toggle_button_set_active (first, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_group_toggled_cb), self);
}

/* ---- the page ---- */

static void
dbk_missed_page_dispose (GObject *object)
{
  DbkMissedPage *self = DBK_MISSED_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_missed_page_parent_class)->dispose (object);
}

static void
dbk_missed_page_finalize (GObject *object)
{
  g_free (DBK_MISSED_PAGE (object)->called);
  G_OBJECT_CLASS (dbk_missed_page_parent_class)->finalize (object);
}

static void
dbk_missed_page_class_init (DbkMissedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_missed_page_dispose;
  object_class->finalize = dbk_missed_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-missed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, day);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, failed);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, groups);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, policy);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, policy_text);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkMissedPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
  gtk_widget_class_install_action (widget_class, "missed.show-group", "i", show_group);
  gtk_widget_class_install_action (widget_class, "missed.contact", "s", ask_contact);
  gtk_widget_class_install_action (widget_class, "missed.open", "s", open_patient);
  gtk_widget_class_install_action (widget_class, "missed.order", "s", open_order);
  for (gint i = 0; i < (gint) G_N_ELEMENTS (groups); i++)
    gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_1 + i), GDK_CONTROL_MASK, "missed.show-group", "i", i);
}

static void
dbk_missed_page_init (DbkMissedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_groups (self);
  build_model (self);
  dbk_only_visible (self->stack);
}

GtkWidget *
dbk_missed_page_new (DbkDesk *desk)
{
  DbkMissedPage *self = g_object_new (DBK_TYPE_MISSED_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "session-changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
