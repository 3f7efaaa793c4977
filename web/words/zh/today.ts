/** The workbench. */
export const today = {
  empty: '今天没有须您办理的事项',
  emptyNote: '到期、等您处理和出现异常的事项会列在这里。',
}
