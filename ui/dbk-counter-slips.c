/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-counter"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-make-paper.h"
#include "db/dbk-desk-store.h"
#include "ui/dbk-counter-page-private.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-trouble-text.h"

/* ---- making one ---- */

typedef struct
{
  char           *dose;
  DbkPaperOptions options;
} SlipData;

static void
free_slip_data (SlipData *data)
{
  g_free (data->dose);
  g_free (data);
}

static gpointer
make_slip (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const SlipData *slip = data;

  return dbk_make_slip (clinic, session, slip->dose, &slip->options, error);
}

typedef struct
{
  DbkDesk *desk;
  char    *printer;
  char    *number;
} Destination;

static void
on_made_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Destination *to = user_data;
  g_autoptr(GError) error = NULL;
  DbkMadePaper *made = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (made != NULL)
    dbk_print_desk_send (dbk_desk_get_print (to->desk), made, to->printer, to->number);
  else
    {
      text = dbk_error_text (error);
      dbk_desk_toast (to->desk, _("No slip: %s"), text);
    }
  g_object_unref (to->desk);
  g_free (to->printer);
  g_free (to->number);
  g_free (to);
}

void
_dbk_counter_page_print_slip (DbkCounterPage *self,
                              const char     *dose,
                              const char     *number,
                              gboolean        asked)
{
  GSettings *settings = dbk_desk_get_settings (self->desk);
  g_autofree char *printer = g_settings_get_string (settings, "slip-printer");
  g_autofree char *media = g_settings_get_string (settings, "slip-media");
  SlipData *data;
  Destination *to;

  if (*printer == '\0')
    {
      if (asked)
        dbk_desk_toast (self->desk, "%s", _("No printer for slips is chosen: Settings, This computer"));
      return;
    }
  if (!asked && !g_settings_get_boolean (settings, "slip-auto"))
    return;
  data = g_new0 (SlipData, 1);
  data->dose = g_strdup (dose);
  data->options.language = dbk_text_language ();
  data->options.media = DBK_MEDIA_ROLL_80;
  dbk_media_from_word (media, &data->options.media, NULL);
  to = g_new0 (Destination, 1);
  to->desk = g_object_ref (self->desk);
  to->printer = g_steal_pointer (&printer);
  to->number = g_strdup (number);
  dbk_desk_run_async (self->desk, DBK_WORK_READS, make_slip, data, (GDestroyNotify) free_slip_data, (GDestroyNotify) dbk_made_paper_free, NULL,
                      on_made_cb, to);
}

/* ---- what waits ---- */

void
_dbk_counter_page_update_notice (DbkCounterPage *self)
{
  DbkPrintDesk *print = dbk_desk_get_print (self->desk);
  DbkPaperTrouble trouble = dbk_print_desk_get_trouble (print);
  guint waiting = dbk_print_desk_get_open (print)->len;
  guint missing = self->without_slip != NULL ? self->without_slip->len : 0;
  g_autofree char *text = NULL;

  if (trouble != DBK_PAPER_TROUBLE_NONE && waiting > 0)
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Printer: %s – %u sheet is waiting", "Printer: %s – %u sheets are waiting", waiting),
                              dbk_trouble_text (trouble), waiting);
      gtk_button_set_label (self->notice_button, _("Do not print them"));
    }
  else if (missing > 0)
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u dose of today has no slip", "%u doses of today have no slip", missing), missing);
      gtk_button_set_label (self->notice_button, _("Print now"));
    }
  if (text != NULL)
    gtk_label_set_label (self->notice, text);
  gtk_widget_set_visible (self->notice_strip, text != NULL);
}

static void
cancel_all (DbkPrintDesk *print)
{
  GPtrArray *open = dbk_print_desk_get_open (print);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < open->len; i++)
    g_ptr_array_add (ids, g_strdup (((const DbkOpenJob *) g_ptr_array_index (open, i))->id));
  for (guint i = 0; i < ids->len; i++)
    dbk_print_desk_cancel (print, g_ptr_array_index (ids, i));
}

void
_dbk_counter_page_see_to_notice (DbkCounterPage *self)
{
  DbkPrintDesk *print = dbk_desk_get_print (self->desk);
  g_autoptr(GPtrArray) doses = NULL;

  if (dbk_print_desk_get_trouble (print) != DBK_PAPER_TROUBLE_NONE)
    {
      cancel_all (print);
      return;
    }
  doses = g_steal_pointer (&self->without_slip);
  for (guint i = 0; doses != NULL && i < doses->len; i++)
    _dbk_counter_page_print_slip (self, g_ptr_array_index (doses, i), NULL, TRUE);
  _dbk_counter_page_update_notice (self);
}

/* ---- after a crash between dose and slip ---- */

static gpointer
find_doses_without_slip (DbkClinic         *clinic,
                         const DbkSession  *session,
                         gpointer           data,
                         GError           **error)
{
  return dbk_dose_list_without_slip (dbk_clinic_get_db (clinic), dbk_clinic_today (clinic), error);
}

static void
on_doses_found_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DbkCounterPage) self = user_data;
  GPtrArray *doses = dbk_desk_run_finish (result, NULL);

  if (self->box == NULL || doses == NULL)
    {
      g_clear_pointer (&doses, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->without_slip, g_ptr_array_unref);
  self->without_slip = doses;
  _dbk_counter_page_update_notice (self);
}

void
dbk_counter_page_look_for_slips (DbkCounterPage *self)
{
  GSettings *settings = dbk_desk_get_settings (self->desk);
  g_autofree char *printer = g_settings_get_string (settings, "slip-printer");

  if (*printer == '\0' || !g_settings_get_boolean (settings, "slip-auto"))
    return;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, find_doses_without_slip, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                      on_doses_found_cb, g_object_ref (self));
}
