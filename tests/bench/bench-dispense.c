/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-dispense NAME RECORD: key to recorded, everything between them: what is known is read again, judged, claimed, appended, projected and
 * synced. Against writing as many bytes as SQLite's log got for it, in place and synced: the least that makes anything durable.
 * The log's file grows during the first checkpoint's worth of doses after an opening; those are measured on their own, against appending. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "app/dbk-give-dose.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench.h"

#define MOST 500
/* In each round; all together fewer than come in a morning of 500. */
#define FIRST_DOSES 10
#define DOSES 50
#define BLOCK 10
#define FRAME_BYTES (4096 + 24)
#define FLOOR_FILE_BYTES (1000 * FRAME_BYTES) /* SQLite begins its log anew after so many pages */

typedef struct
{
  DbkClinic  *clinic;
  DbkSession *session;
  GPtrArray  *patients;
  guint       next;
  int         log_index;     /* the file with SQLite's index of its log */
  guint       frames;        /* in the log after the last dose */
  GArray     *frames_each;   /* guint: written for each dose */
  int         floor_fd;
  gsize       floor_bytes;   /* for each dose */
  off_t       floor_place;
  gboolean    floor_grows;
} Dispense;

/* Where the log ends, from its shared index: "mxFrame", 16 bytes into the header (sqlite.org/walformat.html). */
static guint
read_frames (Dispense *self)
{
  guint32 frames = 0;

  g_assert_cmpint (pread (self->log_index, &frames, sizeof frames, 16), ==, sizeof frames);
  return frames;
}

/* As the nurse does before the key: who is it, what stands in the way. */
static void
look (Dispense   *self,
      const char *patient)
{
  const DbkCounterRequest request = { .patient = patient, .day = DBK_DAY_NONE };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) view = dbk_counter_look (self->clinic, self->session, &request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (view);
}

static gint64
dispense (gpointer data)
{
  Dispense *self = data;
  DbkGiveRequest request = { .at_counter = { .day = DBK_DAY_NONE } };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkGiveResult) result = NULL;
  gint64 start, end;
  guint frames, each;

  g_assert_cmpuint (self->next, <, self->patients->len);
  request.at_counter.patient = g_ptr_array_index (self->patients, self->next++);
  look (self, request.at_counter.patient);
  start = dbk_bench_now_ns ();
  result = dbk_give_dose (self->clinic, self->session, &request, &error);
  end = dbk_bench_now_ns ();
  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  frames = read_frames (self);
  each = frames > self->frames ? frames - self->frames : frames;
  self->frames = frames;
  g_array_append_val (self->frames_each, each);
  return end - start;
}

static gint64
write_and_sync (gpointer data)
{
  Dispense *self = data;
  g_autofree guint8 *bytes = g_malloc (self->floor_bytes);
  gint64 start, end;

  memset (bytes, (int) self->next, self->floor_bytes);
  if (!self->floor_grows && self->floor_place + (off_t) self->floor_bytes > FLOOR_FILE_BYTES)
    self->floor_place = 0;
  start = dbk_bench_now_ns ();
  g_assert_cmpint (pwrite (self->floor_fd, bytes, self->floor_bytes, self->floor_place), ==, (gssize) self->floor_bytes);
  g_assert_cmpint (fdatasync (self->floor_fd), ==, 0);
  end = dbk_bench_now_ns ();
  self->floor_place += (off_t) self->floor_bytes;
  return end - start;
}

static gint
compare_guint (gconstpointer a,
               gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return one < other ? -1 : one > other;
}

static guint
median_frames (Dispense *self)
{
  g_array_sort (self->frames_each, compare_guint);
  return g_array_index (self->frames_each, guint, self->frames_each->len / 2);
}

static int
open_floor (const char *record,
            gboolean    grows)
{
  g_autofree char *path = g_strconcat (record, ".floor", NULL);
  g_autofree guint8 *zeros = g_malloc0 (FLOOR_FILE_BYTES);
  int fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  if (!grows)
    g_assert_cmpint (pwrite (fd, zeros, FLOOR_FILE_BYTES, 0), ==, FLOOR_FILE_BYTES);
  g_assert_cmpint (fsync (fd), ==, 0);
  g_unlink (path);
  return fd;
}

/* Nobody who must be asked something first: an answer is one more fact. */
static void
choose_patients (Dispense *self)
{
  g_autoptr(GPtrArray) all = dbk_bench_clinic_dup_patients (self->clinic);

  self->patients = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < all->len && self->patients->len < MOST; i++)
    {
      g_autoptr(GError) error = NULL;
      gint similar = 0;

      dbk_patient_count_similar (dbk_clinic_get_db (self->clinic), g_ptr_array_index (all, i), &similar, &error);
      g_assert_no_error (error);
      if (similar == 0)
        g_ptr_array_add (self->patients, g_strdup (g_ptr_array_index (all, i)));
    }
}

/* The first dose also opens the epoch; the second tells what any other writes. */
static void
begin_morning (Dispense   *self,
               const char *record)
{
  g_autofree char *log_index = g_strconcat (record, "-shm", NULL);

  self->clinic = dbk_bench_clinic_open (record, DBK_DB_WRITE);
  self->session = dbk_bench_clinic_sign_in (self->clinic, DBK_ROLE_NURSE);
  choose_patients (self);
  self->frames_each = g_array_new (FALSE, FALSE, sizeof (guint));
  self->log_index = g_open (log_index, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (self->log_index, >=, 0);
  dispense (self);
  dispense (self);
  self->floor_bytes = g_array_index (self->frames_each, guint, 1) * FRAME_BYTES;
}

static void
measure_growing (Dispense   *self,
                 const char *name,
                 const char *record)
{
  g_autofree char *title = g_strdup_printf ("%s, first %d of the day", name, DBK_BENCH_ROUNDS * FIRST_DOSES);
  DbkBench bench = { .name = title, .ours = dispense, .floor = write_and_sync, .data = self, .times = FIRST_DOSES, .block = FIRST_DOSES,
                     .target = "-" };

  self->floor_grows = TRUE;
  self->floor_fd = open_floor (record, TRUE);
  dbk_bench_run (&bench);
  g_close (self->floor_fd, NULL);
  self->floor_grows = FALSE;
  self->floor_place = 0;
}

static void
measure_steady (Dispense   *self,
                const char *name,
                const char *record)
{
  DbkBench bench = { .name = name, .ours = dispense, .floor = write_and_sync, .data = self, .times = DOSES, .block = BLOCK,
                     .target = "ratio 2.0" };
  guint before;

  do
    {
      before = self->frames;
      dispense (self);
    }
  while (self->frames > before);
  self->floor_bytes = median_frames (self) * FRAME_BYTES;
  self->floor_fd = open_floor (record, FALSE);
  dbk_bench_run (&bench);
  g_close (self->floor_fd, NULL);
  g_print ("note\t%s: %u pages, %" G_GSIZE_FORMAT " bytes in the log for a dose\n", name, (guint) (self->floor_bytes / FRAME_BYTES), self->floor_bytes);
}

int
main (int    argc,
      char **argv)
{
  Dispense self = { .log_index = -1 };

  begin_morning (&self, argv[2]);
  measure_growing (&self, argv[1], argv[2]);
  measure_steady (&self, argv[1], argv[2]);
  g_close (self.log_index, NULL);
  g_array_unref (self.frames_each);
  g_ptr_array_unref (self.patients);
  dbk_session_free (self.session);
  dbk_clinic_close (self.clinic);
  return 0;
}
