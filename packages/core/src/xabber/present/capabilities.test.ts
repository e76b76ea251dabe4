import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { discoInfo } from '../../xep/0030-service-discovery.js';
import { verificationText } from '../../xep/0115-entity-capabilities.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { all, has, only } from '../testing/reading.js';
import { INCOGNITO, iqXml, JULIET, join, presenceXml, ROMEO, single, verona } from '../testing/scenes.js';

const shown = (driver: GroupDriver) =>
  only(driver.send(presenceXml(JULIET))[0]?.stanza ?? { name: '', attrs: {}, children: [] }, `c ${NS.caps}`)
    .attrs;

const infoAt = (driver: GroupDriver, node: string) =>
  single(driver.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.discoInfo}' node='${node}'/>`)));

describe('the capabilities in the presence of a group (row 6)', () => {
  it.each([
    ['public', undefined],
    ['incognito', INCOGNITO],
    [
      'with signs in its name',
      "<name>R&amp;J's \u{1F339} &quot;square&quot;</name><description>a&#10;b</description>",
    ],
  ])('%s: are verified by what its node says', (_, options) => {
    const driver = verona(options);
    const { hash, node, ver } = shown(driver);
    const answer = infoAt(driver, `${node}#${ver}`);
    const query = only(answer, 'query');
    expect(query.attrs.node).toBe(`${node}#${ver}`);
    const read = discoInfo.parse(query);
    if (!read.ok) throw new Error(read.error.reason);
    const expected = createHash('sha1').update(verificationText(read.value)).digest('base64');
    expect([hash, ver]).toEqual(['sha-1', expected]);
  });

  it('change with what the group says of itself, and every old node says what is now', () => {
    const driver = verona();
    const before = shown(driver);
    driver.happen({
      kind: 'propertiesChanged',
      properties: { ...driver.group().properties, name: 'Mantua' },
    });
    expect(shown(driver).ver).not.toBe(before.ver);
    expect(only(infoAt(driver, `${before.node}#${before.ver}`), 'query', 'identity').attrs.name).toBe(
      'Mantua',
    );
  });

  it('ask for word of avatars, but not in an incognito group', () => {
    const notify = `${NS.avatarMetadata}+notify`;
    const features = (driver: GroupDriver) =>
      all(infoAt(driver, NS.groups), 'query', 'feature').map(({ attrs }) => attrs.var);
    expect(features(verona())).toContain(notify);
    expect(features(verona(INCOGNITO))).not.toContain(notify);
  });

  it('are in every presence that says what the group is', () => {
    const driver = verona();
    for (const { stanza } of join(driver, ROMEO)) {
      if (stanza.name === 'presence') expect(has(stanza, `c ${NS.caps}`)).toBe(true);
    }
  });
});
