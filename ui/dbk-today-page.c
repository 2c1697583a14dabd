/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-today"

#include "config.h"

#include "ui/dbk-today-page.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-list-update.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-preview-window.h"
#include "ui/dbk-today-item.h"

#define N_LISTS (DBK_TODAY_NOT_GIVEN + 1)

/* Room in one line for the names of most, and for "△ missed 2 days". */
#define LEAST_NAME_CHARS 11
#define LEAST_FLAG_CHARS 15

struct _DbkTodayPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget      *box; /* NULL: disposed */
  GtkLabel       *day;
  AdwStatusPage  *empty;
  GtkSearchEntry *entry;
  AdwStatusPage  *failed;
  GtkBox         *lists;
  GtkWidget      *sheet;
  GtkStack       *stack;
  GtkLabel       *totals;
  GtkColumnView  *view;

  GtkWidget      *buttons[N_LISTS];

  /* Owned References */
  DbkDesk        *desk;
  GListStore     *items;
  GtkFilter      *filter;
  char           *typed;  /* folded */

  DbkTodayState   shown;
  gboolean        reading;
  gboolean        stale;  /* changed while it was being read */
};

G_DEFINE_FINAL_TYPE (DbkTodayPage, dbk_today_page, GTK_TYPE_WIDGET)

static const struct
{
  const char *title;
  const char *nobody;
  const char *icon;
} lists[N_LISTS] = {
  [DBK_TODAY_TO_COME] = { N_("Still to come"), N_("Nobody is still to come"), "emblem-ok-symbolic" },
  [DBK_TODAY_DOSED] = { N_("Dosed"), N_("Nobody was dosed yet"), "x-office-calendar-symbolic" },
  [DBK_TODAY_NOT_GIVEN] = { N_("Not given"), N_("Nobody was sent away without a dose"), "emblem-ok-symbolic" },
};

/* ---- what is shown ---- */

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  DbkTodayPage *self = data;

  return dbk_today_item_get_list (item) == self->shown && dbk_today_item_matches (item, self->typed);
}

/* Without rows the focus stays on the page all the same: its keys work from there. */
static void
focus_rows (DbkTodayPage *self)
{
  gboolean rows = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") == 0;

  if (!rows || !gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (self->buttons[self->shown]);
}

static void
show_in_stack (DbkTodayPage *self,
               const char   *name)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  gtk_stack_set_visible_child_name (self->stack, name);
  if (had_focus)
    focus_rows (self);
}

static void
update_stack (DbkTodayPage *self)
{
  gboolean typed = *self->typed != '\0';

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (self->view))) > 0)
    {
      show_in_stack (self, "rows");
      return;
    }
  adw_status_page_set_icon_name (self->empty, typed ? "system-search-symbolic" : lists[self->shown].icon);
  adw_status_page_set_title (self->empty, typed ? _("Nobody found on this list") : _(lists[self->shown].nobody));
  adw_status_page_set_description (self->empty, typed ? _("Try fewer characters") : NULL);
  show_in_stack (self, "empty");
}

static void
show_list (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DbkTodayPage *self = DBK_TODAY_PAGE (widget);
  gint32 n = g_variant_get_int32 (parameter);

  if (n < 0 || n >= N_LISTS)
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[n]), TRUE);
  focus_rows (self);
}

static void
on_list_toggled_cb (GtkToggleButton *button,
                    DbkTodayPage    *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->shown = (DbkTodayState) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "list"));
  update_stack (self);
}

static void
on_search_changed_cb (DbkTodayPage *self)
{
  g_free (self->typed);
  self->typed = dbk_today_item_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  update_stack (self);
}

static void
on_stop_search_cb (DbkTodayPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  focus_rows (self);
}

/* No text field has the focus before somebody asks for one: a scan would go through the input method. */
static void
begin_search (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (DBK_TODAY_PAGE (widget)->entry));
}

static void
show_all (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  on_stop_search_cb (DBK_TODAY_PAGE (widget));
}

static void
on_entry_activate_cb (DbkTodayPage *self)
{
  focus_rows (self);
}

