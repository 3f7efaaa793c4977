import * as z from 'zod'

/** The views of the settings. */
export const settingsTabs = ['calendar', 'digest', 'channels', 'feeds'] as const
/** One of these. */
export type SettingsTab = (typeof settingsTabs)[number]

/** What the address of the settings holds: the view, the year of the calendar. */
export const settingsSearch = z.lazy(() =>
  z.object({
    tab: z.enum(settingsTabs).optional().catch(undefined),
    year: z.number().int().min(2008).max(2100).optional().catch(undefined),
  }),
)
/** The same as a type. */
export type SettingsSearch = z.output<typeof settingsSearch>
