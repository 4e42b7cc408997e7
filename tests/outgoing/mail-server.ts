import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** A mail server on this machine (RFC 5321, as little of it as it takes) that keeps what it gets. */
export async function mailServer() {
  const mails: string[] = []
  const refusals: string[] = []
  const server = createServer((socket) => {
    let isData = false
    let text = ''
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mail.test ready')
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = text.slice(0, end)
        text = text.slice(end + (isData ? 5 : 2))
        if (isData) {
          isData = false
          mails.push(part)
          say('250 taken')
        } else if (/^RCPT/i.test(part)) say(refusals.shift() ?? '250 fine')
        else if (/^DATA/i.test(part)) {
          isData = true
          say('354 go on')
        } else if (/^QUIT/i.test(part)) {
          say('221 bye')
          socket.end()
        } else say('250 fine')
      }
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  return {
    mails,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    willRefuse: (...answers: string[]) => void refusals.push(...answers),
  }
}
