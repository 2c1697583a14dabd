/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as spreadsheets write them, the wrong ones among them; and what we write, read back. */
#include "db/record/dbk-csv.h"

#define MARK "\xef\xbb\xbf"

/* Rows joined by "|", fields by ";". */
static char *
flatten (GPtrArray *rows)
{
  GString *flat = g_string_new ("");

  for (guint i = 0; i < rows->len; i++)
    {
      const DbkCsvRow *row = g_ptr_array_index (rows, i);
      g_autofree char *fields = g_strjoinv (";", row->fields);

      g_assert_cmpuint (row->n_fields, ==, g_strv_length (row->fields));
      g_string_append_printf (flat, "%s%u:%s", i > 0 ? "|" : "", row->line, fields);
    }
  return g_string_free (flat, FALSE);
}

static GPtrArray *
read_bytes (const char  *data,
            gsize        size,
            GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);

  return dbk_csv_read (bytes, error);
}

static void
test_read (void)
{
  static const char *const rows[][2] = {
    { "", "" }, { MARK, "" }, { "\n\r\n\r", "" }, { "a", "1:a" }, { "a,b\n", "1:a;b" }, { "a,b\r\nc,d\r\n", "1:a;b|2:c;d" }, { "a\rb\rc", "1:a|2:b|3:c" },
    { MARK "姓名,号\n王,1\n", "1:姓名;号|2:王;1" }, { "a,\n,b\n,\n", "1:a;|2:;b|3:;" }, { " a , b ", "1: a ; b " }, { "a\n\n\nb", "1:a|4:b" },
    { "\"a,b\",c", "1:a,b;c" }, { "\"a\"\"b\"", "1:a\"b" }, { "\"\"", "1:" }, { "\"\"\"\"", "1:\"" }, { "\"a\nb\",c\nd", "1:a\nb;c|3:d" },
    { "\"a\r\nb\"\r\nc", "1:a\r\nb|3:c" }, { "\"a\rb\"\rc", "1:a\rb|3:c" }, { "a\"b,c\"d", "1:a\"b;c\"d" }, { "a,\"b\"", "1:a;b" }, { "a,\"b\"\n", "1:a;b" },
    { "\"a\"\r", "1:a" }, { "a,b,c\nd\n", "1:a;b;c|2:d" }, { "=1+1,@x", "1:=1+1;@x" }, { "\"\",\n", "1:;" },
    /* GB18030: 王,1 and 小明; and a character of four bytes. */
    { "\xcd\xf5,1\n", "1:王;1" }, { "1,\xd0\xa1\xc3\xf7", "1:1;小明" }, { "\x84\x31\x95\x33\xcd\xf5", "1:王" }, { "\x95\x34\xb2\x35", "1:𠮷" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) read = read_bytes (rows[i][0], strlen (rows[i][0]), &error);
      g_autofree char *flat = NULL;

      g_assert_no_error (error);
      flat = flatten (read);
      g_assert_cmpstr (flat, ==, rows[i][1]);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *data;
    gsize       size;
    const char *line;
  } rows[] = {
    { "a\n\"b", 4, "Line 2:" }, { "\"a\nb\nc", 6, "Line 1:" }, { "\"", 1, "Line 1:" }, { "\"a\"b", 4, "Line 1:" }, { "x\n\"a\nb\" ,c", 9, "Line 3:" },
    { "\"a\" \"b\"", 7, "Line 1:" }, { "a\0b", 3, "Line 1:" }, { "a\nb\n\0", 5, "Line 3:" }, { "\xff\xfe" "a\0", 4, "Line 1:" },
    { "a\n\xff\xff\n", 5, "Line 2:" }, { "a\n\x81", 3, "Line 2:" }, { MARK "a\n\xcd\xf5", 7, "Line 2:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) read = read_bytes (rows[i].data, rows[i].size, &error);

      if (read != NULL)
        g_test_fail_printf ("row %u is read", i);
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, rows[i].line));
    }
}

/* Damaged behind a good beginning: as GB18030 it could be read, with other names in it. */
static void
test_damaged (void)
{
  static const char text[] = "姓名,号\n王小明,1\n李四,2\n\xe5\xbc\n";
  g_autoptr(GError) error = NULL;

  g_assert_null (read_bytes (text, sizeof text - 1, &error));
  g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Line 4:"));
}

static void
test_formulas (void)
{
  static const char *const rows[][2] = {
    { "=1+1", "'=1+1" }, { "+86 138", "'+86 138" }, { "-5", "'-5" }, { "@x", "'@x" }, { "\tx", "'\tx" }, { "\rx", "\"'\rx\"" }, { "\nx", "\"'\nx\"" },
    { "＝1", "'＝1" }, { "＋1", "'＋1" }, { "－1", "'－1" }, { "＠x", "'＠x" }, { "=a,b", "\"'=a,b\"" }, { "=\"a\"", "\"'=\"\"a\"\"\"" },
    { "a=1", "a=1" }, { " =1", " =1" }, { "1-2", "1-2" }, { "王", "王" }, { "a\"b", "\"a\"\"b\"" }, { "a,b", "\"a,b\"" }, { "", "\"\"" }, { NULL, "\"\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GString) csv = g_string_new ("");
      g_autofree char *wanted = g_strdup_printf (MARK "%s,x\r\n", rows[i][1]);

      dbk_csv_write_field (csv, rows[i][0]);
      dbk_csv_write_field (csv, "x");
      dbk_csv_write_end (csv);
      g_assert_cmpstr (csv->str, ==, wanted);
    }
}

static void
test_there_and_back (void)
{
  static const char *const fields[] = { "", "王,小明", "a\"b", "line\nbreak", "\r\n", "x", "", "" };
  g_autoptr(GString) csv = g_string_new ("");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  /* Row i holds the fields from i on: so each is first once, and each last. */
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      for (guint j = i; j < G_N_ELEMENTS (fields); j++)
        dbk_csv_write_field (csv, fields[j]);
      dbk_csv_write_end (csv);
    }
  g_assert_null (strstr (csv->str + 1, MARK));
  bytes = g_bytes_new (csv->str, csv->len);
  rows = dbk_csv_read (bytes, NULL);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (fields));
  for (guint i = 0; i < rows->len; i++)
    {
      const DbkCsvRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (row->n_fields, ==, G_N_ELEMENTS (fields) - i);
      for (guint j = 0; j < row->n_fields; j++)
        {
          /* Only what would run as a formula is changed. */
          const char *wanted = strcmp (fields[i + j], "\r\n") == 0 ? "'\r\n" : fields[i + j];

          g_assert_cmpstr (row->fields[j], ==, wanted);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/csv/read", test_read);
  g_test_add_func ("/record/csv/refused", test_refused);
  g_test_add_func ("/record/csv/damaged", test_damaged);
  g_test_add_func ("/record/csv/formulas", test_formulas);
  g_test_add_func ("/record/csv/there-and-back", test_there_and_back);
  return g_test_run ();
}
