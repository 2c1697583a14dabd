/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of CUPS against a real daemon: what is printed, and each thing that goes wrong with a printer, seen through the
 * watch as the desk sees it. Every test has printers of its own. */
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "printing/dbk-cups-queue.h"
#include "printing/dbk-print-watch.h"
#include "tests/cups/dbk-cups-room.h"
#include "tests/lib/dbk-paper-reader.h"
#include "tests/printing/dbk-paper-samples.h"

/* How long anything may take before the test fails, and how long nothing may move before a printer is called dead. */
#define DEADLINE_US (60 * G_USEC_PER_SEC)
#define LOOK_US     (10 * 1000)
#define PATIENCE_MS (10 * 60 * 1000)

#define NO_SUCH_JOB 999999

/* One slip on its way. */
typedef struct
{
  DbkPrintQueue *queue;
  const char    *printer;
  int            job;
  GBytes        *pdf;
  DbkPrintWatch  watch;
  DbkPrintJob   *last; /* what the last poll said; NULL after an error */
} Slip;

static gint64
get_now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static DbkDocument *
make_slip (DbkMedia media)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 7);
  DbkSlip slip = dbk_sample_slip (code, DBK_LANGUAGE_CHINESE);
  g_autoptr(GError) error = NULL;
  DbkDocument *document = dbk_slip_new_document (&slip, media, dbk_media_get_usual_dpi (media), &error);

  g_assert_no_error (error);
  return document;
}

static int
submit_document (DbkPrintQueue  *queue,
                 const char     *printer,
                 DbkDocument    *document,
                 GBytes         *pdf,
                 int             copies,
                 GError        **error)
{
  DbkPrintTicket ticket = { .printer = printer, .title = dbk_document_get_title (document), .pdf = pdf, .copies = copies,
                            .full_bleed = dbk_media_is_roll (dbk_document_get_media (document)) };

  dbk_document_get_sheet_mm (document, &ticket.x_mm, &ticket.y_mm);
  return dbk_print_queue_submit (queue, &ticket, error);
}

/* Takes @document. */
static Slip *
send_document (const char  *printer,
               DbkDocument *document)
{
  Slip *slip = g_new0 (Slip, 1);
  g_autoptr(GError) error = NULL;

  slip->queue = dbk_cups_queue_new ();
  slip->printer = printer;
  slip->pdf = dbk_sample_write (dbk_document_ref (document));
  slip->job = submit_document (slip->queue, printer, document, slip->pdf, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (slip->job, >, 0);
  dbk_print_watch_start (&slip->watch, get_now_ms ());
  dbk_document_unref (document);
  return slip;
}

static Slip *
send_slip (const char *printer)
{
  return send_document (printer, make_slip (DBK_MEDIA_ROLL_80));
}

static void
free_slip (Slip *slip)
{
  g_clear_object (&slip->queue);
  g_clear_pointer (&slip->pdf, g_bytes_unref);
  g_clear_pointer (&slip->last, dbk_print_job_free);
  g_free (slip);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Slip, free_slip)

static void
look (Slip   *slip,
      gint64  now_ms)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&slip->last, dbk_print_job_free);
  slip->last = dbk_print_queue_poll (slip->queue, slip->printer, slip->job, &error);
  dbk_print_watch_step (&slip->watch, slip->last, error, now_ms, PATIENCE_MS);
}

static void
wait_for (Slip            *slip,
          DbkPrintPhase    phase,
          DbkPaperTrouble  trouble)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  for (look (slip, get_now_ms ()); slip->watch.phase != phase || slip->watch.trouble != trouble; look (slip, get_now_ms ()))
    {
      if (g_get_monotonic_time () > deadline || dbk_print_phase_is_final (slip->watch.phase))
        g_error ("%s is %s (%s), not %s (%s); message \"%s\"", slip->printer, dbk_print_phase_to_word (slip->watch.phase),
                 dbk_paper_trouble_to_word (slip->watch.trouble), dbk_print_phase_to_word (phase),
                 dbk_paper_trouble_to_word (trouble), slip->last != NULL ? slip->last->message : "");
      g_usleep (LOOK_US);
    }
}

