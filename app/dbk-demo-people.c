/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-demo"

#include "app/dbk-demo-people.h"

#define DAYS_PER_YEAR 365

static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗",
  "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹", "曾", "彭", "萧", "蔡", "潘", "田", "董", "袁", "吕", "欧阳",
};
static const char *const given_names[] = {
  "建国", "小明", "秀英", "志强", "芳", "伟", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "超", "秀兰", "霞", "平",
  "刚", "桂英", "文", "华", "红", "玉兰", "鑫", "宇", "浩", "凯", "健", "俊", "帆", "雪", "琳", "晨", "明", "欢", "亮", "斌",
};
static const char *const others[] = { "买买提·艾力", "阿依古丽·吐尔逊", "Anna Schmidt", "Nguyễn Văn An", "尉迟恭礼", "单于飞" };
static const char *const allergies[] = { "", "", "", "", "青霉素 penicillin", "", "", "磺胺 sulfonamides" };

DbkPatient *
dbk_demo_patient (guint   n,
                  guint32 seed,
                  DbkDay  today)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed + n);
  DbkPatient *patient = dbk_patient_new ();
  gint years = g_rand_int_range (rand, 22, 66);

  patient->number = g_strdup_printf ("%04u", 101 + n);
  if (n % 20 == 7)
    patient->name = g_strdup (others[n / 20 % G_N_ELEMENTS (others)]);
  else
    patient->name = g_strconcat (surnames[g_rand_int_range (rand, 0, G_N_ELEMENTS (surnames))],
                                 given_names[g_rand_int_range (rand, 0, G_N_ELEMENTS (given_names))], NULL);
  patient->sex = g_rand_int_range (rand, 0, 10) < 7 ? DBK_SEX_MALE : DBK_SEX_FEMALE;
  patient->born = today - years * DAYS_PER_YEAR - g_rand_int_range (rand, 0, DAYS_PER_YEAR);
  if (n % 5 != 0)
    patient->phone = g_strdup_printf ("000%08d", g_rand_int_range (rand, 0, 100000000));
  if (n % 9 != 4)
    patient->allergies = g_strdup (allergies[n % G_N_ELEMENTS (allergies)]);
  return patient;
}
