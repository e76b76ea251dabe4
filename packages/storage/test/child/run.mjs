// A process that runs functions of a module from its TypeScript sources. Each line of its standard input is a call,
// `{"name": ..., "args": [...]}`; for each it prints a line, `{"value": ...}` or `{"error": ...}`.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const [path] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const server = await createViteServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false },
  resolve: {
    alias: [
      { find: '@xmpp-groups/core/result', replacement: `${root}packages/core/src/result.ts` },
      { find: /^@xmpp-groups\/core\/(\w+)$/, replacement: `${root}packages/core/src/$1/index.ts` },
      { find: '@xmpp-groups/storage', replacement: `${root}packages/storage/src/index.ts` },
    ],
  },
});
const module = await server.ssrLoadModule(path);

for await (const line of createInterface({ input: process.stdin })) {
  const { name, args } = JSON.parse(line);
  try {
    const value = await module[name](...args);
    console.log(JSON.stringify({ value }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await server.close();
