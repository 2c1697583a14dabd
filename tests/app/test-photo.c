/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "app/dbk-counter.h"
#include "app/dbk-demo-portrait.h"
#include "app/dbk-register-patient.h"
#include "db/facts/dbk-people-facts.h"
#include "tests/app/dbk-clinic-fixture.h"

#define RED 0xd02020ffu
#define BLUE 0x2020d0ffu
#define CHANNELS 3

/* The upper half red, the lower one blue. */
static GBytes *
new_picture (int         width,
             int         height,
             const char *type,
             const char *orientation)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GdkPixbuf) lower = gdk_pixbuf_new_subpixbuf (pixbuf, 0, height / 2, width, height - height / 2);
  g_autoptr(GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, RED);
  gdk_pixbuf_fill (lower, BLUE);
  if (orientation != NULL)
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, "tEXt::Comment", orientation, NULL);
  else
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static GdkPixbuf *
read_photo (GBytes *jpeg)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", NULL);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_loader_write_bytes (loader, jpeg, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static gboolean
is_red (GdkPixbuf *photo,
        int        x,
        int        y)
{
  const guint8 *dot = gdk_pixbuf_read_pixels (photo) + y * gdk_pixbuf_get_rowstride (photo) + x * CHANNELS;

  g_assert_cmpint (gdk_pixbuf_get_n_channels (photo), ==, CHANNELS);
  return dot[0] > dot[2];
}

static void
test_sizes (void)
{
  static const struct
  {
    int         width, height;
    const char *type;
  } pictures[] = {
    { 480, 640, "jpeg" }, { 1, 1, "png" }, { 3, 4000, "png" }, { 4000, 3, "png" }, { 640, 480, "png" }, { 1200, 1600, "jpeg" }, { 60, 80, "tiff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr(GBytes) picture = new_picture (pictures[i].width, pictures[i].height, pictures[i].type, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) jpeg = dbk_photo_prepare (picture, &error);
      g_autoptr(GdkPixbuf) photo = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (jpeg), <=, DBK_PHOTO_MAX);
      photo = read_photo (jpeg);
      g_assert_cmpint (gdk_pixbuf_get_width (photo), ==, DBK_PHOTO_WIDTH);
      g_assert_cmpint (gdk_pixbuf_get_height (photo), ==, DBK_PHOTO_HEIGHT);
    }
}

/* The middle of the picture, and nothing upside down. */
static void
test_upright (void)
{
  g_autoptr(GBytes) picture = new_picture (600, 800, "png", NULL);
  g_autoptr(GBytes) jpeg = dbk_photo_prepare (picture, NULL);
  g_autoptr(GdkPixbuf) photo = read_photo (jpeg);

  g_assert_true (is_red (photo, 10, 10));
  g_assert_true (is_red (photo, 470, 300));
  g_assert_false (is_red (photo, 10, 340));
  g_assert_false (is_red (photo, 470, 630));
}

/* A camera held on its side says so in the file: the left half of what it saw is above. */
static void
test_turned (void)
{
  static const guint8 exif[] = { 0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                                 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0 };
  g_autoptr(GBytes) plain = new_picture (600, 800, "jpeg", NULL);
  g_autoptr(GByteArray) turned = g_byte_array_new ();
  g_autoptr(GBytes) picture = NULL, jpeg = NULL;
  g_autoptr(GdkPixbuf) photo = NULL;
  g_autoptr(GError) error = NULL;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (plain, &size);

  /* Orientation 3, upside down, behind the two bytes a JPEG begins with. */
  g_byte_array_append (turned, bytes, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, bytes + 2, (guint) size - 2);
  picture = g_bytes_new (turned->data, turned->len);
  jpeg = dbk_photo_prepare (picture, &error);
  g_assert_no_error (error);
  photo = read_photo (jpeg);
  g_assert_false (is_red (photo, 240, 100));
  g_assert_true (is_red (photo, 240, 540));
  g_assert_null (gdk_pixbuf_get_option (photo, "orientation"));
}

