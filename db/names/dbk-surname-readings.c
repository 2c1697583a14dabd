/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Surnames that ICU's Han-Latin/Names reads otherwise than people do, or that have two readings in use. Data; the first reading is
 * the usual one for a surname. "ü" is written "v". */
#define G_LOG_DOMAIN "dbk-names"

#include "db/names/dbk-name-keys.h"

#include <string.h>

typedef struct
{
  const char *surname;
  const char *readings[4];
} SurnameRow;

static const SurnameRow rows[] = {
  { "朴", { "piao", "pu" } },      { "薄", { "bo", "bao" } },      { "缪", { "miao", "mou" } },
  { "覃", { "qin", "tan" } },      { "费", { "fei", "bi" } },      { "谌", { "chen", "shen" } },
  { "召", { "shao", "zhao" } },    { "乜", { "nie", "mie" } },     { "单", { "shan", "dan" } },
  { "仇", { "qiu", "chou" } },     { "曾", { "zeng", "ceng" } },   { "解", { "xie", "jie" } },
  { "区", { "ou", "qu" } },        { "查", { "zha", "cha" } },     { "翟", { "zhai", "di" } },
  { "盖", { "ge", "gai" } },       { "尉", { "wei", "yu" } },      { "尉迟", { "yuchi", "weichi" } },
  { "万俟", { "moqi", "wanqi" } }, { "长孙", { "zhangsun", "changsun" } }, { "吕", { "lv" } },
  { "闾", { "lv" } },              { "华", { "hua" } },            { "任", { "ren" } },
  { "宁", { "ning" } },            { "葛", { "ge" } },             { "纪", { "ji" } },
  { "洗", { "xian", "xi" } },      { "冼", { "xian" } },           { "员", { "yun", "yuan" } },
  { "折", { "she", "zhe" } },      { "黑", { "he", "hei" } },      { "繁", { "po", "fan" } },
  { "种", { "chong", "zhong" } },  { "秘", { "bi", "mi" } },       { "逄", { "pang" } },
  { "郇", { "xun", "huan" } },     { "隗", { "wei", "kui" } },     { "祭", { "zhai", "ji" } },
  { "贾", { "jia", "gu" } },       { "石", { "shi" } },            { "参", { "shen", "can" } },
  { "都", { "du", "dou" } },       { "车", { "che", "ju" } },      { "过", { "guo" } },
  { "哈", { "ha" } },              { "可", { "ke" } },             { "令狐", { "linghu" } },
  { "澹台", { "tantai", "dantai" } }, { "皇甫", { "huangfu" } },
  /* Of two characters: ICU reads them rightly; they stand here so that they are shown as one word. */
  { "欧阳", { "ouyang" } },        { "司马", { "sima" } },         { "诸葛", { "zhuge" } },
  { "上官", { "shangguan" } },     { "司徒", { "situ" } },         { "夏侯", { "xiahou" } },
  { "东方", { "dongfang" } },      { "慕容", { "murong" } },       { "公孙", { "gongsun" } },
  { "轩辕", { "xuanyuan" } },      { "宇文", { "yuwen" } },        { "端木", { "duanmu" } },
  { "独孤", { "dugu" } },          { "南宫", { "nangong" } },      { "呼延", { "huyan" } },
  { "钟离", { "zhongli" } },       { "申屠", { "shentu" } },       { "闻人", { "wenren" } },
  { "淳于", { "chunyu" } },        { "濮阳", { "puyang" } },       { "公冶", { "gongye" } },
  { "太史", { "taishi" } },        { "赫连", { "helian" } },       { "拓跋", { "tuoba" } },
  { "百里", { "baili" } },         { "东郭", { "dongguo" } },      { "西门", { "ximen" } },
  { "鲜于", { "xianyu" } },        { "司空", { "sikong" } },       { "公羊", { "gongyang" } },
  { "宗政", { "zongzheng" } },     { "太叔", { "taishu" } },       { "仲孙", { "zhongsun" } },
  { "司寇", { "sikou" } },         { "子车", { "ziju" } },         { "颛孙", { "zhuansun" } },
  { "巫马", { "wuma" } },          { "公西", { "gongxi" } },       { "漆雕", { "qidiao" } },
  { "乐正", { "yuezheng" } },      { "壤驷", { "rangsi" } },       { "公良", { "gongliang" } },
  { "夹谷", { "jiagu" } },         { "宰父", { "zaifu" } },        { "谷梁", { "guliang" } },
  { "段干", { "duangan" } },       { "梁丘", { "liangqiu" } },     { "左丘", { "zuoqiu" } },
};

const char *const *
dbk_surname_readings (const char *surname)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].surname, surname) == 0)
      return rows[i].readings;
  return NULL;
}
