/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a poll means, as tables: reasons and messages to a trouble, a job to a phase, and stories of several polls. */
#include "printing/dbk-print-watch.h"

#define PATIENCE_MS 1000

/* One poll: lists are words with blanks between; NULL is the empty list. */
typedef struct
{
  DbkPrintJobState  state;
  const char       *reasons;
  DbkPrinterState   printer;
  const char       *printer_reasons;
  const char       *message;
  int               sheets_done;
} Poll;

static char **
split (const char *words)
{
  return words != NULL ? g_strsplit (words, " ", -1) : g_new0 (char *, 1);
}

static DbkPrintJob *
make_job (const Poll *poll)
{
  DbkPrintJob *job = g_new0 (DbkPrintJob, 1);

  job->id = 1;
  job->state = poll->state;
  job->reasons = split (poll->reasons);
  job->message = g_strdup (poll->message != NULL ? poll->message : "");
  job->sheets_done = poll->sheets_done;
  job->printer_state = poll->printer;
  job->printer_accepting = TRUE;
  job->printer_reasons = split (poll->printer_reasons);
  return job;
}

static void
test_reason_words (void)
{
  static const char *const rows[][2] = {
    { "media-empty", "media-empty" },
    { "media-empty-error", "media-empty" },
    { "media-empty-warning", "media-empty" },
    { "offline-report", "offline" },
    { "none", "none" },
    { "cups-waiting-for-job-completed", "cups-waiting-for-job-completed" },
    { "error-media", "error-media" },
    { "com.maker.error", "com.maker.error" },
    { "-error", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *word = dbk_print_reason_to_word (rows[i][0]);

      g_assert_cmpstr (word, ==, rows[i][1]);
    }
}

static void
test_dead_messages (void)
{
  static const struct
  {
    const char *message;
    gboolean    means_dead;
  } rows[] = {
    { "The printer may not exist or is unavailable at this time.", TRUE },
    { "The printer is not responding.", TRUE },
    { "The printer is unreachable at this time.", TRUE },
    { "The printer is not connected.", TRUE },
    { "Unable to locate printer \"slips\".", TRUE },
    { "Waiting for printer to become available.", TRUE },
    { "Sending data to printer.", FALSE },
    { "cutter jam", FALSE },
    { "Connected to printer.", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (dbk_print_message_means_dead (rows[i].message), ==, rows[i].means_dead);
}

static void
test_troubles_of_printer (void)
{
  static const struct
  {
    DbkPrinterState  state;
    gboolean         is_accepting;
    const char      *reasons;
    const char      *message;
    const char      *trouble;
  } rows[] = {
    { DBK_PRINTER_IDLE, TRUE, NULL, NULL, "none" },
    { DBK_PRINTER_PROCESSING, TRUE, NULL, "Sending data to printer.", "none" },
    { DBK_PRINTER_PROCESSING, TRUE, "cups-waiting-for-job-completed", NULL, "none" },
    /* Each thing that a device says. */
    { DBK_PRINTER_PROCESSING, TRUE, "cover-open", NULL, "cover-open" },
    { DBK_PRINTER_PROCESSING, TRUE, "door-open", NULL, "cover-open" },
    { DBK_PRINTER_PROCESSING, TRUE, "interlock-open", NULL, "cover-open" },
    { DBK_PRINTER_PROCESSING, TRUE, "media-jam", NULL, "jam" },
    { DBK_PRINTER_PROCESSING, TRUE, "media-empty", NULL, "out-of-paper" },
    { DBK_PRINTER_PROCESSING, TRUE, "media-needed", NULL, "out-of-paper" },
    { DBK_PRINTER_PROCESSING, TRUE, "input-tray-missing", NULL, "out-of-paper" },
    { DBK_PRINTER_PROCESSING, TRUE, "marker-supply-empty", NULL, "out-of-ink" },
    { DBK_PRINTER_PROCESSING, TRUE, "toner-empty", NULL, "out-of-ink" },
    { DBK_PRINTER_PROCESSING, TRUE, "offline", NULL, "offline" },
    { DBK_PRINTER_PROCESSING, TRUE, "shutdown", NULL, "offline" },
    { DBK_PRINTER_PROCESSING, TRUE, "timed-out", NULL, "not-answering" },
    /* Low is not empty, and nearly a word is not the word. */
    { DBK_PRINTER_PROCESSING, TRUE, "media-low toner-low marker-supply-low", NULL, "none" },
    { DBK_PRINTER_PROCESSING, TRUE, "media-empty-soon", NULL, "none" },
    /* Several: the one a person sees to first, wherever it stands. */
    { DBK_PRINTER_PROCESSING, TRUE, "cups-waiting-for-job-completed media-empty media-needed", NULL, "out-of-paper" },
    { DBK_PRINTER_PROCESSING, TRUE, "media-empty media-jam cover-open", NULL, "cover-open" },
    { DBK_PRINTER_PROCESSING, TRUE, "offline toner-empty media-empty media-jam", NULL, "jam" },
    /* Silence outweighs what it said before. */
    { DBK_PRINTER_UNREACHABLE, TRUE, NULL, NULL, "not-answering" },
    { DBK_PRINTER_UNREACHABLE, TRUE, "media-empty", NULL, "not-answering" },
    { DBK_PRINTER_PROCESSING, TRUE, NULL, "The printer is not responding.", "not-answering" },
    /* An idle printer's reasons are yesterday's. */
    { DBK_PRINTER_IDLE, TRUE, "media-empty", NULL, "none" },
    { DBK_PRINTER_IDLE, TRUE, NULL, "The printer is not responding.", "none" },
    /* The queue itself, before the device. */
    { DBK_PRINTER_STOPPED, TRUE, NULL, NULL, "stopped" },
    { DBK_PRINTER_STOPPED, TRUE, "media-empty", NULL, "stopped" },
    { DBK_PRINTER_STOPPED, FALSE, NULL, NULL, "stopped" },
    { DBK_PRINTER_IDLE, TRUE, "paused", NULL, "stopped" },
    { DBK_PRINTER_PROCESSING, TRUE, "moving-to-paused media-jam", NULL, "stopped" },
    { DBK_PRINTER_IDLE, FALSE, NULL, NULL, "not-accepting" },
    { DBK_PRINTER_PROCESSING, FALSE, "media-empty", NULL, "not-accepting" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) reasons = split (rows[i].reasons);
      DbkPaperTrouble trouble = dbk_print_trouble_of_printer (rows[i].state, rows[i].is_accepting, (const char *const *) reasons,
                                                              rows[i].message);

      g_assert_cmpstr (dbk_paper_trouble_to_word (trouble), ==, rows[i].trouble);
    }
}

/* One poll of a job that has just been sent: trouble and phase. */
static void
test_single_polls (void)
{
  static const struct
  {
    Poll        poll;
    const char *trouble;
    const char *phase;
  } rows[] = {
    { { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_IDLE, NULL, NULL, 0 }, "none", "waiting" },
    { { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_PROCESSING, NULL, NULL, 0 }, "none", "waiting" },
    /* What stands beside an idle printer is what the job before found; a busy one speaks of now. */
    { { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_IDLE, "media-empty", NULL, 0 }, "none", "waiting" },
    { { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_PROCESSING, "media-empty", NULL, 0 }, "out-of-paper", "trouble" },
    { { DBK_PRINT_JOB_PENDING, "printer-stopped", DBK_PRINTER_STOPPED, "paused", "cutter jam", 0 }, "stopped", "trouble" },
    { { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_UNREACHABLE, NULL, NULL, 0 }, "not-answering", "not-answering" },
    { { DBK_PRINT_JOB_HELD, "job-hold-until-specified", DBK_PRINTER_IDLE, NULL, NULL, 0 }, "stopped", "trouble" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, NULL, NULL, 0 }, "none", "printing" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, "media-empty", NULL, 1 }, "out-of-paper", "trouble" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, "offline", NULL, 0 }, "offline", "trouble" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, "timed-out", NULL, 0 }, "not-answering", "not-answering" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, NULL, "The printer is unreachable at this time.", 0 },
      "not-answering", "not-answering" },
    { { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, "moving-to-paused", NULL, 0 }, "stopped", "trouble" },
    /* Over. Only one state says that there is paper, whatever else is said; counted sheets say nothing. */
    { { DBK_PRINT_JOB_COMPLETED, "processing-to-stop-point", DBK_PRINTER_IDLE, NULL, NULL, 0 }, "none", "printed" },
    { { DBK_PRINT_JOB_COMPLETED, NULL, DBK_PRINTER_PROCESSING, "media-empty", "The printer is not responding.", 0 }, "none", "printed" },
    { { DBK_PRINT_JOB_CANCELLED, "job-canceled-by-user", DBK_PRINTER_IDLE, NULL, NULL, 1 }, "none", "cancelled" },
    { { DBK_PRINT_JOB_CANCELLED, "job-canceled-by-user", DBK_PRINTER_IDLE, "media-empty", NULL, 0 }, "none", "cancelled" },
    { { DBK_PRINT_JOB_CANCELLED, "job-canceled-by-operator", DBK_PRINTER_IDLE, NULL, NULL, 0 }, "none", "cancelled" },
    /* Called cancelled, and it was the printer: a jam, or a paper size it does not have. */
    { { DBK_PRINT_JOB_CANCELLED, "processing-to-stop-point", DBK_PRINTER_IDLE, "media-jam", "Print job canceled at printer.", 0 },
      "jam", "failed" },
    { { DBK_PRINT_JOB_CANCELLED, "processing-to-stop-point", DBK_PRINTER_IDLE, NULL, "Printer cannot print with supplied options.", 0 },
      "rejected", "failed" },
    { { DBK_PRINT_JOB_CANCELLED, NULL, DBK_PRINTER_IDLE, NULL, NULL, 0 }, "rejected", "failed" },
    { { DBK_PRINT_JOB_ABORTED, "aborted-by-system", DBK_PRINTER_IDLE, NULL, NULL, 1 }, "rejected", "failed" },
    { { DBK_PRINT_JOB_ABORTED, "aborted-by-system", DBK_PRINTER_IDLE, "media-jam", "cutter jam", 0 }, "jam", "failed" },
    /* A person's word counts for a job that was cancelled only. */
    { { DBK_PRINT_JOB_ABORTED, "job-canceled-by-user", DBK_PRINTER_IDLE, NULL, NULL, 0 }, "rejected", "failed" },
    { { DBK_PRINT_JOB_STOPPED, "job-stopped", DBK_PRINTER_IDLE, NULL, "Filter failed", 0 }, "rejected", "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkPrintJob) job = make_job (&rows[i].poll);
      DbkPrintWatch watch;

      g_assert_cmpstr (dbk_paper_trouble_to_word (dbk_print_trouble_of_job (job)), ==, rows[i].trouble);
      dbk_print_watch_start (&watch, 0);
      dbk_print_watch_step (&watch, job, NULL, 1, PATIENCE_MS);
      g_assert_cmpstr (dbk_print_phase_to_word (watch.phase), ==, rows[i].phase);
      g_assert_cmpstr (dbk_paper_trouble_to_word (watch.trouble), ==, rows[i].trouble);
    }
}

