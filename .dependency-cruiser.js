/**
 * The floors of the house, from the ground up. A folder of the platform imports only from floors below its
 * own. `cli` stands on `server`, which it starts.
 */
const FLOORS = [
  ['language'],
  ['calendars'],
  ['definitions'],
  ['database'],
  ['access'],
  ['audit'],
  ['publishing', 'records'],
  ['processes'],
  ['privacy'],
  ['background', 'integration', 'insight', 'extension'],
  ['server'],
  ['cli'],
]

const TEST = '[.]test[.]ts$'

/** One rule a folder: everything of the platform that is neither below it nor itself is forbidden. */
const floorRules = FLOORS.flatMap((folders, floor) =>
  folders.map((folder) => ({
    name: `floor-of-${folder}`,
    severity: 'error',
    comment: `platform/${folder} may import only from floors below it: ${FLOORS.slice(0, floor).flat().join(', ') || 'none'}`,
    from: { path: `^platform/${folder}/`, pathNot: TEST },
    to: {
      path: '^platform/',
      pathNot: `^platform/(${[folder, ...FLOORS.slice(0, floor).flat()].join('|')})/`,
    },
  })),
)

export default {
  forbidden: [
    ...floorRules,
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two files that need each other are one concept, or the lower one needs a port. Naming a type is no need.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'ui-over-http',
      severity: 'error',
      comment: 'The interface reaches the platform over HTTP; only the pure expression language is shared.',
      from: { path: '^ui/', pathNot: TEST },
      to: { path: '^(platform|plugins|tests)/', pathNot: '^platform/language/' },
    },
    {
      name: 'platform-without-ui',
      severity: 'error',
      comment: 'The platform serves the built interface; it never imports its source.',
      from: { path: '^platform/', pathNot: TEST },
      to: { path: '^(ui|plugins|metadata|workflows)/' },
    },
    {
      name: 'plugins-over-the-extension-interface',
      severity: 'error',
      comment: 'A plugin sees platform/extension alone.',
      from: { path: '^plugins/', pathNot: TEST },
      to: { path: '^(platform|ui|tests)/', pathNot: '^platform/extension/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(platform|plugins|ui)/', pathNot: TEST },
      to: { path: `^tests/|${TEST}` },
    },
    {
      name: 'no-missing-module',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^[$#]' },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      comment: 'What npm start needs is a dependency, not a devDependency.',
      from: {
        path: '^(platform|plugins|ui)/',
        pathNot: `${TEST}|[.]config[.]ts$|/generate[^/]*[.]ts$|/generated-files[.]ts$`,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/[.]|build|[.]svelte-kit|generated)(/|$)' },
    includeOnly: { path: '^(platform|plugins|tests|ui)/|node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
    },
  },
}
