import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('promtool-query', 'range.txt');
checkNotMine('promtool-query', { code: 'const f = (a) => {\n  return a;\n};\n' });
