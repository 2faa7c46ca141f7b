import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Rules that keep functions short and the core free of clock, randomness, locale and output. */
const size = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 15],
};

export default tseslint.config(
  { ignores: ['dist/**', 'docs/**', 'coverage/**', 'test/fixtures/**', 'test/golden/**', 'data/**', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('../..', import.meta.url).pathname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/prefer-literal-enum-member': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      ...size,
      // what we read is hostile: no pattern may take more than linear time
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
      'no-restricted-globals': ['error', 'Event', 'Node', 'Text', 'process', 'console', 'Buffer'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'the core has no clock' },
        { object: 'Math', property: 'random', message: 'the core has no randomness' },
      ],
    },
  },
  // Knowledge is data: its length is the length of the list.
  { files: ['src/signals/*.ts', 'src/causes/*.ts', 'src/text/**/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/cli.ts', 'src/cli/**/*.ts', 'src/dump/node.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
