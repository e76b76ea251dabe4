import { localpartOf } from '../../jid/index.js';
import { NS } from '../../xml/namespaces.js';
import { type GroupDriver, groupDriver, type Sent } from './group-driver.js';
import { INCOGNITO, iqXml, JULIET, join, memberOf, NURSE, ROMEO, VERONA, verona } from './scenes.js';

const HOST = 'groups.example.com';

/** The request for a private chat, in the namespace that the child has from its parent unless told otherwise. */
export const chatXml = (from: string, id: string, group = VERONA, xmlns = ''): string =>
  iqXml(
    from,
    'set',
    `<query xmlns='${NS.groupsCreate}'><peer-to-peer ${xmlns} jid='${group}' id='${id}'/></query>`,
    HOST,
  );

/** An incognito group with its owner Juliet, Romeo and the nurse. */
export function ball(): GroupDriver {
  const driver = verona(INCOGNITO);
  join(driver, ROMEO, NURSE);
  return driver;
}

/** What somebody's request for a private chat with another sets off, in the group and in the chat. */
export function ask(group: GroupDriver, from: string, whom: string, chat?: GroupDriver): Asked {
  const sent = group.send(chatXml(from, memberOf(group, whom).id));
  const passed = group.passed.at(-1);
  if (passed === undefined) throw new Error(`nothing was passed on: ${sent.map(({ xml }) => xml)}`);
  const driver = chat ?? groupDriver(localpartOf(passed.to), group.env);
  return { sent: [...sent, ...driver.receive(passed)], chat: driver };
}

interface Asked {
  readonly sent: readonly Sent[];
  readonly chat: GroupDriver;
}

/** A presence to a group, as the server of the sender's account sends it. */
export const presenceTo = (driver: GroupDriver, from: string, type: string): Sent[] =>
  driver.send(`<presence from='${from.replace(/\/.*$/u, '')}' to='${driver.jid}' type='${type}'/>`);

/** Somebody joins a chat: he asks, and approves what it asks back. */
export const enter = (driver: GroupDriver, from: string): Sent[] => [
  ...presenceTo(driver, from, 'subscribe'),
  ...presenceTo(driver, from, 'subscribed'),
];

/** A ball, and a private chat of Juliet and Romeo in it; both have joined. */
export function ballWithChat(): { readonly group: GroupDriver; readonly chat: GroupDriver } {
  const group = ball();
  const { chat } = ask(group, JULIET, ROMEO);
  enter(chat, JULIET);
  enter(chat, ROMEO);
  return { group, chat };
}
