export { makePeople, type CastPerson } from './cast.ts'
export { Deviation } from './deviation.ts'
export type { ComingFailure, Stage } from './stage.ts'
export { openTheatre, type Theatre, type TheatreOptions } from './theatre.ts'
