declare global {
  namespace App {
    interface Error {
      message: string
      status?: number
      code?: string
      requestId?: string
    }
  }
}

export {}
