/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-enrol-site.h"
#include "app/dbk-issue-slips.h"
#include "app/dbk-take-slip.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-pass-code.h"
#include "db/record/dbk-quantity.h"

#define NO_MINUTE (-1)

static struct
{
  char    *to;
  char    *from;
  char    *until;
  char    *lot;
  char    *site;
  char    *given;
  char    *not_given;
  gboolean lost;
  gboolean unused;
} options;

static const GOptionEntry issue_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Code of the dosing point", "SITE" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, "Last day (the first)", "DAY" },
  { "lot", 0, 0, G_OPTION_ARG_STRING, &options.lot, "The lot that goes along", "NUMBER" },
  { NULL },
};

static const GOptionEntry voucher_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Code of the dosing point", "SITE" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, "Last day (the first)", "DAY" },
  { NULL },
};

static const GOptionEntry take_options[] = {
  { "from-site", 0, 0, G_OPTION_ARG_STRING, &options.site, "The point whose slips these are; those of others are refused", "SITE" },
  { "given", 0, 0, G_OPTION_ARG_STRING, &options.given, "Given, and when the paper says", "HH:MM" },
  { "not-given", 0, 0, G_OPTION_ARG_STRING, &options.not_given, "did-not-come, intoxicated, refused, vomited, left, spilled or other", "REASON" },
  { "lost", 0, 0, G_OPTION_ARG_NONE, &options.lost, "Nobody knows where it is", NULL },
  { "unused", 0, 0, G_OPTION_ARG_NONE, &options.unused, "It came back before its day", NULL },
  { NULL },
};

static gboolean
read_days (DbkCtl  *ctl,
           DbkDay  *from,
           DbkDay  *until,
           GError **error)
{
  *from = dbk_clinic_today (ctl->clinic);
  if (!dbk_ctl_parse_day (ctl, options.from, from, error))
    return FALSE;
  *until = *from;
  return dbk_ctl_parse_day (ctl, options.until, until, error);
}

/* ---- telling ---- */

static gboolean
tell_slip (DbkCtl        *ctl,
           JsonArray     *array,
           const DbkPass *slip,
           GError       **error)
{
  g_autofree char *code = dbk_pass_code_of (ctl->clinic, slip, error);
  g_autofree char *day = dbk_day_format (slip->from, dbk_text_language ()), *dose = dbk_dose_format (slip->dose_ug);
  JsonObject *object;

  if (code == NULL)
    return FALSE;
  object = json_object_new ();
  json_object_set_string_member (object, "slip", slip->id);
  dbk_ctl_set_text (object, "number", slip->number);
  dbk_ctl_set_text (object, "site", slip->site_code);
  dbk_ctl_set_day (object, "day", slip->from);
  dbk_ctl_set_day (object, "until", slip->to);
  json_object_set_int_member (object, "dose_ug", slip->dose_ug);
  json_object_set_int_member (object, "volume_ul", slip->volume_ul);
  dbk_ctl_set_text (object, "lot", slip->lot_number);
  json_object_set_string_member (object, "outcome", dbk_pass_outcome_to_word (slip->outcome));
  dbk_ctl_set_text (object, "reason", slip->reason);
  json_object_set_string_member (object, "code", code);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%s  %s  %s  %s  %s  %s", slip->id, day, slip->number != NULL ? slip->number : "?", dose,
               slip->site_code != NULL ? slip->site_code : "?", dbk_pass_outcome_to_word (slip->outcome));
  return TRUE;
}

static DbkExit
tell_slips (DbkCtl    *ctl,
            GPtrArray *slips,
            GError   **error)
{
  JsonArray *array = json_array_new ();

  json_object_set_array_member (ctl->out, "slips", array);
  for (guint i = 0; i < slips->len; i++)
    if (!tell_slip (ctl, array, g_ptr_array_index (slips, i), error))
      return DBK_EXIT_FAILED;
  return DBK_EXIT_DONE;
}

/* ---- slips ---- */

