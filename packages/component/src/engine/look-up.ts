import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type Found,
  type GroupCommand,
  type LoadedGroup,
  lookupFor,
  type MemberId,
  type NamedMessage,
  type PlacedMessage,
} from '@xmpp-groups/core/xabber';
import { namedMessage } from './named-message.js';
import type { Surroundings } from './task.js';
import type { Unsettled } from './unsettled.js';

/** Finds in the Store what a decision about a command has to know. */
export type LookUp = (group: LoadedGroup | undefined, command: GroupCommand) => Promise<Found>;

/** The Store knows only what is durable: what is asked for may still be on its way there, and is waited for. */
export function lookUpFor(
  jid: BareJid,
  { store, batch, environment, pageTurn }: Pick<Surroundings, 'store' | 'batch' | 'environment' | 'pageTurn'>,
  unsettled: Unsettled,
): LookUp {
  const findRepeated = async (author: MemberId, originId: string): Promise<PlacedMessage | undefined> => {
    const message = await store.findByOrigin(jid, author, originId);
    return message && { ...message, previous: await store.previous(jid, message.stanzaId) };
  };

  const findNamed = async (named: NamedMessage) => {
    // Markers are as many as there are readers: they wait only for what they name.
    const isSettled = named.stanzaId !== undefined && named.stanzaId < unsettled.firstMessage();
    if (unsettled.count() > 0 && (!isSettled || unsettled.rewritings() > 0)) await batch.settled();
    return namedMessage(store, jid, named);
  };

  return async (group, command) => {
    const lookup = lookupFor(group, command, environment());
    if (lookup === undefined) return {};
    switch (lookup.kind) {
      case 'page':
        if (unsettled.count() > 0) await batch.settled();
        await pageTurn();
        return { page: await store.page(jid, lookup.query) };
      case 'image':
        if (unsettled.count() > 0) await batch.settled();
        return { image: await store.avatar(jid, lookup.id) };
      case 'images': {
        if (unsettled.count() > 0) await batch.settled();
        const images = await Promise.all(lookup.ids.map((id) => store.avatar(jid, id)));
        return { images: images.filter((image) => image !== undefined) };
      }
      case 'rewrites':
        if (unsettled.rewritings() > 0) await batch.settled();
        return { rewrites: await store.rewrites(jid, lookup.since, lookup.max) };
      case 'traces':
        if (unsettled.count() > 0) await batch.settled();
        return { traces: await store.traces(jid, lookup.of, lookup.before, lookup.max) };
      case 'message':
        return { message: await findNamed(lookup.message) };
      case 'retraction': {
        if (unsettled.count() > 0) await batch.settled();
        const { author } = lookup;
        const message = lookup.message && (await namedMessage(store, jid, lookup.message));
        const before = author === undefined ? message?.stanzaId : Number.POSITIVE_INFINITY;
        return { message, newest: before && (await store.previous(jid, before, author)) };
      }
      case 'repeated': {
        if (unsettled.hasPost(lookup.author, lookup.originId)) await batch.settled();
        return {
          repeated: await findRepeated(lookup.author, lookup.originId),
          message: lookup.message && (await findNamed(lookup.message)),
        };
      }
    }
  };
}
