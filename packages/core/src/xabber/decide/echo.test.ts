import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { bare, brief, JULIET, join, messageXml, presenceXml, ROMEO, verona } from '../testing/scenes.js';

const CONVERSE = `${bare(ROMEO)}/converse.js-52325586`;
const PRESENT = `<x xmlns='${NS.groupsPresent}'/>`;

/** Verona with Juliet and Romeo. */
function household() {
  const driver = verona();
  join(driver, ROMEO);
  return driver;
}

describe('an echo', () => {
  it('does not go to Converse.js, which would show it as another message', () => {
    expect(household().send(messageXml(CONVERSE, 'Hello')).map(brief)).toEqual([
      `message chat > ${bare(JULIET)}`,
    ]);
  });

  it('of what was written in Converse.js goes to the other devices that have the chat open', () => {
    const driver = household();
    driver.send(presenceXml(ROMEO, undefined, PRESENT));
    driver.send(presenceXml(CONVERSE, undefined, PRESENT));
    expect(driver.send(messageXml(CONVERSE, 'Hello')).map(brief)).toEqual([
      `message chat > ${bare(JULIET)}`,
      `message headline > ${ROMEO}`,
    ]);
  });

  it('of what was written elsewhere goes to all devices', () => {
    const driver = household();
    driver.send(presenceXml(CONVERSE, undefined, PRESENT));
    expect(driver.send(messageXml(ROMEO, 'Hello')).map(brief).at(-1)).toBe(
      `message headline > ${bare(ROMEO)}`,
    );
  });
});
