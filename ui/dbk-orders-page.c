/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-orders"

#include "config.h"

#include "ui/dbk-orders-page.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-order-worklist.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-places.h"

/* ---- a row ---- */

#define DBK_TYPE_WORK_ITEM (dbk_work_item_get_type ())
G_DECLARE_FINAL_TYPE (DbkWorkItem, dbk_work_item, DBK, WORK_ITEM, GObject)

typedef enum
{
  COLUMN_NAME,
  COLUMN_NUMBER,
  COLUMN_ORDER,
  COLUMN_WHAT,
  N_COLUMNS
} Column;

struct _DbkWorkItem
{
  GObject parent_instance;

  DbkOrderWorkKind kind;
  char            *patient;
  char            *texts[N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (DbkWorkItem, dbk_work_item, G_TYPE_OBJECT)

static void
dbk_work_item_finalize (GObject *object)
{
  DbkWorkItem *self = DBK_WORK_ITEM (object);

  g_free (self->patient);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (dbk_work_item_parent_class)->finalize (object);
}

static void
dbk_work_item_class_init (DbkWorkItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_work_item_finalize;
}

static void
dbk_work_item_init (DbkWorkItem *self)
{
}

static char *
say_hold (const DbkHold *hold)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *from = dbk_day_format (hold->from, language), *until = dbk_day_format (hold->until, language);
  const char *kind = hold->kind == DBK_HOLD_MEDICAL ? _("On hold") : _("Stop flag");
  const char *placer = hold->placer_name != NULL ? hold->placer_name : "—";

  if (hold->until == DBK_DAY_NONE)
    /* Translators: "On hold: heart, Dr Chen, since 12-Mar-2026". */
    return g_strdup_printf (_("%s: %s, %s, since %s"), kind, dbk_reason_text (hold->reason), placer, from);
  return g_strdup_printf (_("%s: %s, %s, %s to %s"), kind, dbk_reason_text (hold->reason), placer, from, until);
}

static char *
say_away (const DbkOrderWork *work)
{
  g_autofree char *last = dbk_day_format_short (work->last_day, dbk_text_language ());
  g_autofree char *dose = dbk_dose_format (work->proposed_ug);
  g_autofree char *missed = g_strdup_printf (ngettext ("missed %d day, last here %s", "missed %d days, last here %s", (gulong) work->missed),
                                             work->missed, last);

  if (work->proposed_ug == 0)
    return g_steal_pointer (&missed);
  /* Translators: the missed days, the dose. */
  return g_strdup_printf (_("%s; the policy proposes %s"), missed, dose);
}

static char *
say_without (const DbkOrderWork *work)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *from = dbk_day_format_weekday (work->from, language), *until = dbk_day_format_weekday (work->until, language);

  if (work->from != DBK_DAY_NONE)
    return g_strdup_printf (_("begins %s"), from);
  if (work->order_ug == 0)
    return g_strdup (_("never had an order here"));
  return g_strdup_printf (_("ended %s"), until);
}

static char *
say_what (const DbkOrderWork *work)
{
  g_autofree char *until = NULL;

  switch (work->kind)
    {
    case DBK_ORDER_WORK_HELD:
      return say_hold (work->hold);
    case DBK_ORDER_WORK_AWAY:
      return say_away (work);
    case DBK_ORDER_WORK_NO_ORDER:
      return say_without (work);
    case DBK_ORDER_WORK_ENDING:
    default:
      until = dbk_day_format_weekday (work->until, dbk_text_language ());
      return g_strdup_printf (_("ends %s"), until);
    }
}

static DbkWorkItem *
new_item (const DbkOrderWork *work)
{
  DbkWorkItem *item = g_object_new (DBK_TYPE_WORK_ITEM, NULL);
  const DbkPatient *patient = work->patient;

  item->kind = work->kind;
  item->patient = g_strdup (patient->id);
  item->texts[COLUMN_NAME] = patient->pinyin != NULL ? g_strjoin ("  ", patient->name, patient->pinyin, NULL) : g_strdup (patient->name);
  item->texts[COLUMN_NUMBER] = dbk_patient_number_format (patient->number);
  item->texts[COLUMN_ORDER] = work->order_ug > 0 ? dbk_dose_format (work->order_ug) : g_strdup ("—");
  item->texts[COLUMN_WHAT] = say_what (work);
  return item;
}

/* ---- the page ---- */

/* The order of the buttons. */
static const struct
{
  DbkOrderWorkKind kind;
  const char      *title;
} sections[] = {
  { DBK_ORDER_WORK_ENDING, N_("Ending within 7 days") },
  { DBK_ORDER_WORK_NO_ORDER, N_("No order or ended") },
  { DBK_ORDER_WORK_HELD, N_("On hold or stop flag") },
  { DBK_ORDER_WORK_AWAY, N_("Away: a physician decides") },
};

struct _DbkOrdersPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget     *box;
  GtkWidget     *read_only;
  GtkBox        *sections;
  GtkStack      *stack;
  GtkColumnView *view;
  GtkLabel      *more;

  GtkWidget     *buttons[DBK_N_ORDER_WORK_KINDS]; /* by kind */

  /* Owned References */
  DbkDesk       *desk;
  GListStore    *items;
  GtkFilter     *filter;

  DbkOrderWorkKind shown;
  gint           count[DBK_N_ORDER_WORK_KINDS];
  gboolean       read;      /* at least once: a section was chosen */
  gboolean       reading;
  gboolean       stale;     /* changed while it was being read */
};

