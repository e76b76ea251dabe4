import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import { iqXml, PARIS, single, verona } from '../testing/scenes.js';

const INFO = `<query xmlns='${NS.groupsInfo}'/>`;

describe('what a group tells of itself without a form (11.2)', () => {
  it('is everything that it is', () => {
    const driver = verona(
      '<name>Verona</name><description>Here</description><privacy>incognito</privacy><index>none</index>',
    );
    const info = only(single(driver.send(iqXml(PARIS, 'get', INFO))), `x ${NS.groups}`);
    const read = Object.fromEntries(
      ['members', 'name', 'description', 'privacy', 'membership', 'index'].map((name) => [
        name,
        text(info, name),
      ]),
    );
    expect(read).toEqual({
      members: '1',
      name: 'Verona',
      description: 'Here',
      privacy: 'incognito',
      membership: 'open',
      index: 'none',
    });
  });

  it.each(ROLES)('is for everybody, of a member-only group for those in it: %s (error row 50)', (role) => {
    const open = single(household().send(iqXml(deviceOf(role), 'get', INFO)));
    expect(open.attrs.type).toBe('result');
    const closed = household('<name>V</name><membership>member-only</membership>');
    const answer = single(closed.send(iqXml(deviceOf(role), 'get', INFO)));
    const outside = ['blocked', 'former', 'stranger'].includes(role);
    expect(answer.attrs.type).toBe(outside ? 'error' : 'result');
    if (!outside) return;
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
  });
});