static DbkExit
issue (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(GPtrArray) patients = NULL, slips = NULL;
  DbkSlipRequest request = { .site = options.to, .lot_number = options.lot };
  g_autofree char *batch = NULL;

  if (options.to == NULL || options.lot == NULL)
    return dbk_ctl_usage (error, "For which dosing point, and of which lot? --to SITE --lot NUMBER");
  if (!read_days (ctl, &request.from, &request.to, error))
    return DBK_EXIT_FAILED;
  patients = dbk_ctl_find_many (ctl, argc, argv, error);
  if (patients == NULL)
    return DBK_EXIT_FAILED;
  request.patients = (const char *const *) patients->pdata;
  batch = dbk_issue_slips (ctl->clinic, ctl->session, &request, error);
  slips = batch != NULL ? dbk_pass_list_of_batch (dbk_clinic_get_db (ctl->clinic), batch, error) : NULL;
  if (slips == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "batch", batch);
  dbk_ctl_say (ctl, "%u slips: batch %s. Their days lie at %s now; print them.", slips->len, batch, options.to);
  return tell_slips (ctl, slips, error);
}

static DbkExit
show (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(GPtrArray) slips = dbk_pass_list_of_batch (dbk_clinic_get_db (ctl->clinic), argv[0], error);

  return slips != NULL ? tell_slips (ctl, slips, error) : DBK_EXIT_FAILED;
}

static gboolean
find_site_id (DbkCtl     *ctl,
              const char *code,
              char      **id,
              GError    **error)
{
  g_autoptr(DbkSite) site = code != NULL ? dbk_find_site (ctl->clinic, code, error) : NULL;

  *id = site != NULL ? g_strdup (site->id) : NULL;
  return code == NULL || site != NULL;
}

static DbkExit
list_open (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_autofree char *site = NULL;
  g_autoptr(GPtrArray) slips = NULL;

  if (!find_site_id (ctl, argc > 0 ? argv[0] : NULL, &site, error) ||
      (slips = dbk_slip_list_open (dbk_clinic_get_db (ctl->clinic), site, error)) == NULL)
    return DBK_EXIT_FAILED;
  return tell_slips (ctl, slips, error);
}

static void
tell_batch (DbkCtl             *ctl,
            JsonArray          *array,
            const DbkSlipBatch *batch)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *from = dbk_day_format (batch->from, language), *to = dbk_day_format (batch->to, language);
  g_autofree char *volume = dbk_volume_format (batch->volume_ul);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "batch", batch->id);
  dbk_ctl_set_text (object, "site", batch->site_code);
  dbk_ctl_set_day (object, "from", batch->from);
  dbk_ctl_set_day (object, "until", batch->to);
  json_object_set_int_member (object, "slips", batch->slips);
  json_object_set_int_member (object, "open", batch->open);
  json_object_set_int_member (object, "volume_ul", batch->volume_ul);
  dbk_ctl_set_text (object, "lot", batch->lot_number);
  dbk_ctl_set_time (object, "issued", ctl, batch->issued_ms);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%s  %s  %s – %s  %d slips, %d open, %s of %s", batch->id, batch->site_code != NULL ? batch->site_code : "?", from, to, batch->slips,
               batch->open, volume, batch->lot_number != NULL ? batch->lot_number : "?");
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *site = NULL;
  g_autoptr(GPtrArray) batches = NULL;
  JsonArray *array;

  if (!find_site_id (ctl, argc > 0 ? argv[0] : NULL, &site, error) ||
      (batches = dbk_slip_batch_list (dbk_clinic_get_db (ctl->clinic), site, error)) == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < batches->len; i++)
    tell_batch (ctl, array, g_ptr_array_index (batches, i));
  json_object_set_array_member (ctl->out, "batches", array);
  return DBK_EXIT_DONE;
}

/* ---- coming back ---- */