G_DEFINE_FINAL_TYPE (DbkOrdersPage, dbk_orders_page, GTK_TYPE_WIDGET)

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  return DBK_WORK_ITEM (item)->kind == DBK_ORDERS_PAGE (data)->shown;
}

static void
update_section (DbkOrdersPage *self)
{
  gint count = self->count[self->shown];
  g_autofree char *more = NULL;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (self->stack, count > 0 ? "rows" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->more), count > DBK_ORDER_WORK_MOST);
  more = g_strdup_printf (_("The first %d of %d are shown."), DBK_ORDER_WORK_MOST, count);
  gtk_label_set_label (self->more, more);
}

static void
on_section_toggled_cb (GtkToggleButton *button,
                       DbkOrdersPage   *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->shown = (DbkOrderWorkKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  update_section (self);
}

static void
update_buttons (DbkOrdersPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *label = g_strdup_printf ("%s  %d", _(sections[i].title), self->count[sections[i].kind]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[sections[i].kind]), label);
    }
}

/* The first time, the first list that somebody is on. */
static void
choose_section (DbkOrdersPage *self)
{
  if (self->read)
    return;
  self->read = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (self->count[sections[i].kind] > 0)
      {
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[sections[i].kind]), TRUE);
        return;
      }
}

static gpointer
read_list (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  return dbk_order_worklist_read (clinic, session, error);
}

static void
take_list (DbkOrdersPage          *self,
           const DbkOrderWorklist *list)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < list->rows->len; i++)
    g_ptr_array_add (items, new_item (g_ptr_array_index (list->rows, i)));
  memcpy (self->count, list->count, sizeof (self->count));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  update_buttons (self);
  choose_section (self);
  update_section (self);
}

static void read_again (DbkOrdersPage *self);

static void
on_list_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkOrdersPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrderWorklist) list = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->box == NULL)
    return;
  self->reading = FALSE;
  if (list != NULL)
    take_list (self, list);
  else
    {
      text = dbk_error_text (error);
      dbk_desk_toast (self->desk, "%s", text);
    }
  if (self->stale)
    read_again (self);
}

static void
read_again (DbkOrdersPage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_list, NULL, NULL, (GDestroyNotify) dbk_order_worklist_free, NULL, on_list_read_cb,
                      g_object_ref (self));
}

static void
on_desk_changed_cb (DbkOrdersPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && dbk_desk_get_session (self->desk) != NULL)
    read_again (self);
}

static void
on_row_activated_cb (DbkOrdersPage *self,
                     guint          position)
{
  g_autoptr(DbkWorkItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);
  const DbkSession *session = dbk_desk_get_session (self->desk);

  if (item != NULL && session != NULL)
    dbk_place_open_order (GTK_WIDGET (self), self->desk, session, item->patient);
}

void
dbk_orders_page_show (GtkWidget *page)
{
  DbkOrdersPage *self = DBK_ORDERS_PAGE (page);
  const DbkSession *session = dbk_desk_get_session (self->desk);

  if (session == NULL)
    return;
  gtk_widget_set_visible (self->read_only, !dbk_role_may (session->role, DBK_ACT_SIGN_ORDER));
  read_again (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- building ---- */

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             gpointer                  column)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean wraps = GPOINTER_TO_INT (column) == COLUMN_WHAT || GPOINTER_TO_INT (column) == COLUMN_NAME;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wraps);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (GPOINTER_TO_INT (column) == COLUMN_ORDER || GPOINTER_TO_INT (column) == COLUMN_NUMBER)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            gpointer                  column)
{
  const DbkWorkItem *work = DBK_WORK_ITEM (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), work->texts[GPOINTER_TO_INT (column)]);
}

static void
build_columns (DbkOrdersPage *self)
{
  static const char *const titles[N_COLUMNS] = { N_("Name"), N_("No."), N_("Order"), N_("What waits") };

  for (gint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), GINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), GINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_(titles[i]), factory);
      gtk_column_view_column_set_expand (column, i == COLUMN_WHAT || i == COLUMN_NAME);
      gtk_column_view_append_column (self->view, column);
    }
}

static void
build_sections (DbkOrdersPage *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(sections[i].title));

      self->buttons[sections[i].kind] = button;
      g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (sections[i].kind));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first != NULL ? first : GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->sections, button);
    }
  self->shown = sections[0].kind;
  gtk_toggle_button_set_active (first, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    g_signal_connect (self->buttons[sections[i].kind], "toggled", G_CALLBACK (on_section_toggled_cb), self);
}

static void
dbk_orders_page_dispose (GObject *object)
{
  DbkOrdersPage *self = DBK_ORDERS_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_orders_page_parent_class)->dispose (object);
}

static void
dbk_orders_page_class_init (DbkOrdersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_orders_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, read_only);
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, sections);
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, view);
  gtk_widget_class_bind_template_child (widget_class, DbkOrdersPage, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
dbk_orders_page_init (DbkOrdersPage *self)
{
  g_autoptr(GtkSelectionModel) selection = NULL;
  GtkFilterListModel *filtered;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (DBK_TYPE_WORK_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), g_object_ref (self->filter));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (filtered)));
  gtk_column_view_set_model (self->view, selection);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What waits for a physician"), -1);
  dbk_only_visible (self->stack);
  build_columns (self);
  build_sections (self);
  update_buttons (self);
}

GtkWidget *
dbk_orders_page_new (DbkDesk *desk)
{
  DbkOrdersPage *self = g_object_new (DBK_TYPE_ORDERS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
