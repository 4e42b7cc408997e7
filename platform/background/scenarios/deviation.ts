/** A scenario did not go as it says; the message tells what was found. */
export class Deviation extends Error {}
