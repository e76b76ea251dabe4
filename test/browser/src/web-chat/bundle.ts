import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * `@xmpp/resolve` 0.14 wants browsers to do without its module for DNS, by a name that bundlers do not find. It is
 * asked only by who gives a domain in place of an address.
 */
const withoutDns: Plugin = {
  name: 'without-dns',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]@xmpp[\\/]resolve[\\/]lib[\\/]dns\.js$/ }, () => ({
      contents: 'export const resolve = undefined;',
    }));
  },
};

/**
 * A program for browsers, as a bundler makes it of a module and the packages that this imports.
 * @param entry the address of the module
 * @returns one module of JavaScript
 * @throws (rejects) when anything in it is only there in Node, or cannot be found
 */
export async function bundle(entry: URL): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [fileURLToPath(entry)],
    plugins: [withoutDns],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined || warnings.length > 0) {
    throw new Error(`${entry} was bundled with warnings: ${warnings.map(({ text }) => text).join('; ')}`);
  }
  return output.text;
}
