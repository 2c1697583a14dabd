/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-place-row.h"

#include <glib/gi18n.h>

#include "ui/dbk-intake-text.h"

static char *
say_data (const char             *zone_name,
          const DbkExchangePlace *place)
{
  g_autofree char *moment = place->data_ms != 0 ? dbk_moment_text (zone_name, place->data_ms) : NULL;

  if (place->on_paper)
    return g_strdup (_("Works on paper: its doses come back with the slips"));
  if (place->revoked)
    return g_strdup (_("Its computer was revoked: what it says waits for a physician"));
  if (moment == NULL)
    return g_strdup (_("No file of theirs was taken in yet"));
  if (place->data_days == 0)
    /* Translators: a moment, "26-Nov-2026 07:05". */
    return g_strdup_printf (_("Data from today, %s"), moment);
  return g_strdup_printf (ngettext ("Data from %s, %d day old", "Data from %s, %d days old", (gulong) place->data_days), moment, place->data_days);
}

static char *
say_place (const char             *zone_name,
           const DbkExchangePlace *place)
{
  GString *text = g_string_new (NULL);
  g_autofree char *data = say_data (zone_name, place);
  g_autofree char *written = place->written_ms != 0 ? dbk_moment_text (zone_name, place->written_ms) : NULL;

  g_string_append (text, data);
  if (written != NULL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("last file for them written %s"), written);
    }
  if (place->patients > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d patient today", "%d patients today", (gulong) place->patients), place->patients);
    }
  if (place->open_slips > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d slip not back yet", "%d slips not back yet", (gulong) place->open_slips), place->open_slips);
    }
  if (place->held_back > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d fact of a revoked computer waits for a physician", "%d facts of a revoked computer wait for a physician",
                                              (gulong) place->held_back), (gint) place->held_back);
    }
  return g_string_free (text, FALSE);
}

static void
add_due (GtkWidget *row)
{
  GtkWidget *due = gtk_label_new (_("Due"));

  gtk_widget_add_css_class (due, "warning");
  gtk_widget_add_css_class (due, "heading");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), due);
}

static void
add_button (GtkWidget              *row,
            const char             *label,
            const char             *action,
            const DbkExchangePlace *place)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place->code);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* What is rarely done, and only by some. */
static void
add_menu (GtkWidget              *row,
          const DbkSession       *session,
          const DbkExchangePlace *place)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button;

  if (place->writer != NULL && dbk_role_may (session->role, DBK_ACT_ENROL_SITE))
    add_item (menu, _("_Revoke its computer…"), "exchange.revoke", place->writer);
  if (place->held_back > 0 && dbk_role_may (session->role, DBK_ACT_ACCEPT_FACTS))
    add_item (menu, _("_Believe what the revoked computer said…"), "exchange.believe", place->code);
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return;
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("More"));
  /* The part inside has the keyboard, and is what a screen reader comes to. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

GtkWidget *
dbk_place_row_new (DbkDesk                *desk,
                   const DbkExchangePlace *place,
                   gboolean                at_home)
{
  const DbkSession *session = dbk_desk_get_session (desk);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%s  %s", place->code, place->name), *subtitle = say_place (dbk_desk_get_timezone (desk), place);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (place->due)
    add_due (row);
  if (at_home && place->on_paper)
    add_button (row, _("Slips _back…"), "exchange.slips-back", place);
  if (at_home && !place->revoked)
    add_button (row, place->on_paper ? _("_Slips…") : _("_Days…"), "exchange.grant", place);
  if (!place->on_paper && !place->revoked)
    add_button (row, _("_Write and check…"), "exchange.write", place);
  if (at_home && session != NULL)
    add_menu (row, session, place);
  return row;
}
