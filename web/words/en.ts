import { accounts } from './en/accounts.ts'
import { format } from './en/format.ts'
import { shell } from './en/shell.ts'
import { today } from './en/today.ts'
import { ui } from './en/ui.ts'
import type { Shape } from './shape.ts'
import type { Words } from './zh.ts'

/** All words of the web in English. */
export const en: Shape<Words> = { shell, ui, format, accounts, today }
