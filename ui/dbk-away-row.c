/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-missed"

#include "config.h"

#include "ui/dbk-away-row.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "db/record/dbk-quantity.h"

/* ---- the item ---- */

typedef enum
{
  TEXT_NAME,
  TEXT_MISSED,
  TEXT_RULE,
  TEXT_FACTS,
  N_TEXTS
} Text;

struct _DbkAwayItem
{
  GObject parent_instance;

  char    *patient;
  char    *called;
  char    *texts[N_TEXTS];
  gint     missed;
  DbkLevel level;
  gboolean judged; /* a row of the policy applies */
};

G_DEFINE_FINAL_TYPE (DbkAwayItem, dbk_away_item, G_TYPE_OBJECT)

static char *
say_name (const DbkPatient *patient)
{
  g_autofree char *number = dbk_patient_number_format (patient->number);

  return patient->pinyin != NULL ? g_strjoin ("    ", patient->name, patient->pinyin, number, NULL)
                                 : g_strjoin ("    ", patient->name, number, NULL);
}

/* It is the record's sentence within another one. */
static char *
begin_large (const char *text)
{
  g_autofree char *first = g_utf8_strup (text, g_utf8_next_char (text) - text);

  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static char *
say_rule (const DbkMissedEntry *entry,
          const DbkPolicy      *policy)
{
  g_autofree char *rule = dbk_rule_text (policy, entry->row);
  gboolean decided = entry->row != NULL && entry->row->level == DBK_LEVEL_STOP;
  g_autofree char *dose = decided && entry->proposed_ug > 0 ? dbk_dose_format (entry->proposed_ug) : NULL;
  g_autofree char *proposed = dose != NULL ? g_strdup_printf (_("proposes %s to the physician"), dose) : NULL;
  const char *review = entry->review ? _("treatment is to be reviewed") : NULL;
  g_autoptr(GPtrArray) pieces = g_ptr_array_new ();

  if (*rule != '\0')
    g_ptr_array_add (pieces, rule);
  if (proposed != NULL)
    g_ptr_array_add (pieces, proposed);
  if (review != NULL)
    g_ptr_array_add (pieces, (gpointer) review);
  g_ptr_array_add (pieces, NULL);
  return g_strjoinv (" · ", (char **) pieces->pdata);
}

static char *
say_contact (const DbkMissedEntry *entry)
{
  g_autofree char *day = NULL;

  if (entry->contact == NULL)
    return g_strdup (_("nobody has called yet"));
  day = dbk_day_format_short (entry->contact_day, dbk_text_language ());
  /* Translators: what came of a call, when, and who called. */
  return g_strdup_printf (_("called: %s, %s, %s"), dbk_reason_text (entry->contact), day, entry->contact_by != NULL ? entry->contact_by : "—");
}

static char *
say_facts (const DbkMissedEntry *entry)
{
  g_autofree char *last_dose = entry->missed->last_dose_ug > 0 ? dbk_dose_format (entry->missed->last_dose_ug) : NULL;
  g_autofree char *ordered = entry->order_ug > 0 ? dbk_dose_format (entry->order_ug) : NULL;
  g_autofree char *masked = dbk_phone_mask (entry->patient->phone);
  g_autofree char *last = g_strdup_printf (_("Last dose %s"), last_dose != NULL ? last_dose : "—");
  g_autofree char *order = g_strdup_printf (_("order %s"), ordered != NULL ? ordered : "—");
  g_autofree char *phone = masked != NULL ? g_strdup_printf (_("telephone %s"), masked) : g_strdup (_("no telephone"));
  g_autofree char *contact = say_contact (entry);

  return g_strjoin (" · ", last, order, phone, contact, NULL);
}

DbkAwayItem *
dbk_away_item_new (const DbkMissedEntry *entry,
                   const DbkPolicy      *policy,
                   const char           *zone)
{
  DbkAwayItem *self = g_object_new (DBK_TYPE_AWAY_ITEM, NULL);
  g_autofree char *missed = dbk_missed_text (entry->missed, zone);

  self->patient = g_strdup (entry->patient->id);
  self->called = g_strjoin ("  ", entry->patient->name, entry->patient->number, NULL);
  self->missed = entry->missed->count;
  self->judged = entry->row != NULL;
  self->level = self->judged ? entry->row->level : DBK_LEVEL_KNOW;
  self->texts[TEXT_NAME] = say_name (entry->patient);
  self->texts[TEXT_MISSED] = begin_large (missed);
  self->texts[TEXT_RULE] = say_rule (entry, policy);
  self->texts[TEXT_FACTS] = say_facts (entry);
  return self;
}

const char *
dbk_away_item_get_patient (DbkAwayItem *self)
{
  return self->patient;
}

const char *
dbk_away_item_get_called (DbkAwayItem *self)
{
  return self->called;
}

gint
dbk_away_item_get_missed (DbkAwayItem *self)
{
  return self->missed;
}

gboolean
dbk_away_item_equal (gconstpointer a,
                     gconstpointer b)
{
  const DbkAwayItem *one = a, *other = b;

  if (strcmp (one->patient, other->patient) != 0 || one->level != other->level || one->judged != other->judged)
    return FALSE;
  for (guint i = 0; i < N_TEXTS; i++)
    if (strcmp (one->texts[i], other->texts[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
dbk_away_item_finalize (GObject *object)
{
  DbkAwayItem *self = DBK_AWAY_ITEM (object);

  g_free (self->patient);
  g_free (self->called);
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (dbk_away_item_parent_class)->finalize (object);
}

static void
dbk_away_item_class_init (DbkAwayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_away_item_finalize;
}

static void
dbk_away_item_init (DbkAwayItem *self)
{
}

/* ---- the row ---- */

struct _DbkAwayRow
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget *box;
  GtkWidget *contact;
  GtkLabel  *facts;
  GtkImage  *icon;
  GtkLabel  *level;
  GtkLabel  *missed;
  GtkLabel  *name;
  GtkWidget *open;
  GtkWidget *order;
  GtkLabel  *rule;
};

G_DEFINE_FINAL_TYPE (DbkAwayRow, dbk_away_row, GTK_TYPE_WIDGET)

/* Shape and word as at the counter. */
static const struct
{
  const char *icon;
  const char *word;
  const char *style;
} levels[] = {
  [DBK_LEVEL_KNOW] = { "dialog-information-symbolic", N_("To know"), "know" },
  [DBK_LEVEL_ANSWER] = { "dialog-warning-symbolic", N_("ANSWER"), "answer" },
  [DBK_LEVEL_STOP] = { "action-unavailable-symbolic", N_("STOP"), "stop" },
};

void
dbk_away_row_set_item (DbkAwayRow  *self,
                       DbkAwayItem *item)
{
  GtkWidget *buttons[] = { self->contact, self->open, self->order };

  gtk_image_set_from_icon_name (self->icon, item->judged ? levels[item->level].icon : "dialog-question-symbolic");
  gtk_label_set_label (self->level, item->judged ? _(levels[item->level].word) : "");
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    gtk_widget_remove_css_class (self->box, levels[i].style);
  gtk_widget_add_css_class (self->box, levels[item->level].style);
  gtk_label_set_label (self->name, item->texts[TEXT_NAME]);
  gtk_label_set_label (self->missed, item->texts[TEXT_MISSED]);
  gtk_label_set_label (self->rule, item->texts[TEXT_RULE]);
  gtk_widget_set_visible (GTK_WIDGET (self->rule), *item->texts[TEXT_RULE] != '\0');
  gtk_label_set_label (self->facts, item->texts[TEXT_FACTS]);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", item->patient);
}

void
dbk_away_row_set_may (DbkAwayRow *self,
                      gboolean    contact,
                      gboolean    order)
{
  gtk_widget_set_visible (self->contact, contact);
  gtk_widget_set_visible (self->order, order);
}

static void
dbk_away_row_dispose (GObject *object)
{
  g_clear_pointer (&DBK_AWAY_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dbk_away_row_parent_class)->dispose (object);
}

static void
dbk_away_row_class_init (DbkAwayRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_away_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-away-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, box);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, contact);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, facts);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, icon);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, level);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, missed);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, name);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, open);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, order);
  gtk_widget_class_bind_template_child (widget_class, DbkAwayRow, rule);
}

static void
dbk_away_row_init (DbkAwayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dbk_away_row_new (void)
{
  return g_object_new (DBK_TYPE_AWAY_ROW, NULL);
}
