import { reach } from './client.ts'

/**
 * Saves an answer of the server as a file. A plain link would not do: it cannot say for which tenant it asks.
 * Throws ApiProblem for refusals.
 */
export async function download(path: string, fileName: string): Promise<void> {
  const response = await reach('GET', path, { accept: '*/*' })
  const address = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: address, download: fileName })
  link.click()
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
