// `npm run size`: how large the packages are in browsers, each way of using them, and whether that is within the budget
// (scripts/lib/sizes.mjs). Fails, too, when something is needed that only Node has, or what is not asked for.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { main, Problem } from './lib/problem.mjs';
import { root } from './lib/run.mjs';
import { BROUGHT, SIZES } from './lib/sizes.mjs';

/** Bundles a program; resolves with its bytes and the files that something in it is from. */
async function bundled({ name, program }) {
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: program, resolveDir: root },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      external: BROUGHT,
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const [{ inputs }] = Object.values(metafile.outputs);
    const files = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
    return { bytes: outputFiles[0].contents, files: files.map((file) => `/${file}`) };
  } catch (error) {
    throw new Problem(`"${name}" cannot be bundled for browsers: ${error.message}`);
  }
}

const KB = 1000;

/** What is wrong with an entry: too large, or with what does not belong to it. */
function complaints({ name, budget, without }, gzip, files) {
  const found = [];
  if (gzip > budget * KB) {
    found.push(
      `"${name}" has ${(gzip / KB).toFixed(1)} KB with gzip, over its budget of ${budget} KB in scripts/lib/sizes.mjs.`,
    );
  }
  for (const pattern of without) {
    const file = files.find((candidate) => pattern.test(candidate));
    if (file !== undefined) found.push(`"${name}" brings ${file.slice(1)} along, which it is to do without.`);
  }
  return found;
}

const row = (name, cells) => `${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}`;

await main(async () => {
  console.log(
    `${row('KB', ['minified', 'gzip', 'brotli', 'budget'])}  (gzip; without ${BROUGHT.join(', ')})`,
  );
  const wrong = [];
  for (const entry of SIZES) {
    const { bytes, files } = await bundled(entry);
    const gzip = gzipSync(bytes, { level: 9 }).length;
    const sizes = [bytes.length, gzip, brotliCompressSync(bytes).length, entry.budget * KB];
    console.log(
      row(
        entry.name,
        sizes.map((size) => (size / KB).toFixed(1)),
      ),
    );
    wrong.push(...complaints(entry, gzip, files));
  }
  if (wrong.length > 0) throw new Problem(wrong.join('\n'));
  return 0;
});
