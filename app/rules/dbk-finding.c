/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-finding"

#include "app/rules/dbk-verdict-private.h"

#include <string.h>

#include "db/record/dbk-words-private.h"

#define CHOICES_MAX 5 /* the keys 1 to 5 */

typedef struct
{
  const char *word;
  DbkLevel    level;
  DbkLift     lifted_by;
} Kind;

/* A level may be milder in a case than it stands here: missed and first-dose. */
static const Kind kinds[] = {
  [DBK_FINDING_ALREADY_DOSED]     = { "already-dosed",     DBK_LEVEL_STOP,   DBK_LIFT_NOBODY },
  [DBK_FINDING_COLLISION]         = { "collision",         DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_NO_ORDER]          = { "no-order",          DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_ORDER_EXPIRED]     = { "order-expired",     DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_ORDER_NOT_STARTED] = { "order-not-started", DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_ON_HOLD]           = { "on-hold",           DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_STOP_FLAG]         = { "stop-flag",         DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_MISSED_STOP]       = { "missed-stop",       DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_NOT_IN_TREATMENT]  = { "not-in-treatment",  DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_DECEASED]          = { "deceased",          DBK_LEVEL_STOP,   DBK_LIFT_NOBODY },
  [DBK_FINDING_GUEST_ELSEWHERE]   = { "guest-elsewhere",   DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_ABOVE_CEILING]     = { "above-ceiling",     DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_NO_BOTTLE]         = { "no-bottle",         DBK_LEVEL_STOP,   DBK_LIFT_PHARMACIST },
  [DBK_FINDING_LOT_EXPIRED]       = { "lot-expired",       DBK_LEVEL_STOP,   DBK_LIFT_PHARMACIST },
  [DBK_FINDING_STOCK_SHORT]       = { "stock-short",       DBK_LEVEL_STOP,   DBK_LIFT_PHARMACIST },
  [DBK_FINDING_CLOCK_BACK]        = { "clock-back",        DBK_LEVEL_STOP,   DBK_LIFT_ADMINISTRATOR },
  [DBK_FINDING_DAY_CLOSED]        = { "day-closed",        DBK_LEVEL_STOP,   DBK_LIFT_ADMINISTRATOR },
  [DBK_FINDING_WRONG_DAY]         = { "wrong-day",         DBK_LEVEL_STOP,   DBK_LIFT_NOBODY },
  [DBK_FINDING_CARD_REVOKED]      = { "card-revoked",      DBK_LEVEL_STOP,   DBK_LIFT_NOBODY },
  [DBK_FINDING_UNACCEPTED_DOSE]   = { "unaccepted-dose",   DBK_LEVEL_STOP,   DBK_LIFT_PHYSICIAN },
  [DBK_FINDING_UNREAD_FACT]       = { "unread-fact",       DBK_LEVEL_STOP,   DBK_LIFT_ADMINISTRATOR },
  [DBK_FINDING_RECORD_OLDER]      = { "record-older",      DBK_LEVEL_STOP,   DBK_LIFT_ADMINISTRATOR },
  [DBK_FINDING_NO_POLICY]         = { "no-policy",         DBK_LEVEL_STOP,   DBK_LIFT_ADMINISTRATOR },
  [DBK_FINDING_MISSED]            = { "missed",            DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_UNWELL]            = { "unwell",            DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_DOSE_CHANGED]      = { "dose-changed",      DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_FIRST_DOSE]        = { "first-dose",        DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_SIMILAR_NAME]      = { "similar-name",      DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_PHOTO_OLD]         = { "photo-old",         DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_SITE_DATA_OLD]     = { "site-data-old",     DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_CONCURRENT_ORDERS] = { "concurrent-orders", DBK_LEVEL_ANSWER, DBK_LIFT_ANSWER },
  [DBK_FINDING_ORDER_ENDS_SOON]   = { "order-ends-soon",   DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
  [DBK_FINDING_ALLERGIES]         = { "allergies",         DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
  [DBK_FINDING_NO_PHOTO]          = { "no-photo",          DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
  [DBK_FINDING_NO_CARD_SEEN]      = { "no-card-seen",      DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
  [DBK_FINDING_NOT_GIVEN_EARLIER] = { "not-given-earlier", DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
  [DBK_FINDING_STOCK_LOW]         = { "stock-low",         DBK_LEVEL_KNOW,   DBK_LIFT_NOBODY },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == DBK_N_FINDING_CODES);

/* In key order; @n_allow of them, from the first on, let the dose go on. */
static const struct
{
  DbkFindingCode code;
  guint          n_allow;
  const char    *choices[CHOICES_MAX + 1];
} answers[] = {
  { DBK_FINDING_MISSED,            2, { "none-seen", "withdrawal-informed", "unwell" } },
  { DBK_FINDING_UNWELL,            1, { "reassessed-fit", "do-not-give", "ask-doctor" } },
  { DBK_FINDING_DOSE_CHANGED,      1, { "told", "disagrees", "ask-doctor" } },
  { DBK_FINDING_FIRST_DOSE,        1, { "explained", "ask-doctor" } },
  { DBK_FINDING_SIMILAR_NAME,      1, { "identity-checked", "not-this-person" } },
  { DBK_FINDING_PHOTO_OLD,         1, { "recognised", "not-recognised" } },
  { DBK_FINDING_SITE_DATA_OLD,     1, { "asked-patient-none-elsewhere", "dosed-elsewhere" } },
  { DBK_FINDING_CONCURRENT_ORDERS, 1, { "give-lowest", "ask-doctor" } },
};

static const char *const lift_words[] = { "nobody", "physician", "pharmacist", "administrator", "answer", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (lift_words) == DBK_LIFT_ANSWER + 2);

static const char *const verdict_words[] = { "give", "answer", "stop", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (verdict_words) == DBK_VERDICT_STOP + 2);

DbkFinding *
_dbk_finding_new_at (DbkFindingCode code,
                     DbkLevel       level)
{
  DbkFinding *self = g_new0 (DbkFinding, 1);

  self->code = code;
  self->level = level;
  self->lifted_by = level == DBK_LEVEL_KNOW ? DBK_LIFT_NOBODY : kinds[code].lifted_by;
  self->day = DBK_DAY_NONE;
  self->day2 = DBK_DAY_NONE;
  return self;
}

DbkFinding *
_dbk_finding_new (DbkFindingCode code)
{
  return _dbk_finding_new_at (code, kinds[code].level);
}

void
dbk_finding_free (DbkFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->about);
  g_free (self->text);
  g_free (self);
}

/* ---- words ---- */

const char *
dbk_finding_code_to_word (DbkFindingCode code)
{
  g_return_val_if_fail ((guint) code < DBK_N_FINDING_CODES, NULL);
  return kinds[code].word;
}

gboolean
dbk_finding_code_from_word (const char     *word,
                            DbkFindingCode *code)
{
  for (guint i = 0; word != NULL && i < DBK_N_FINDING_CODES; i++)
    {
      if (strcmp (kinds[i].word, word) == 0)
        {
          *code = (DbkFindingCode) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
dbk_lift_to_word (DbkLift lift)
{
  return _dbk_words_to (lift_words, lift);
}

const char *
dbk_verdict_kind_to_word (DbkVerdictKind kind)
{
  return _dbk_words_to (verdict_words, kind);
}

/* ---- answers ---- */

const char *const *
dbk_finding_choices (DbkFindingCode code)
{
  static const char *const none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      if (answers[i].code == code)
        return answers[i].choices;
    }
  return none;
}

gboolean
dbk_choice_allows (DbkFindingCode  code,
                   const char     *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      for (guint j = 0; answers[i].code == code && j < answers[i].n_allow; j++)
        {
          if (g_strcmp0 (answers[i].choices[j], choice) == 0)
            return TRUE;
        }
    }
  return FALSE;
}
