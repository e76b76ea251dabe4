import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from './group-driver.js';
import { bare, INCOGNITO, JULIET, join, NURSE, PARIS, ROMEO, VERONA, verona } from './scenes.js';

/** JIDs with all that a localpart may have: what separates words elsewhere, other scripts. */
export const TYBALT = 'ty=b,a(lt)?@example.com/blade';
export const LAURA = 'лаура@пример.example/двор';
export const MASKS = [JULIET, ROMEO, TYBALT, LAURA, NURSE, PARIS] as const;

/** An incognito group of Juliet's. */
export function ball(...users: readonly string[]): GroupDriver {
  const driver = verona(INCOGNITO);
  join(driver, ...users);
  return driver;
}

/** The ways in which a JID is written; in lower case each of them can be looked for in any text. */
export const SPELLINGS: readonly ((jid: string) => string)[] = [
  (jid) => jid,
  (jid) => jid.toUpperCase(),
  (jid) => jid.replace('@', '%40'),
  (jid) => jid.replace('@', '%2540'),
  (jid) => jid.replace('@', '\\40'),
  (jid) => encodeURI(jid),
  (jid) => encodeURIComponent(jid),
];

const NEEDLES = MASKS.map((jid) => ({
  jid,
  spellings: [...new Set(SPELLINGS.map((spell) => spell(bare(jid)).toLowerCase()))],
}));

/** Who is named in a stanza. The only spelling that an XML reader undoes is that of XML. */
export function named(xml: string): string[] {
  const lower = xml.replaceAll('&apos;', "'").replaceAll('&amp;', '&').toLowerCase();
  return NEEDLES.filter(({ spellings }) => spellings.some((spelling) => lower.includes(spelling))).map(
    ({ jid }) => jid,
  );
}

/** Where a client may put a JID without being asked. */
export const PLACES: readonly ((address: string) => string)[] = [
  (address) => `<p xmlns='urn:example'>see ${address}, please</p>`,
  (address) => `<p xmlns='urn:example'>${address}</p>`,
  (address) => `<p xmlns='urn:example' by="${address}/home"/>`,
  (address) => `<stanza-id xmlns='${NS.stanzaIds}' by="${address}" id='7'/>`,
  (address) =>
    `<reference xmlns='${NS.references}' type='decoration' begin='0' end='2'>` +
    `<mention xmlns='${NS.markup}'>xmpp:${VERONA}?jid=${address}</mention></reference>`,
  (address) =>
    `<reference xmlns='urn:xmpp:reference:0' type='mention' begin='0' end='2' uri="xmpp:${address}"/>`,
  (address) =>
    `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}' from="${address}/x"><body>Hm</body></message></forwarded>`,
  (address) => `<addresses xmlns='${NS.addresses}'><address type='ofrom' jid="${address}"/></addresses>`,
  (address) => `<x xmlns='jabber:x:oob'><url>https://example.com/?u=${address}</url></x>`,
];
