/** How often the nodes under test say that they live, and how long their silence is borne, in seconds. */
export const pulse = { everySeconds: 0.2, silentSeconds: 1 }
