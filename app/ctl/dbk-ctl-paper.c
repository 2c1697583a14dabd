/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-issue-card.h"
#include "app/dbk-make-point-paper.h"
#include "app/dbk-print-job.h"
#include "printing/dbk-cups-queue.h"

static struct
{
  char    *media;
  char    *pdf;
  char    *printer;
  char    *language;
  char    *line;
  gboolean with_name;
} options;

static const GOptionEntry slip_options[] = {
  { "media", 0, 0, G_OPTION_ARG_STRING, &options.media, "58mm, 80mm, a5 or a4", "MEDIA" },
  { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &options.pdf, "Write a PDF", "FILE" },
  { "printer", 0, 0, G_OPTION_ARG_STRING, &options.printer, "Send it to this printer", "NAME" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, "en or zh", "LANGUAGE" },
  { "with-name", 0, 0, G_OPTION_ARG_NONE, &options.with_name, "Print the name too", NULL },
  { NULL },
};

static const GOptionEntry card_options[] = {
  { "media", 0, 0, G_OPTION_ARG_STRING, &options.media, "card, or card-sheet for ten to an A4", "MEDIA" },
  { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &options.pdf, "Write a PDF", "FILE" },
  { "printer", 0, 0, G_OPTION_ARG_STRING, &options.printer, "Send it to this printer", "NAME" },
  { "line", 0, 0, G_OPTION_ARG_STRING, &options.line, "A line of the clinic's choosing", "TEXT" },
  { NULL },
};

static gboolean
read_options (DbkPaperOptions  *paper,
              DbkMedia          usual,
              GError          **error)
{
  paper->media = usual;
  paper->language = dbk_text_language ();
  paper->with_name = options.with_name;
  if (options.language != NULL)
    paper->language = strcmp (options.language, "zh") == 0 ? DBK_LANGUAGE_CHINESE : DBK_LANGUAGE_ENGLISH;
  if (options.pdf == NULL && options.printer == NULL)
    {
      dbk_ctl_usage (error, "Where to? --pdf FILE or --printer NAME");
      return FALSE;
    }
  return options.media == NULL || dbk_media_from_word (options.media, &paper->media, error);
}

static DbkExit
deliver (DbkCtl        *ctl,
         DbkMadePaper  *made,
         GError       **error)
{
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(DbkPrintQueue) queue = NULL;
  g_autoptr(DbkJobRow) job = NULL;

  json_object_set_string_member (ctl->out, "document", made->id);
  json_object_set_string_member (ctl->out, "media", dbk_media_to_word (dbk_document_get_media (made->document)));
  json_object_set_int_member (ctl->out, "reprint", made->reprint);
  if (!dbk_document_write_pdf (made->document, &pdf, error))
    return DBK_EXIT_FAILED;
  if (options.pdf != NULL)
    {
      if (!g_file_set_contents (options.pdf, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), error))
        return DBK_EXIT_FAILED;
      json_object_set_string_member (ctl->out, "pdf", options.pdf);
      dbk_ctl_say (ctl, "%s", options.pdf);
    }
  if (options.printer == NULL)
    return DBK_EXIT_DONE;
  queue = dbk_cups_queue_new ();
  job = dbk_print_and_wait (ctl->clinic, queue, made, options.printer, error);
  if (job == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "printer", options.printer);
  json_object_set_string_member (ctl->out, "state", job->state);
  json_object_set_string_member (ctl->out, "trouble", job->trouble);
  dbk_ctl_say (ctl, "%s: %s", options.printer, strcmp (job->trouble, "none") == 0 ? job->state : job->trouble);
  return strcmp (job->state, "printed") == 0 ? DBK_EXIT_DONE : DBK_EXIT_FAILED;
}

static DbkExit
print_slip (DbkCtl   *ctl,
            int       argc,
            char    **argv,
            GError  **error)
{
  DbkPaperOptions paper = { 0 };
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(DbkMadePaper) made = NULL;
  g_autofree char *dose = NULL;

  if (!read_options (&paper, DBK_MEDIA_ROLL_80, error))
    return DBK_EXIT_FAILED;
  found = dbk_ctl_find (ctl, argv[0], error);
  dose = found != NULL ? dbk_find_dose_for_slip (ctl->clinic, ctl->session, found->patient->id, ctl->day, error) : NULL;
  made = dose != NULL ? dbk_make_slip (ctl->clinic, ctl->session, dose, &paper, error) : NULL;
  return made != NULL ? deliver (ctl, made, error) : DBK_EXIT_FAILED;
}

static DbkExit
print_card (DbkCtl   *ctl,
            int       argc,
            char    **argv,
            GError  **error)
{
  DbkPaperOptions paper = { 0 };
  g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkMadePaper) made = NULL;

  if (!read_options (&paper, DBK_MEDIA_CARD, error))
    return DBK_EXIT_FAILED;
  for (int i = 0; i < argc; i++)
    {
      g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[i], error);
      char *code = found != NULL ? dbk_current_card (ctl->clinic, found->patient->id, error) : NULL;

      if (code == NULL)
        {
          if (found != NULL && (error == NULL || *error == NULL))
            g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "This patient has no valid card; issue one");
          return DBK_EXIT_FAILED;
        }
      g_ptr_array_add (cards, code);
    }
  g_ptr_array_add (cards, NULL);
  made = dbk_make_cards (ctl->clinic, ctl->session, (const char *const *) cards->pdata, options.line, &paper, error);
  return made != NULL ? deliver (ctl, made, error) : DBK_EXIT_FAILED;
}

