#!/usr/bin/env node
import { join } from 'node:path'
import { ensurePackages, ensureWeb, findNode, launch, root } from './launch.mjs'

const args = process.argv.slice(2)
ensurePackages()
if (['serve', 'fill'].includes(args[0]) && !args.includes('--help')) ensureWeb(findNode())
launch(join(root, 'src/cli.ts'), args)
