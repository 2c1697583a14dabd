/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How names are read, and by what they are found. */
#include "db/names/dbk-name-keys.h"

static DbkNameKeys *
keys_of (const char *name,
         const char *typed)
{
  g_autoptr(GError) error = NULL;
  DbkNameKeys *keys = dbk_name_keys_new (name, typed, &error);

  g_assert_no_error (error);
  g_assert_nonnull (keys);
  return keys;
}

static gboolean
has (char       **keys,
     const char  *key)
{
  return g_strv_contains ((const char *const *) keys, key);
}

/* Surnames in the order of their frequency, then those that a machine reads wrongly. "ü" is "v". */
static const char *const surnames[] = {
  "王wang", "李li", "张zhang", "刘liu", "陈chen", "杨yang", "黄huang", "赵zhao", "吴wu", "周zhou", "徐xu", "孙sun", "马ma", "朱zhu", "胡hu", "郭guo", "何he",
  "林lin", "罗luo", "高gao", "郑zheng", "梁liang", "谢xie", "宋song", "唐tang", "许xu", "韩han", "邓deng", "冯feng", "曹cao", "彭peng", "曾zeng", "肖xiao",
  "田tian", "董dong", "潘pan", "袁yuan", "蔡cai", "蒋jiang", "余yu", "于yu", "杜du", "叶ye", "程cheng", "魏wei", "苏su", "吕lv", "丁ding", "任ren", "卢lu",
  "姚yao", "沈shen", "钟zhong", "姜jiang", "崔cui", "谭tan", "陆lu", "范fan", "汪wang", "廖liao", "石shi", "金jin", "韦wei", "贾jia", "夏xia", "付fu",
  "方fang", "邹zou", "熊xiong", "白bai", "孟meng", "秦qin", "邱qiu", "侯hou", "江jiang", "尹yin", "薛xue", "闫yan", "段duan", "雷lei", "龙long", "黎li",
  "史shi", "陶tao", "贺he", "毛mao", "郝hao", "顾gu", "龚gong", "邵shao", "万wan", "覃qin", "武wu", "钱qian", "戴dai", "严yan", "莫mo", "孔kong", "向xiang",
  "常chang", "汤tang", "康kang", "易yi", "乔qiao", "赖lai", "文wen", "柏bai", "乐yue", "牛niu", "尤you", "柯ke", "祝zhu", "左zuo", "涂tu", "温wen",
  "单shan", "仇qiu", "解xie", "区ou", "查zha", "翟zhai", "盖ge", "朴piao", "薄bo", "缪miao", "费fei", "谌chen", "召shao", "乜nie", "种chong", "折she", "员yun",
  "冼xian", "逄pang", "隗wei", "郇xun", "闾lv", "晁chao", "卜bu", "宁ning", "葛ge", "华hua", "纪ji", "繁po", "秘bi", "黑he", "洗xian", "尉wei",
};

static void
test_surnames (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (surnames); i++)
    {
      const char *reading = g_utf8_next_char (surnames[i]);
      g_autofree char *surname = g_strndup (surnames[i], (gsize) (reading - surnames[i]));
      g_autofree char *name = g_strconcat (surname, "小明", NULL);
      g_autofree char *full = g_strconcat (reading, "xiaoming", NULL);
      g_autofree char *initials = g_strdup_printf ("%cxm", *reading);
      g_autofree char *shown = g_strdup_printf ("%c%s Xiaoming", g_ascii_toupper (*reading), strcmp (reading, "lv") == 0 ? "ü" : reading + 1);
      g_autoptr(DbkNameKeys) keys = keys_of (name, NULL);

      if (strcmp (keys->pinyin, shown) != 0 || !has (keys->full, full) || !has (keys->initials, initials))
        g_test_fail_printf ("%s is read \"%s\"", name, keys->pinyin);
      g_assert_cmpstr (keys->folded, ==, name);
    }
}

