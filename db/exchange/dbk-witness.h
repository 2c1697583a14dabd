/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that was put back to an older copy of itself looks like any other. So the newest fact of this computer is noted once more outside the
 * record, where no copy of it goes: a record that lacks that fact has forgotten doses. It stops dosing until the facts are back (the clinic
 * sends them along) or an administrator says that they are lost for good. On the door's thread. */
#pragma once

#include "db/exchange/dbk-manifest.h"

G_BEGIN_DECLS

/* Notes the newest fact of this computer in @folder, which is made if it is not there. @durable: it is on the disk afterwards. Does nothing
 * for a record that is older than it was. */
gboolean dbk_witness_write (DbkDb *db, const char *folder, gboolean durable, GError **error);

/* Compares the record with what is noted in @folder. A note that is missing or cannot be read says nothing. */
gboolean dbk_witness_check (DbkDb *db, const char *folder, GError **error);

/* The clinic holds @tip of this computer, and it is not here. */
gboolean dbk_witness_note_forgotten (DbkDb *db, const DbkTip *tip, GError **error);

/* Whether the record lacks a fact of this computer that was recorded once. */
gboolean dbk_witness_is_older (DbkDb *db, gboolean *older, GError **error);

/* What is lacking is lost: dosing goes on without it. */
gboolean dbk_witness_trust (DbkDb *db, GError **error);

G_END_DECLS
