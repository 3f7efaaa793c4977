import { type Module, type Registry, registryOf } from '../platform/action/action.ts'
import { erasureRecord } from '../platform/journal/erase.ts'

const journal: Module = { name: 'journal', actions: [], queries: [], records: [erasureRecord] }

/** The one list of modules, one line each. */
export const modules: readonly Module[] = [journal]

/** Everything that can be asked of the program. */
export const registry: Registry = registryOf(modules)