static void
test_double_surnames (void)
{
  static const char *const rows[][4] = {
    { "欧阳修", "Ouyang Xiu", "ouyangxiu", "oyx" },           { "司马迁", "Sima Qian", "simaqian", "smq" },
    { "诸葛亮", "Zhuge Liang", "zhugeliang", "zgl" },         { "尉迟恭", "Yuchi Gong", "yuchigong", "ycg" },
    { "万俟卨", "Moqi Xie", "moqixie", "mqx" },               { "长孙无忌", "Zhangsun Wuji", "zhangsunwuji", "zswj" },
    { "令狐冲", "Linghu Chong", "linghuchong", "lhc" },       { "澹台灭明", "Tantai Mieming", "tantaimieming", "ttmm" },
    { "皇甫嵩", "Huangfu Song", "huangfusong", "hfs" },       { "上官婉儿", "Shangguan Waner", "shangguanwaner", "sgwe" },
    { "司徒雷登", "Situ Leideng", "situleideng", "stld" },    { "夏侯惇", "Xiahou Dun", "xiahoudun", "xhd" },
    { "慕容复", "Murong Fu", "murongfu", "mrf" },             { "公孙胜", "Gongsun Sheng", "gongsunsheng", "gss" },
    { "宇文泰", "Yuwen Tai", "yuwentai", "ywt" },             { "端木赐", "Duanmu Ci", "duanmuci", "dmc" },
    { "东方朔", "Dongfang Shuo", "dongfangshuo", "dfs" },     { "南宫适", "Nangong Shi", "nangongshi", "ngs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkNameKeys) keys = keys_of (rows[i][0], NULL);

      if (strcmp (keys->pinyin, rows[i][1]) != 0 || !has (keys->full, rows[i][2]) || !has (keys->initials, rows[i][3]))
        g_test_fail_printf ("%s is read \"%s\"", rows[i][0], keys->pinyin);
    }
}

/* Whoever does not know how somebody is called types what stands there. */
static void
test_other_readings (void)
{
  static const char *const rows[][2] = {
    { "单雄信", "danxiongxin" }, { "仇英", "chouying" }, { "曾国藩", "cengguofan" }, { "解缙", "jiejin" },     { "区寄", "quji" },       { "查良镛", "chaliangyong" },
    { "翟天临", "ditianlin" },   { "盖聂", "gainie" },   { "朴正熙", "puzhengxi" },  { "薄一波", "baoyibo" },  { "缪贤", "mouxian" },    { "覃勇", "tanyong" },
    { "尉迟恭", "weichigong" },  { "万俟卨", "wanqixie" }, { "吕布", "lvbu" },       { "吕布", "lubu" },       { "女娲", "nvwa" },       { "女娲", "nuwa" },
    { "费翔", "bixiang" },       { "谌龙", "shenlong" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkNameKeys) keys = keys_of (rows[i][0], NULL);

      if (!has (keys->full, rows[i][1]))
        g_test_fail_printf ("%s is not found by %s", rows[i][0], rows[i][1]);
    }
}

static void
test_other_names (void)
{
  static const struct
  {
    const char *name;
    const char *pinyin; /* NULL: none */
    const char *full;   /* NULL: none */
    const char *initials;
    const char *folded;
  } rows[] = {
    { "买买提·艾力", "Maimaiti Aili", "maimaitiaili", "mmtal", "买买提艾力" },
    { "买买提•艾力", "Maimaiti Aili", "maimaitiaili", "mmtal", "买买提艾力" },
    { "买买提・艾力", "Maimaiti Aili", "maimaitiaili", "mmtal", "买买提艾力" },
    { "买买提 艾力", "Maimaiti Aili", "maimaitiaili", "mmtal", "买买提艾力" },
    { "吕绿", "Lü Lü", "lvlv", "ll", "吕绿" },
    { "王 小明", "Wang Xiaoming", "wangxiaoming", "wxm", "王小明" },
    { "王", "Wang", "wang", "w", "王" },
    { "吕", "Lü", "lu", "l", "吕" },
    { "Müller", NULL, "muller", "m", "müller" },
    { "John O'Neill", NULL, "johnoneill", "jon", "johnoneill" },
    { "ＳＭＩＴＨ", NULL, "smith", "s", "smith" },
    { "김정일", NULL, "gimjeongil", "g", "김정일" },
    { "𠮷", NULL, NULL, NULL, "𠮷" },
    { "𠮷野", NULL, "ye", "y", "𠮷野" },
    { "王𠮷", NULL, "wang", "w", "王𠮷" },
    { "", NULL, NULL, NULL, "" },
    { "·", NULL, NULL, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkNameKeys) keys = keys_of (rows[i].name, NULL);

      g_assert_cmpstr (keys->pinyin, ==, rows[i].pinyin);
      g_assert_cmpstr (keys->folded, ==, rows[i].folded);
      if (rows[i].full != NULL)
        {
          g_assert_true (has (keys->full, rows[i].full));
          g_assert_true (g_str_has_prefix (keys->initials[0], rows[i].initials));
        }
      else
        g_assert_null (keys->full[0]);
    }
}

/* What is typed into the editable field comes first, and does not push the other readings out. */
static void
test_typed_pinyin (void)
{
  static const char *const rows[][3] = {
    { "单雄信", "Dan Xiongxin", "danxiongxin" }, { "𠮷野", "Ji Ye", "jiye" }, { "阿依古丽", "Ayguli", "ayguli" }, { "吕布", "Lü Bu", "lvbu" }, { "吕布", "LV BU", "lvbu" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkNameKeys) keys = keys_of (rows[i][0], rows[i][1]);
      g_autoptr(DbkNameKeys) plain = keys_of (rows[i][0], "");

      g_assert_cmpstr (keys->full[0], ==, rows[i][2]);
      for (guint j = 0; plain->full[j] != NULL; j++)
        g_assert_true (has (keys->full, plain->full[j]));
    }
}

static void
test_long_names (void)
{
  static const char *const pieces[] = { "王", "𠮷", "庄", "x", "Ж", "あ", "각", "ß", "·" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GString) name = g_string_new ("");
      g_autoptr(DbkNameKeys) keys = NULL;

      for (guint n = 0; n < 1000; n++)
        g_string_append (name, pieces[i]);
      keys = keys_of (name->str, name->str);
      g_assert_nonnull (keys->folded);
    }
}

