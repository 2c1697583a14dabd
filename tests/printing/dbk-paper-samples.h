/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of paper print: codes that differ by a number, a slip with and without everything. */
#pragma once

#include "db/record/dbk-code.h"
#include "printing/dbk-slip.h"

G_BEGIN_DECLS

#define SAMPLE_LONG_NUMBER       "20261234-ABCDEFGHIJK"
#define SAMPLE_LONG_NAME         "Maximiliana Bartholomew-Featherstonehaug"
#define SAMPLE_LONG_CHINESE_NAME "欧阳阿卜杜热西提·买买提艾力江·努尔麦麦提·阿布都克力木古丽巴哈尔买买提明江"

char *dbk_sample_dup_code (DbkCodeKind kind,
                           guint       n);

/* An ordinary dose; the code is @code, borrowed. */
DbkSlip dbk_sample_slip (const char  *code,
                         DbkLanguage  language);

/* The same with every field set, and as long as it gets. */
DbkSlip dbk_sample_full_slip (const char  *code,
                              DbkLanguage  language);

/* Of a document that must come to be. Takes @document. */
GBytes *dbk_sample_write (DbkDocument *document);

G_END_DECLS
