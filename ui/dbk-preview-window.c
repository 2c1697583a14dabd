/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-preview"

#include "config.h"

#include "ui/dbk-preview-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "ui/dbk-dialogs.h"
#include "ui/dbk-scanner.h"
#include "ui/dbk-trouble-text.h"

#define MARGIN_PX 12
#define MOST_PX_PER_MM 7.0    /* a card or slip is not blown up beyond that */
#define LARGER_PX_PER_MM 3.2  /* A4 as wide as the window */
#define LARGER_FROM_MM 160    /* what is shorter can be read as it is */
#define STEP 0.9              /* of what is seen */
#define USUAL_WIDTH 720
#define LEAST_HEIGHT 420

struct _DbkPreviewWindow
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkWidget         *after;
  GtkDrawingArea    *area;
  GtkWidget         *before;
  GtkToggleButton   *larger;
  GtkDropDown       *printer;
  GtkScrolledWindow *scrolled;
  AdwWindowTitle    *title;
  AdwToastOverlay   *toasts;
  GtkWidget         *turn;

  /* Owned References */
  DbkDesk           *desk;     /* NULL: disposed */
  DbkMadePaper      *made;     /* NULL: sent */
  DbkDocument       *document;
  GPtrArray         *printers; /* DbkPrinter; NULL while they are looked for, or if nobody answers */
  GCancellable      *cancellable;
  char              *setting;
  char              *number;

  guint              page;
  gboolean           asks_first; /* the list begins with the request to choose one */
};

G_DEFINE_FINAL_TYPE (DbkPreviewWindow, dbk_preview_window, ADW_TYPE_WINDOW)

/* The title that a print system sees is in no language and names nobody. */
static char *
say_title (const DbkMadePaper *made,
           const char         *number)
{
  const char *what = dbk_document_get_title (made->document);

  if (g_strcmp0 (made->kind, "slip") == 0)
    what = _("Dosing slip");
  else if (g_strcmp0 (made->kind, "card") == 0)
    what = _("Patient card");
  else if (g_strcmp0 (made->kind, "sheet") == 0)
    what = _("Paper sheet");
  return number != NULL ? g_strjoin (" · ", what, number, NULL) : g_strdup (what);
}

/* ---- pages ---- */

