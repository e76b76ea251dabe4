// Writes docs/elements.md from the declarations of packages/core. With --check: tells whether it is up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main, Problem } from './lib/problem.mjs';
import { root } from './lib/run.mjs';

const PAGE = 'docs/elements.md';
const CORE = join(root, 'packages', 'core');

/** The folders whose modules declare elements, with the headings of their parts of the page. */
const PARTS = [
  ['stanza', 'Stanzas'],
  ['xep', 'Extensions of XMPP'],
  ['xabber/elements', 'Xabber groups'],
  ['xabber/v0', 'Xabber groups of 2018 and 2019'],
  ['kontalk/elements', 'Kontalk groups'],
];

const HEAD = `# Elements

What is read and written, listed from the declarations by \`npm run docs\`. *Reference* is the description of
the protocol that this project follows: for Kontalk groups that of Kontalk, for all else that of Xabber.
`;

const isDeclaration = (exported) =>
  typeof exported === 'object' && exported !== null && 'spec' in exported && 'fields' in exported;

/** The declarations in a folder, in the order of its files and of the names inside them (modules sort theirs). */
async function declarationsIn(folder) {
  const found = [];
  for (const file of readdirSync(join(CORE, 'src', folder)).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'index.ts') continue;
    const built = join(CORE, 'dist', folder, file.replace(/\.ts$/, '.js'));
    if (!existsSync(built)) throw new Problem('packages/core is not built as it stands: run `npx tsc -b`.');
    const exported = Object.entries(await import(pathToFileURL(built).href));
    found.push(...exported.filter(([, value]) => isDeclaration(value)));
  }
  return found;
}

const cell = (text) => text.replaceAll('|', '\\|');

/** A field as it stands on the wire. */
function onTheWire({ kind, name, namespace }, around) {
  if (kind === 'attribute') return `attribute \`${name}\``;
  if (kind === 'text') return 'text';
  if (name === '*') return 'all other elements';
  const words = name.split(' | ').map((one) => `\`<${one}/>\``);
  const where = namespace === undefined || namespace === around ? '' : ` in \`${namespace}\``;
  return `${kind === 'children' ? 'each ' : ''}${words.join(' or ')}${where}`;
}

const typeOf = ({ element, type }) => (element === undefined ? type : `element, ${element.spec}`);

function table({ fields, namespace }) {
  if (fields.length === 0) return 'Empty.\n';
  const rows = fields.map((field) =>
    [`\`${field.key}\``, onTheWire(field, namespace), typeOf(field), field.required ? 'yes' : 'no'].map(cell),
  );
  return [
    '| key | on the wire | type | required |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}

/** The declarations inside one that are not listed under a name of their own. */
function inside(declaration, named, seen = new Set()) {
  for (const { element } of declaration.fields) {
    if (element === undefined || named.has(element) || seen.has(element)) continue;
    seen.add(element);
    inside(element, named, seen);
  }
  return [...seen];
}

function section([name, declaration], named) {
  const { spec } = declaration;
  const title = `### ${name}: \`<${declaration.name} xmlns='${declaration.namespace}'/>\`\n`;
  const nested = inside(declaration, named).map(
    (element) =>
      `In it, \`<${element.name} xmlns='${element.namespace}'/>\` (${element.spec}):\n\n${table(element)}`,
  );
  return [title, `${spec[0].toUpperCase()}${spec.slice(1)}.\n`, table(declaration), ...nested].join('\n');
}

async function page() {
  const parts = [];
  for (const [folder, heading] of PARTS) parts.push([heading, await declarationsIn(folder)]);
  const named = new Set(
    parts.flatMap(([, declarations]) => declarations.map(([, declaration]) => declaration)),
  );
  const text = parts.flatMap(([heading, declarations]) => [
    `## ${heading}\n`,
    ...declarations.map((declaration) => section(declaration, named)),
  ]);
  return [HEAD, ...text].join('\n');
}

await main(async () => {
  const file = join(root, PAGE);
  const wanted = await page();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, wanted);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
    throw new Problem(`${PAGE} is not what the declarations say: run \`npm run docs\` and commit it.`);
  }
  return 0;
});
