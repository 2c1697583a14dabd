/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-text"

#include "config.h"

#include "app/dbk-coded-text.h"

#include <glib/gi18n-lib.h>

#include "db/record/dbk-quantity.h"

DbkLanguage
dbk_text_language (void)
{
  /* Translators: "zh" in Chinese, else "en": dates and amounts are written in the one or the other way. */
  return strcmp (C_("language of dates and amounts", "en"), "zh") == 0 ? DBK_LANGUAGE_CHINESE : DBK_LANGUAGE_ENGLISH;
}

typedef struct
{
  const char *word;
  const char *text;
} Word;

static const Word words[] = {
  /* orders */
  { "start", N_("start of treatment") },
  { "titration", N_("dose adjusted upwards") },
  { "reduction", N_("dose reduced") },
  { "after-absence", N_("after an absence") },
  { "renewal", N_("renewed unchanged") },
  { "replacement", N_("replaces another order") },
  /* holds */
  { "intoxicated", N_("looked intoxicated") },
  { "cardiac", N_("heart") },
  { "interaction", N_("other medicine") },
  { "lab", N_("laboratory result") },
  { "guest-elsewhere", N_("guest at another clinic") },
  { "see-physician", N_("to see the physician") },
  /* absences */
  { "hospital", N_("in hospital") },
  { "travel", N_("travelling") },
  { "custody", N_("in custody") },
  { "holiday", N_("public holiday") },
  { "emergency", N_("emergency") },
  { "stock", N_("no stock") },
  /* reversals */
  { "not-swallowed", N_("not swallowed") },
  { "wrong-patient", N_("wrong patient") },
  { "wrong-amount", N_("wrong amount") },
  { "vomited", N_("vomited at once") },
  { "mistake", N_("recorded by mistake") },
  /* not given */
  { "refused", N_("refused the dose") },
  { "left", N_("left") },
  { "spilled", N_("spilled") },
  { "set-aside", N_("set aside for now") },
  { "did-not-come", N_("did not come") },
  /* two doses on one day */
  { "both-taken", N_("both were taken") },
  { "one-not-taken", N_("one of them was not taken") },
  { "entered-twice", N_("one dose, entered twice") },
  /* days taken back */
  { "point-unreachable", N_("the point cannot be reached") },
  { "laptop-lost", N_("its computer is lost") },
  { "patient-came", N_("the patient came here") },
  /* computers that are not believed any more */
  { "stolen", N_("stolen") },
  { "replaced", N_("replaced by another") },
  { "cloned", N_("copied: two computers say they are it") },
  /* cards */
  { "lost", N_("lost") },
  { "damaged", N_("damaged") },
  /* contacts */
  { "reached", N_("reached") },
  { "no-answer", N_("no answer") },
  { "in-custody", N_("in custody") },
  { "moved-away", N_("moved away") },
  { "coming-today", N_("is coming today") },
  { "other", N_("other") },
};

const char *
dbk_reason_text (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return _(words[i].text);
  return word != NULL ? word : "";
}

const char *
dbk_patient_name_text (const DbkPatient *patient)
{
  return patient->name != NULL && *patient->name != '\0' ? patient->name : _("Guest with a voucher");
}

const char *
dbk_role_text (DbkRole role)
{
  switch (role)
    {
    case DBK_ROLE_NURSE:
      return _("nurse");
    case DBK_ROLE_PHYSICIAN:
      return _("physician");
    case DBK_ROLE_PHARMACIST:
      return _("pharmacist");
    case DBK_ROLE_OUTREACH:
      return _("outreach worker");
    case DBK_ROLE_ADMINISTRATOR:
      return _("administrator");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
dbk_state_text (DbkPatientState state)
{
  switch (state)
    {
    case DBK_PATIENT_ACTIVE:
      return _("in treatment");
    case DBK_PATIENT_DISCHARGED:
      return _("discharged");
    case DBK_PATIENT_TRANSFERRED:
      return _("transferred");
    case DBK_PATIENT_DECEASED:
      return _("deceased");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
dbk_sex_text (DbkSex sex)
{
  switch (sex)
    {
    case DBK_SEX_FEMALE:
      return _("female");
    case DBK_SEX_MALE:
      return _("male");
    case DBK_SEX_OTHER:
      return C_("sex", "other");
    case DBK_SEX_UNKNOWN:
      return _("Not recorded");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
dbk_dose_kind_text (DbkDoseKind kind)
{
  switch (kind)
    {
    case DBK_DOSE_OBSERVED:
      return _("observed");
    case DBK_DOSE_TAKE_HOME:
      return _("take-home");
    case DBK_DOSE_GUEST:
      return _("given elsewhere");
    case DBK_DOSE_IMPORTED:
      return _("from an earlier register");
    default:
      g_return_val_if_reached ("");
    }
}

char *
dbk_action_text (DbkAction action,
                 gint64    bound_ug)
{
  g_autofree char *bound = bound_ug > 0 ? dbk_dose_format (bound_ug) : NULL;

  switch (action)
    {
    case DBK_ACTION_AS_ORDERED:
      return g_strdup (_("the dose as ordered"));
    case DBK_ACTION_AS_ORDERED_IF_WELL:
      return g_strdup (_("the dose as ordered if the patient is well"));
    case DBK_ACTION_TELL_PRESCRIBER:
      return g_strdup (_("the dose as ordered, and the prescriber is told"));
    case DBK_ACTION_HALF:
      return g_strdup (_("half of the last dose, and the prescriber is told"));
    case DBK_ACTION_LOWER_OF_HALF_AND_CAP:
      return g_strdup_printf (_("the lower of half and %s, after the prescriber has seen the patient"), bound != NULL ? bound : "?");
    case DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR:
      return g_strdup_printf (_("the higher of half and %s, never more than before"), bound != NULL ? bound : "?");
    case DBK_ACTION_PRESCRIBER_REVIEW:
      return g_strdup (_("the prescriber decides"));
    case DBK_ACTION_RESTART:
      return g_strdup_printf (_("start again at %s"), bound != NULL ? bound : "?");
    case DBK_ACTION_NEW_INDUCTION:
      return g_strdup (_("a new induction"));
    case DBK_ACTION_TREATMENT_REVIEW:
      return g_strdup (_("the treatment is reviewed"));
    default:
      g_return_val_if_reached (NULL);
    }
}
