import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serverFlags, withServerMemory } from './server-memory.ts'

const server = {
  argv: ['node', 'main.ts', 'start', '--port', '1'],
  execArgv: [],
  execPath: '/bin/node',
  env: {},
}

it('gives a server its limits of memory, and keeps what was written', () => {
  expect(withServerMemory({ ...server, execArgv: ['--inspect'] })).toEqual([
    '/bin/node',
    ...serverFlags,
    '--inspect',
    'main.ts',
    'start',
    '--port',
    '1',
  ])
})

it('leaves other commands, and limits that somebody has set, as they are', () => {
  expect(withServerMemory({ ...server, argv: ['node', 'main.ts', 'check'] })).toBeUndefined()
  expect(withServerMemory({ ...server, execArgv: ['--max_semi_space_size=4'] })).toBeUndefined()
  expect(withServerMemory({ ...server, env: { NODE_OPTIONS: '--max-semi-space-size=4' } })).toBeUndefined()
})

it.skipIf(process.platform === 'win32')(
  'runs the server with them, in the process that was started',
  async () => {
    const preload = `data:text/javascript,console.error(JSON.stringify([process.pid, process.execArgv, process.env.MALLOC_ARENA_MAX]))`
    const child = execFile(process.execPath, [
      '--import',
      preload,
      join(import.meta.dirname, 'main.ts'),
      'start',
      '--port',
      'x',
    ])
    let words = ''
    child.stderr?.on('data', (part: string) => (words += part))
    const code = await new Promise((resolve) => child.on('close', resolve))
    const [first, second] = words
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line) as [number, string[], string | null])
    expect([first?.[0], second?.[0]]).toEqual([child.pid, child.pid])
    expect(first?.[1]).not.toContain(serverFlags[0])
    expect(second?.[1]).toEqual([...serverFlags, '--import', preload])
    expect([first?.[2], second?.[2]]).toEqual([null, '2'])
    expect(words).toContain('"x" is not a port')
    expect(code).toBe(2)
  },
)
