import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const shape = (text: string) =>
  read(text, lexicon, null).outline.map((node) => `${node.level} ${node.marker}${node.title}`)

test('signs numbered one that follow each other are headings, though the text ends before the second', () => {
  assert.deepEqual(
    shape('现将上半年工作总结如下：一、主要工作情况（一）坚持党建引领，守好水源1.抓牢责任落实。\n召开泵站检修会4次。'),
    ['1 一、主要工作情况', '2 （一）坚持党建引领，守好水源', '3 1.抓牢责任落实'],
  )
  assert.deepEqual(
    shape(
      '水务工作计划\n全年总的要求是守好水源，为全市作出更大贡献。 一、突出引领，切实提升治水实效 1.抓牢学习。每月组织学习一次。 2.抓牢检修。每季度检修泵站一次。',
    ),
    ['1 一、突出引领，切实提升治水实效', '2 1.抓牢学习', '2 2.抓牢检修'],
  )
})

test('a list that is spoken may be glued to the title above it', () => {
  const text =
    '一、提高站位，以“三个清醒”筑牢堤坝一是清醒认识供水是民生，每月检修一次泵站。\n二是清醒认识排水是底线，汛前清理管网。\n'
  assert.deepEqual(shape(text), ['1 一、提高站位，以“三个清醒”筑牢堤坝'])
})

test('a paper in one line has its outline', () => {
  const text =
    '水务局工作总结一、主要工作（一）抓牢供水1.保水源。检修泵站32座。2.保水质。抽检水样96份。（二）抓牢排水1.清管网。清淤12公里。二、下一步打算（一）抓学习。每月集中学习一次。（二）抓工程。年底前改造管网。'
  assert.deepEqual(shape(text), [
    '1 一、主要工作',
    '2 （一）抓牢供水',
    '3 1.保水源',
    '3 2.保水质',
    '2 （二）抓牢排水',
    '3 1.清管网',
    '1 二、下一步打算',
    '2 （一）抓学习',
    '2 （二）抓工程',
  ])
})

test('in running text a blank parts a title from the sentence behind it', () => {
  const text =
    '水务动员讲话 同志们：下面讲两点意见。 一、提高站位，认清汛情 近年来，本地多次发生内涝，教训深刻。 二、突出重点，狠抓落实 要管好围堰，6月底前完成排查。'
  assert.deepEqual(shape(text), ['1 一、提高站位，认清汛情', '1 二、突出重点，狠抓落实'])
})

test('a reference to an item begins no list', () => {
  const text =
    '水务规定\n一、按照第（一）项的规定检修泵站\n各水厂每季度检修一次泵站。\n二、参照附件1、附件2清理库区\n各水厂年底前清理。'
  assert.deepEqual(shape(text), ['1 一、按照第（一）项的规定检修泵站', '1 二、参照附件1、附件2清理库区'])
})

test('what was found wanting is a title as a whole', () => {
  const text =
    '一、整改落实情况\n（一）反馈问题：泵站管理不严，台账不全。\n整改情况：修订办法2项。\n（二）反馈问题：学习不深入，联系实际不紧密。\n整改情况：组织学习4次。'
  assert.deepEqual(shape(text), [
    '1 一、整改落实情况',
    '2 （一）反馈问题：泵站管理不严，台账不全',
    '2 （二）反馈问题：学习不深入，联系实际不紧密',
  ])
})

test('a long demand behind a word of order is running text', () => {
  const text =
    '一、提高认识\n首先，要充分认识加强泵站管理和水源保护的必要性和紧迫性。供水是民生大事，近年来投入很大。\n二、狠抓落实\n各水厂每季度检修一次泵站。'
  assert.deepEqual(shape(text), ['1 一、提高认识', '1 二、狠抓落实'])
})

test('where line ends became blanks, signs behind a blank go on with their lists', () => {
  const text =
    '水务局工作要点 2031年要守好水源。 一、抓牢“供水关” （一）检修泵站。每季度检修一次。（责任科室：水政科） （二）清理库区。年底前清理完毕。［责任科室：工程科］ （三）抽检水质。每月抽检一次。 二、抓牢“排水关” （四）清理管网 汛前清理城区管网12公里，不留死角。 （五）排查围堰。6月底前排查。'
  assert.deepEqual(shape(text), [
    '1 一、抓牢“供水关”',
    '2 （一）检修泵站',
    '2 （二）清理库区',
    '2 （三）抽检水质',
    '1 二、抓牢“排水关”',
    '2 （四）清理管网',
    '2 （五）排查围堰',
  ])
})

