/** The manual as it is read in the product. */
export const help = {
  title: '使用手册',
  contents: '目录',
  none: '手册里没有这一篇',
  noneWhy: '请从左边的目录里找。',
  onlyChinese: '这一篇只有中文。',
  thisPage: '本页怎么用',
  all: '使用手册',
}
