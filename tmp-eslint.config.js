import regexp from '/work/wt/scratch/impa2/rc/node_modules/eslint-plugin-regexp/dist/index.js';
import tseslint from 'typescript-eslint';
export default [{ linterOptions: { reportUnusedDisableDirectives: 'off' }, files: ['src/**/*.ts'], plugins: { regexp, '@typescript-eslint': tseslint.plugin }, languageOptions: { parser: tseslint.parser }, rules: { 'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }], 'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }] } }];
