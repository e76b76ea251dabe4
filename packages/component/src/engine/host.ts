import { bareOf } from '@xmpp-groups/core/jid';
import { refusal, type StanzaError } from '@xmpp-groups/core/stanza';
import {
  answerHost,
  type Environment,
  type HostQuestion,
  type Notice,
  type Store,
} from '@xmpp-groups/core/xabber';

/** Answers a request to the host; only the list of groups needs the Store. */
export async function answerHostCommand(
  command: HostQuestion,
  store: Pick<Store, 'listedGroups'>,
  env: Environment,
): Promise<Extract<Notice, { kind: 'result' }> | StanzaError> {
  const asksForGroups =
    command.kind === 'search' || (command.kind === 'discoItems' && command.node !== undefined);
  const listed = asksForGroups ? await store.listedGroups(env.host.domain, bareOf(command.from)) : [];
  const { refused, notices } = answerHost(command, listed, env);
  const result = notices.find((notice) => notice.kind === 'result');
  return refused ?? result ?? refusal('internal-server-error', 'The request was left without an answer');
}
