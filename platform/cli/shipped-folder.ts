import { resolve } from 'node:path'

/** The folder whose packages ship with the platform. */
export const shippedFolder = resolve(import.meta.dirname, '../..')
