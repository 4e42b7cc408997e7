export type { DemoDocument } from './document.ts'
export { loadDemo } from './load-demo.ts'
export { planDemo } from './plan-demo.ts'
export { runDemo, type DemoPort } from './run-demo.ts'
