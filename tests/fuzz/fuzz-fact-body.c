/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fact from elsewhere: its kind, a line end, its body. It is projected onto a record, and taken back. */

#include "db/dbk-fact-log-private.h"
#include "tests/exchange/dbk-test-site.h"
#include "tests/fuzz/dbk-fuzz.h"

typedef struct
{
  const DbkFact *fact;
  const char    *text;
  gsize          size;
} Input;

/* Never recorded: the next input finds the record as it was. */
static gboolean
project (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  const Input *input = data;
  JsonObject *body = dbk_body_parse (input->text, input->size, error);

  if (body == NULL)
    return FALSE;
  if (dbk_project (db, input->fact, body, error))
    g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CANCELLED, "taken back");
  json_object_unref (body);
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static DbkTestSite *clinic;
  const uint8_t *end = memchr (data, '\n', size);
  g_autofree char *kind = NULL;
  DbkFact fact = { 0 };
  Input input = { &fact };

  if (end == NULL)
    return 0;
  if (clinic == NULL)
    clinic = dbk_test_site_new_clinic ();
  kind = g_strndup ((const char *) data, (gsize) (end - data));
  fact.kind = kind;
  fact.writer = clinic->writer;
  fact.author = (char *) DBK_FIXTURE_NURSE;
  fact.seq = 1000;
  fact.hlc = 1;
  fact.day = (char *) "2026-03-05";
  fact.wall = (char *) "2026-03-05T08:12:00+08:00";
  fact.version = 1;
  fact.critical = TRUE;
  input.text = (const char *) end + 1;
  input.size = size - (gsize) (end + 1 - data);
  dbk_db_write (clinic->db, project, &input, NULL);
  return 0;
}