/* ---- stories ---- */

/* Polls that come again. */
static const Poll waiting = { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_IDLE, NULL, NULL, 0 };
static const Poll behind = { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_PROCESSING, NULL, NULL, 0 };
static const Poll behind_empty = { DBK_PRINT_JOB_PENDING, "none", DBK_PRINTER_PROCESSING, "media-empty", NULL, 0 };
static const Poll printing = { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, NULL, NULL, 0 };
static const Poll one_sheet = { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, NULL, NULL, 1 };
static const Poll two_sheets = { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, NULL, NULL, 2 };
static const Poll empty = { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_PROCESSING, "media-empty", NULL, 0 };
static const Poll paused = { DBK_PRINT_JOB_PENDING, "printer-stopped", DBK_PRINTER_STOPPED, "paused", NULL, 0 };
static const Poll dead = { DBK_PRINT_JOB_PROCESSING, "job-printing", DBK_PRINTER_UNREACHABLE, NULL, NULL, 0 };
static const Poll completed = { DBK_PRINT_JOB_COMPLETED, NULL, DBK_PRINTER_IDLE, NULL, NULL, 1 };
static const Poll aborted = { DBK_PRINT_JOB_ABORTED, "aborted-by-system", DBK_PRINTER_IDLE, NULL, NULL, 0 };
static const Poll cancelled = { DBK_PRINT_JOB_CANCELLED, "job-canceled-by-user", DBK_PRINTER_IDLE, NULL, NULL, 0 };