static DbkExit
print_sheet (DbkCtl   *ctl,
             int       argc,
             char    **argv,
             GError  **error)
{
  DbkPaperOptions paper = { 0 };
  g_autoptr(DbkMadePaper) made = NULL;

  if (!read_options (&paper, DBK_MEDIA_A4, error))
    return DBK_EXIT_FAILED;
  made = dbk_make_sheet (ctl->clinic, ctl->session, ctl->day, &paper, error);
  return made != NULL ? deliver (ctl, made, error) : DBK_EXIT_FAILED;
}

/* ---- for the dosing points ---- */

static DbkExit
print_slips (DbkCtl   *ctl,
             int       argc,
             char    **argv,
             GError  **error)
{
  DbkPaperOptions paper = { 0 };
  g_autoptr(DbkMadePaper) made = NULL;

  if (!read_options (&paper, DBK_MEDIA_A4, error))
    return DBK_EXIT_FAILED;
  made = dbk_make_point_slips (ctl->clinic, ctl->session, argv[0], &paper, error);
  if (made == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_int_member (ctl->out, "pages", dbk_document_get_n_pages (made->document));
  return deliver (ctl, made, error);
}

static DbkExit
print_voucher (DbkCtl   *ctl,
               int       argc,
               char    **argv,
               GError  **error)
{
  DbkPaperOptions paper = { 0 };
  g_autoptr(DbkMadePaper) made = NULL;

  if (!read_options (&paper, DBK_MEDIA_ROLL_80, error))
    return DBK_EXIT_FAILED;
  made = dbk_make_voucher (ctl->clinic, ctl->session, argv[0], &paper, error);
  return made != NULL ? deliver (ctl, made, error) : DBK_EXIT_FAILED;
}

/* ---- printers ---- */

static DbkExit
tell_printers (DbkCtl      *ctl,
               const char  *only,
               GError     **error)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(GPtrArray) printers = dbk_print_queue_list (queue, error);
  JsonArray *array;

  if (printers == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < printers->len; i++)
    {
      const DbkPrinter *printer = g_ptr_array_index (printers, i);
      JsonObject *object;

      if (only != NULL && strcmp (only, printer->name) != 0)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "name", printer->name);
      json_object_set_string_member (object, "description", printer->description);
      json_object_set_boolean_member (object, "default", printer->is_default);
      json_object_set_string_member (object, "state", dbk_printer_state_to_word (printer->state));
      json_object_set_string_member (object, "trouble", dbk_paper_trouble_to_word (printer->trouble));
      json_array_add_object_element (array, object);
      dbk_ctl_say (ctl, "%-20s %s, %s%s", printer->name, dbk_printer_state_to_word (printer->state), dbk_paper_trouble_to_word (printer->trouble),
                   printer->is_default ? " (default)" : "");
    }
  json_object_set_array_member (ctl->out, "printers", array);
  if (only == NULL || json_array_get_length (array) > 0)
    return DBK_EXIT_DONE;
  g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "There is no printer \"%s\"", only);
  return DBK_EXIT_FAILED;
}

static DbkExit
list_printers (DbkCtl   *ctl,
               int       argc,
               char    **argv,
               GError  **error)
{
  return tell_printers (ctl, NULL, error);
}

static DbkExit
show_status (DbkCtl   *ctl,
             int       argc,
             char    **argv,
             GError  **error)
{
  return tell_printers (ctl, argc > 0 ? argv[0] : NULL, error);
}

const DbkCtlVerb dbk_ctl_paper_verbs[] = {
  { "card", "print", DBK_NEEDS_PERSON, print_card, "PATIENT-OR-CARD…", "Cards on paper", card_options, 1, 500 },
  { "slip", "print", DBK_NEEDS_PERSON, print_slip, "PATIENT-OR-CARD", "The slip of a dose", slip_options, 1, 1 },
  { "sheet", "print", DBK_NEEDS_PERSON, print_sheet, "", "The morning's paper sheet", slip_options, 0, 0 },
  { "slips", "print", DBK_NEEDS_PERSON, print_slips, "BATCH", "Cover, list and slips for a point on paper", slip_options, 1, 1 },
  { "voucher", "print", DBK_NEEDS_PERSON, print_voucher, "VOUCHER", "A guest's voucher", slip_options, 1, 1 },
  { "printer", "list", DBK_NEEDS_NOTHING, list_printers, "", "The printers of this computer", NULL, 0, 0 },
  { "printer", "status", DBK_NEEDS_NOTHING, show_status, "[NAME]", "What a printer says of itself", NULL, 0, 1 },
  { NULL },
};
