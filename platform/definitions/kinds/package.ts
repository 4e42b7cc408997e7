import { nameRef, strict, textRef } from './common.ts'

/** The manifest `tessera.json` of a package. */
export const packageManifest = {
  $id: 'manifest.json',
  title: 'Package',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      name: {
        ...nameRef,
        description: 'Name of the package; its folders under metadata/ and workflows/ bear it.',
      },
      label: { ...textRef, description: 'What people read.' },
      description: { ...textRef, description: 'What the package brings.' },
      version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$', description: 'Version (semver).' },
      needs: {
        type: 'object',
        propertyNames: nameRef,
        additionalProperties: { type: 'string', pattern: '^\\^?\\d+\\.\\d+\\.\\d+$' },
        description: 'Packages that must be there and the least version of each: {"crm": "^1.0.0"}.',
      },
    },
    { required: ['name', 'version'] },
  ),
} as const

/** The file `tessera.project.json` of a project. */
export const project = {
  $id: 'project.json',
  title: 'Project',
  ...strict(
    {
      $schema: { type: 'string', description: 'The schema that editors use.' },
      tenants: {
        type: 'object',
        minProperties: 1,
        propertyNames: nameRef,
        description: 'The tenants that the server runs, by name.',
        additionalProperties: strict(
          {
            label: { ...textRef, description: 'What people read.' },
            packages: {
              type: 'array',
              items: nameRef,
              minItems: 1,
              description: 'The packages, those they need included; the overlay of the tenant comes last.',
            },
            currency: {
              type: 'string',
              pattern: '^[A-Z]{3}$',
              description: 'Currency of amounts that come without one (USD if not said).',
            },
            time_zone: {
              type: 'string',
              description: 'IANA time zone of people without one of their own (UTC if not said).',
            },
            locale: {
              enum: ['en', 'zh-CN'],
              description: 'Language of people without one of their own (en if not said).',
            },
          },
          { required: ['packages'] },
        ),
      },
    },
    { required: ['tenants'] },
  ),
} as const
