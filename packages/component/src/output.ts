import type { Writable } from 'node:stream';

/**
 * Keeps the stream `output` for who calls this. Everybody else who writes to it, console.log among them, writes to
 * `instead`, without having to know.
 * @returns writes bytes to `output`; rejects when they cannot be written
 */
export function claim(output: Writable, instead: Writable): (bytes: Uint8Array) => Promise<void> {
  const write = output.write.bind(output);
  Object.defineProperty(output, 'write', { value: instead.write.bind(instead) });
  // Each failed write rejects; the stream's own word of it would end the process.
  output.on('error', () => undefined);
  return (bytes) =>
    new Promise((resolve, reject) => {
      write(bytes, (error) => {
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
}
