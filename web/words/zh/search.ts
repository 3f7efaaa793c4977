/** Search over what the reader may see. */
export const search = {
  title: '搜索',
  found: '“{{q}}”找到 {{count}} 条',
  kinds: '类别',
  all: '全部',
  allOf: '全部 {{count}} 条',
  first: '只列前 {{count}} 条；多写几个字可缩小范围',
  again: '换几个字再找',
  hint: '几个字即可；人名可写拼音',
  nothing: '写几个字开始找',
  nothingWhy:
    '可找责任事项、活动记录、导入文件、引用文件、报告、规则、机构和人员；人名可写拼音或首字母。空格分开的几个词须同时出现。',
  limits: '会议内容、谈话和个人意见不在搜索之内；您看不到的记录也不在其中。',
  no: '第{{no}}项 ',
  erased: '（内容已抹除）',
  report: { draft: '草稿', frozen: '已定稿' },
  kind: {
    duty: '责任事项',
    activity: '活动记录',
    document: '导入文件',
    cite: '引用文件',
    report: '述职报告',
    rule: '规则',
    unit: '机构',
    person: '人员',
  },
}
