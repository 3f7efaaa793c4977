#!/usr/bin/env node
// For those who change the program: the server, started again after each change, and the pages served by vite with their
// calls handed to it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensurePackages, findNode, root } from './launch.mjs'

ensurePackages()
const node = findNode()
const children = [
  spawn(
    node,
    ['--watch-path', join(root, 'src'), '--watch-path', join(root, 'catalogue'), 'src/cli.ts', 'serve', '--demo'],
    { cwd: root, stdio: 'inherit' },
  ),
  spawn(node, [join(root, 'node_modules/vite/bin/vite.js'), '--config', 'web/vite.config.ts'], {
    cwd: root,
    stdio: 'inherit',
  }),
]
const end = (signal) => {
  for (const child of children) child.kill(signal)
}
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => end(name))
for (const child of children) child.on('exit', () => end('SIGTERM'))
