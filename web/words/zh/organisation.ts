/** Units, posts and persons; mandates; accounts; sheets taken in. */
export const organisation = {
  title: '机构人员',
  import: {
    fill: '下载空表，照表头填写。',
    template: '下载空表',
    choose: '选填好的表（xlsx），先检查，不写入。',
    file: '选文件',
    other: '换一份',
    rule: '有一行要改，就一行也不写入。',
    take: '导入',
    close: '好了',
    clean: '检查通过',
    done: '已导入',
    row: '第 {{row}} 行',
  },
}
