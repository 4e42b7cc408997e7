import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'
import js from '@eslint/js'

export default tseslint.config(
  {
    ignores: [
      '**/build/',
      '**/.svelte-kit/',
      '**/.tessera/',
      '**/coverage/',
      '**/generated/',
      '**/*.generated.ts',
      'ui/node_modules/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  {
    rules: {
      // Where a value belongs to nobody (a rest that drops a key, an unused position), its name says so.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      // The interface is always served from the root of its address.
      'svelte/no-navigation-without-resolve': 'off',
      'max-lines': ['warn', { max: 300, skipBlankLines: true }],
      'max-params': ['warn', 4],
      // TypeScript finds unknown names better, and knows those of Node and of the browser.
      'no-undef': 'off',
    },
  },
  {
    files: ['platform/**/*.ts', 'plugins/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    // State is replaced whole (`$state.raw`), so its sets and maps never change in place.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  // These speak to the person at the terminal.
  { files: ['platform/cli/launch.js', 'tests/bench/**'], rules: { 'no-console': 'off' } },
)
