import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutFurniture } from './furniture.ts'
import { plainOf } from './plain.ts'

const prose =
  '各水厂每季度检修一次泵站，年底前清理完库区的漂浮物，把台账交给水政科备查，水政科每半年向局党组报告一次检修的情况和下一步的打算。'
const left = (page: string) => {
  const { text } = plainOf(page, withoutFurniture)
  assert.equal(text.length, page.length, 'no offset moves')
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

test('fields of a page are no text, in any order and however they are parted', () => {
  for (const line of [
    '更新时间：2031-05-06 22:12作者：小舟老师',
    '来源:云溪局   2031-05-06 11:51',
    '36 | 695次浏览',
    '2031-05-06 点击量 1160',
    '来源：本网访问量:-发布时间:2031-05-06',
    '作者: 江小舟 | 发布时间: 2031/5/6 10:12:36 | 695次浏览',
    '时间:2031/5/6 11:27:48    作者:办公室 江小舟',
    '【字体：大 中 小】 分享到：',
    '[责任编辑:小舟]',
    '（责编：江小舟、何小舟）',
    '时间:2031-05-06|栏目:领导讲话|点击:|',
  ])
    assert.deepEqual(left(`水务工作要点\n${line}\n${prose}`), ['水务工作要点', prose], line)
})

test('fields that papers have themselves stay', () => {
  for (const line of ['时间：2031年5月6日上午', '作者是江小舟', '2031年5月6日', '地点：二楼会议室', '信息来源多样'])
    assert.deepEqual(left(`水务会议纪要\n${line}\n${prose}`), ['水务会议纪要', line, prose], line)
})

test('paths, buttons and the titles of other papers are no text', () => {
  assert.deepEqual(
    left(
      `栏目导航\n首页 > 党群工作 > 工作要点\n水务工作要点\n${prose}\n【打印本页】【关闭窗口】\n[返回顶部]\n上一篇：市局召开例会\n相关文章\n水务工作总结\n水务检查方案`,
    ),
    ['水务工作要点', prose],
  )
  assert.deepEqual(left(`您现在的位置: 范文大全 >> 讲话 >> 正文 水务工作要点\n${prose}`), ['水务工作要点', prose])
})

test('the table of numbers and classes over a published paper is no text', () => {
  const table =
    '• 索引号：\n\n  6107/2031-001\n • 主题分类：水务\n • 名 称：关于印发《水务工作要点》的通知\n • 有效性：\n'
  assert.deepEqual(left(`${table}水务工作要点\n${prose}`), ['水务工作要点', prose])
})

test('what a site says to its readers is no text', () => {
  for (const note of [
    '下面是小编为大家整理的水务工作要点，供大家参考。',
    '公文小舟，方便的公文写作神器！ 立即了解',
    '---此处隐藏2384字，下载后查看---',
    '……（中间部分已省略907字）',
    '阅读全部内容，请先登录',
    '全文约2898字，开通会员后查看全文',
    '版权声明',
    '预览结束，会员登录后免费立即下载',
    '多个关键词搜索，空格分隔',
    '（温馨提示：VIP用户免费下载全站内容）',
    '小舟文稿 xiaozhou.com ，汇集讲话、总结等办公文稿下载。仅供学习！',
  ])
    assert.deepEqual(left(`水务工作要点\n${note}\n${prose}`), ['水务工作要点', prose], note)
  assert.deepEqual(left(`小舟范文,海量素材,下载网址:www.xiaozhou.example 水务工作要点\n${prose}`), [
    '水务工作要点',
    prose,
  ])
})

test('fields within a line part the title from the text', () => {
  const text = left(`水务工作要点 更新时间：2031-05-06 来源：网友投稿 ${prose}`)
  assert.deepEqual(text, ['水务工作要点', prose])
})

test('rows of a table of tasks stay', () => {
  const rows = ['序号|任务|责任单位|时限|备注', '1|检修泵站|水政科|6月底前|', '2|清理库区|工程科|年底前|']
  assert.deepEqual(left(`水务任务清单\n${rows.join('\n')}`), ['水务任务清单', ...rows])
})

test('the numbers of leaves in the middle of sentences are no signs', () => {
  const text =
    '1、水务局检修记 一、抓好检修。各水厂按月检修泵站，把记录\n2、，台账整理成册。二、抓好抽查。水政科按季抽\n3、查水样。'
  const kept = withoutFurniture(text)
  assert.equal(kept.length, text.length)
  assert.ok(!/[123]、/.test(kept) && kept.includes('二、'))
  const list = '1、检修泵站\n2、抽查水样'
  assert.equal(withoutFurniture(list), list)
})
