export interface Answer {
  readonly status: number
  // The tests say with matchers what an answer is like; that is what they are for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any
  readonly headers: Headers
  /** What a browser would send back as its cookies. */
  readonly cookie: string
}

export interface Client {
  readonly headers: Readonly<Record<string, string>>
  send(
    method: string,
    path: string,
    options?: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
}

/** Plain HTTP with some headers on every request. */
export function client(origin: string, headers: Readonly<Record<string, string>> = {}): Client {
  const send: Client['send'] = async (method, path, options = {}) => {
    const response = await fetch(origin + path, {
      method,
      // Each request has a connection of its own: a refused body leaves one half read.
      headers: { connection: 'close', ...headers, ...options.headers },
      redirect: 'manual',
      ...(options.body === undefined ? {} : { body: options.body }),
    })
    const text = await response.text()
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : text,
      headers: response.headers,
      cookie,
    }
  }
  const json =
    (method: string) =>
    (path: string, body: unknown = {}) =>
      send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  return {
    headers,
    send,
    get: (path) => send('GET', path),
    post: json('POST'),
    patch: json('PATCH'),
    put: json('PUT'),
    delete: (path) => send('DELETE', path),
  }
}
