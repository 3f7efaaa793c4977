import { Chars, Opening } from '../text/chars.ts'
import type { Hit } from '../text/words.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What may stand right behind a name that acts: time, need, manner, a preposition, a verb, or the end of the clause. */
const acting =
  /^(?:会议)?(?:（[^）]{1,20}）)?(?:$|，|走(?=[^访]{2})|实地|分组|打造|送[戏书法药]|推广|植树节|护士节|医师节|组[建成]|末位表态(?![得制的])|人均(?=自学|学习|参[训加])|如实|高质量|高标准|高效|跟(?!班|踪审)|之间|相互|互相|[坐顶摆换拆搬借扛替算亮念聊帮陪腾凑啃]|接(?!待|受|收|力|诉)|准确|精准|自觉|自行|当好|种好|管好|守好|发挥|不折不扣|带着|打(?!造)|[一-鿿]{2,4}(?:后|时)(?=[0-9一-鿿])|挤出|腾出|赶集日|面向|双[月周人]|单月|隔[月周]|午间|周[一二三四五六末]|夜间|冬至|小年|腊八|元宵|归入|联手|携手|现场|顶住|克服|先行|跟进|各自|倒查|倒排|排出|暗访(?=[一-鿿])|讨论|审议|自(?=[^，。；]{1,12}之日)|挂[出牌]|晋升|回[访应复]|[开办](?!展|公)|抓|管(?!理)|报(?!告|表)|送|发(?!展)|看|听|做|设(?!置|备|施)|派(?!驻|出)|查|清(?!单)|补|请|建(?!设)|修(?!养)|改(?!革)|评(?!议|价|先|优|估)|选(?!拔|人|任|举)|推|编(?!制)|写|签(?!约服务)|盯|守|跑|访|谈(?!话)|约|拿|列(?!席)|立(?!场)|摸|捋|晒|晾|征|引(?!领)|整理|给|用|随|逢|遇|凡|再|先|各|当年|当月|次年|次月|[年季月周]初|[年季月周]末|暑[假期]|寒假|汛[前期后]|会[前后]|开学|世界|国庆|中秋|春节|元旦|端午|教师节|重阳|五[一四]|七[一月]|“?[七八]一|[一二三四五六七八九十]{1,2}月|蹲|下(?![属级发])|登|驻|追缴|上(?=党课|台|交)|答复|常年|适时|分头|分片|飞行|连续|昼夜|上、?下半年|偶有|等(?=登|参)|收到|接到|两[周个]|当面|采取|通过|围绕|同|遇有|提任|[一-鿿]{2,6}(?:前后|期间)|[一-鿿]{2,5}前(?=[一-鿿])|又|一对一|认领|据此|群发|商(?![业务会品户贸标])|[今明]年|半[月年]|逐|要|必须|应|务必|须|将|把|按|以|在|从|就|由|给|为|带头|先后|定期|经常|负责|坚持|每|各自|[0-9*]+次(?=专题|集体|研究|听取)|分(?:[两二三四五]|[0-9]|期|级|类)?批|迅速|立即|重新|连夜|轮流|当场|第一时间|开辟|抽调|处置|编制|核查|走访|征集|出台|发起|跑遍|主导|参与|包联|20[0-9×*X]{2}年|认真|严格|切实|始终|共|率先|主动|至少|对|与|同|会同|联合|向|于|召开|[0-9]{1,2}个?[月季周年]|两次|多次|能(?!力|源|耗|效)|能够|共有|全部(?=[一-鿿])|召开|组织|履行|落实|承担|牵头|配合|全体|集体|专题|也|都|还|均|负|制定|开展|听取|及时|应当|参加|作|实行|讲|按照|根据|结合|围绕|紧扣|逐|统一|不得|不|全面|抓|到|赴|进|深入|进一步|研究|全年|年底|年内|上半年|下半年|本月|月底|本周|节前|节假日|[0-9*]{1,2}(?:月|个|日|号)|[一二三四]季度|[一二三四五六七八九十]+(?:周|月|个|日|天)|[“《]|重点|集中|分别|分管|一律|已|可|原则上|随时|常态化|经常性|通过|利用|依托|下沉|列席|带队|带着|针对|除|须|确保|走进|走上|往返|结对|吃住|连续|力争|派|举办|邀请|带领|联合|推行|探索|建好|过|主持|亲自|现场|逐级|签订|列席|对照|全程|一如既往|抓好)/u
