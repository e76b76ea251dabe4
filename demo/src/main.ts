import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// Ctrl-C in a terminal reaches every process of the terminal's foreground group, and ejabberd's Erlang takes it
// as an order to break off at once. So everything runs in a session of its own, and is told here when to end.
const child = fork(fileURLToPath(new URL('program.js', import.meta.url)), process.argv.slice(2), {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (child.connected) child.disconnect();
    else child.kill('SIGTERM');
  });
}
const [code]: unknown[] = await once(child, 'exit');
process.exitCode = typeof code === 'number' ? code : 1;
