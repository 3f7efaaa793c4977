import { useTranslation } from 'react-i18next'
import { activityTemplate, importActivities } from '../../../src/modules/activities/activity.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { useVerb } from '../../lib/queries.ts'
import { SheetImport } from '../organisation/sheet-import.tsx'

/** Several records at once, from a filled sheet: a look for faults first, then all rows or none. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('activities')
  const take = useVerb(importActivities)
  return (
    <SheetImport
      open={open}
      title={t('several')}
      template={fileAddress(activityTemplate, {})}
      onClose={onClose}
      check={(file) => take.mutateAsync({ file, check: true })}
      take={(file) => take.mutateAsync({ file })}
      summary={({ recorded, late, opening }) =>
        [
          t('imports.recorded', { count: recorded }),
          ...(late > 0 ? [t('imports.late', { count: late })] : []),
          ...(opening > 0 ? [t('imports.opening', { count: opening })] : []),
        ].join('')
      }
    />
  )
}
