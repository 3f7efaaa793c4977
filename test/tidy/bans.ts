import type { Exception } from './tables.ts'

/** Something that the server's code does not say, what to say instead, and where it may stand all the same. */
export interface Ban {
  readonly what: string
  readonly pattern: RegExp
  readonly instead: string
  readonly except: readonly Exception[]
}

/** Held over `src` with comments and strings blanked, tests left out. */
export const bans: readonly Ban[] = [
  {
    what: 'asking the clock',
    pattern: /\bnew Date\(\s*\)|\bDate\.now\b/g,
    instead: 'ctx.now and ctx.today, or a Clock that is passed in',
    except: [
      { at: 'src/platform/action/clock.ts', why: 'the clock itself' },
      { at: 'src/platform/log/log.ts', why: 'a log line states the time of the machine' },
    ],
  },
  {
    what: 'randomness',
    pattern: /\bMath\.random\b/g,
    instead: 'randomBytes of node:crypto in platform',
    except: [],
  },
  {
    what: 'an id without time order',
    pattern: /\brandomUUID\b/g,
    instead: 'ctx.newId() or newUuid of platform/action/clock.ts',
    except: [{ at: 'src/platform/cli/session.ts', why: 'an idempotency key needs no order' }],
  },
  {
    what: 'console',
    pattern: /\bconsole\.\w+/g,
    instead: 'the log of platform/log, or the writer that a command is given',
    except: [],
  },
  {
    what: 'process.exit',
    pattern: /\bprocess\.exit\(/g,
    instead: 'process.exitCode in the roots, so that what is written gets out',
    except: [{ at: 'src/platform/db/process.ts', why: 'ends the program on a signal when all has stopped' }],
  },
  {
    what: 'the environment',
    pattern: /\bprocess\.env\b/g,
    instead: 'platform/config',
    except: [
      { at: 'src/platform/config/config.ts', why: 'reads it' },
      { at: 'src/platform/cli/', why: 'LUZE_PASSWORD, LUZE_DATA, LUZE_LANG and the folder of kept sessions' },
      { at: 'src/platform/office/convert.ts', why: 'LUZE_SOFFICE, and where programs are' },
      { at: 'src/platform/db/embedded.ts', why: 'handed on to the database server' },
      { at: 'src/platform/db/binaries.ts', why: 'handed on to the database server' },
    ],
  },
  {
    what: 'code from text',
    pattern: /\beval\(|\bnew Function\(/g,
    instead: 'a closed vocabulary of operators in the catalogue',
    except: [],
  },
  {
    what: 'a clone by way of JSON',
    pattern: /\bJSON\.parse\(\s*JSON\.stringify\(/g,
    instead: 'structuredClone',
    except: [],
  },
  {
    what: 'the time zone of the machine',
    pattern: /\.(getFullYear|getMonth|getDate|getDay|getHours|toLocaleDateString|toLocaleTimeString)\(/g,
    instead: 'civil days as text, civilDay of platform/action/clock.ts',
    except: [],
  },
  {
    what: 'a default export',
    pattern: /^export default\b/gm,
    instead: 'a named export, so that one thing has one name everywhere',
    except: [],
  },
]
