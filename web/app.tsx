import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { useLanguage } from './lib/language.ts'
import { nonce } from './lib/nonce.ts'
import { queryClient, router } from './routes.tsx'
import { theme } from './ui/theme.ts'
import { UndoProvider } from './ui/undo.tsx'
import { i18n } from './words/i18n.ts'

// In what is built, the styles of controls and icons stand in a file already.
const made = { ...theme, zeroRuntime: import.meta.env.PROD }

/** Language, tokens and nonce for everything below. */
export function Frame({ children }: { children: ReactNode }) {
  const language = useLanguage()
  return (
    <I18nextProvider i18n={i18n}>
      <ConfigProvider
        locale={language === 'zh' ? zhCN : enUS}
        theme={made}
        csp={{ nonce }}
        button={{ autoInsertSpace: false }}
        modal={{ mask: { blur: false } }}
        wave={{ disabled: true }}
      >
        <UndoProvider>{children}</UndoProvider>
      </ConfigProvider>
    </I18nextProvider>
  )
}

/** The whole web of Luze. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Frame>
        <RouterProvider router={router} />
      </Frame>
    </QueryClientProvider>
  )
}
