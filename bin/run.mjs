#!/usr/bin/env node
import { ensurePackages, launch, say } from './launch.mjs'

const [file, ...args] = process.argv.slice(2)
if (file === undefined) {
  say('用法：node bin/run.mjs 文件 [参数…]', 'Usage: node bin/run.mjs FILE [arguments…]')
  process.exit(2)
}
ensurePackages()
launch(file, args)