/** What may stand right behind the name of whoever receives. */
const receiving =
  /^(?:$|[，。；]|旁听|履责|履职|结对|用权|来|送|走进|走访|谈|廉政|廉洁|任前|任职|岗前|层层|普遍|点名|述|公开|提交|移交|宣讲(?!团)|业务|当面|发放|发出|见面|赴|接受|作出?|全员|人均|上|逐|普遍|所|权力|行权|签订|约|报|、|（|履行|落实|每|每年|及时|定期|经常|常态化|经常性|进行|开展|予以|给予|作|提出|的|全面|集中|逐|至少|全年|年内|一律|任职|到|做|专题|报告|汇报|备案|书面|移送|通报|反馈|谈|约谈|提醒|培训|教育|批评|实行|实施|[0-9*×（□○]|[“《]|带头|自觉|认真|严格|切实|学习|参加|观看|接受|虚心|如实|主动|深入|统一|分级|分类|系好|扣好|筑牢|在|以|按|把|于|专门|半年|一对一|面对面|集体|宣讲|讲清|讲|必访|授课|开|个别|严肃|请示|审[核阅定批议]|发函|交(?![流通易警])|暂停|凡|拉|各|共|约见|座谈|打分|补[上办]|画像|质询|审一|做到|必谈|带教|挂牌|授予|依规|严格|驻点|跟班|汇总|抄送|寄|推送|有针对)/u
/** 组织部, 联系点: a verb that is part of a name. */
const compound = new Opening(
  /^(?:发展(?:规划|改革|研究|计划|和改革|对象)|(?:组织|宣传|宣讲|培养|教育|交流|引进|接待|考察|联系|帮扶)(?:部|小|团|队|人事|科|处|股|室|局|中心(?!组)|办|委员|干事)|联系点|(?:牵头|配合|责任|承办|主办|主管|督办|参与)(?:处室|科室|股室|单位|部门|科|处|人)|(?:利用|监督|规划|保护|执法|调查|确权|登记|审批|服务|信访|保障|治理|管理|征收)[股科处室])/u,
  '发组宣培教交引接考联帮牵配责承主督参利监规保执调确登审服信治管征',
)
/** What cannot stand inside a name once one has ended. */
const goesOn = new Opening(
  /^(?:[在到赴每同跟要须应将把对向以按约遇由“0-9]|就(?![业近医诊读])|为(?![民农企])|给|各(?=[自认选负明组安制拿派])|分头|联手|携手|面向|经常|定期|[坐顶摆换拆搬借扛替念聊帮陪凑啃找]|召[开集]|听取|举办|午间|双月|围绕|组建|抽调|成立|第一时间|会[前后]|[一二三四]季度|[一二三四五六七八九十]月|提请|指导|带队|参加|坚持|选送|选派|下沉|分[两二三四五期批]|开设|组织(?![部委科处人]))/u,
  '在到赴每同跟要须应将把对向以按约遇由“0123456789就为给各联携面经定坐顶摆换拆搬借扛替念聊帮陪凑啃找召听举午双围组抽成第会一二三四五六七八九十提指带参坚选下分开',
)
/** 在职党员: 在 that begins no place. */
const serving = new Opening(/^在[职编岗校读册]/, '在')
const breaks = new Chars('，。；：！？\n')
/** What ends the name of whoever acts. */
const parts = new Chars('对向把将于按从被给的是与')
const partsOf = new Opening(
  /^(?:会同|联合|同(?![级志业行事乡学盟])|跟(?![班踪])|就(?![业近医诊读地])|在(?![职编岗校读册建])|为(?![民农企老])|找(?!平))/,
  '会联同跟就在为找',
)
const [comma, quote, meets] = ['、'.charCodeAt(0), '“'.charCodeAt(0), '会'.charCodeAt(0)]
const openWords = new Opening(
  /^(?:没有|确保|当前|目前|或|直至|至少|既|晒出|看(?!护)|自觉|协助|配合|凭|接受|发[到给至]|做到|撤[并换]|送(?!变电|检)|同(?!志)|作|会同|书面|带着|于|对|向|把|将|以|按|在(?![职编岗校读册])|从|就|为|给|使|让|因|如|若|凡|不(?!动产)|第一时|每(?![一名位个])|办(?![公事案])|未|无|有(?!关|苗)|要|应(?!急)|须|和|与|及|等|其|该|这|那|此|的|并|又|再|也|都|还|很|更|最|已|正(?![科处职])|能(?!源|耗|效)|可|会(?![计员展务])|到|进|上(?!级)|下(?!级|属)|抓|强化|加强|推动|推进|坚持|开展|落实|严格|深化)/u,
  '没确当目或直至既晒看自协配凭接发做撤送同作会书带于对向把将以按在从就为给使让因如若凡不第每办未无有要应须和与及等其该这那此的并又再也都还很更最已正能可到进上下抓强加推坚开落严深',
)
/** What no name of whoever receives begins with. */
const openHearers = new Opening(
  /^(?:同(?!志)|会同|书面|于|对|向|把|将|以|按|在(?![职编岗校读册])|从|就|为|给|使|让|因|如|若|凡|不(?!动产)|未|无|要|须|和|与|及|等|其|该|这|那|此|的|并|又|再|也|都|还|很|更|最|已|可|到|抓|强化|加强|推动|推进|坚持|开展|落实|深化)/u,
  '同会书于对向把将以按在从就为给使让因如若凡不未无要须和与及等其该这那此的并又再也都还很更最已可到抓强加推坚开落深',
)
/** What ends the name of whoever receives. */
const handed = new Chars('向把将给由【（')
/** 职工对班子成员: whom it is done to stands behind; 对象 and 对口 are parts of a name. */
const facing = new Opening(/^对(?![口象外内接])/, '对')
/** 倾向: 向 that hands nothing. */
const inclined = new Chars('倾趋志动方')
/** What is done with whoever receives: his name is at its end. */
const taking =
  /^(?:开展|进行|提交|报告|汇报|报送|推送|移送|移交|反馈|发[放送出一]|寄|签(?!字)|谈|聊|交心|约谈|提醒|轮训|宣讲|征[求集]|通报|书面|当面|面对面|逐[个人一]|集体|每[年半季月周]|经常|定期|至少|旁听|参加|赴|到|来(?!访)|认领|填报|推出|出具|集中|实行|列[出为入]|挂牌|授予|下发|摸底|普遍|分批|促膝|拉家常|一对一|“一对一”|先[查谈后]|早打|任[职前]|依规|轮谈|举办|开办|办好|开设|严肃|凡|存档|备案|审阅|备查|建档|家访)/u
