/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes what the targets begin with, from a clinic, a dosing point and a file between them: make-seeds FOLDER. */

#include <gio/gio.h>

#include "db/exchange/dbk-envelope.h"
#include "db/exchange/dbk-parcel.h"
#include "db/exchange/dbk-pass-code.h"
#include "tests/exchange/dbk-test-site.h"
#include "tests/fuzz/dbk-fuzz.h"

static const char *folder;

static void
save (const char   *target,
      const char   *name,
      gconstpointer data,
      gsize         size)
{
  g_autofree char *path = g_build_filename (folder, target, name, NULL);

  if (!g_file_set_contents (path, data, (gssize) size, NULL))
    g_error ("%s cannot be written", path);
}

/* One of each kind. */
static void
save_bodies (DbkParcel *parcel)
{
  g_autoptr(GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(DbkFact) fact = { 0 };
  gboolean found = FALSE;

  while (dbk_parcel_next_fact (parcel, &fact, &found, NULL) && found)
    if (fact.body != NULL && g_hash_table_add (kinds, g_strdup (fact.kind)))
      {
        g_autofree char *text = g_strdup_printf ("%s\n%s", fact.kind, fact.body);

        save ("fact-body", fact.kind, text, strlen (text));
      }
}

static guint32
read_length (DbkEnvelopeReader *reader)
{
  guint8 bytes[4];

  if (!dbk_envelope_reader_read (reader, bytes, sizeof bytes, NULL))
    g_error ("no length");
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

static void
save_file (DbkTestSite *point,
           GBytes      *file)
{
  g_autoptr(DbkKeys) keys = dbk_keys_load (point->db, NULL);
  g_auto(DbkEnvelopeHead) head = { NULL };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autoptr(DbkEnvelopeReader) reader = dbk_envelope_reader_new (bytes, size, keys, &head, NULL);
  guint32 length = read_length (reader);
  g_autofree guint8 *text = g_malloc (length);
  guint8 signature[DBK_SIGNATURE_SIZE];
  g_autoptr(DbkManifest) manifest = NULL;
  g_autofree guint8 *database = NULL;
  g_autoptr(DbkParcel) parcel = NULL;

  if (!dbk_envelope_reader_read (reader, text, length, NULL) || !dbk_envelope_reader_read (reader, signature, sizeof signature, NULL))
    g_error ("no manifest");
  save ("manifest", "clinic", text, length);
  manifest = dbk_manifest_read (text, length, NULL);
  database = g_malloc ((gsize) manifest->database_size);
  if (!dbk_envelope_reader_read (reader, database, (gsize) manifest->database_size, NULL))
    g_error ("no database");
  save ("database", "clinic", database, (gsize) manifest->database_size);
  parcel = dbk_parcel_open (database, (gsize) manifest->database_size, NULL);
  save_bodies (parcel);
}

static void
save_envelope (void)
{
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_auto(DbkEnvelopeHead) head = { NULL };
  g_autoptr(DbkEnvelopeWriter) writer = NULL;
  DbkKeys keys = { NULL };

  dbk_fuzz_fill_keys (&keys);
  writer = dbk_envelope_writer_new (output, "W0000000000000A1", keys.public_key, 1, &head, NULL, NULL);
  if (!dbk_envelope_writer_add (writer, (const guint8 *) "what it says", 12, NULL) || !dbk_envelope_writer_finish (writer, NULL))
    g_error ("no envelope");
  save ("envelope", "short", g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
        g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)));
}

static void
save_pass (void)
{
  const DbkPass pass = { .id = (char *) "P0000000000000A1", .kind = DBK_PASS_VOUCHER, .patient = (char *) "Q0000000000000A1", .number = (char *) "0421",
                         .site = (char *) "S0000000000000B2", .from = 20500, .to = 20506, .dose_ug = 62500 };
  DbkKeys keys = { NULL };
  g_autofree char *code = NULL;

  dbk_fuzz_fill_keys (&keys);
  code = dbk_pass_code_write (&pass, &keys, NULL);
  save ("pass-code", "voucher", code, strlen (code));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY + 1, DBK_FIXTURE_DAY + 3);
  g_autoptr(GBytes) file = dbk_test_site_export (clinic, point, TRUE);

  if (argc != 2 || lease == NULL)
    g_error ("usage: make-seeds FOLDER");
  folder = argv[1];
  save_file (point, file);
  save_envelope ();
  save_pass ();
  return 0;
}
