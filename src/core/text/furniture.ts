/** How many lines at the head of a page may be its frame. */
const frame = 24

const dates =
  '(?:20|19)[0-9]{2}(?:[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2}日?)?|月)?(?: *[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?'
const timed = '(?:更新|发布|发表|录入|添加|上传|创建|编辑|归档|来稿|提交|整理)(?:时间|日期)'
const counted = '(?:浏览|点击|阅读|访问)(?:次数|量|数|人次|人数)?'
/** What a page says of its text, with a value behind it. */
const named =
  '(?:(?:信息|文章|稿件|新闻)?来源|来自|转自|稿源|(?:本文)?作者|(?:责任)?编辑|责编|栏目|投稿人|[一二三终]审|(?:责任)?校对|审核|撰稿|供稿(?:单位|人)?|摄影|字体|字号|分享(?:到)?|文档编号|上传人|标签|格式|页数|大小)'
/** The fields of a table over a published paper. */
const table =
  '(?:索 *引 *号|(?:主题|信息|组配|体裁)分类|公文种类|发文(?:机关|机构|单位|字号|日期)|发布(?:机关|机构|单位)|(?:成文|生成|公开|生效|废止|失效)日期|文 *号|有 *效 *性|效力状态|公开(?:方式|形式|范围|类别)|主 *题 *词|关 *键 *[词字]|内容概述|(?:信息)?名 *称|标 *题)'

const separators = /[ |｜•·●○【】［］（）—-]+/y
const date = new RegExp(`${dates}`, 'y')
const count = new RegExp(`[0-9]+ *(?:次|人)*${counted}|${counted} *：? *[0-9-]* *(?:次|人次)?`, 'y')
const field = new RegExp(`(?:${timed}|${counted}|${named}|(时间|日期)) *： *`, 'y')
const value = new RegExp(`(?:(?!(?:${timed}|${counted}|${named}) *[：0-9])[^ |｜。；！？，（）\\n]){1,24}`, 'y')
const cell = new RegExp(`^[•·●【］［ -]*${table} *】?(?: *：|$)[^。；！？]{0,80}$`)
const person = /[一-鿿]{2,4}(?=[ |｜）]|$)|[大中小]|默认|[0-9]+(?=[ |]|$)/uy

/** Whether a line is made of fields and nothing else: 来源：本网 | 发布时间：2031-05-06 | 36次浏览. */
function isFields(line: string): boolean {
  let [at, told] = [0, 0]
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const match = pattern.exec(line)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  while (at < line.length) {
    if (take(separators) !== null) continue
    const label = take(field)
    if (label !== null) {
      // 时间： stands in minutes too.
      if (label[1] === undefined) told++
      if (take(date) === null) take(value)
    } else if (take(count) !== null) told++
    else if (take(date) !== null) told += /[0-9][:：][0-9]/.test(line.slice(0, at)) ? 1 : 0
    else if (take(person) === null) return false
  }
  return told > 0
}

const buttons =
  '返回(?:顶部|首页|列表|上页|上一页)|关闭(?:本页|窗口|页面)?|打印(?:本页|正文|此页|页面)?|收藏(?:本页|本文)?|分享(?:到)?：?|栏目导航|网站地图|网站首页|首页|设为首页|加入收藏|联系我们|[大中小]|字体|下载(?:附件|文档|全文|本文|word)|点击下载|立即(?:了解|下载|购买|登录|开通)|APP下载|登录|注册|版权声明|微信(?:订阅号|公众号|登录|支付)|订阅号|联系客服|会员(?:登录|中心|注册)|免费(?:试读|下载)|友情链接|(?:内容|在线|全文)预览|无障碍(?:浏览|阅读)|手机版|电脑版|回到顶部'
