import './lib/older.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'
import { App } from './app.tsx'
import { currentLanguage, switchLanguage } from './lib/language.ts'
import { carryNonce } from './lib/nonce.ts'
import './ui/styles.ts'

// The page's policy forbids making code from text, which zod would otherwise try.
z.config({ jitless: true })
carryNonce()
await switchLanguage(currentLanguage())

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
