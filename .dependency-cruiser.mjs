// The directions in which parts of this repository may import each other. What is not allowed is listed by the
// part that would reach too far.

const CORE = '^packages/core/src/';
const TEST_CODE = ['\\.test\\.ts$', '/testing/', '^packages/[^/]+/test/', '^(test|demo|bench|examples)/'];
/** Files that belong to a published package and run there. */
const SHIPPED = { path: '^packages/[^/]+/(src|bin)/', pathNot: TEST_CODE };

const SHIPPED_BY_CLIENT = { path: '^packages/client/src/', pathNot: TEST_CODE };

/** A rule for the parts of core: files of `folder` (tests among them) may use `allowed` and nothing else of core. */
const layer = (folder, allowed, why) => ({
  name: `core-${folder}`,
  comment: `${folder} may use ${['itself', ...allowed].join(', ')}: ${why}`,
  severity: 'error',
  from: { path: `${CORE}${folder}/`, pathNot: TEST_CODE },
  to: {
    path: CORE,
    pathNot: [
      `${CORE}(${[folder, ...allowed.filter((name) => name !== 'result')].join('|')})/`,
      `${CORE}result\\.ts$`,
    ],
  },
});

/** Two schemes, which do not know each other. */
const apart = (one, other) => ({
  name: `core-${one}-apart-from-${other}`,
  comment: `${one} and ${other} must each be usable, and understandable, alone`,
  severity: 'error',
  from: { path: `${CORE}${one}/` },
  to: { path: `${CORE}${other}/` },
});

const SCHEMES = ['xabber', 'kontalk'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'files that import each other can only be understood together',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-result',
      comment: 'results are below everything else',
      severity: 'error',
      from: { path: `${CORE}result\\.ts$` },
      to: { path: CORE },
    },
    layer('xml', ['result'], 'the element type and its text know nothing of what elements mean'),
    layer('jid', ['result'], 'addresses are text with rules'),
    layer('codec', ['xml', 'jid', 'result'], 'declarations of elements know no particular element'),
    layer('stanza', ['codec', 'xml', 'jid', 'result'], 'stanzas know no extension'),
    layer('xep', ['stanza', 'codec', 'xml', 'jid', 'result'], 'extensions know no scheme of groups'),
    layer(
      'multicast',
      ['xep', 'stanza', 'codec', 'xml', 'jid', 'result'],
      'lists of recipients serve all schemes of groups, and know none',
    ),
    layer(
      'kontalk',
      ['multicast', 'xep', 'stanza', 'codec', 'xml', 'jid', 'result'],
      'a scheme stands on what all schemes share',
    ),
    ...SCHEMES.flatMap((one) => SCHEMES.filter((other) => other !== one).map((other) => apart(one, other))),
    {
      name: 'core-is-pure',
      comment: 'core runs in browsers, too: no sockets, files, timers or other things of Node',
      severity: 'error',
      from: { path: CORE, pathNot: TEST_CODE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-has-one-library',
      comment: 'core encodes domains with punycode; nothing else comes with it',
      severity: 'error',
      from: { path: CORE, pathNot: TEST_CODE },
      to: { pathNot: [CORE, 'node_modules/punycode/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'storage-knows-core',
      comment: 'storage implements a port of core',
      severity: 'error',
      from: { path: '^packages/storage/' },
      to: { path: '^(packages|test|demo|bench|examples)/', pathNot: '^packages/(storage|core)/' },
    },
    {
      name: 'client-knows-core',
      comment: 'client stands on core, and hosts nothing',
      severity: 'error',
      from: SHIPPED_BY_CLIENT,
      to: { path: '^(packages|test|demo|bench|examples)/', pathNot: '^packages/(client|core)/' },
    },
    {
      name: 'client-runs-in-browsers',
      comment: 'client runs in browsers, too: nothing of Node',
      severity: 'error',
      from: SHIPPED_BY_CLIENT,
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-any-connection',
      comment: 'only the adapter knows @xmpp/client; everything else knows the port',
      severity: 'error',
      from: { ...SHIPPED_BY_CLIENT, pathNot: [...TEST_CODE, '^packages/client/src/xmpp-client/'] },
      to: { path: ['^packages/client/src/xmpp-client/', 'node_modules/@xmpp/'] },
    },
    {
      name: 'client-any-openpgp',
      comment: 'only the adapter knows OpenPGP.js, which is heavy and LGPL; everything else knows the port',
      severity: 'error',
      from: { ...SHIPPED_BY_CLIENT, pathNot: [...TEST_CODE, '^packages/client/src/openpgp/'] },
      to: { path: ['^packages/client/src/openpgp/', 'node_modules/openpgp/'] },
    },
    {
      name: 'nothing-knows-component',
      comment:
        'component is the top: others start it as a process (a test compares the README with its list of keys)',
      severity: 'error',
      from: { pathNot: ['^packages/component/', '^test/e2e/readme\\.test\\.ts$'] },
      to: { path: '^packages/component/' },
    },
    {
      name: 'component-knows-core-and-storage',
      comment: 'component puts core and storage to work',
      severity: 'error',
      from: { ...SHIPPED, pathNot: [...TEST_CODE, '^packages/client/'] },
      to: { path: '^(packages|test|demo|bench|examples)/', pathNot: '^packages/(component|core|storage)/' },
    },
    {
      name: 'no-test-code-in-what-is-shipped',
      comment: 'what is installed by others must not need what is not installed with it',
      severity: 'error',
      from: SHIPPED,
      to: { path: TEST_CODE },
    },
    {
      name: 'only-declared-packages',
      comment: 'a package that is not in the nearest package.json, or not for use at run time there',
      severity: 'error',
      from: SHIPPED,
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
  ],
  options: {
    // What is built stands for the package that it belongs to, when another package imports that.
    doNotFollow: {
      path: ['node_modules', '^(packages/[^/]+|test/(harness|browser)|demo|bench|examples/[^/]+)/dist/'],
    },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};
