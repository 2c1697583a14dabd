/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-banner"

#include "config.h"

#include "ui/dbk-patient-banner.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-photo-view.h"

#define SMALL_WIDTH 66
#define SMALL_HEIGHT 88
#define SMALL_ICON 36

struct _DbkPatientBanner
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget  *box;
  GtkStack   *photo_stack;
  DbkPhotoView *photo;
  GtkLabel   *name;
  GtkLabel   *pinyin;
  GtkLabel   *facts;
  GtkLabel   *allergies;
  GtkLabel   *state;
  GtkWidget  *asks;
};

G_DEFINE_FINAL_TYPE (DbkPatientBanner, dbk_patient_banner, GTK_TYPE_WIDGET)

/* The label lighter than the value, no colon, never broken between the two. */
static void
add_fact (GString    *markup,
          const char *title,
          const char *value)
{
  g_autofree char *fact = g_markup_printf_escaped ("<span alpha='65%%'>%s</span>\302\240<b>%s</b>", title, value);
  g_auto(GStrv) words = g_strsplit (fact, " ", -1);

  /* Blanks within a fact do not break either, but for those that are markup. */
  if (markup->len > 0)
    g_string_append (markup, "   ");
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (markup, "%s%s", i == 0 ? "" : i == 1 ? " " : "\302\240", words[i]);
}

static void
add_born (GString          *markup,
          const DbkPatient *patient,
          DbkDay            today)
{
  g_autofree char *day = dbk_day_format (patient->born, dbk_text_language ());
  g_autofree char *text = NULL;

  if (patient->born == DBK_DAY_NONE)
    text = g_strdup (day);
  else
    text = g_strdup_printf ("%s (%d)", day, dbk_day_age (patient->born, today));
  add_fact (markup, _("Born"), text);
}

static void
set_facts (DbkPatientBanner *self,
           const DbkPatient *patient,
           DbkDay            today)
{
  g_autoptr(GString) markup = g_string_new (NULL);
  g_autofree char *number = dbk_patient_number_format (patient->number);
  g_autofree char *photo = dbk_day_format (patient->photo_taken, dbk_text_language ());

  add_born (markup, patient, today);
  add_fact (markup, _("Sex"), dbk_sex_text (patient->sex));
  add_fact (markup, _("No."), number);
  if (patient->photo_taken != DBK_DAY_NONE)
    add_fact (markup, _("Photo of"), photo);
  gtk_label_set_markup (self->facts, markup->str);
}

static void
set_allergies (DbkPatientBanner *self,
               const DbkPatient *patient)
{
  g_autoptr(GString) markup = g_string_new (NULL);

  if (patient->allergies != NULL && *patient->allergies == '\0')
    {
      gtk_label_set_label (self->allergies, _("No known allergies"));
      return;
    }
  add_fact (markup, _("Allergies"), patient->allergies != NULL ? patient->allergies : _("Not recorded"));
  gtk_label_set_markup (self->allergies, markup->str);
}

void
dbk_patient_banner_set_patient (DbkPatientBanner *self,
                                const DbkPatient *patient,
                                DbkDay            today)
{
  dbk_patient_banner_set_photo (self, NULL);
  gtk_label_set_label (self->name, patient != NULL ? dbk_patient_name_text (patient) : "");
  gtk_label_set_label (self->pinyin, patient != NULL && patient->pinyin != NULL ? patient->pinyin : "");
  gtk_widget_set_visible (GTK_WIDGET (self->pinyin), patient != NULL && patient->pinyin != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state), patient != NULL && patient->state != DBK_PATIENT_ACTIVE);
  if (patient == NULL)
    return;
  set_facts (self, patient, today);
  set_allergies (self, patient);
  gtk_label_set_label (self->state, dbk_state_text (patient->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, dbk_patient_name_text (patient), -1);
}

void
dbk_patient_banner_set_photo (DbkPatientBanner *self,
                              GBytes           *jpeg)
{
  g_autoptr(GdkTexture) texture = jpeg != NULL ? gdk_texture_new_from_bytes (jpeg, NULL) : NULL;

  dbk_photo_view_set_texture (self->photo, texture);
  gtk_stack_set_visible_child_name (self->photo_stack, texture != NULL ? "photo" : "none");
}

void
dbk_patient_banner_set_asks (DbkPatientBanner *self,
                             gboolean          asks)
{
  gtk_widget_set_visible (self->asks, asks);
}

void
dbk_patient_banner_set_small (DbkPatientBanner *self)
{
  GtkWidget *none = gtk_stack_get_child_by_name (self->photo_stack, "none");

  gtk_widget_add_css_class (self->box, "small");
  gtk_image_set_pixel_size (GTK_IMAGE (none), SMALL_ICON);
  gtk_widget_set_size_request (none, SMALL_WIDTH, SMALL_HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self->photo), SMALL_WIDTH, SMALL_HEIGHT);
}

static void
dbk_patient_banner_dispose (GObject *object)
{
  DbkPatientBanner *self = DBK_PATIENT_BANNER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dbk_patient_banner_parent_class)->dispose (object);
}

static void
dbk_patient_banner_class_init (DbkPatientBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_patient_banner_dispose;
  g_type_ensure (DBK_TYPE_PHOTO_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-patient-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, box);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, photo_stack);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, photo);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, name);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, pinyin);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, facts);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, allergies);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, state);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientBanner, asks);
}

static void
dbk_patient_banner_init (DbkPatientBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dbk_patient_banner_new (void)
{
  return g_object_new (DBK_TYPE_PATIENT_BANNER, NULL);
}
