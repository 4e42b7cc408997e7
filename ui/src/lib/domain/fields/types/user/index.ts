import type { FieldView } from '../../field-view.ts'
import { reference } from '../reference/index.ts'
import UserCell from './UserCell.svelte'

export const user: FieldView = { ...reference, name: 'user', Cell: UserCell, width: 160 }
