/** What is played cannot be played as it says, or does not go so; the message tells what was found. */
export class Deviation extends Error {}
