/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-clock"

#include "app/dbk-clock.h"

#define MS_PER_SECOND 1000
#define UNIX_DAY_SECONDS 86400

struct _DbkClock
{
  GTimeZone *zone;
  gboolean   stands;
  gint64     stands_at_ms;
};

DbkClock *
dbk_clock_new (const char  *timezone_id,
               GError     **error)
{
  GTimeZone *zone = g_time_zone_new_identifier (timezone_id);
  DbkClock *self;

  if (zone == NULL)
    {
      g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "\"%s\" is not a time zone of this system", timezone_id);
      return NULL;
    }
  self = g_new0 (DbkClock, 1);
  self->zone = zone;
  return self;
}

void
dbk_clock_free (DbkClock *self)
{
  if (self == NULL)
    return;
  g_time_zone_unref (self->zone);
  g_free (self);
}

void
dbk_clock_set (DbkClock *self,
               gint64    now_ms)
{
  self->stands = TRUE;
  self->stands_at_ms = now_ms;
}

gint64
dbk_clock_system_ms (void)
{
  return g_get_real_time () / 1000;
}

gint64
dbk_clock_now_ms (DbkClock *self)
{
  return self->stands ? self->stands_at_ms : dbk_clock_system_ms ();
}

static gint64
offset_seconds (DbkClock *self,
                gint64    ms)
{
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, ms / MS_PER_SECOND);

  return g_time_zone_get_offset (self->zone, interval);
}

static gint64
local_seconds (DbkClock *self,
               gint64    ms)
{
  return ms / MS_PER_SECOND + offset_seconds (self, ms);
}

DbkDay
dbk_clock_day_of (DbkClock *self,
                  gint64    ms)
{
  return (DbkDay) (local_seconds (self, ms) / UNIX_DAY_SECONDS);
}

int
dbk_clock_minute_of (DbkClock *self,
                     gint64    ms)
{
  return (int) (local_seconds (self, ms) % UNIX_DAY_SECONDS / 60);
}

DbkDay
dbk_clock_today (DbkClock *self)
{
  return dbk_clock_day_of (self, dbk_clock_now_ms (self));
}

gint64
dbk_clock_ms_at (DbkClock *self,
                 DbkDay    day,
                 int       minute)
{
  gint64 local = (gint64) day * UNIX_DAY_SECONDS + minute * 60;
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_STANDARD, local);

  /* The hour that a summer time leaves out has no interval; it is taken by the offset before it. */
  if (interval < 0)
    interval = 0;
  return (local - g_time_zone_get_offset (self->zone, interval)) * MS_PER_SECOND;
}

void
dbk_clock_stamp (DbkClock   *self,
                 const char *author,
                 DbkStamp   *stamp)
{
  stamp->author = author;
  stamp->wall_ms = dbk_clock_now_ms (self);
  stamp->utc_offset_s = (gint32) offset_seconds (self, stamp->wall_ms);
  stamp->day = dbk_clock_day_of (self, stamp->wall_ms);
}

char *
dbk_clock_format_time (const char *timezone_id,
                       gint64      ms)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (timezone_id);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / MS_PER_SECOND);
  g_autoptr(GDateTime) there = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (ms == 0 || utc == NULL)
    return g_strdup ("—");
  return g_date_time_format (there != NULL ? there : utc, "%H:%M");
}

char *
dbk_clock_dup_system_zone (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return g_strdup (g_time_zone_get_identifier (zone));
}
