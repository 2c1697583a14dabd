/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the makers of paper share. */
#pragma once

#include "app/dbk-make-paper.h"
#include "db/facts/dbk-desk-facts.h"

G_BEGIN_DECLS

DbkMadePaper *_dbk_made_paper_new (const char *kind, const char *about, const char *patient);
gboolean      _dbk_record_documents (DbkClinic *clinic, const DbkSession *session, DbkDocumentDraft *drafts, gsize n_drafts, GError **error);
int           _dbk_paper_dpi (const DbkPaperOptions *options);

G_END_DECLS