const button = new RegExp(`^[ 【］［】|｜>-]*(?:(?:${buttons})[ 【］［】|｜>-]*)+$`)
/** Words that only a page says, whatever stands around them in their line. */
const said = [
  /^(?:(?:网站)?首页|网站导航) ?[^。；：，]{4,}$/,
  /^(?:您|你)?(?:现在|当前)(?:所在)?的?位置：$/,
  /^上一[篇条页页个](?:：|$)|^下一[篇条页个](?:：|$)/,
  /^(?:微信|手机)?(?:扫一扫|扫码|扫描二维码)[^。；]{0,24}$/,
  /^(?:本文)?(?:标题|链接(?:地址)?|网址)：/,
  /^[-—.…（【［ ]*(?:(?:此处|中间|开头|以下|后面|剩余|下文)(?:部分|内容)?(?:已|被)?)?(?:隐藏|省略)(?:了|内容)?[0-9]+字/,
  /^阅读(?:全[文部]|更多|剩余)[^。；]{0,30}$/,
  /^(?:本文|本篇文章)?(?:全文)?(?:共|约|共约)?[0-9]+字(?:，|$)/,
  /^[^。]{0,30}(?:登录|开通|购买|下载|付费|注册)(?:会员)?后(?:可|即可)?(?:查看|阅读|下载|复制)[^。]{0,10}$/,
  /^(?:版权(?:声明|所有|归)|免责声明|Copyright|©)|ICP备|公网安备|网站标识码/,
  /^.{0,40}(?:不允许(?:二次)?传播|转载请注明|侵权(?:必究|删除)|仅代表作者(?:个人|本人)?观点|不代表本(?:站|网)).{0,40}$/,
  /^第 *[0-9]{1,3} *页(?:[ ，]*共 *[0-9]{1,3} *页)?$/,
  /^.{0,24}写作神器.{0,16}$/,
  /^[^。]{0,20}(?:VIP|试读|会员(?:免费|登录|可))[^。]{0,20}(?:下载|阅读|查看)[^。]{0,10}$/,
  /^(?:请使用微信|打开微信，点击|非会员，|热门搜索：|多个关键词|预览结束|仅供站内|下载后可(?:任意|自由)?编辑$)/,
  /[a-z0-9-]+\.(?:com|cn|net|org)(?![a-z]).{0,60}(?:下载|收藏|范文|素材|文稿)/i,
  /^(?:主办|承办)[^。；]{0,80}(?:网站地图|备案号|联系我们|技术支持|版权所有)/,
  /^(?:投稿人|上传者|导语|核心提示)：/,
]
const related = /^(?:相关|推荐|猜你喜欢|热门|最新)(?:文章|推荐|阅读|链接|新闻|范文|文档|内容|资讯)?：?$|^猜你喜欢/
const trail = /^[^。；：，>]{2,16}(?: *>{1,2} *[^。；：>]{2,40}){1,6}>?$/

/** A row of a menu; the head of a table of tasks is none. */
const menu = /^(?!.*(?:序号|任务|责任|时限|措施|备注|单位|[0-9]))\|?(?:[^。；：，|]{1,8}\|){3,20}[^。；：，|]{0,8}$/

/** A sentence of a site to its readers. */
const addressed =
  /(?:(?:小编|网友)[^。！？\n]{0,40}(?:整理|收集|搜集|分享|带来|准备|推荐)|(?:下面|以下|本文)[^。！？\n]{0,40}(?:整理|收集|收录|范文))[^。！？\n]{0,60}(?:参考|阅读|帮助|借鉴|喜欢|浏览|欣赏)/
/** A path or the fields of a page within a line of text. */
const within = new RegExp(
  [
    `(?:您|你)?(?:现在|当前)(?:所在)?的?位置：[^。>\\n]{1,20}(?: *>{1,2} *[^ >。\\n]{1,24})+`,
    `(?:(?:文章)?来源：[^ 。；，：\\n]{1,12} +)?${timed} *： *${dates}(?: +(?:来源|作者)：[^ 。；，：\\n]{1,12}(?= )| *[|｜]? *${counted}：? *[0-9]+(?= ))*`,
    `(?<![^ 。；！？\\n])[^ 。；！？\\n]{0,40}下载(?:网址|地址|链接)：?(?:https?://|www\\.)[A-Za-z0-9./_-]{4,80}`,
    '[-—.…（]{0,4}(?:此处|中间|开头|剩余)(?:部分|内容)?(?:已|被)?(?:隐藏|省略)[0-9]+字[^。\\n]{0,16}[-—）]{0,4}',
    '第 *[0-9]{1,3} *页[ ，/]*共 *[0-9]{1,3} *页(?: *下载后可(?:任意|自由)?编辑)?',
    '^下载后可(?:任意|自由)?编辑',
  ].join('|'),
  'g',
)