test('numbers go on through a paper in one line', () => {
  const text =
    '一、抓牢供水。1.检修泵站。每季度检修一次。2.抽检水质。每月抽检一次。二、抓牢排水。3.清理管网。汛前清理。4.排查围堰。6月底前排查。'
  assert.deepEqual(shape(text), [
    '1 一、抓牢供水',
    '2 1.检修泵站',
    '2 2.抽检水质',
    '1 二、抓牢排水',
    '2 3.清理管网',
    '2 4.排查围堰',
  ])
})

test('numbers in prose are no signs, whatever they stand behind', () => {
  const text =
    '截至6月底，完成投资1.5亿元，第一、二水厂各检修3次。会议提出一、二、三类泵站分别管理。1、2号机组检修完毕，第 二、三 季度再检修。'
  assert.deepEqual(shape(text), [])
})

test('lists in lines do not contain the list that began before them within a line', () => {
  const body = '各水厂按月检修泵站，水政科把台账整理成册，局办公室逐季抽查。'
  const text = `某局工作总结\n${body}现将情况汇报如下：一、供水情况（一）抓好检修，守住底线1.检修泵站。\n${body}\n2.抽检水质。\n${body}\n3.清理库区。\n${body}\n${body}\n二、存在的问题\n有的水厂记录不全。\n三、下一步打算\n补齐记录。`
  assert.deepEqual(shape(text), [
    '1 一、供水情况',
    '2 （一）抓好检修，守住底线',
    '3 1.检修泵站',
    '3 2.抽检水质',
    '3 3.清理库区',
    '1 二、存在的问题',
    '1 三、下一步打算',
  ])
})

test('a word of order that no list leads to is running text', () => {
  const text =
    '水务局开会部署检修。\n最后，局长张某强调，泵站是供水的“心脏”，要时时看护。第一，台账上再细一点。各水厂按月整理台账。第二，检修上再快一点。各水厂6月底前检修完水泵。'
  assert.deepEqual(shape(text), ['1 第一，台账上再细一点', '1 第二，检修上再快一点'])
  const lines =
    '一、统一认识\n首先，要看到检修泵站是群众所盼、安全所系。各水厂连年带病运行，不能再拖。\n其次，要看到我们的差距。有的水厂没有台账。\n二、抓好检修\n各水厂6月底前检修完水泵。'
  assert.deepEqual(shape(lines), ['1 一、统一认识', '1 二、抓好检修'])
})

test('a sentence at the end of its paragraph is no title of the next', () => {
  const text =
    '一、存在的问题\n1.检修不及时。一是泵站台账记录不全，部分水泵无人验收。二是巡查队未发挥作用，检修费用公示不及时。\n整改措施：各水厂每月把检修费用在公示栏公示，接受职工监督，水政科每季度抽查一次，把结果通报到各水厂。\n二、工作要求\n各水厂按月报送台账。'
  assert.deepEqual(shape(text), ['1 一、存在的问题', '2 1.检修不及时', '1 二、工作要求'])
})

test('a title that is glued to its text ends where the text begins with the same year', () => {
  const text = `一、2031年工作小结2031年某水务局牢牢抓住检修这个重点，各项工作平稳有序，各水厂的台账逐步完善。\n二、2032年主要任务\n各水厂按月报送台账。`
  assert.deepEqual(shape(text), ['1 一、2031年工作小结', '1 二、2032年主要任务'])
})

test('a title that papers usually have ends where a sentence is glued to it', () => {
  const text =
    '一、检修情况各水厂把水泵检修完毕。二、存在的不足有的水厂台账记录不全，报送也不及时。三、下步打算四季度重点做好管网清理，把台账补齐，各水厂逐季报送。'
  assert.deepEqual(shape(text).slice(-2), ['1 二、存在的不足', '1 三、下步打算'])
})

test('a spoken list may begin behind the words of who speaks', () => {
  const text =
    '水务局开会部署检修。会议要求，一要压实检修责任。各水厂按月检修泵站。二要细化检修台账。水政科按季抽查台账。会后，一线职工作了发言。'
  assert.deepEqual(shape(text), ['1 一要压实检修责任', '1 二要细化检修台账'])
})
