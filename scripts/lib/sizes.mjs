// What programs for browsers import, and how large that may become: about a tenth more than on the day when it was
// last decided. KB are 1000 bytes, after minifying and gzip.

/** The folders of one scheme, in whichever package. */
const scheme = (name) => new RegExp(`/packages/(core|client)/dist/${name}/`);

/** @type {readonly { name: string, program: string, budget: number, without: readonly RegExp[] }[]} */
export const SIZES = [
  {
    name: 'core: xml, codec, jid, stanza',
    program: `export * from '@xmpp-groups/core/xml';
      export * from '@xmpp-groups/core/codec';
      export * from '@xmpp-groups/core/jid';
      export * from '@xmpp-groups/core/stanza';`,
    budget: 16,
    without: [scheme('xabber'), scheme('kontalk')],
  },
  {
    name: 'core: xabber',
    program: "export * from '@xmpp-groups/core/xabber';",
    budget: 70,
    without: [scheme('kontalk')],
  },
  {
    name: 'core: kontalk',
    program: "export * from '@xmpp-groups/core/kontalk';",
    budget: 37,
    without: [scheme('xabber')],
  },
  {
    name: 'client: Xabber groups',
    program: "export { xabberGroups } from '@xmpp-groups/client';",
    budget: 26,
    without: [scheme('kontalk'), /\/core\/dist\/xml\/parse\.js/],
  },
  {
    name: 'client: Kontalk groups in clear',
    program: "export { kontalkGroups } from '@xmpp-groups/client';",
    budget: 47,
    without: [scheme('xabber')],
  },
  {
    name: 'client: Kontalk groups, encrypted',
    program: `export { kontalkGroups, keyring } from '@xmpp-groups/client';
      export { keptOwnKey, keyLibrary } from '@xmpp-groups/client/openpgp';`,
    budget: 54,
    without: [scheme('xabber')],
  },
  {
    name: 'all of core and client',
    program: `export * as xml from '@xmpp-groups/core/xml';
      export * as codec from '@xmpp-groups/core/codec';
      export * as jid from '@xmpp-groups/core/jid';
      export * as stanza from '@xmpp-groups/core/stanza';
      export * as xep from '@xmpp-groups/core/xep';
      export * as multicast from '@xmpp-groups/core/multicast';
      export * as xabber from '@xmpp-groups/core/xabber';
      export * as kontalk from '@xmpp-groups/core/kontalk';
      export * as client from '@xmpp-groups/client';
      export * as library from '@xmpp-groups/client/openpgp';
      export * as connection from '@xmpp-groups/client/xmpp-client';`,
    budget: 122,
    without: [],
  },
];

/** What the packages work with and users bring along. */
export const BROUGHT = ['@xmpp/client', 'openpgp'];
