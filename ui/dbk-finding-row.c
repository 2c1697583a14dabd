/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-finding"

#include "config.h"

#include "ui/dbk-finding-row.h"

#include <glib/gi18n.h>

#include "app/dbk-finding-text.h"

struct _DbkFindingRow
{
  GtkWidget parent_instance;

  GtkWidget     *box;
  DbkFindingCode code;
};

enum { SIGNAL_ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkFindingRow, dbk_finding_row, GTK_TYPE_WIDGET)

/* Shape first, then word, then colour. */
static const struct
{
  const char *icon;
  const char *style;
} levels[] = {
  [DBK_LEVEL_KNOW] = { "dialog-information-symbolic", "know" },
  [DBK_LEVEL_ANSWER] = { "dialog-warning-symbolic", "answer" },
  [DBK_LEVEL_STOP] = { "action-unavailable-symbolic", "stop" },
};

static const char *
level_word (DbkLevel level)
{
  switch (level)
    {
    case DBK_LEVEL_STOP:
      return _("STOP");
    case DBK_LEVEL_ANSWER:
      return _("ANSWER");
    case DBK_LEVEL_KNOW:
    default:
      return _("To know");
    }
}

static void
on_choice_clicked_cb (GtkButton     *button,
                      DbkFindingRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, g_object_get_data (G_OBJECT (button), "choice"));
}

static GtkWidget *
new_choice (DbkFindingRow    *self,
            const DbkFinding *finding,
            const char       *choice,
            guint             place,
            gboolean          numbered)
{
  const char *text = dbk_choice_text (finding->code, choice);
  g_autofree char *label = numbered ? g_strdup_printf ("%u  %s", place + 1, text) : g_strdup (text);
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (finding->answer, choice) == 0);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data_full (G_OBJECT (button), "choice", g_strdup (choice), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_choice_clicked_cb), self);
  return button;
}

static GtkWidget *
new_text (const char *text,
          const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_choices (DbkFindingRow    *self,
             GtkWidget        *column,
             const DbkFinding *finding,
             gboolean          numbered)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *const *choices = dbk_finding_choices (finding->code);

  gtk_widget_add_css_class (row, "choices");
  for (guint i = 0; choices[i] != NULL; i++)
    gtk_box_append (GTK_BOX (row), new_choice (self, finding, choices[i], i, numbered));
  gtk_box_append (GTK_BOX (column), row);
}

static void
fill_know (DbkFindingRow *self,
           const char    *text)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (levels[DBK_LEVEL_KNOW].icon);

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), new_text (text, NULL));
}

static void
fill_strip (DbkFindingRow    *self,
            const DbkFinding *finding,
            const char       *text,
            gboolean          numbered)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (levels[finding->level].icon);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *title = g_strdup_printf ("%s · %s", level_word (finding->level), dbk_finding_title (finding->code));
  const char *lift = dbk_lift_text (finding);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 32);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), column);
  gtk_box_append (GTK_BOX (column), new_text (title, "heading"));
  gtk_box_append (GTK_BOX (column), new_text (text, NULL));
  if (*lift != '\0')
    gtk_box_append (GTK_BOX (column), new_text (lift, "lift"));
  if (finding->level == DBK_LEVEL_ANSWER)
    add_choices (self, column, finding, numbered);
}

GtkWidget *
dbk_finding_row_new (const DbkFinding *finding,
                     const DbkVerdict *verdict,
                     const DbkPolicy  *policy,
                     const char       *timezone_id,
                     gboolean          numbered)
{
  DbkFindingRow *self = g_object_new (DBK_TYPE_FINDING_ROW, "accessible-role",
                                      finding->level == DBK_LEVEL_KNOW ? GTK_ACCESSIBLE_ROLE_STATUS : GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  g_autofree char *text = dbk_finding_text (finding, verdict, policy, timezone_id);
  g_autofree char *said = g_strdup_printf ("%s. %s. %s %s", level_word (finding->level), dbk_finding_title (finding->code), text, dbk_lift_text (finding));

  self->code = finding->code;
  gtk_widget_add_css_class (self->box, levels[finding->level].style);
  if (finding->answer != NULL)
    gtk_widget_add_css_class (self->box, "answered");
  if (finding->level == DBK_LEVEL_KNOW)
    fill_know (self, text);
  else
    fill_strip (self, finding, text, numbered);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return GTK_WIDGET (self);
}

DbkFindingCode
dbk_finding_row_get_code (DbkFindingRow *self)
{
  return self->code;
}

static void
dbk_finding_row_dispose (GObject *object)
{
  DbkFindingRow *self = DBK_FINDING_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dbk_finding_row_parent_class)->dispose (object);
}

static void
dbk_finding_row_class_init (DbkFindingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_finding_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_STRING);
}

static void
dbk_finding_row_init (DbkFindingRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "finding");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