/* The queue says that it has stopped a moment before the job says that it waits. */
static void
wait_for_state (Slip             *slip,
                DbkPrintJobState  state)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  for (; slip->last->state != state; look (slip, get_now_ms ()))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("%s: the job is %s, not %s", slip->printer, dbk_print_job_state_to_word (slip->last->state), dbk_print_job_state_to_word (state));
      g_usleep (LOOK_US);
    }
}

static void
assert_printed (Slip *slip)
{
  g_autoptr(GBytes) paper = NULL;

  wait_for (slip, DBK_PRINT_PHASE_PRINTED, DBK_PAPER_TROUBLE_NONE);
  g_assert_cmpint (slip->last->state, ==, DBK_PRINT_JOB_COMPLETED);
  paper = dbk_cups_room_dup_paper (slip->printer, slip->job);
  g_assert_nonnull (paper);
  g_assert_true (g_bytes_equal (paper, slip->pdf));
}

static void
assert_cancels (Slip *slip)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dbk_print_queue_cancel (slip->queue, slip->job, &error));
  g_assert_no_error (error);
  wait_for (slip, DBK_PRINT_PHASE_CANCELLED, DBK_PAPER_TROUBLE_NONE);
  g_assert_cmpint (slip->last->state, ==, DBK_PRINT_JOB_CANCELLED);
}

/* Of all printers as one list: name, state and trouble of @printer as it stands there. */
static void
assert_listed (const char      *printer,
               DbkPrinterState  state,
               DbkPaperTrouble  trouble)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) printers = dbk_print_queue_list (queue, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < printers->len; i++)
    {
      const DbkPrinter *found = g_ptr_array_index (printers, i);

      if (!g_str_equal (found->name, printer))
        continue;
      g_assert_cmpstr (dbk_printer_state_to_word (found->state), ==, dbk_printer_state_to_word (state));
      g_assert_cmpstr (dbk_paper_trouble_to_word (found->trouble), ==, dbk_paper_trouble_to_word (trouble));
      return;
    }
  g_assert_not_reached ();
}

/* ---- what there is ---- */

static void
test_list (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) printers = NULL;
  const char *before = "";
  guint n_defaults = 0, n_ours = 0;

  dbk_cups_room_add_printer ("list-b", TRUE);
  dbk_cups_room_add_printer ("list-a", FALSE);
  dbk_cups_room_run ("lpadmin", "-p", "list-b", "-D", "二号窗口", NULL);
  dbk_cups_room_run ("lpadmin", "-d", "list-a", NULL);
  printers = dbk_print_queue_list (queue, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < printers->len; i++)
    {
      const DbkPrinter *printer = g_ptr_array_index (printers, i);
      gboolean is_first = g_str_equal (printer->name, "list-a");

      g_assert_cmpstr (before, <, printer->name);
      before = printer->name;
      n_defaults += printer->is_default ? 1 : 0;
      if (!is_first && !g_str_equal (printer->name, "list-b"))
        continue;
      n_ours++;
      g_assert_cmpstr (printer->description, ==, is_first ? "list-a" : "二号窗口");
      g_assert_cmpint (printer->is_default, ==, is_first);
      g_assert_cmpint (printer->state, ==, DBK_PRINTER_IDLE);
      g_assert_true (printer->is_accepting);
      g_assert_cmpuint (g_strv_length (printer->reasons), ==, 0);
      g_assert_cmpint (printer->trouble, ==, DBK_PAPER_TROUBLE_NONE);
      g_assert_nonnull (printer->message);
      if (!is_first)
        g_assert_true (g_strv_contains ((const char *const *) printer->media, "iso_a4_210x297mm"));
    }
  g_assert_cmpuint (n_ours, ==, 2);
  g_assert_cmpuint (n_defaults, ==, 1);
}