static gboolean
read_outcome (DbkSlipReturn *slip,
              GError       **error)
{
  slip->minute = NO_MINUTE;
  if ((options.given != NULL) + (options.not_given != NULL) + options.lost + options.unused != 1)
    {
      dbk_ctl_usage (error, "What became of it? One of --given HH:MM, --not-given REASON, --lost, --unused");
      return FALSE;
    }
  if (options.given != NULL && !dbk_ctl_parse_time (options.given, &slip->minute, error))
    return FALSE;
  slip->outcome = options.given != NULL ? DBK_PASS_GIVEN : options.not_given != NULL ? DBK_PASS_NOT_GIVEN
                  : options.lost ? DBK_PASS_LOST : DBK_PASS_UNUSED;
  slip->reason = options.not_given;
  slip->site = options.site;
  return TRUE;
}

static DbkExit
take (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  DbkSlipReturn slip = { 0 };
  g_autoptr(DbkPass) pass = NULL;
  JsonArray *array;

  if (!read_outcome (&slip, error))
    return DBK_EXIT_FAILED;
  /* What does not have a slip's frame is the id of one that could not be scanned. */
  if (dbk_pass_code_looks_like_one (argv[0]))
    slip.code = argv[0];
  else
    slip.slip = argv[0];
  pass = dbk_take_slip (ctl->clinic, ctl->session, &slip, error);
  if (pass == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  json_object_set_array_member (ctl->out, "slips", array);
  return tell_slip (ctl, array, pass, error) ? DBK_EXIT_DONE : DBK_EXIT_FAILED;
}

static DbkExit
give_back (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  guint leases = 0;

  if (!dbk_return_slips (ctl->clinic, ctl->session, argv[0], &leases, error))
    return DBK_EXIT_FAILED;
  json_object_set_int_member (ctl->out, "leases", leases);
  dbk_ctl_say (ctl, "The days of unused slips are the clinic's again, for %u patients.", leases);
  return DBK_EXIT_DONE;
}

/* ---- vouchers ---- */

static DbkExit
issue_voucher (DbkCtl   *ctl,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(DbkPass) voucher = NULL;
  g_autofree char *id = NULL;
  DbkDay from, until;
  JsonArray *array;

  if (options.to == NULL)
    return dbk_ctl_usage (error, "To which dosing point? --to SITE");
  if (!read_days (ctl, &from, &until, error) || (found = dbk_ctl_find (ctl, argv[0], error)) == NULL ||
      (id = dbk_issue_voucher (ctl->clinic, ctl->session, found->patient->id, options.to, from, until, error)) == NULL ||
      (voucher = dbk_pass_get (dbk_clinic_get_db (ctl->clinic), id, error)) == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  json_object_set_array_member (ctl->out, "vouchers", array);
  return tell_slip (ctl, array, voucher, error) ? DBK_EXIT_DONE : DBK_EXIT_FAILED;
}

const DbkCtlVerb dbk_ctl_slips_verbs[] = {
  { "slips", "issue", DBK_NEEDS_PERSON, issue, "PATIENT-OR-CARD…", "A slip for each patient and day, for a point on paper", issue_options, 1, 1000 },
  { "slips", "list", DBK_NEEDS_PERSON, list, "[SITE]", "Batches of slips, and how many are open", NULL, 0, 1 },
  { "slips", "show", DBK_NEEDS_PERSON, show, "BATCH", "The slips of a batch, in walking order", NULL, 1, 1 },
  { "slips", "open", DBK_NEEDS_PERSON, list_open, "[SITE]", "Slips of which nothing has been said yet", NULL, 0, 1 },
  { "slips", "take", DBK_NEEDS_PERSON, take, "CODE|SLIP", "A slip comes back: what became of its dose", take_options, 1, 1 },
  { "slips", "return", DBK_NEEDS_PERSON, give_back, "BATCH", "The days of unused slips come back to the clinic", NULL, 1, 1 },
  { "voucher", "issue", DBK_NEEDS_PERSON, issue_voucher, "PATIENT-OR-CARD", "A guest may be dosed at a point", voucher_options, 1, 1 },
  { NULL },
};