static void
test_refused (void)
{
  static const char *const rows[] = { "\xff", "王\xe5\xb0", "\xed\xa0\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      DbkNameQueryKind kind;

      g_assert_null (dbk_name_keys_new (rows[i], NULL, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_null (dbk_name_keys_new (rows[i], NULL, NULL));
      g_assert_null (dbk_name_query_fold (rows[i], &kind));
    }
}

static void
test_similar (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean    same;
  } rows[] = {
    { "王小明", "汪晓鸣", TRUE }, { "王小明", "王明晓", TRUE }, { "王小明", "王小红", FALSE }, { "李力", "黎丽", TRUE }, { "张三", "章叁", TRUE },
    { "买买提·艾力", "买买提艾力", TRUE }, { "John Smith", "Smith John", TRUE }, { "王小明", "黄小明", FALSE }, { "西安", "先", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkNameKeys) a = keys_of (rows[i].a, NULL);
      g_autoptr(DbkNameKeys) b = keys_of (rows[i].b, NULL);

      if ((strcmp (a->similar, b->similar) == 0) != rows[i].same)
        g_test_fail_printf ("%s and %s: \"%s\", \"%s\"", rows[i].a, rows[i].b, a->similar, b->similar);
    }
}

static void
test_queries (void)
{
  static const struct
  {
    const char       *typed;
    const char       *folded;
    DbkNameQueryKind  kind;
  } rows[] = {
    { "wxm", "wxm", DBK_NAME_QUERY_LETTERS },        { "WangX", "wangx", DBK_NAME_QUERY_LETTERS },     { " wang xiao ", "wangxiao", DBK_NAME_QUERY_LETTERS },
    { "ｗｘｍ", "wxm", DBK_NAME_QUERY_LETTERS },     { "lǚ", "lv", DBK_NAME_QUERY_LETTERS },           { "lü", "lv", DBK_NAME_QUERY_LETTERS },
    { "wáng", "wang", DBK_NAME_QUERY_LETTERS },      { "O'Neill", "oneill", DBK_NAME_QUERY_LETTERS },  { "Müller", "muller", DBK_NAME_QUERY_LETTERS },
    { "小明", "小明", DBK_NAME_QUERY_CHARACTERS },   { "买买提·艾", "买买提艾", DBK_NAME_QUERY_CHARACTERS }, { "𠮷", "𠮷", DBK_NAME_QUERY_CHARACTERS },
    { "王x", "王x", DBK_NAME_QUERY_CHARACTERS },     { "3301", "3301", DBK_NAME_QUERY_DIGITS },        { "330 106", "330106", DBK_NAME_QUERY_DIGITS },
    { "３３０", "330", DBK_NAME_QUERY_DIGITS },      { "138-0013", "1380013", DBK_NAME_QUERY_DIGITS }, { "A301", "a301", DBK_NAME_QUERY_LETTERS },
    { "", "", DBK_NAME_QUERY_LETTERS },              { "·", "", DBK_NAME_QUERY_LETTERS },              { "김", "김", DBK_NAME_QUERY_LETTERS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DbkNameQueryKind kind = DBK_NAME_QUERY_DIGITS;
      g_autofree char *folded = dbk_name_query_fold (rows[i].typed, &kind);

      g_assert_cmpstr (folded, ==, rows[i].folded);
      g_assert_cmpint (kind, ==, rows[i].kind);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/names/surnames", test_surnames);
  g_test_add_func ("/db/names/double-surnames", test_double_surnames);
  g_test_add_func ("/db/names/other-readings", test_other_readings);
  g_test_add_func ("/db/names/other-names", test_other_names);
  g_test_add_func ("/db/names/typed-pinyin", test_typed_pinyin);
  g_test_add_func ("/db/names/long-names", test_long_names);
  g_test_add_func ("/db/names/refused", test_refused);
  g_test_add_func ("/db/names/similar", test_similar);
  g_test_add_func ("/db/names/queries", test_queries);
  return g_test_run ();
}
