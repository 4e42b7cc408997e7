import { expect, test } from 'vitest'
import { takeInlineScript } from './external-bootstrap.ts'

const address = (name: string) => `/_app/${name}`

test('the start-up script becomes a file of its own', () => {
  const { html, script } = takeInlineScript('<body><script>\nstart()\n</script></body>', address)
  expect(html).toBe(`<body><script src="/_app/${script.name}"></script></body>`)
  expect(script.text).toBe('start()')
  expect(script.name).toMatch(/^bootstrap\.[0-9a-f]{12}\.js$/)
})

test('a page with no or several inline scripts is refused', () => {
  expect(() => takeInlineScript('<p>', address)).toThrow(/0 inline scripts/)
  expect(() => takeInlineScript('<script>a</script><script>b</script>', address)).toThrow(/2 inline scripts/)
})
