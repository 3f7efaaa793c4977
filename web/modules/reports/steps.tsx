import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

const steps = ['draft', 'check', 'freeze'] as const

/** Where the report stands: draft, check, freeze. */
export function Steps({ at }: { at: (typeof steps)[number] }) {
  const { t } = useTranslation('reports')
  return (
    <ol className="steps" aria-label={t('step.name')}>
      {steps.map((step, place) => (
        <Fragment key={step}>
          {place > 0 && <li className="steps-line" aria-hidden="true" />}
          <li aria-current={step === at ? 'step' : undefined}>{t(`step.${step}`)}</li>
        </Fragment>
      ))}
    </ol>
  )
}
