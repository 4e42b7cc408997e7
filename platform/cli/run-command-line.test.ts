import { expect, it } from 'vitest'
import { commands } from './commands.ts'
import { runCommandLine } from './run-command-line.ts'

async function tessera(line: string) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runCommandLine({
    args: line.split(' ').filter(Boolean),
    environment: {},
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

it.each(['', 'help', '--help', '-h'])('lists every command for "tessera %s"', async (line) => {
  const { code, out } = await tessera(line)
  expect(code).toBe(0)
  for (const name of Object.keys(commands)) expect(out).toContain(`  ${name}`)
})

it.each(Object.keys(commands))('explains the command %s', async (name) => {
  const { code, out } = await tessera(`${name} --help`)
  expect(code).toBe(0)
  expect(out).toContain(`Usage: tessera ${name}`)
})

it('suggests the command that was probably meant', async () => {
  const { code, errors } = await tessera('strat')
  expect(code).toBe(2)
  expect(errors).toBe('There is no command "strat". Did you mean "start"?')
})

it('does not guess when nothing is near', async () => {
  expect((await tessera('xyzzy')).errors).toBe('There is no command "xyzzy". `tessera help` lists them.')
})

it('refuses an option that the command does not have, and shows its usage', async () => {
  const { code, errors } = await tessera('start --prot 1')
  expect(code).toBe(2)
  expect(errors).toContain("Unknown option '--prot'")
  expect(errors).toContain('Usage: tessera start')
})

it('refuses an argument too many', async () => {
  const { code, errors } = await tessera('version now')
  expect(code).toBe(2)
  expect(errors).toContain('"now" is one argument too many')
})
