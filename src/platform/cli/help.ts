import type { Registry } from '../action/action.ts'
import { loadWords } from '../i18n/words.ts'
import { derivedHelp } from './derived.ts'

const COMMANDS = `luze 命令 [选项] / luze COMMAND [options]

  serve [--host H] [--port N] [--tls-cert F --tls-key F | --behind-proxy] [--data DIR] [--database-url URL] [--demo]
        [--org CODE --name NAME] [--model-url URL --model-name NAME [--model-seconds N]]
                               启动服务；首次启动时以代码和名称建单位 / start the server; the first start makes the bureau by code and name
  read FILE [--json]           识读文稿 / read a document without a database
  eval GOLD… [--lexicon DIR] [--json]
                               对照标注评分；与改过的词表比较 / score the reader against annotations; compare changed words
  eval --org O [--lexicon DIR] 对照本单位核对完的文件 / against the bureau's own reviewed documents
  gold [--year Y] --org O --out DIR
                               核对结果存成标注文本，不出本单位 / the bureau's reviews as marked texts, kept in the office
  import FILE --org O --year Y 导入文件，生成草稿 / a document into drafts
  fill FILE --org O --year Y [--from D --to D] [--out F.docx] [--evidence F.html] [--draft]
                               以记录填数，定稿 / fill the figures of a text and freeze it
  paper KIND [FILE] [--title T] [--under T] [--to A] [--by U] [--on D] [--sealed] [--attach F] [--copies A] [--printed-by U]
        [--mark M] [--number N] [--signer S] --out F.docx
                               公文：自己的文稿或记录排成规范版式 / a paper by the standard, from a text or from records
  owed --org O --on D [--known-on D] [--unit U] [--json]
                               某日应办的责任事项和规定事项 / what is owed on a day, duties and obligations
  explain OBLIGATION [--on D]  为什么应办、办得如何 / why something is owed, and how it stands
  verify FILE [--journal F]    离线核对存证 / check evidence offline
  rules check [FILE] [--texts DIR]
                               检查随附或本单位的规则包 / check the shipped packs, or one of your own
  rules import FILE --org O [--from D]
                               导入本单位规则包 / lay a pack of your own over them
  fsck · export F              完整性检查 · 全部导出 / integrity, export everything
  login [--as USER]            登录 / sign in (password from LUZE_PASSWORD or the terminal)

通用选项 / common: --data DIR  --as USER  --on-behalf-of PERSON  --json  --input FILE.json

业务命令 / acts and reads (--field value):
`

/** What the command line can do, in both languages; acts and reads are listed from their descriptors. */
export function helpText(registry: Registry): string {
  return `${COMMANDS}${derivedHelp(registry, loadWords())}`
}
