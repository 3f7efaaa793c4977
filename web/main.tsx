import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { currentLanguage, switchLanguage } from './lib/language.ts'
import { carryNonce } from './lib/nonce.ts'
import './ui/styles.ts'

carryNonce()
switchLanguage(currentLanguage())

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
