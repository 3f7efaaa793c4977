import { accounts } from './zh/accounts.ts'
import { format } from './zh/format.ts'
import { shell } from './zh/shell.ts'
import { today } from './zh/today.ts'
import { ui } from './zh/ui.ts'

/** All words of the web in Chinese, one namespace a module; English has the same keys. */
export const zh = { shell, ui, format, accounts, today }

/** The shape that every language fills. */
export type Words = typeof zh