static void
test_unknown (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);
  g_autoptr(GBytes) pdf = dbk_sample_write (dbk_document_ref (document));
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (submit_document (queue, "nowhere", document, pdf, 1, &error), ==, 0);
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_PRINTER);
  g_clear_error (&error);
  g_assert_null (dbk_print_queue_poll (queue, "slips", NO_SUCH_JOB, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_JOB);
  g_clear_error (&error);
  g_assert_false (dbk_print_queue_cancel (queue, NO_SUCH_JOB, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_JOB);
}

/* ---- what is printed ---- */

static void
test_print (void)
{
  g_autoptr(Slip) slip = NULL;
  g_autoptr(GError) error = NULL;

  dbk_cups_room_add_printer ("print", FALSE);
  slip = send_slip ("print");
  assert_printed (slip);
  g_assert_cmpint (slip->last->id, ==, slip->job);
  assert_listed ("print", DBK_PRINTER_IDLE, DBK_PAPER_TROUBLE_NONE);
  /* A job that is over can still be asked about; a printer that is not there cannot. */
  look (slip, get_now_ms ());
  g_assert_nonnull (slip->last);
  g_assert_cmpint (slip->watch.phase, ==, DBK_PRINT_PHASE_PRINTED);
  g_assert_null (dbk_print_queue_poll (slip->queue, "nowhere", slip->job, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_PRINTER);
}

/* How large the ink on the first page is, in dots of 600 to the inch; they fall differently where the page begins elsewhere. */
static void
find_ink (GBytes *pdf,
          int    *width,
          int    *height)
{
  g_autoptr(DbkPaperDots) dots = dbk_paper_reader_read_dots (pdf, 600);
  int left = dots->width, right = -1, top = dots->height, bottom = -1;

  for (int y = 0; y < dots->height; y++)
    for (int x = 0; x < dots->width; x++)
      if (dots->dots[y * dots->width + x] != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
  *width = right - left;
  *height = bottom - top;
}

/* This printer's own choice is US Letter, and its driver makes pages of what it gets: what comes out is the paper that was
 * named, with nothing made larger or smaller. CUPS cuts sizes to whole points. */
static void
test_media (void)
{
  static const DbkMedia media[] = { DBK_MEDIA_ROLL_80, DBK_MEDIA_ROLL_58, DBK_MEDIA_A5, DBK_MEDIA_A4 };

  if (!dbk_paper_reader_is_there ())
    return;
  dbk_cups_room_add_printer ("media", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (media); i++)
    {
      DbkDocument *document = make_slip (media[i]);
      double width_mm = dbk_document_get_width_mm (document), height_mm = dbk_document_get_height_mm (document);
      g_autoptr(Slip) slip = send_document ("media", document);
      g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 7);
      g_autoptr(GBytes) paper = NULL;
      g_autoptr(DbkPaperFacts) facts = NULL;
      g_auto(GStrv) codes = NULL;
      g_autofree char *text = NULL;
      int width = 0, height = 0, sent_width = 0, sent_height = 0;

      wait_for (slip, DBK_PRINT_PHASE_PRINTED, DBK_PAPER_TROUBLE_NONE);
      paper = dbk_cups_room_dup_paper ("media", slip->job);
      facts = dbk_paper_reader_read_facts (paper);
      g_assert_cmpuint (facts->n_pages, ==, 1);
      g_assert_cmpfloat_with_epsilon (facts->width_mm, width_mm, 0.5);
      g_assert_cmpfloat_with_epsilon (facts->height_mm, height_mm, 0.5);
      codes = dbk_paper_reader_dup_codes (paper, 0, dbk_media_get_usual_dpi (media[i]));
      g_assert_cmpuint (g_strv_length (codes), ==, 1);
      g_assert_nonnull (strstr (codes[0], code));
      text = dbk_paper_reader_dup_text (paper);
      g_assert_nonnull (strstr (text, "0421"));
      find_ink (paper, &width, &height);
      find_ink (slip->pdf, &sent_width, &sent_height);
      g_assert_cmpint (ABS (width - sent_width), <=, 2);
      g_assert_cmpint (ABS (height - sent_height), <=, 2);
    }
}

static void
test_copies (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);
  Slip slip = { .queue = queue, .printer = "copies" };
  g_autoptr(GBytes) pdf = dbk_sample_write (dbk_document_ref (document));
  g_autoptr(GBytes) paper = NULL;
  g_autoptr(DbkPaperFacts) facts = NULL;
  g_autoptr(GError) error = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  dbk_cups_room_add_printer ("copies", TRUE);
  slip.job = submit_document (queue, "copies", document, pdf, 3, &error);
  g_assert_no_error (error);
  dbk_print_watch_start (&slip.watch, get_now_ms ());
  wait_for (&slip, DBK_PRINT_PHASE_PRINTED, DBK_PAPER_TROUBLE_NONE);
  g_clear_pointer (&slip.last, dbk_print_job_free);
  paper = dbk_cups_room_dup_paper ("copies", slip.job);
  facts = dbk_paper_reader_read_facts (paper);
  g_assert_cmpuint (facts->n_pages, ==, 3);
}

/* ---- what goes wrong with a printer ---- */

/* Waits, says why, and goes on by itself. */
static void
test_waits (gconstpointer data)
{
  const char *what = data;
  DbkPaperTrouble trouble = g_str_equal (what, "empty") ? DBK_PAPER_TROUBLE_OUT_OF_PAPER : DBK_PAPER_TROUBLE_OFFLINE;
  g_autofree char *printer = g_strconcat ("waits-", what, NULL);
  g_autoptr(Slip) slip = NULL;

  dbk_cups_room_add_printer (printer, FALSE);
  dbk_cups_room_set_trouble (printer, what, TRUE);
  slip = send_slip (printer);
  wait_for (slip, DBK_PRINT_PHASE_TROUBLE, trouble);
  g_assert_cmpint (slip->last->state, ==, DBK_PRINT_JOB_PROCESSING);
  assert_listed (printer, DBK_PRINTER_PROCESSING, trouble);
  /* However long it takes: there is a reason. */
  look (slip, get_now_ms () + 2 * PATIENCE_MS);
  g_assert_cmpint (slip->watch.phase, ==, DBK_PRINT_PHASE_TROUBLE);
  g_assert_cmpuint (dbk_cups_room_count_papers (printer), ==, 0);
  dbk_cups_room_set_trouble (printer, what, FALSE);
  assert_printed (slip);
  assert_listed (printer, DBK_PRINTER_IDLE, DBK_PAPER_TROUBLE_NONE);
}

/* A jam ends the try: the queue stops with the job in it, and a person starts it again. */
static void
test_jam (void)
{
  g_autoptr(Slip) slip = NULL;
  g_autoptr(Slip) next = NULL;

  dbk_cups_room_add_printer ("jam", FALSE);
  dbk_cups_room_set_trouble ("jam", "fail", TRUE);
  slip = send_slip ("jam");
  wait_for (slip, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_STOPPED);
  wait_for_state (slip, DBK_PRINT_JOB_PENDING);
  g_assert_cmpint (slip->last->printer_state, ==, DBK_PRINTER_STOPPED);
  g_assert_cmpstr (slip->last->message, ==, "cutter jam");
  assert_listed ("jam", DBK_PRINTER_STOPPED, DBK_PAPER_TROUBLE_STOPPED);
  next = send_slip ("jam");
  wait_for (next, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_STOPPED);
  g_assert_cmpuint (dbk_cups_room_count_papers ("jam"), ==, 0);
  dbk_cups_room_set_trouble ("jam", "fail", FALSE);
  dbk_cups_room_run ("cupsenable", "jam", NULL);
  assert_printed (slip);
  assert_printed (next);
}

/* A queue that is set up to throw away what it cannot print. */
static void
test_thrown_away (void)
{
  g_autoptr(Slip) slip = NULL;
  g_autoptr(Slip) next = NULL;

  dbk_cups_room_add_printer ("thrown-away", FALSE);
  dbk_cups_room_run ("lpadmin", "-p", "thrown-away", "-o", "printer-error-policy=abort-job", NULL);
  dbk_cups_room_set_trouble ("thrown-away", "fail", TRUE);
  slip = send_slip ("thrown-away");
  wait_for (slip, DBK_PRINT_PHASE_FAILED, DBK_PAPER_TROUBLE_JAM);
  g_assert_cmpint (slip->last->state, ==, DBK_PRINT_JOB_ABORTED);
  dbk_cups_room_set_trouble ("thrown-away", "fail", FALSE);
  next = send_slip ("thrown-away");
  assert_printed (next);
  g_assert_cmpuint (dbk_cups_room_count_papers ("thrown-away"), ==, 1);
}

/* No paper, no reason, no end: only the clock tells. */
static void
test_says_nothing (void)
{
  g_autoptr(Slip) slip = NULL;

  dbk_cups_room_add_printer ("says-nothing", FALSE);
  dbk_cups_room_set_trouble ("says-nothing", "slow", TRUE);
  slip = send_slip ("says-nothing");
  wait_for (slip, DBK_PRINT_PHASE_PRINTING, DBK_PAPER_TROUBLE_NONE);
  look (slip, slip->watch.moved_ms + PATIENCE_MS);
  g_assert_cmpint (slip->watch.phase, ==, DBK_PRINT_PHASE_PRINTING);
  look (slip, slip->watch.moved_ms + PATIENCE_MS + 1);
  g_assert_cmpint (slip->watch.phase, ==, DBK_PRINT_PHASE_NOT_ANSWERING);
  g_assert_cmpint (slip->watch.trouble, ==, DBK_PAPER_TROUBLE_NOT_ANSWERING);
  dbk_cups_room_set_trouble ("says-nothing", "slow", FALSE);
  assert_printed (slip);
}

/* Nobody listens at the printer's address. CUPS would try for days and gives no reason but a sentence. */
static void
test_dead (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  /* Bound and not listening: the port is refused, and nobody else gets it meanwhile. */
  int port = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_autoptr(Slip) slip = NULL;

  g_assert_cmpint (port, >=, 0);
  g_assert_cmpint (bind (port, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (port, (struct sockaddr *) &address, &size), ==, 0);
  dbk_cups_room_add_dead_printer ("dead", ntohs (address.sin_port));
  slip = send_slip ("dead");
  wait_for (slip, DBK_PRINT_PHASE_NOT_ANSWERING, DBK_PAPER_TROUBLE_NOT_ANSWERING);
  g_assert_cmpint (slip->last->state, ==, DBK_PRINT_JOB_PROCESSING);
  g_assert_cmpint (slip->last->printer_state, ==, DBK_PRINTER_UNREACHABLE);
  assert_listed ("dead", DBK_PRINTER_UNREACHABLE, DBK_PAPER_TROUBLE_NOT_ANSWERING);
  assert_cancels (slip);
  close (port);
}

static void
test_paused (void)
{
  g_autoptr(Slip) slip = NULL;

  dbk_cups_room_add_printer ("paused", FALSE);
  dbk_cups_room_run ("cupsdisable", "-r", "new roll", "paused", NULL);
  assert_listed ("paused", DBK_PRINTER_STOPPED, DBK_PAPER_TROUBLE_STOPPED);
  slip = send_slip ("paused");
  wait_for (slip, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_STOPPED);
  g_assert_cmpstr (slip->last->message, ==, "new roll");
  dbk_cups_room_run ("cupsenable", "paused", NULL);
  assert_printed (slip);
}

static void
test_not_accepting (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);
  g_autoptr(GBytes) pdf = dbk_sample_write (dbk_document_ref (document));
  g_autoptr(Slip) slip = NULL;
  g_autoptr(GError) error = NULL;

  dbk_cups_room_add_printer ("not-accepting", FALSE);
  dbk_cups_room_run ("cupsreject", "not-accepting", NULL);
  assert_listed ("not-accepting", DBK_PRINTER_IDLE, DBK_PAPER_TROUBLE_NOT_ACCEPTING);
  g_assert_cmpint (submit_document (queue, "not-accepting", document, pdf, 1, &error), ==, 0);
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_NOT_ACCEPTING);
  dbk_cups_room_run ("cupsaccept", "not-accepting", NULL);
  slip = send_slip ("not-accepting");
  assert_printed (slip);
}