const longestName = 26

/** Where the name that starts at `at` ends, or -1: the longest run that ends in a noun for a body or people and is followed as the role asks. */
export function nameEnd(
  text: string,
  at: number,
  end: number,
  role: 'acts' | 'receives',
  vocabulary: Vocabulary,
): number {
  const limit = Math.min(end, at + longestName)
  if (
    !vocabulary.nameEnds.in(text, at, limit) ||
    (role === 'acts' ? openWords : openHearers).at(text, at, at + 3) ||
    (vocabulary.openers.stands(text, at) && !serving.at(text, at, at + 2))
  )
    return -1
  const acts = role === 'acts'
  if (acts && mannered(text, at, vocabulary)) return -1
  const compounded = compound.at(text, at, at + 5)
  if (acts && !compounded && vocabulary.nameVerbs.stands(text, at)) return -1
  const first = compounded ? null : vocabulary.acts.at(text, at)
  let best = -1
  for (let index = at; index < limit; index++) {
    const unit = text.charCodeAt(index)
    if (breaks.has(unit) || (acts && (unit === comma || (unit === quote && index > at)))) break
    if (acts && index > at && (parts.has(unit) || partsOf.at(text, index, index + 2))) break
    if (!acts && index > at && handed.has(unit) && !inclined.at(text, index - 1)) break
    if (!acts && index > at && facing.at(text, index, index + 2)) break
    if (!acts && best === index && taking.test(text.slice(best, best + 6))) break
    if (acts && best >= 0 && (goesOn.at(text, index, index + 4) || mannered(text, index, vocabulary))) break
    // 机关党委会同人事科: the one before acts.
    if (acts && best < 0 && unit === meets && text.startsWith('会同', index)) break
    const hit = endAt(text, index, vocabulary)
    if (!hit || hit.end > limit) continue
    if (vocabulary.nameStops.stands(text, index) || (index > at && vocabulary.nameStops.stands(text, index - 1)))
      continue
    if (hit.value === 'short' && hit.end - at < 2) continue
    if (role === 'acts' && text.startsWith('会同', hit.end - 1)) return hit.end - 1
    const taken = role === 'receives' && first && text.slice(first.end, hit.start).includes('的')
    if (
      first &&
      !taken &&
      !office.test(text.slice(at, hit.end)) &&
      first.end <= hit.start &&
      !(hit.value === 'short' && hit.start - first.end <= 2)
    )
      break
    if (role === 'acts' && actInside(text, at, hit.start, vocabulary) && !joint.test(text.slice(at, hit.end))) break
    if (role === 'acts' && strange.test(text.slice(at, hit.end))) break
    if (follows(text, hit.end, end, role, vocabulary)) best = hit.end
    if (best === hit.end && role === 'acts' && hit.value === 'long' && doesSomething(text, hit.end, vocabulary)) break
    index = hit.end - 1
  }
  return best
}

