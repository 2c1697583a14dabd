/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue of CUPS: the scheduler that CUPS_SERVER or client.conf names, else this computer's. Every call makes its
 * own connection, so threads do not share one; nothing is remembered between calls. */
#pragma once

#include "printing/dbk-print-queue.h"

G_BEGIN_DECLS

#define DBK_TYPE_CUPS_QUEUE (dbk_cups_queue_get_type ())
G_DECLARE_FINAL_TYPE (DbkCupsQueue, dbk_cups_queue, DBK, CUPS_QUEUE, GObject)

DbkPrintQueue *dbk_cups_queue_new (void);

G_END_DECLS