/* The driver cannot make pages of it. The job stands there stopped, and nothing behind it waits. */
static void
test_broken_document (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);
  g_autoptr(GBytes) broken = g_bytes_new_static ("%PDF-1.5\nnothing behind it\n", 27);
  Slip slip = { .queue = queue, .printer = "broken" };
  g_autoptr(Slip) next = NULL;
  g_autoptr(GError) error = NULL;

  dbk_cups_room_add_printer ("broken", TRUE);
  slip.job = submit_document (queue, "broken", document, broken, 1, &error);
  g_assert_no_error (error);
  dbk_print_watch_start (&slip.watch, get_now_ms ());
  wait_for (&slip, DBK_PRINT_PHASE_FAILED, DBK_PAPER_TROUBLE_REJECTED);
  g_clear_pointer (&slip.last, dbk_print_job_free);
  next = send_slip ("broken");
  wait_for (next, DBK_PRINT_PHASE_PRINTED, DBK_PAPER_TROUBLE_NONE);
  g_assert_cmpuint (dbk_cups_room_count_papers ("broken"), ==, 1);
}

/* ---- taking back ---- */

/* One in the printer, one behind it: both taken back. What is sent later is the only paper there will be. */
static void
test_cancel (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Slip) first = NULL;
  g_autoptr(Slip) second = NULL;
  g_autoptr(Slip) third = NULL;

  dbk_cups_room_add_printer ("cancel", FALSE);
  dbk_cups_room_set_trouble ("cancel", "empty", TRUE);
  first = send_slip ("cancel");
  wait_for (first, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_OUT_OF_PAPER);
  second = send_slip ("cancel");
  look (second, get_now_ms ());
  g_assert_cmpint (second->last->state, ==, DBK_PRINT_JOB_PENDING);
  assert_cancels (second);
  assert_cancels (first);
  g_assert_false (dbk_print_queue_cancel (first->queue, first->job, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_FINISHED);
  dbk_cups_room_set_trouble ("cancel", "empty", FALSE);
  third = send_slip ("cancel");
  assert_printed (third);
  g_assert_cmpuint (dbk_cups_room_count_papers ("cancel"), ==, 1);
  g_clear_error (&error);
  g_assert_false (dbk_print_queue_cancel (third->queue, third->job, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_FINISHED);
}

/* Somebody clears the queue and its history with the tools of the system. */
static void
test_forgotten (void)
{
  g_autoptr(Slip) slip = NULL;

  dbk_cups_room_add_printer ("forgotten", FALSE);
  dbk_cups_room_run ("cupsdisable", "forgotten", NULL);
  slip = send_slip ("forgotten");
  wait_for (slip, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_STOPPED);
  dbk_cups_room_run ("cancel", "-a", "-x", "forgotten", NULL);
  wait_for (slip, DBK_PRINT_PHASE_UNKNOWN, DBK_PAPER_TROUBLE_NONE);
}

/* The printer is taken out of the system, and with it all that was sent to it. */
static void
test_removed (void)
{
  g_autoptr(Slip) slip = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);

  dbk_cups_room_add_printer ("removed", FALSE);
  dbk_cups_room_run ("cupsdisable", "removed", NULL);
  slip = send_slip ("removed");
  wait_for (slip, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_STOPPED);
  dbk_cups_room_run ("lpadmin", "-x", "removed", NULL);
  wait_for (slip, DBK_PRINT_PHASE_UNKNOWN, DBK_PAPER_TROUBLE_NONE);
  g_assert_cmpint (submit_document (slip->queue, "removed", document, slip->pdf, 1, &error), ==, 0);
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_PRINTER);
}