static void
on_row_activated_cb (DbkTodayPage *self,
                     guint         position)
{
  g_autoptr(DbkTodayItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", "s", dbk_today_item_get_patient (item));
}

/* ---- reading ---- */

static char *
say_totals (const DbkToday *today,
            gint            held)
{
  g_autofree char *dose = dbk_dose_format (today->given_ug), *volume = dbk_volume_format (today->given_ul);
  g_autofree char *expected = g_strdup_printf (_("Expected %d"), today->expected);
  g_autofree char *dosed = g_strdup_printf (_("dosed %d"), today->dosed);
  g_autofree char *not_given = g_strdup_printf (_("not given %d"), today->not_given);
  g_autofree char *to_come = g_strdup_printf (_("still to come %d"), today->to_come);
  g_autofree char *on_hold = g_strdup_printf (_("on hold %d"), held);
  /* Translators: the dose in mg, the volume in mL. */
  g_autofree char *given = g_strdup_printf (_("given %s, %s"), dose, volume);

  return g_strjoin (" · ", expected, dosed, not_given, to_come, on_hold, given, NULL);
}

static void
take_today (DbkTodayPage   *self,
            const DbkToday *today)
{
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (self->desk));
  g_autoptr(GPtrArray) items = dbk_today_item_list (today, record->timezone, record->site_code);
  g_autofree char *day = dbk_day_format_weekday (today->day, dbk_text_language ());
  g_autofree char *totals = NULL;
  gint counts[N_LISTS] = { today->to_come, today->dosed, today->not_given }, held = 0;

  for (guint i = 0; i < items->len; i++)
    {
      DbkTodayItem *item = g_ptr_array_index (items, i);

      held += dbk_today_item_get_list (item) == DBK_TODAY_TO_COME && dbk_today_item_is_held (item);
    }
  totals = say_totals (today, held);
  gtk_label_set_label (self->day, day);
  gtk_label_set_label (self->totals, totals);
  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s  %d", _(lists[i].title), counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
  dbk_list_update (self->items, items, dbk_today_item_equal);
  update_stack (self);
}

static gpointer
read_today (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_today_read (clinic, session, DBK_DAY_NONE, error);
}

static void read_again (DbkTodayPage *self);

static void
on_today_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkTodayPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkToday) today = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;
  gboolean was_empty;

  if (self->box == NULL)
    return;
  self->reading = FALSE;
  was_empty = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;
  if (today != NULL)
    take_today (self, today);
  else
    {
      g_message ("%s", error->message);
      text = dbk_error_text (error);
      adw_status_page_set_description (self->failed, text);
      show_in_stack (self, "failed");
    }
  if (was_empty && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_is_focus (self->buttons[self->shown]))
    focus_rows (self);
  if (self->stale)
    read_again (self);
}

static void
read_again (DbkTodayPage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_today, NULL, NULL, (GDestroyNotify) dbk_today_free, NULL, on_today_read_cb,
                      g_object_ref (self));
}

static void
on_try_again_cb (DbkTodayPage *self)
{
  read_again (self);
}

static void
on_desk_changed_cb (DbkTodayPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && dbk_desk_get_session (self->desk) != NULL)
    read_again (self);
}

void
dbk_today_page_show (GtkWidget *page)
{
  DbkTodayPage *self = DBK_TODAY_PAGE (page);

  if (dbk_desk_get_session (self->desk) == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  on_search_changed_cb (self);
  read_again (self);
  focus_rows (self);
}

/* ---- the paper sheet ---- */

static gpointer
make_sheet (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_make_sheet (clinic, session, DBK_DAY_NONE, data, error);
}

static void
on_sheet_made_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkTodayPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkMadePaper) made = dbk_desk_run_finish (result, &error);

  if (self->box == NULL)
    return;
  gtk_widget_set_sensitive (self->sheet, TRUE);
  if (made == NULL)
    dbk_show_error (GTK_WIDGET (self), _("The sheet was not made"), error);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    dbk_preview_window_show (GTK_WIDGET (self), self->desk, g_steal_pointer (&made), "sheet-printer", NULL);
}

static void
on_sheet_clicked_cb (DbkTodayPage *self)
{
  DbkPaperOptions *options = g_new0 (DbkPaperOptions, 1);

  options->media = DBK_MEDIA_A4;
  options->language = dbk_text_language ();
  options->with_name = TRUE;
  gtk_widget_set_sensitive (self->sheet, FALSE);
  /* That a sheet was made changes nothing that is shown anywhere. */
  dbk_desk_run_async (self->desk, DBK_WORK_READS, make_sheet, options, g_free, (GDestroyNotify) dbk_made_paper_free, NULL, on_sheet_made_cb,
                      g_object_ref (self));
}

static void
print_sheet (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DbkTodayPage *self = DBK_TODAY_PAGE (widget);

  if (gtk_widget_get_sensitive (self->sheet))
    on_sheet_clicked_cb (self);
}

/* ---- cells ---- */

static gboolean
is_wrapped (DbkTodayColumn column)
{
  return column == DBK_TODAY_COLUMN_NAME || column == DBK_TODAY_COLUMN_PINYIN || column >= DBK_TODAY_COLUMN_STATE;
}

