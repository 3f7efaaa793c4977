import { useTranslation } from 'react-i18next'
import { type Binding, useKeys } from '../../lib/keys.ts'
import { formFields } from './draft-form.tsx'
import type { NumberedDraft } from './draft-list.tsx'
import type { ReviewVerbs } from './review-verbs.ts'

/** Keys of the desk: move, decide, merge, split, span, find, undo, go to a field. */
export function useDeskKeys({
  items,
  current,
  mayEdit,
  keeps,
  verbs,
  open,
  onFind,
}: {
  items: readonly NumberedDraft[]
  current: NumberedDraft | undefined
  mayEdit: boolean
  keeps: boolean
  verbs: ReviewVerbs
  open: (id: string | undefined) => void
  onFind: () => void
}) {
  const { t } = useTranslation('documents')
  const at = items.findIndex(({ draft }) => draft.id === current?.draft.id)
  const key = (keys: string, label: string, run: () => void): Binding => ({ keys, label, group: 'page', run })
  const leave = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const confirm = () => {
    // A field that is left keeps what was typed, before the draft is confirmed.
    leave()
    verbs.confirm()
  }
  useKeys([
    key('J', t('task.keys.next'), () => open(items[at + 1]?.draft.id)),
    key('K', t('task.keys.previous'), () => open((at === -1 ? items.at(-1) : items[at - 1])?.draft.id)),
    key('F', t('task.keys.find'), onFind),
    ...(keeps ? [key('Z', t('task.keys.undo'), () => void verbs.undo())] : []),
    ...(mayEdit
      ? [
          key('Enter', t('task.keys.confirm'), confirm),
          key('Ctrl Enter', t('task.keys.confirm'), confirm),
          key('X', t('task.reject'), verbs.reject),
          key('M', t('task.merge'), () => void verbs.merge()),
          key('S', t('task.split'), verbs.split),
          key('R', t('task.respan'), verbs.respan),
          key('Esc', t('task.keys.leaveField'), leave),
          ...formFields.map((field, place) =>
            key(String(place + 1), t('task.keys.fieldNo', { name: t(`task.field.${field}`) }), () =>
              document.querySelector<HTMLElement>(`[data-field="${place + 1}"] input`)?.focus(),
            ),
          ),
        ]
      : []),
  ])
}