/* What else stood in the file is not in the record. */
static void
test_stripped (void)
{
  g_autoptr(GBytes) picture = new_picture (60, 80, "png", "taken at home");
  g_autoptr(GBytes) jpeg = dbk_photo_prepare (picture, NULL);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (picture, &size);

  g_assert_nonnull (memmem (bytes, size, "taken at home", strlen ("taken at home")));
  bytes = g_bytes_get_data (jpeg, &size);
  g_assert_null (memmem (bytes, size, "taken at home", strlen ("taken at home")));
}

static void
assert_refused (GBytes     *picture,
                const char *word)
{
  g_autoptr(GError) error = NULL;

  g_test_message ("%s, %" G_GSIZE_FORMAT " bytes", word, g_bytes_get_size (picture));
  g_assert_null (dbk_photo_prepare (picture, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_refused (void)
{
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) text = g_bytes_new_static ("This is a letter", 16);
  g_autoptr(GBytes) whole = new_picture (60, 80, "png", NULL);
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autofree char *zeros = g_malloc0 (DBK_PHOTO_INPUT_MOST + 1);
  g_autoptr(GBytes) huge = g_bytes_new_static (zeros, DBK_PHOTO_INPUT_MOST + 1);
  g_autoptr(GBytes) poster = new_picture (12001, 2, "png", NULL);

  assert_refused (nothing, "not a picture");
  assert_refused (text, "not a picture");
  assert_refused (half, "not complete");
  assert_refused (huge, "40 MB");
  assert_refused (poster, "too large");
}

static void
test_taken (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = dbk_clinic_fixture_add_patient (f, "0421", "王小明");
  g_autoptr(GBytes) picture = new_picture (60, 80, "png", NULL), bad = g_bytes_new_static ("none", 4);
  g_autoptr(GBytes) none = NULL, photo = NULL, still = NULL;
  g_autoptr(DbkPatient) read = NULL;
  g_autoptr(GError) error = NULL;

  none = dbk_counter_photo (f->clinic, f->nurse, patient, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (dbk_take_photo (f->clinic, f->nurse, patient, picture, &error));
  photo = dbk_counter_photo (f->clinic, f->nurse, patient, &error);
  g_assert_no_error (error);
  g_assert_nonnull (photo);
  g_assert_false (dbk_take_photo (f->clinic, f->nurse, patient, bad, &error));
  g_clear_error (&error);
  g_assert_false (dbk_take_photo (f->clinic, f->outreach, patient, picture, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  still = dbk_counter_photo (f->clinic, f->nurse, patient, &error);
  g_assert_true (g_bytes_equal (photo, still));
  read = dbk_patient_get (dbk_clinic_get_db (f->clinic), patient, &error);
  g_assert_cmpint (read->photo_taken, ==, DBK_CLINIC_FIXTURE_DAY);
  dbk_clinic_fixture_assert_holds (f);
}

static void
test_portrait (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) one = dbk_demo_portrait (3, 20031, &error), same = dbk_demo_portrait (3, 20031, &error);
  g_autoptr(GBytes) other = dbk_demo_portrait (4, 20031, &error), jpeg = NULL;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (one, same));
  g_assert_false (g_bytes_equal (one, other));
  jpeg = dbk_photo_prepare (one, &error);
  g_assert_no_error (error);
  g_assert_nonnull (jpeg);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/sizes", test_sizes);
  g_test_add_func ("/photo/upright", test_upright);
  g_test_add_func ("/photo/turned", test_turned);
  g_test_add_func ("/photo/stripped", test_stripped);
  g_test_add_func ("/photo/refused", test_refused);
  g_test_add_func ("/photo/taken", test_taken);
  g_test_add_func ("/photo/portrait", test_portrait);
  return g_test_run ();
}
