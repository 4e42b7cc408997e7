import type { FieldView } from '../../field-view.ts'
import { text } from '../text/index.ts'
import UrlCell from './UrlCell.svelte'

export const url: FieldView = { ...text, name: 'url', Cell: UrlCell, width: 200 }
