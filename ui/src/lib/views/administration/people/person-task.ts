/** What is done with a person in a dialog. */
export type PersonTask = 'invite' | 'change' | 'deactivate' | 'act_for'
