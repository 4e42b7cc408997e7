import pg from 'pg'

/**
 * The connections of the job queue (graphile-worker 0.18). Left to itself it ends the whole process when the database
 * goes away at the wrong moment: it takes its listeners for errors off before its connections are closed, and gives a
 * connection back twice when the one that listens for jobs is lost while it is given back.
 * @param report told of connections that were lost
 */
export function openWorkerConnections({
  url,
  size,
  report,
}: {
  url: string
  size: number
  report: (error: Error) => void
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: 'tessera worker',
    connectionTimeoutMillis: patienceMs,
  })
  pool.on('error', report)
  pool.on('connect', (client) => client.on('error', report))
  const connect = pool.connect.bind(pool)
  pool.connect = ((...[callback]: [Connected?]) => {
    if (callback === undefined) return connect()
    return connect((error, client, release) => callback(error, client, once(release)))
  }) as typeof pool.connect
  return pool
}

/** A server that is about to stop may take a connection and never answer. */
const patienceMs = 10_000

type Release = (error?: Error | boolean) => void
type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: Release) => void

function once(release: Release): Release {
  let isReleased = false
  return (error) => {
    if (isReleased) return
    isReleased = true
    release(error)
  }
}
