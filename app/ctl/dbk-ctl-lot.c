/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-receive-lot.h"
#include "db/dbk-dose-store.h"
#include "db/record/dbk-quantity.h"

static struct
{
  char  *product;
  gint64 ug_per_ml;
  char  *lot;
  char  *expires;
  char  *ml;
  char  *to;
} options;

static const GOptionEntry receive_options[] = {
  { "product", 0, 0, G_OPTION_ARG_STRING, &options.product, "What it is", "NAME" },
  { "ug-per-ml", 0, 0, G_OPTION_ARG_INT64, &options.ug_per_ml, "Concentration in microgram per millilitre", "N" },
  { "lot", 0, 0, G_OPTION_ARG_STRING, &options.lot, "The maker's lot number", "NUMBER" },
  { "expires", 0, 0, G_OPTION_ARG_STRING, &options.expires, "Last day it may be given", "YYYY-MM-DD" },
  { "ml", 0, 0, G_OPTION_ARG_STRING, &options.ml, "How much came, in mL", "ML" },
  { NULL },
};

static const GOptionEntry open_options[] = {
  { "ml", 0, 0, G_OPTION_ARG_STRING, &options.ml, "How much of it; all of the lot if not said", "ML" },
  { NULL },
};

static const GOptionEntry send_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "The dosing point", "SITE" },
  { "ml", 0, 0, G_OPTION_ARG_STRING, &options.ml, "How much of it", "ML" },
  { NULL },
};

static DbkExit
receive (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr(DbkLot) lot = dbk_lot_new ();
  g_autofree char *id = NULL;

  if (options.product == NULL || options.lot == NULL || options.expires == NULL || options.ml == NULL || options.ug_per_ml == 0)
    return dbk_ctl_usage (error, "A delivery needs --product, --ug-per-ml, --lot, --expires and --ml");
  lot->product = g_strdup (options.product);
  lot->number = g_strdup (options.lot);
  lot->ug_per_ml = options.ug_per_ml;
  if (!dbk_day_from_iso (options.expires, &lot->expires, error) || !dbk_ctl_parse_volume (options.ml, &lot->received_ul, error) ||
      !dbk_receive_lot (ctl->clinic, ctl->session, lot, &id, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "lot", id);
  json_object_set_string_member (ctl->out, "number", lot->number);
  json_object_set_int_member (ctl->out, "received_ul", lot->received_ul);
  dbk_ctl_say (ctl, "Lot %s is in the safe.", lot->number);
  return DBK_EXIT_DONE;
}

static void
tell_lot (DbkCtl       *ctl,
          JsonObject   *object,
          const DbkLot *lot)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *bottle = dbk_volume_format (lot->bottle_ul), *safe = dbk_volume_format (lot->safe_ul);
  g_autofree char *strength = dbk_concentration_format (lot->ug_per_ml, language), *expires = dbk_day_format (lot->expires, language);

  json_object_set_string_member (object, "number", lot->number);
  json_object_set_string_member (object, "product", lot->product);
  json_object_set_int_member (object, "ug_per_ml", lot->ug_per_ml);
  dbk_ctl_set_day (object, "expires", lot->expires);
  json_object_set_int_member (object, "received_ul", lot->received_ul);
  json_object_set_int_member (object, "transit_ul", lot->transit_ul);
  json_object_set_int_member (object, "safe_ul", lot->safe_ul);
  json_object_set_int_member (object, "bottle_ul", lot->bottle_ul);
  json_object_set_int_member (object, "given_ul", lot->given_ul);
  json_object_set_int_member (object, "waste_ul", lot->waste_ul);
  json_object_set_boolean_member (object, "open", lot->is_open);
  dbk_ctl_say (ctl, "%-12s %s, %s, until %s: %s in the bottle, %s in the safe%s", lot->number, lot->product, strength, expires, bottle, safe,
               lot->is_open ? " (open)" : "");
}

static DbkExit
open_bottle (DbkCtl   *ctl,
             int       argc,
             char    **argv,
             GError  **error)
{
  g_autoptr(DbkLot) lot = NULL;
  gint64 volume_ul = 0;

  if ((options.ml != NULL && !dbk_ctl_parse_volume (options.ml, &volume_ul, error)) ||
      !dbk_open_bottle (ctl->clinic, ctl->session, argv[0], volume_ul, error))
    return DBK_EXIT_FAILED;
  lot = dbk_lot_by_number (dbk_clinic_get_db (ctl->clinic), dbk_clinic_get_site (ctl->clinic)->id, argv[0], error);
  if (lot == NULL)
    return DBK_EXIT_FAILED;
  tell_lot (ctl, ctl->out, lot);
  return DBK_EXIT_DONE;
}

static DbkExit
send_lot (DbkCtl   *ctl,
          int       argc,
          char    **argv,
          GError  **error)
{
  gint64 volume_ul = 0;

  if (options.to == NULL || options.ml == NULL)
    return dbk_ctl_usage (error, "Where to, and how much? --to SITE --ml ML");
  if (!dbk_ctl_parse_volume (options.ml, &volume_ul, error) || !dbk_send_lot (ctl->clinic, ctl->session, argv[0], options.to, volume_ul, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", argv[0]);
  json_object_set_int_member (ctl->out, "volume_ul", volume_ul);
  dbk_ctl_say (ctl, "It is on its way to %s.", options.to);
  return DBK_EXIT_DONE;
}

/* Of every place that has some. */
static gboolean
tell_balances (DbkCtl  *ctl,
               GError **error)
{
  g_autoptr(GPtrArray) balances = dbk_balance_list (dbk_clinic_get_db (ctl->clinic), error);
  JsonArray *array;

  if (balances == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < balances->len; i++)
    {
      const DbkBalance *balance = g_ptr_array_index (balances, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "lot", balance->lot_number);
      json_object_set_string_member (object, "site", balance->site_code != NULL ? balance->site_code : balance->site);
      json_object_set_string_member (object, "account", balance->account);
      json_object_set_int_member (object, "volume_ul", balance->volume_ul);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (ctl->out, "balances", array);
  return TRUE;
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(GPtrArray) lots = dbk_lot_list (dbk_clinic_get_db (ctl->clinic), dbk_clinic_get_site (ctl->clinic)->id, error);
  JsonArray *array;

  if (lots == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < lots->len; i++)
    {
      JsonObject *object = json_object_new ();

      tell_lot (ctl, object, g_ptr_array_index (lots, i));
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (ctl->out, "lots", array);
  return tell_balances (ctl, error) ? DBK_EXIT_DONE : DBK_EXIT_FAILED;
}

const DbkCtlVerb dbk_ctl_lot_verbs[] = {
  { "lot", "receive", DBK_NEEDS_PERSON, receive, "", "A delivery goes into the safe", receive_options, 0, 0 },
  { "lot", "open", DBK_NEEDS_PERSON, open_bottle, "NUMBER", "Doses are poured from this lot from now on", open_options, 1, 1 },
  { "lot", "send", DBK_NEEDS_PERSON, send_lot, "NUMBER", "Some of a lot goes to a dosing point", send_options, 1, 1 },
  { "lot", "list", DBK_NEEDS_PERSON, list, "", "What there is, and where", NULL, 0, 0 },
  { NULL },
};
