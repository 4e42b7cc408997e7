import Eye from '@lucide/svelte/icons/eye'
import Pencil from '@lucide/svelte/icons/pencil'
import Plus from '@lucide/svelte/icons/plus'
import Trash from '@lucide/svelte/icons/trash-2'

export const actions = ['create', 'read', 'update', 'delete'] as const

/** What stands for each action in the cells of the matrix. */
export const icons = { create: Plus, read: Eye, update: Pencil, delete: Trash }
