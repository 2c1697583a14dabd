/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-print"

#include "config.h"

#include "ui/dbk-trouble-text.h"

#include <glib/gi18n.h>

const char *
dbk_trouble_text (DbkPaperTrouble trouble)
{
  switch (trouble)
    {
    case DBK_PAPER_TROUBLE_NONE:
      return _("ready");
    case DBK_PAPER_TROUBLE_OUT_OF_PAPER:
      return _("out of paper");
    case DBK_PAPER_TROUBLE_JAM:
      return _("paper jam");
    case DBK_PAPER_TROUBLE_COVER_OPEN:
      return _("cover open");
    case DBK_PAPER_TROUBLE_OUT_OF_INK:
      return _("out of ink or ribbon");
    case DBK_PAPER_TROUBLE_OFFLINE:
      return _("switched off line");
    case DBK_PAPER_TROUBLE_NOT_ANSWERING:
      return _("does not answer");
    case DBK_PAPER_TROUBLE_STOPPED:
      return _("stopped");
    case DBK_PAPER_TROUBLE_NOT_ACCEPTING:
      return _("takes no jobs");
    case DBK_PAPER_TROUBLE_REJECTED:
      return _("refused the job");
    case DBK_PAPER_TROUBLE_NO_SERVICE:
      return _("no print system");
    default:
      g_return_val_if_reached ("");
    }
}
