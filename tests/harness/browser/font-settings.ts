import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Chromium } from './unpack-chromium.ts'

/**
 * Writes the font settings (fontconfig) of the test browser: its own Latin fonts and Noto Sans Hans from npm, and
 * none of the machine's, so that a picture looks alike everywhere and Chinese is never a row of boxes.
 * @returns the path for the environment variable FONTCONFIG_FILE
 */
export function writeFontSettings({ fonts }: Chromium): string {
  const chinese = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts')
  const folder = join(dirname(dirname(fonts)), 'settings')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  const draft = `${file}.${process.pid}`
  writeFileSync(
    draft,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>${chinese}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans S Chinese</family></prefer></alias>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family><family>Noto Sans S Chinese</family></prefer></alias>
  <alias binding="same"><family>Noto Sans SC</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>
</fontconfig>
`,
  )
  // Renamed into place: another browser may be reading the file.
  renameSync(draft, file)
  return file
}
