/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the open record, and what the record holds. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* A verified copy at @path; when that was is noted in the record. EXISTS if there is a file. */
gboolean dbk_back_up (DbkClinic *clinic, const DbkSession *session, const char *path, GCancellable *cancellable, GError **error);

typedef struct
{
  gint64 facts;
  gint64 patients;
  gint64 doses;
  gint   format;        /* version of the schema */
  gint64 backed_up_ms;  /* newest copy written from this record; 0: none */
} DbkRecordInfo;

/* The caller's: g_free(). */
DbkRecordInfo *dbk_record_info_read (DbkClinic *clinic, GError **error);

G_END_DECLS
