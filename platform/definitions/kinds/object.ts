import { expressionRef, mapOf, nameRef, strict, textRef } from './common.ts'
import { privacyProperties } from './privacy.ts'
import { sharing } from './sharing.ts'

export const object = {
  $id: 'object.json',
  title: 'Object',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: { ...nameRef, description: 'Name of the object, singular.' },
      formerly: { ...nameRef, description: 'The earlier name; table and records move along.' },
      label: { ...textRef, description: 'What people call one of them.' },
      plural: { ...textRef, description: 'What people call several of them.' },
      description: { ...textRef, description: 'What the object is for.' },
      icon: { type: 'string', description: 'Name of a lucide icon, such as `building-2`.' },
      name_field: { ...nameRef, description: 'The field that titles a record.' },
      ownership: {
        enum: ['user', 'none'],
        description:
          'Whether each record has an owner (field `owner`, a user; the creator if not said). Default: user.',
      },
      parent: {
        ...nameRef,
        description:
          'The reference to the record that this one is a line of: rights, deletion and editing follow it.',
      },
      lifecycle: { ...nameRef, description: 'The process that governs the state field.' },
      hierarchy: {
        ...nameRef,
        description:
          'The reference to another record of the same object that makes a tree of them, such as the manager of a ' +
          'person: circles are refused, and rights may reach down the tree.',
      },
      territory: {
        ...nameRef,
        description:
          'The reference to the territory that a record lies in, for the level `territory` of roles: an object with a ' +
          'hierarchy, to which persons (object `user`) refer as well.',
      },
      sharing,
      ...privacyProperties,
      fields: {
        type: 'object',
        description: 'The fields, by name.',
        propertyNames: { $ref: 'common.json#/$defs/name' },
        additionalProperties: { $ref: 'common.json#/$defs/field' },
      },
      keys: mapOf(
        strict(
          {
            fields: {
              type: 'array',
              items: nameRef,
              minItems: 1,
              description: 'The fields that together identify one record.',
            },
          },
          { required: ['fields'] },
        ),
        'Unique keys, by name; imports and upserts match records by them.',
      ),
      indexes: mapOf(
        strict(
          {
            fields: {
              type: 'array',
              items: nameRef,
              minItems: 1,
              description: 'The fields, most selective first.',
            },
          },
          { required: ['fields'] },
        ),
        'Indexes for lists that filter or sort by these fields.',
      ),
      validations: mapOf(
        strict(
          {
            invalid_when: { ...expressionRef, description: 'The write is refused where this holds.' },
            at: { ...nameRef, description: 'The field at which the message is shown.' },
            message: { ...textRef, description: 'What is wrong and what helps.' },
          },
          { required: ['invalid_when', 'message'] },
        ),
        'Rules over the whole record, by name.',
      ),
      search: {
        type: 'array',
        items: nameRef,
        description: 'The fields that full-text search looks into; the name field if not said.',
      },
      history: {
        type: 'boolean',
        description: 'Whether each change is recorded (who, when, from, to). Default: true.',
      },
    },
    { required: ['name', 'label', 'name_field', 'fields'] },
  ),
} as const
