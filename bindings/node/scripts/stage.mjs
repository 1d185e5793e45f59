// Puts the package together in a folder: node scripts/stage.mjs OUT NODE_MODULES. Called by `cargo xtask build node`.

import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [, , out, modules] = process.argv;
const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(path.join(modules, 'package.json'));
const esbuild = require('esbuild');
const from = (...p) => path.join(here, ...p);
const to = (...p) => path.join(out, ...p);

const common = { platform: 'node', format: 'cjs', target: 'node20', charset: 'utf8', logLevel: 'error', bundle: true, supported: { 'regexp-unicode-property-escapes': true } };
fs.mkdirSync(to('dist/lib'), { recursive: true });
// The rows are text and not code, so that a program that loads the package does not compile them.
const tables = await import(from('lib/generated/tables.js'));
fs.writeFileSync(to('dist/lib/tables.txt'), [tables.CONDITIONS, ...tables.READINGS].join('\0'));
const rowsAsText = {
  name: 'rows-as-text',
  setup(build) {
    build.onLoad({ filter: /generated.tables\.js$/ }, () => ({
      contents: `${['CATEGORIES', 'OPERATIONS', 'DIALECTS', 'STATUS_LINES'].map((n) => `export const ${n} = ${JSON.stringify(tables[n])};\n`).join('')}
let parts;
const part = (i) => (parts ??= require('node:fs').readFileSync(require('node:path').join(__dirname, 'tables.txt'), 'utf8').split('\\0'))[i];
const text = (i) => ({ split: (by) => part(i).split(by) });
export const CONDITIONS = text(0);
export const READINGS = DIALECTS.map((_, id) => text(id + 1));\n`,
    }));
  },
};
// The sources are ES modules, which the browser package bundles too; here each becomes a CommonJS file of its own, loaded when needed.
const MODULES = ['core', 'errors', 'findings', 'legacy', 'search'];
const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/\w+\.js$/ }, ({ path: p }) => {
      const name = path.basename(p, '.js');
      return MODULES.includes(name) ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};
for (const name of MODULES) {
  await esbuild.build({
    ...common,
    entryPoints: [from('lib', name === 'core' ? 'node/core.js' : `${name}.js`)],
    outfile: to('dist/lib', `${name}.cjs`),
    // ASCII: then Node.js reads the file as one byte a character.
    charset: 'ascii',
    external: ['./texts.cjs', './engine.cjs'],
    plugins: [rowsAsText, apart],
  });
}
await esbuild.build({ ...common, entryPoints: [from('lib/generated/texts.js')], outfile: to('dist/lib/texts.cjs') });
for (const name of ['engine', 'scan']) fs.copyFileSync(from('lib/node', `${name}.cjs`), to('dist/lib', `${name}.cjs`));
for (const name of ['index', 'legacy', 'stream']) fs.copyFileSync(from('lib/node', `${name}.cjs`), to('dist', `${name}.cjs`));

// The ES modules hand on what the CommonJS modules export: one state, whichever way a program comes in.
const staged = createRequire(to('dist/index.cjs'));
for (const name of ['index', 'legacy', 'stream']) {
  const names = Object.keys(staged(`./${name}.cjs`));
  fs.writeFileSync(to('dist', `${name}.mjs`), `import api from './${name}.cjs';\nexport const {\n${names.map((n) => `  ${n},\n`).join('')}} = api;\n`);
  const types = fs.readFileSync(from('types', `${name}.d.ts`), 'utf8');
  for (const kind of ['m', 'c']) fs.writeFileSync(to('dist', `${name}.d.${kind}ts`), types.replace(/'\.\/(\w+)\.js'/g, `'./$1.${kind}js'`));
}
const codes = fs.readFileSync(from('types/codes.d.ts'), 'utf8');
for (const kind of ['m', 'c']) fs.writeFileSync(to('dist', `codes.d.${kind}ts`), codes);
// For resolvers that do not know `exports`.
for (const name of ['legacy', 'stream']) {
  fs.mkdirSync(to(name), { recursive: true });
  fs.writeFileSync(to(name, 'package.json'), `${JSON.stringify({ main: `../dist/${name}.cjs`, types: `../dist/${name}.d.cts` }, null, 2)}\n`);
}
fs.mkdirSync(to('bin'), { recursive: true });
fs.copyFileSync(from('lib/node/aerocodes.cjs'), to('bin/aerocodes.cjs'));
// The parser is bundled, so that the library itself depends on nothing.
await esbuild.build({ ...common, entryPoints: [from('lib/migrate/main.cjs')], outfile: to('bin/aerocodes-migrate.cjs'), minify: true, nodePaths: [path.join(modules, 'node_modules')], external: ['../dist/*', '../package.json'] });
fs.copyFileSync(path.join(modules, 'node_modules/@babel/parser/LICENSE'), to('bin/aerocodes-migrate.LICENSE-babel-parser.txt'));
