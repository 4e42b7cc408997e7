import { execFileSync } from 'node:child_process'
import { chromium, type Browser } from 'playwright-core'
import { writeFontSettings } from './font-settings.ts'
import { unpackChromium, type Chromium } from './unpack-chromium.ts'

/**
 * Starts the Chromium that npm installed, without a window. Works as root and as an ordinary user, and needs no
 * browser, font or library of the system. The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = await unpackChromium()
  return chromium.launch({
    executablePath: installed.executable,
    args: [
      '--headless=shell',
      // Chromium refuses to run as root inside its own sandbox; it shows our own pages only.
      '--no-sandbox',
      // Containers often have 64 MB of shared memory, too little for a large page.
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      // Pages are painted without OpenGL: its stand-in in software halts a page for many seconds now and then.
      '--disable-gpu',
    ],
    env: {
      ...definedOnly(process.env),
      ...libraryPath(installed),
      FONTCONFIG_FILE: writeFontSettings(installed),
    },
  })
}

/** The libraries of the package stand in only where the machine lacks them: its own fit it better. */
function libraryPath({ executable, libraries }: Chromium): Record<string, string> {
  if (process.platform !== 'linux') return {}
  const linked = execFileSync('ldd', [executable], { encoding: 'utf8' })
  if (!linked.includes('not found')) return {}
  return { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]),
  )
}