static void
draw_page (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        data)
{
  DbkPreviewWindow *self = data;
  double w, h, scale;

  if (self->document == NULL)
    return;
  w = dbk_document_get_width_mm (self->document);
  h = dbk_document_get_height_mm (self->document);
  scale = MIN (MIN ((width - 2 * MARGIN_PX) / w, (height - 2 * MARGIN_PX) / h), MOST_PX_PER_MM);
  if (scale <= 0)
    return;
  cairo_translate (cr, (width - w * scale) / 2, (height - h * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, w, h);
  cairo_fill (cr);
  cairo_rectangle (cr, 0, 0, w, h);
  cairo_clip (cr);
  dbk_document_draw_page (self->document, cr, self->page);
}

static void
show_page (DbkPreviewWindow *self,
           guint             page)
{
  guint n_pages = dbk_document_get_n_pages (self->document);
  g_autofree char *text = g_strdup_printf (_("Page %u of %u"), page + 1, n_pages);
  g_autofree char *label = g_strdup_printf ("%s, %s", adw_window_title_get_title (self->title), text);

  self->page = page;
  adw_window_title_set_subtitle (self->title, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_sensitive (self->before, page > 0);
  gtk_widget_set_sensitive (self->after, page + 1 < n_pages);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

/* As in a book: to the end of the page first, then the next one. */
static void
show_next (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (widget);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double value = gtk_adjustment_get_value (place), shown = gtk_adjustment_get_page_size (place);

  if (value + shown < gtk_adjustment_get_upper (place) - 1)
    gtk_adjustment_set_value (place, value + shown * STEP);
  else if (self->page + 1 < dbk_document_get_n_pages (self->document))
    show_page (self, self->page + 1);
}

static void
show_previous (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (widget);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double value = gtk_adjustment_get_value (place);

  if (value > 0)
    gtk_adjustment_set_value (place, value - gtk_adjustment_get_page_size (place) * STEP);
  else if (self->page > 0)
    {
      show_page (self, self->page - 1);
      gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
    }
}

static void
turn_page (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (widget);
  gint step = g_variant_get_int32 (parameter);

  if (step > 0 || self->page > 0)
    show_page (self, MIN (step > 0 ? self->page + 1 : self->page - 1, dbk_document_get_n_pages (self->document) - 1));
}

static void
on_larger_toggled_cb (DbkPreviewWindow *self)
{
  gboolean larger = gtk_toggle_button_get_active (self->larger);
  double w = dbk_document_get_width_mm (self->document), h = dbk_document_get_height_mm (self->document);

  gtk_drawing_area_set_content_width (self->area, larger ? (int) (w * LARGER_PX_PER_MM) + 2 * MARGIN_PX : 0);
  gtk_drawing_area_set_content_height (self->area, larger ? (int) (h * LARGER_PX_PER_MM) + 2 * MARGIN_PX : 0);
}

static void
toggle_larger (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GtkToggleButton *larger = DBK_PREVIEW_WINDOW (widget)->larger;

  gtk_toggle_button_set_active (larger, !gtk_toggle_button_get_active (larger));
}

/* ---- printers ---- */

/* NULL: none is chosen. */
static const DbkPrinter *
chosen_printer (DbkPreviewWindow *self)
{
  guint n = gtk_drop_down_get_selected (self->printer), skip = self->asks_first ? 1 : 0;

  return self->printers != NULL && n != GTK_INVALID_LIST_POSITION && n >= skip && n - skip < self->printers->len
           ? g_ptr_array_index (self->printers, n - skip)
           : NULL;
}

static void
on_printer_selected_cb (DbkPreviewWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.print", self->made != NULL && chosen_printer (self) != NULL);
}

static char *
describe_printer (const DbkPrinter *printer)
{
  const char *name = printer->description != NULL && *printer->description != '\0' ? printer->description : printer->name;

  if (printer->trouble == DBK_PAPER_TROUBLE_NONE)
    return g_strdup (name);
  /* Translators: a printer, and what is wrong with it. */
  return g_strdup_printf (_("%s (%s)"), name, dbk_trouble_text (printer->trouble));
}

static void
show_no_printer (DbkPreviewWindow *self,
                 const char       *text)
{
  const char *const texts[] = { text, NULL };
  g_autoptr(GtkStringList) list = gtk_string_list_new (texts);

  gtk_drop_down_set_model (self->printer, G_LIST_MODEL (list));
  gtk_widget_set_sensitive (GTK_WIDGET (self->printer), FALSE);
}

/* Without a printer for this paper in the settings nothing is chosen: a card must not come out of the printer for slips because that one
 * happens to be the first. */
static void
show_printers (DbkPreviewWindow *self)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *usual = g_settings_get_string (dbk_desk_get_settings (self->desk), self->setting);
  guint selected = 0;

  self->asks_first = TRUE;
  for (guint i = 0; i < self->printers->len; i++)
    if (strcmp (((const DbkPrinter *) g_ptr_array_index (self->printers, i))->name, usual) == 0)
      {
        self->asks_first = FALSE;
        selected = i;
      }
  if (self->asks_first)
    gtk_string_list_append (list, _("Choose a printer"));
  for (guint i = 0; i < self->printers->len; i++)
    gtk_string_list_take (list, describe_printer (g_ptr_array_index (self->printers, i)));
  gtk_drop_down_set_model (self->printer, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->printer, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->printer), TRUE);
  on_printer_selected_cb (self);
}

static void
list_printers_thread (GTask        *task,
                      gpointer      source,
                      gpointer      data,
                      GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *printers = dbk_print_queue_list (data, &error);

  if (printers != NULL)
    g_task_return_pointer (task, printers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_printers_listed_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) printers = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->desk == NULL)
    return;
  if (printers == NULL)
    {
      g_message ("%s", error->message);
      show_no_printer (self, _("The print system does not answer"));
    }
  else if (printers->len == 0)
    show_no_printer (self, _("No printer is set up on this computer"));
  else
    {
      self->printers = g_steal_pointer (&printers);
      show_printers (self);
    }
}

static void
list_printers (DbkPreviewWindow *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, on_printers_listed_cb, NULL);

  show_no_printer (self, _("Looking for printers…"));
  g_task_set_source_tag (task, list_printers);
  g_task_set_task_data (task, g_object_ref (dbk_print_desk_get_queue (dbk_desk_get_print (self->desk))), g_object_unref);
  g_task_run_in_thread (task, list_printers_thread);
}

