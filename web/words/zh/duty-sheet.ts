/** The quarterly sheet of a leader; cells edited in place. */
export const dutySheet = {
  name: '季度责任单',
  title: '{{name}}{{year}}年第{{quarter}}季度责任单',
  quarter: '季度',
  paper: '下载',
  counts: '本季应办 {{owed}} 项，办结 {{closed}} 项，逾期 {{late}} 项，逾期补办 {{madeGoodLate}} 项',
  duties: '责任事项',
  dutyCount: '{{count}} 项',
  none: '本季没有由这个岗位负责的事项',
  noneWhy: '责任清单印发后，责任领导名下的事项会列在这里。',
  instructions: '批示和交办',
  noInstructions: '本季没有批示。',
  no: '第{{no}}项',
  cell: { value: '新内容', reason: '印发后修改须写明原因，回车保存' },
}
