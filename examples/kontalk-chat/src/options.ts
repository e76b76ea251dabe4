import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { Command, InvalidArgumentError } from 'commander';

export interface Options {
  readonly me: BareJid;
  readonly service: string;
  readonly password: string;
  readonly passphrase: string | undefined;
  readonly name: string;
  readonly state: string;
}

function account(text: string): BareJid {
  const read = parseBareJid(text);
  if (read.ok && read.value.includes('@')) return read.value;
  throw new InvalidArgumentError('It has to be like juliet@example.org.');
}

/** @param args the command line, the names of Node and of the program left out */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const program = new Command('kontalk-chat')
    .description('Encrypted Kontalk groups in a terminal. The password comes in XMPP_PASSWORD.')
    .argument('<account>', 'the account, such as juliet@example.org', account)
    .option('--service <url>', 'where its server is; found by the domain of the account if not given')
    .option('--state <file>', 'where groups and keys are kept; named after the account if not given')
    .option('--name <name>', 'the name in a new key', '')
    .addHelpText('after', '\nIn KEY_PASSPHRASE comes what protects the own key where it is kept.')
    .parse(args, { from: 'user' });
  const password = env.XMPP_PASSWORD;
  if (password === undefined) program.error('XMPP_PASSWORD: the password of the account is missing');
  const [me] = program.processedArgs.map((argument: unknown) => account(String(argument)));
  const { service, state, name } = program.opts<{ service?: string; state?: string; name: string }>();
  if (me === undefined || password === undefined) throw new Error('commander has let nothing through');
  return {
    me,
    password,
    passphrase: env.KEY_PASSPHRASE,
    name,
    service: service ?? `xmpp://${me.slice(me.indexOf('@') + 1)}`,
    state: state ?? `${me}.db`,
  };
}
