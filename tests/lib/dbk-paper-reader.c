/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/lib/dbk-paper-reader.h"
/* nocheck-file:numbers what poppler prints is not what a person typed */

#include <glib/gstdio.h>
#include <string.h>

#define MM_PER_POINT (25.4 / 72)

/* A folder for one reading, and the PDF in it. */
typedef struct
{
  char *folder;
  char *pdf;
  char *raster; /* without the ending that pdftoppm adds */
  char *bitmap;
} Desk;

static Desk *
create_desk (GBytes *pdf)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr(GError) error = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (pdf, &size);

  desk->folder = g_dir_make_tmp ("paper-XXXXXX", &error);
  g_assert_no_error (error);
  desk->pdf = g_build_filename (desk->folder, "it.pdf", NULL);
  desk->raster = g_build_filename (desk->folder, "page", NULL);
  desk->bitmap = g_strconcat (desk->raster, ".pbm", NULL);
  g_file_set_contents (desk->pdf, data, (gssize) size, &error);
  g_assert_no_error (error);
  return desk;
}

static void
free_desk (Desk *desk)
{
  g_unlink (desk->bitmap);
  g_unlink (desk->pdf);
  g_rmdir (desk->folder);
  g_free (desk->bitmap);
  g_free (desk->raster);
  g_free (desk->pdf);
  g_free (desk->folder);
  g_free (desk);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, free_desk)

/* @status: the only exit status but 0 that is right. */
static char *
run (const char *const *argv,
     int                status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = NULL;
  char *out = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (g_subprocess_get_exit_status (process) != status)
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return out;
}

gboolean
dbk_paper_reader_is_there (void)
{
  static const char *const programs[] = { "pdftotext", "pdfinfo", "pdftoppm", "zbarimg" };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_find_program_in_path (programs[i]);
      g_autofree char *reason = g_strdup_printf ("%s is not installed; tools/install-packages test installs it", programs[i]);

      if (path == NULL)
        {
          g_test_skip (reason);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
squeeze (const char *text)
{
  g_autoptr(GRegex) blanks = g_regex_new ("[\\s\\x{A0}]+", 0, 0, NULL);

  return g_regex_replace_literal (blanks, text, -1, 0, " ", 0, NULL);
}

char *
dbk_paper_reader_dup_text (GBytes *pdf)
{
  g_autoptr(Desk) desk = create_desk (pdf);
  const char *argv[] = { "pdftotext", "-raw", desk->pdf, "-", NULL };
  g_autofree char *text = run (argv, 0);

  return squeeze (text);
}

static double
read_number (const char *text,
             const char *pattern,
             int         group)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  g_assert_true (g_regex_match (regex, text, 0, &match));
  number = g_match_info_fetch (match, group);
  return g_ascii_strtod (number, NULL);
}

DbkPaperFacts *
dbk_paper_reader_read_facts (GBytes *pdf)
{
  static const char *const size = "^Page size: +([0-9.]+) x ([0-9.]+) pts";
  g_autoptr(Desk) desk = create_desk (pdf);
  const char *argv[] = { "pdfinfo", "-isodates", desk->pdf, NULL };
  DbkPaperFacts *facts = g_new0 (DbkPaperFacts, 1);

  facts->properties = run (argv, 0);
  facts->n_pages = (guint) read_number (facts->properties, "^Pages: +([0-9]+)$", 1);
  facts->width_mm = read_number (facts->properties, size, 1) * MM_PER_POINT;
  facts->height_mm = read_number (facts->properties, size, 2) * MM_PER_POINT;
  return facts;
}

void
dbk_paper_facts_free (DbkPaperFacts *facts)
{
  g_free (facts->properties);
  g_free (facts);
}

static void
print_in_black (const Desk *desk,
                guint       page,
                int         dpi)
{
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  g_autofree char *resolution = g_strdup_printf ("%d", dpi);
  const char *argv[] = { "pdftoppm", "-mono", "-singlefile", "-f", number, "-l", number, "-r", resolution, desk->pdf,
                         desk->raster, NULL };

  g_free (run (argv, 0));
}

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
dbk_paper_reader_dup_codes (GBytes *pdf,
                            guint   page,
                            int     dpi)
{
  g_autoptr(Desk) desk = create_desk (pdf);
  const char *argv[] = { "zbarimg", "--nodbus", "--quiet", "--raw", "-S*.enable=0", "-Sqrcode.enable=1", desk->bitmap, NULL };
  g_autofree char *out = NULL;
  char **codes;

  print_in_black (desk, page, dpi);
  /* 4: it saw nothing. */
  out = run (argv, 4);
  codes = g_strsplit (g_strchomp (out), "\n", -1);
  qsort (codes, g_strv_length (codes), sizeof *codes, compare_codes);
  return codes;
}

/* "P4 width height", one white space, then rows of bits, the first in the highest. */
static DbkPaperDots *
unpack (const char *data,
        gsize       size)
{
  DbkPaperDots *dots = g_new0 (DbkPaperDots, 1);
  g_autofree char *head = g_strndup (data, MIN (size, 60));
  g_auto(GStrv) words = g_strsplit_set (head, " \n", 4);
  gsize row_size, start;

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  g_assert_cmpstr (words[0], ==, "P4");
  dots->width = (int) g_ascii_strtod (words[1], NULL);
  dots->height = (int) g_ascii_strtod (words[2], NULL);
  row_size = ((gsize) dots->width + 7) / 8;
  start = strlen (words[0]) + strlen (words[1]) + strlen (words[2]) + 3;
  g_assert_cmpuint (size, ==, start + row_size * (gsize) dots->height);
  dots->dots = g_new0 (guint8, (gsize) dots->width * (gsize) dots->height);
  for (int y = 0; y < dots->height; y++)
    for (int x = 0; x < dots->width; x++)
      dots->dots[y * dots->width + x] = (guint8) (((guint8) data[start + (gsize) y * row_size + (gsize) x / 8] >> (7 - x % 8)) & 1);
  return dots;
}

DbkPaperDots *
dbk_paper_reader_read_dots (GBytes *pdf,
                            int     dpi)
{
  g_autoptr(Desk) desk = create_desk (pdf);
  g_autofree char *data = NULL;
  gsize size = 0;

  print_in_black (desk, 0, dpi);
  g_assert_true (g_file_get_contents (desk->bitmap, &data, &size, NULL));
  return unpack (data, size);
}

void
dbk_paper_dots_free (DbkPaperDots *dots)
{
  g_free (dots->dots);
  g_free (dots);
}
