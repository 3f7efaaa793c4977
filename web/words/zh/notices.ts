/** The inbox: what waits for me, never who looked. */
export const notices = {
  title: '提醒',
  sentence: '现有 {{count}} 条。下一次晨报{{day}} {{hour}}:00。',
  paper: '晨报（docx）',
  empty: '没有要提醒您的事',
  emptyWhy: '事情办了，提醒自己会消失；没有人知道您看没看。',
  duty: '第{{no}}项 {{title}}',
  order: '督办单第{{no}}号 {{title}}',
  noun: { duty: '责任事项', obligation: '应办事项', order: '督办单', reminder: '节前提醒' },
  part: { owner: '承办', leader: '分管', watcher: '盯办', approver: '审批', group: '知会' },
  stage: {
    before: '{{day}}到期',
    due: '今天到期',
    overdue: '{{day}}已到期',
    given: '{{day}}前答复',
    confirm: '等您审批',
    reminder: '节前提醒',
  },
}