static gboolean
is_struck_through (DbkTodayColumn column)
{
  return column <= DBK_TODAY_COLUMN_DOSE;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             gpointer                  data)
{
  DbkTodayColumn column = (DbkTodayColumn) GPOINTER_TO_INT (data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), is_wrapped (column));
  if (column == DBK_TODAY_COLUMN_NAME)
    {
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), LEAST_NAME_CHARS);
      gtk_widget_add_css_class (label, "name");
    }
  else if (column != DBK_TODAY_COLUMN_PINYIN)
    gtk_widget_add_css_class (label, "numeric");
  if (column == DBK_TODAY_COLUMN_FLAGS)
    gtk_label_set_width_chars (GTK_LABEL (label), LEAST_FLAG_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            gpointer                  data)
{
  DbkTodayColumn column = (DbkTodayColumn) GPOINTER_TO_INT (data);
  DbkTodayItem *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  gboolean struck = dbk_today_item_is_struck (row), held = dbk_today_item_is_held (row);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  if (struck && is_struck_through (column))
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_label (GTK_LABEL (label), dbk_today_item_get_text (row, column));
  set_class (label, "dim-label", struck && is_struck_through (column));
  if (column == DBK_TODAY_COLUMN_FLAGS)
    {
      set_class (label, "error", held);
      set_class (label, "warning", !held);
    }
  else if (column == DBK_TODAY_COLUMN_STATE)
    set_class (label, "success", !struck && dbk_today_item_get_list (row) == DBK_TODAY_DOSED);
}

static gint
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      column)
{
  return dbk_today_item_compare (DBK_TODAY_ITEM ((gpointer) a), DBK_TODAY_ITEM ((gpointer) b), (DbkTodayColumn) GPOINTER_TO_INT (column));
}

static void
build_columns (DbkTodayPage *self)
{
  static const char *const titles[DBK_N_TODAY_COLUMNS] = { N_("Name"),       N_("Pinyin"),   N_("No."),   N_("Dose"),
                                                           N_("Order ends"), N_("Last dose"), N_("State"), N_("To note") };

  for (gint i = 0; i < DBK_N_TODAY_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = NULL;
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, GINT_TO_POINTER (i), NULL));

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), GINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), GINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_(titles[i]), factory);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_expand (column, is_wrapped ((DbkTodayColumn) i));
      gtk_column_view_append_column (self->view, column);
    }
}

static void
build_model (DbkTodayPage *self)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  g_autoptr(GtkSingleSelection) selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, NULL);

  self->items = g_list_store_new (DBK_TYPE_TODAY_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_single_selection_set_model (selection, G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (sorted);
}

static void
build_lists (DbkTodayPage *self)
{
  GtkToggleButton *first = NULL;

  for (gint i = 0; i < N_LISTS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(lists[i].title));
      g_autofree char *key = g_strdup_printf ("Ctrl+%d", i + 1);

      self->buttons[i] = button;
      g_object_set_data (G_OBJECT (button), "list", GINT_TO_POINTER (i));
      gtk_widget_set_tooltip_text (button, key);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first != NULL ? first : GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->lists, button);
    }
  gtk_toggle_button_set_active (first, TRUE);
  for (guint i = 0; i < N_LISTS; i++)
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_list_toggled_cb), self);
}

/* ---- the page ---- */

static void
dbk_today_page_dispose (GObject *object)
{
  DbkTodayPage *self = DBK_TODAY_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_today_page_parent_class)->dispose (object);
}

static void
dbk_today_page_finalize (GObject *object)
{
  g_free (DBK_TODAY_PAGE (object)->typed);
  G_OBJECT_CLASS (dbk_today_page_parent_class)->finalize (object);
}

static void
dbk_today_page_class_init (DbkTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_today_page_dispose;
  object_class->finalize = dbk_today_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, day);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, entry);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, failed);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, lists);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, totals);
  gtk_widget_class_bind_template_child (widget_class, DbkTodayPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
  gtk_widget_class_install_action (widget_class, "today.show-list", "i", show_list);
  gtk_widget_class_install_action (widget_class, "today.sheet", NULL, print_sheet);
  gtk_widget_class_install_action (widget_class, "today.show-all", NULL, show_all);
  gtk_widget_class_install_action (widget_class, "today.search", NULL, begin_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "today.show-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, 0, "today.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Divide, 0, "today.search", NULL);
  for (gint i = 0; i < N_LISTS; i++)
    gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_1 + i), GDK_CONTROL_MASK, "today.show-list", "i", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "today.sheet", NULL);
}

static void
dbk_today_page_init (DbkTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->typed = g_strdup ("");
  build_lists (self);
  build_model (self);
  build_columns (self);
  dbk_only_visible (self->stack);
}

GtkWidget *
dbk_today_page_new (DbkDesk *desk)
{
  DbkTodayPage *self = g_object_new (DBK_TYPE_TODAY_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
