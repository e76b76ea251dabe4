// Runs the writer from its TypeScript sources, in a process of its own that can be killed.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const [url] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const server = await createViteServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false },
  resolve: {
    alias: [{ find: /^@xmpp-groups\/core\/(\w+)$/, replacement: `${root}packages/core/src/$1/index.ts` }],
  },
});
const { writeForEver } = await server.ssrLoadModule(fileURLToPath(new URL('writer.ts', import.meta.url)));
await writeForEver(url);
