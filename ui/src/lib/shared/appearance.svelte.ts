export type Theme = 'system' | 'light' | 'dark'

const key = 'tessera.theme'

/** Light, dark, or as the system says; kept on this device. */
class Appearance {
  theme = $state<Theme>(read())

  choose(theme: Theme): void {
    this.theme = theme
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    write(theme)
  }
}

export const appearance = new Appearance()

function read(): Theme {
  const theme = globalThis.document?.documentElement.dataset.theme
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function write(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
