/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only reader of the wall clock, and the only place that decides which day it is at the clinic. A clock belongs to one thread. */
#pragma once

#include "db/dbk-fact-log.h"

G_BEGIN_DECLS

typedef struct _DbkClock DbkClock;

/* @timezone: an identifier such as "Asia/Shanghai"; INVALID (DBK_RECORD_ERROR) if the system does not know it. */
DbkClock *dbk_clock_new  (const char *timezone, GError **error);
void      dbk_clock_free (DbkClock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkClock, dbk_clock_free)

/* From now on the clock stands at @now_ms until it is set again: for the making of the demonstration clinic, and for tests. */
void dbk_clock_set (DbkClock *self, gint64 now_ms);

gint64 dbk_clock_now_ms (DbkClock *self); /* ms since 1970 UTC */
DbkDay dbk_clock_today  (DbkClock *self);
DbkDay dbk_clock_day_of (DbkClock *self, gint64 ms);
int    dbk_clock_minute_of (DbkClock *self, gint64 ms); /* of the clinic's day, 0 to 1439 */

/* When @minute of @day was, in ms. */
gint64 dbk_clock_ms_at (DbkClock *self, DbkDay day, int minute);

/* A stamp for facts; @author is borrowed as long as the stamp is used. */
void dbk_clock_stamp (DbkClock *self, const char *author, DbkStamp *stamp);

/* The system's time without a clinic: for what happens before there is a record. */
gint64 dbk_clock_system_ms (void);

/* "08:12" where @timezone is (an identifier that the system knows; else UTC); "—" for 0. Any thread. */
char *dbk_clock_format_time (const char *timezone, gint64 ms);

/* The identifier of this computer's time zone. */
char *dbk_clock_dup_system_zone (void);

G_END_DECLS