/* ---- threads, and the daemon itself ---- */

static gpointer
print_in_thread (gpointer data)
{
  g_autoptr(Slip) slip = data;

  for (look (slip, get_now_ms ()); !dbk_print_phase_is_final (slip->watch.phase); look (slip, get_now_ms ()))
    g_usleep (LOOK_US);
  return GINT_TO_POINTER (slip->watch.phase);
}

/* One queue object for all of them. */
static void
test_threads (void)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();
  GThread *threads[4];

  dbk_cups_room_add_printer ("threads", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      Slip *slip = send_slip ("threads");

      g_set_object (&slip->queue, queue);
      threads[i] = g_thread_new ("desk", print_in_thread, slip);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, DBK_PRINT_PHASE_PRINTED);
  g_assert_cmpuint (dbk_cups_room_count_papers ("threads"), ==, G_N_ELEMENTS (threads));
}

static void
assert_unreachable (Slip *slip)
{
  g_autoptr(DbkDocument) document = make_slip (DBK_MEDIA_ROLL_80);
  g_autoptr(GError) error = NULL;

  g_assert_null (dbk_print_queue_list (slip->queue, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpint (submit_document (slip->queue, slip->printer, document, slip->pdf, 1, &error), ==, 0);
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_null (dbk_print_queue_poll (slip->queue, slip->printer, slip->job, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_false (dbk_print_queue_cancel (slip->queue, slip->job, &error));
  g_assert_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE);
}

/* The print system ends and comes back: the slip in the printer and the one behind it are still there. */
static void
test_restart (void)
{
  g_autoptr(Slip) first = NULL;
  g_autoptr(Slip) second = NULL;

  dbk_cups_room_add_printer ("restart", FALSE);
  dbk_cups_room_set_trouble ("restart", "empty", TRUE);
  first = send_slip ("restart");
  second = send_slip ("restart");
  wait_for (first, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_OUT_OF_PAPER);
  dbk_cups_room_stop ();
  wait_for (first, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_NO_SERVICE);
  assert_unreachable (first);
  /* However long it takes: it is known why. */
  look (first, get_now_ms () + 2 * PATIENCE_MS);
  g_assert_cmpint (first->watch.trouble, ==, DBK_PAPER_TROUBLE_NO_SERVICE);
  dbk_cups_room_start ();
  wait_for (first, DBK_PRINT_PHASE_TROUBLE, DBK_PAPER_TROUBLE_OUT_OF_PAPER);
  dbk_cups_room_set_trouble ("restart", "empty", FALSE);
  assert_printed (first);
  assert_printed (second);
  g_assert_cmpuint (dbk_cups_room_count_papers ("restart"), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  /* A Chinese desktop: what CUPS says must be asked for in English, or a dead printer is not known by its sentence. */
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  if (!dbk_cups_room_is_there ())
    {
      g_print ("1..0 # SKIP there is no print system: run it by tests/lib/private-cupsd.sh --run\n");
      return 0;
    }
  g_test_add_func ("/cups/list", test_list);
  g_test_add_func ("/cups/unknown", test_unknown);
  g_test_add_func ("/cups/print", test_print);
  g_test_add_func ("/cups/media", test_media);
  g_test_add_func ("/cups/copies", test_copies);
  g_test_add_data_func ("/cups/out-of-paper", "empty", test_waits);
  g_test_add_data_func ("/cups/offline", "offline", test_waits);
  g_test_add_func ("/cups/jam", test_jam);
  g_test_add_func ("/cups/thrown-away", test_thrown_away);
  g_test_add_func ("/cups/says-nothing", test_says_nothing);
  g_test_add_func ("/cups/dead", test_dead);
  g_test_add_func ("/cups/paused", test_paused);
  g_test_add_func ("/cups/not-accepting", test_not_accepting);
  g_test_add_func ("/cups/broken-document", test_broken_document);
  g_test_add_func ("/cups/cancel", test_cancel);
  g_test_add_func ("/cups/forgotten", test_forgotten);
  g_test_add_func ("/cups/removed", test_removed);
  g_test_add_func ("/cups/threads", test_threads);
  g_test_add_func ("/cups/restart", test_restart);
  return g_test_run ();
}