static void
print (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (widget);
  const DbkPrinter *printer = chosen_printer (self);

  if (printer == NULL || self->made == NULL)
    return;
  dbk_desk_toast (self->desk, _("Given to the printer: %s"), printer->description);
  dbk_print_desk_send (dbk_desk_get_print (self->desk), g_steal_pointer (&self->made), printer->name, self->number);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- into a file ---- */

typedef struct
{
  DbkDocument *document;
  char        *path;
} Saving;

static void
free_saving (Saving *saving)
{
  dbk_document_unref (saving->document);
  g_free (saving->path);
  g_free (saving);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Saving *saving = data;
  g_autoptr(GBytes) pdf = NULL;
  GError *error = NULL;

  /* It may carry names: for nobody else on this computer. */
  if (dbk_document_write_pdf (saving->document, &pdf, &error) &&
      g_file_set_contents_full (saving->path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (source);
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_path_get_basename (saving->path), *text = NULL, *escaped = NULL;
  gboolean saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->desk == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.save", TRUE);
  if (!saved)
    {
      dbk_show_error (GTK_WIDGET (self), _("The PDF was not saved"), error);
      return;
    }
  text = g_strdup_printf (_("Saved: %s"), name);
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
on_path_picked (const char *path,
                gpointer    data)
{
  DbkPreviewWindow *self = data;
  g_autoptr(GTask) task = NULL;
  Saving *saving;

  if (self->desk == NULL)
    return;
  task = g_task_new (self, NULL, on_saved_cb, NULL);
  saving = g_new0 (Saving, 1);
  saving->document = dbk_document_ref (self->document);
  saving->path = g_strdup (path);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.save", FALSE);
  g_task_set_source_tag (task, on_path_picked);
  g_task_set_task_data (task, saving, (GDestroyNotify) free_saving);
  g_task_run_in_thread (task, save_thread);
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (widget);
  g_autofree char *day = dbk_day_to_iso (dbk_desk_today (self->desk));
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", self->made->kind, self->number != NULL ? self->number : day);

  dbk_pick_file (widget, _("Save PDF"), name, "*.pdf", on_path_picked, self);
}

/* ---- the window ---- */

static void
dbk_preview_window_dispose (GObject *object)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), DBK_TYPE_PREVIEW_WINDOW);
  g_clear_pointer (&self->made, dbk_made_paper_free);
  g_clear_pointer (&self->document, dbk_document_unref);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  G_OBJECT_CLASS (dbk_preview_window_parent_class)->dispose (object);
}

static void
dbk_preview_window_finalize (GObject *object)
{
  DbkPreviewWindow *self = DBK_PREVIEW_WINDOW (object);

  g_free (self->setting);
  g_free (self->number);
  G_OBJECT_CLASS (dbk_preview_window_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_Escape, 0, "window.close" },
    { GDK_KEY_plus, 0, "preview.larger" },
    { GDK_KEY_equal, 0, "preview.larger" },
    { GDK_KEY_KP_Add, 0, "preview.larger" },
    { GDK_KEY_minus, 0, "preview.larger" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "preview.print" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "preview.save" },
  };

  gtk_widget_class_install_action (widget_class, "preview.next", NULL, show_next);
  gtk_widget_class_install_action (widget_class, "preview.previous", NULL, show_previous);
  gtk_widget_class_install_action (widget_class, "preview.turn", "i", turn_page);
  gtk_widget_class_install_action (widget_class, "preview.larger", NULL, toggle_larger);
  gtk_widget_class_install_action (widget_class, "preview.print", NULL, print);
  gtk_widget_class_install_action (widget_class, "preview.save", NULL, save);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

static void
dbk_preview_window_class_init (DbkPreviewWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_preview_window_dispose;
  object_class->finalize = dbk_preview_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-preview-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, after);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, area);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, before);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, larger);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, printer);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DbkPreviewWindow, turn);
  gtk_widget_class_bind_template_callback (widget_class, on_larger_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_printer_selected_cb);
  add_keys (widget_class);
}

/* Before the scrolled window takes them. */
static void
add_page_keys (DbkPreviewWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Page_Down, 0),
                                                                                          gtk_named_action_new ("preview.next")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Page_Up, 0),
                                                                                          gtk_named_action_new ("preview.previous")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
dbk_preview_window_init (DbkPreviewWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_drawing_area_set_draw_func (self->area, draw_page, self, NULL);
  add_page_keys (self);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_preview_window_show (GtkWidget    *widget,
                         DbkDesk      *desk,
                         DbkMadePaper *made,
                         const char   *printer_setting_key,
                         const char   *number)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  DbkPreviewWindow *self = g_object_new (DBK_TYPE_PREVIEW_WINDOW, "transient-for", root, NULL);
  g_autofree char *title = say_title (made, number);
  int height = gtk_widget_get_height (GTK_WIDGET (root));

  self->desk = g_object_ref (desk);
  self->made = made;
  self->document = dbk_document_ref (made->document);
  self->setting = g_strdup (printer_setting_key);
  self->number = g_strdup (number);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->larger), dbk_document_get_height_mm (self->document) > LARGER_FROM_MM);
  gtk_widget_set_visible (self->turn, dbk_document_get_n_pages (self->document) > 1);
  gtk_window_set_default_size (GTK_WINDOW (self), USUAL_WIDTH, MAX (height - 2 * MARGIN_PX, LEAST_HEIGHT));
  show_page (self, 0);
  list_printers (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
}