#define NO_ERROR (-1)

/* A poll, or instead of it the code of an error; then what the watch makes of it. */
typedef struct
{
  gint64      now_ms;
  const Poll *poll;
  int         error;
  const char *phase;
  const char *trouble;
  gboolean    is_news;
} Step;

static void
play (const Step *steps,
      guint       n_steps)
{
  DbkPrintWatch watch;

  dbk_print_watch_start (&watch, 0);
  g_assert_cmpint (watch.phase, ==, DBK_PRINT_PHASE_WAITING);
  g_assert_cmpint (watch.trouble, ==, DBK_PAPER_TROUBLE_NONE);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr(DbkPrintJob) job = steps[i].poll != NULL ? make_job (steps[i].poll) : NULL;
      g_autoptr(GError) error = steps[i].poll == NULL ? g_error_new_literal (DBK_PRINT_ERROR, steps[i].error, "It") : NULL;
      gboolean is_news = dbk_print_watch_step (&watch, job, error, steps[i].now_ms, PATIENCE_MS);

      g_test_message ("at %" G_GINT64_FORMAT, steps[i].now_ms);
      g_assert_cmpstr (dbk_print_phase_to_word (watch.phase), ==, steps[i].phase);
      g_assert_cmpstr (dbk_paper_trouble_to_word (watch.trouble), ==, steps[i].trouble);
      g_assert_cmpint (is_news, ==, steps[i].is_news);
    }
}

