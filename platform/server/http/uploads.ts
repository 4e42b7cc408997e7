/** Whether a body that comes to the address is a file: it may be large, and take long. */
export function isUpload(path: string): boolean {
  return path === '/api/imports/preview' || attachments.test(path)
}

const attachments = /^\/api\/(?:records\/[^/]+|work-items)\/[^/]+\/attachments$/