/**
 * A folded text without what a web page prints around and between its words: paths, fields of time, source and count, tables of
 * numbers and classes, buttons, notes of a site to its readers. Blanks and line ends stand in its place, so that no offset moves.
 */
export function withoutFurniture(text: string): string {
  const lines = text.split('\n')
  const kept = lines.map((line) => line.trim())
  const prose = kept.findIndex((line) => line.length >= 60 || /。$/.test(line))
  const tabled = kept.slice(0, frame * 2).some((line) => /^[•·●【］［ -]*索 *引 *号/.test(line))
  const foot = footOf(kept)
  const leaves = leavesOf(kept)
  let behind = false
  const blanked = lines.map((line, index) => {
    const words = kept[index]!
    if (words === '') return line
    const inTable = tabled && (prose < 0 || index < prose)
    const isCell = inTable && cell.test(words)
    const isValue = inTable && behind && words.length <= 40 && (!han.test(words) || cell.test(after(kept, index)))
    behind = isCell && /：?$/.test(words) && !/：./.test(words)
    if (isCell || isValue || index >= foot || isFrame(words, index < frame && (prose < 0 || index < prose)))
      return blank(line, false)
    const own = leaves.has(index) ? line.replace(leaf, (number) => blank(number, false)) : line
    return own.replace(within, (found) => blank(found, !/页|编辑/.test(found))).replace(sentences, addressedOnly)
  })
  return blanked.join('\n')
}

const han = /[一-鿿]{5}/u

/** The next line that is not empty. */
function after(lines: readonly string[], index: number): string {
  let at = index + 1
  while (at < index + 4 && lines[at] === '') at++
  return lines[at] ?? ''
}

function isFrame(words: string, head: boolean): boolean {
  if (words.length > 200) return false
  return (
    isFields(words) ||
    button.test(words) ||
    said.some((pattern) => pattern.test(words)) ||
    (head && (trail.test(words) || menu.test(words)))
  )
}

const sentences =
  /(?<![^。！？\n])[^。！？\n]{0,160}小编[^。！？\n]{0,160}[。！？]?|(?:下面|以下)是[^。！？\n]{0,120}[。！？]?/g

function addressedOnly(sentence: string): string {
  return addressed.test(sentence) ? blank(sentence, true) : sentence
}

/** The number that a site puts before each leaf of a paper. */
const leaf = /^ *[0-9]{1,2}、/

/** Lines that begin with such numbers: one of them cuts a sentence before a mark (2、，把台账…), which no sign of a list does. */
function leavesOf(lines: readonly string[]): ReadonlySet<number> {
  const found: number[] = []
  for (const [index, line] of lines.entries()) if (line.startsWith(`${found.length + 1}、`)) found.push(index)
  return new Set(found.some((index) => /^[0-9]{1,2}、 *[，。；、]/.test(lines[index]!)) ? found : [])
}

/** Where the titles of other papers begin that a page lists at its foot, the number of lines where none are. */
function footOf(lines: readonly string[]): number {
  let from = lines.length
  while (from > 0 && lines[from - 1]!.length <= 40 && !/[。；]/.test(lines[from - 1]!)) from--
  const found = lines.slice(from).findIndex((line) => related.test(line))
  return found < 0 ? lines.length : from + found
}

/** So many blanks; a new line begins where the words around it go on. */
function blank(words: string, breaks: boolean): string {
  return breaks ? `\n${' '.repeat(words.length - 1)}` : ' '.repeat(words.length)
}
