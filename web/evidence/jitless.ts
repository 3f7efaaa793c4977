import { z } from 'zod'

// The page's own policy forbids building code from text; zod must know before the first schema is made.
z.config({ jitless: true })