/** The noun that ends a name at `index`; 宣教中心组建: the 组 of a verb is none of it. */
function endAt(text: string, index: number, vocabulary: Vocabulary): Hit<'long' | 'short'> | null {
  const hit = vocabulary.nameEnds.at(text, index)
  if (!hit?.word.endsWith('组') || hit.word.endsWith('党组')) return hit
  if (!/^(?:建(?!立)|织|成(?![立员为]))/.test(text.slice(hit.end, hit.end + 2))) return hit
  const word = hit.word.slice(0, -1)
  const shorter = word === '' ? null : vocabulary.nameEnds.at(text.slice(0, hit.end - 1), index)
  return shorter?.word === word ? shorter : null
}

/** Whether a verb with an object stands right behind a name, and not one that makes a longer name of it (党委组织部). */
function doesSomething(text: string, at: number, vocabulary: Vocabulary): boolean {
  const act = vocabulary.acts.at(text, at)
  if (!act || act.value === 'soft' || act.word.length < 2 || vocabulary.nameEnds.stands(text, at)) return false
  return !vocabulary.nameEnds.stands(text, act.end)
}

/** Whether a verb with an object stands inside a name: 开设老年窗口 names nobody, 督查办 does. */
function actInside(text: string, start: number, end: number, vocabulary: Vocabulary): boolean {
  return vocabulary.acts
    .all(text, start, end)
    .some(
      (hit) =>
        hit.value !== 'soft' &&
        !office.test(text.slice(hit.start, hit.end + 2)) &&
        hit.word.length > 1 &&
        hit.end < end &&
        (hit.start > start || end - hit.end > 2),
    )
}

/** 登记中心, 执法大队: a verb that names what an office is for. */
const office =
  /^(?:登记|审批|执法|结算|检测|服务|培训|督查|审计|稽查|评审|采购|调度|监督|检查|宣传|组织|监测|招生|接待|指挥|服务)(?:中心|大队|支队|窗口|大厅|部门|小组|[科处室站部股])/

/** Names of bodies made for a purpose hold a verb: 巡察整改工作领导小组. */
const joint =
  /(?:领导小组|工作小组|工作组|专班|工作专班|领导小组办公室|服务队|突击队|宣讲团|指挥部|委员会|中心组|学习小组)$/u
/** What stands in no name. */
const strange =
  /[0-9*×□○①-⑳【】（]|每[日天周月批次]|批次|[前后]逐|第一[时责]|局里|凭|协助|[任为]副?组长|[一两三四]次|一[个名批线]|逐个|以上|期间|税收|须有|[着了]|[由请](?!示)|[底月]前|全程|一律|视情/u

/** A word of manner, after which no name goes on. */
function mannered(text: string, at: number, vocabulary: Vocabulary): boolean {
  return (vocabulary.manners.at(text, at)?.word.length ?? 0) > 1
}

/** What goes on with a name: 局内, 支部活动, 教师节, 干部培训班. */
const inner = new Opening(
  /^(?:[的内外里活工]|中(?![秋国])|节(?!假|日|前)|作风|风气|开办(?:全流程|时间)|签约服务|服务(?=不|态度)|(?:专题|集中|业务)?(?:培训|轮训|学习|研讨|座谈|谈心|述职|评议|考核|选拔|监督|管理|教育)(?:班|会|营|课|机制|制度|办法|体系|台账|名单|队伍))/u,
  '的内外里活工中节作风开签服专集业培轮学研座谈述评考选监管教',
)
const meeting = /^(?:专题)?(?:学习|研讨)(?:以|坚持|不|照|流于|题目|计划|安排|质量|制度|内容|形式|还|停留)/u

/** Festivals that are called by those whom they honour. */
const honoured = /(?:教师|医师|护士|记者|警察|青年|儿童|妇女|老人|农民)$/

function follows(text: string, at: number, end: number, role: 'acts' | 'receives', vocabulary: Vocabulary): boolean {
  const rest = text.slice(at, Math.min(end, at + 12))
  if (role === 'receives') return receiving.test(rest) || taking.test(rest) || vocabulary.acts.stands(text, at)
  if (inner.at(text, at, Math.min(end, at + 8))) return false
  // 中心组学习坚持每月一次: how the group learns.
  if (text.slice(Math.max(0, at - 3), at) === '中心组' && meeting.test(rest)) return false
  if (rest.startsWith('节') && honoured.test(text.slice(at - 2, at))) return false
  if (acting.test(rest)) return true
  return vocabulary.acts.stands(text, at) || vocabulary.needs.stands(text, at) || vocabulary.manners.stands(text, at)
}