static void
test_smooth (void)
{
  static const Step steps[] = {
    { 0, &waiting, NO_ERROR, "waiting", "none", FALSE },
    { 100, &printing, NO_ERROR, "printing", "none", TRUE },
    { 200, &printing, NO_ERROR, "printing", "none", FALSE },
    { 300, &completed, NO_ERROR, "printed", "none", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
}

/* The end is the end, whatever is said afterwards. */
static void
test_final (void)
{
  static const Step printed[] = {
    { 0, &completed, NO_ERROR, "printed", "none", TRUE },       { 1, &aborted, NO_ERROR, "printed", "none", FALSE },
    { 2, &empty, NO_ERROR, "printed", "none", FALSE },          { 9999, &printing, NO_ERROR, "printed", "none", FALSE },
    { 9999, NULL, DBK_PRINT_ERROR_UNKNOWN_JOB, "printed", "none", FALSE },
  };
  static const Step failed[] = {
    { 0, &aborted, NO_ERROR, "failed", "rejected", TRUE },
    { 1, &completed, NO_ERROR, "failed", "rejected", FALSE },
    { 2, NULL, DBK_PRINT_ERROR_UNREACHABLE, "failed", "rejected", FALSE },
  };
  static const Step taken_back[] = {
    { 0, &cancelled, NO_ERROR, "cancelled", "none", TRUE },
    { 1, &printing, NO_ERROR, "cancelled", "none", FALSE },
  };
  static const Step forgotten[] = {
    { 0, NULL, DBK_PRINT_ERROR_UNKNOWN_JOB, "unknown", "none", TRUE },
    { 1, &completed, NO_ERROR, "unknown", "none", FALSE },
  };

  play (printed, G_N_ELEMENTS (printed));
  play (failed, G_N_ELEMENTS (failed));
  play (taken_back, G_N_ELEMENTS (taken_back));
  play (forgotten, G_N_ELEMENTS (forgotten));
}

/* Nobody is called dead who says what is the matter; patience begins anew when he stops saying it. */
static void
test_trouble (void)
{
  static const Step steps[] = {
    { 0, &printing, NO_ERROR, "printing", "none", TRUE },
    { 500, &empty, NO_ERROR, "trouble", "out-of-paper", TRUE },
    { 50000, &empty, NO_ERROR, "trouble", "out-of-paper", FALSE },
    { 50100, &printing, NO_ERROR, "printing", "none", TRUE },
    { 51000, &printing, NO_ERROR, "printing", "none", FALSE },
    { 51001, &printing, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 51002, &completed, NO_ERROR, "printed", "none", TRUE },
  };
  static const Step stopped[] = {
    { 0, &paused, NO_ERROR, "trouble", "stopped", TRUE },
    { 99999, &paused, NO_ERROR, "trouble", "stopped", FALSE },
    { 99999, &waiting, NO_ERROR, "waiting", "none", TRUE },
    { 100000, &completed, NO_ERROR, "printed", "none", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
  play (stopped, G_N_ELEMENTS (stopped));
}

/* Up to the limit it may be slow; past it, it does not answer; a sheet, or the end, brings it back. */
static void
test_patience (void)
{
  static const Step steps[] = {
    { 0, &printing, NO_ERROR, "printing", "none", TRUE },
    { 1000, &printing, NO_ERROR, "printing", "none", FALSE },
    { 1001, &printing, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 1500, &printing, NO_ERROR, "not-answering", "not-answering", FALSE },
    { 1600, &one_sheet, NO_ERROR, "printing", "none", TRUE },
    { 2600, &one_sheet, NO_ERROR, "printing", "none", FALSE },
    { 2601, &one_sheet, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 2700, &two_sheets, NO_ERROR, "printing", "none", TRUE },
    { 3699, &completed, NO_ERROR, "printed", "none", TRUE },
  };
  /* It never even started, and nobody is in front. */
  static const Step never_started[] = {
    { 1000, &waiting, NO_ERROR, "waiting", "none", FALSE },
    { 1001, &waiting, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 1002, &printing, NO_ERROR, "printing", "none", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
  play (never_started, G_N_ELEMENTS (never_started));
}

/* Behind another job it waits as long as that takes; then its own patience begins. */
static void
test_behind (void)
{
  static const Step steps[] = {
    { 0, &behind, NO_ERROR, "waiting", "none", FALSE },
    { 50000, &behind, NO_ERROR, "waiting", "none", FALSE },
    { 60000, &behind_empty, NO_ERROR, "trouble", "out-of-paper", TRUE },
    { 70000, &behind, NO_ERROR, "waiting", "none", TRUE },
    { 71000, &printing, NO_ERROR, "printing", "none", TRUE },
    { 72000, &printing, NO_ERROR, "printing", "none", FALSE },
    { 72001, &printing, NO_ERROR, "not-answering", "not-answering", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
}

/* CUPS says so before patience has run out, and it comes back by itself. */
static void
test_dead (void)
{
  static const Step steps[] = {
    { 0, &printing, NO_ERROR, "printing", "none", TRUE },
    { 100, &dead, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 86400000, &dead, NO_ERROR, "not-answering", "not-answering", FALSE },
    { 86400100, &printing, NO_ERROR, "printing", "none", TRUE },
    { 86400200, &completed, NO_ERROR, "printed", "none", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
}

/* No print system is a trouble with a name, not a silence; a job that it no longer knows may have been printed or not. */
static void
test_errors (void)
{
  static const Step steps[] = {
    { 0, &printing, NO_ERROR, "printing", "none", TRUE },
    { 500, NULL, DBK_PRINT_ERROR_UNREACHABLE, "trouble", "no-service", TRUE },
    { 90000, NULL, DBK_PRINT_ERROR_UNREACHABLE, "trouble", "no-service", FALSE },
    { 90001, NULL, DBK_PRINT_ERROR_FAILED, "trouble", "no-service", FALSE },
    { 90500, &printing, NO_ERROR, "printing", "none", TRUE },
    { 91001, &printing, NO_ERROR, "printing", "none", FALSE },
    { 91002, &printing, NO_ERROR, "not-answering", "not-answering", TRUE },
    { 91003, NULL, DBK_PRINT_ERROR_UNKNOWN_JOB, "unknown", "none", TRUE },
  };

  play (steps, G_N_ELEMENTS (steps));
}

static void
test_words (void)
{
  static const struct
  {
    DbkPrintPhase  phase;
    const char    *word;
    gboolean       is_final;
  } rows[] = {
    { DBK_PRINT_PHASE_WAITING, "waiting", FALSE },     { DBK_PRINT_PHASE_PRINTING, "printing", FALSE },
    { DBK_PRINT_PHASE_TROUBLE, "trouble", FALSE },     { DBK_PRINT_PHASE_NOT_ANSWERING, "not-answering", FALSE },
    { DBK_PRINT_PHASE_PRINTED, "printed", TRUE },      { DBK_PRINT_PHASE_CANCELLED, "cancelled", TRUE },
    { DBK_PRINT_PHASE_FAILED, "failed", TRUE },        { DBK_PRINT_PHASE_UNKNOWN, "unknown", TRUE },
  };
  static const char *const troubles[] = { "none", "out-of-paper", "jam", "cover-open", "out-of-ink", "offline", "not-answering",
                                          "stopped", "not-accepting", "rejected", "no-service" };
  static const char *const states[] = { "pending", "held", "processing", "stopped", "cancelled", "aborted", "completed" };
  static const char *const printers[] = { "idle", "processing", "stopped", "unreachable" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (dbk_print_phase_to_word (rows[i].phase), ==, rows[i].word);
      g_assert_cmpint (dbk_print_phase_is_final (rows[i].phase), ==, rows[i].is_final);
    }
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    g_assert_cmpstr (dbk_paper_trouble_to_word ((DbkPaperTrouble) i), ==, troubles[i]);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpstr (dbk_print_job_state_to_word ((DbkPrintJobState) i), ==, states[i]);
  for (guint i = 0; i < G_N_ELEMENTS (printers); i++)
    g_assert_cmpstr (dbk_printer_state_to_word ((DbkPrinterState) i), ==, printers[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/watch/reason-words", test_reason_words);
  g_test_add_func ("/watch/dead-messages", test_dead_messages);
  g_test_add_func ("/watch/troubles-of-printer", test_troubles_of_printer);
  g_test_add_func ("/watch/single-polls", test_single_polls);
  g_test_add_func ("/watch/smooth", test_smooth);
  g_test_add_func ("/watch/final", test_final);
  g_test_add_func ("/watch/trouble", test_trouble);
  g_test_add_func ("/watch/patience", test_patience);
  g_test_add_func ("/watch/behind", test_behind);
  g_test_add_func ("/watch/dead", test_dead);
  g_test_add_func ("/watch/errors", test_errors);
  g_test_add_func ("/watch/words", test_words);
  return g_test_run ();
}
