import { failure, ok, type Result } from '../../result.js';

/** Of the Encoding Standard: browsers and Node have both, the library of the language does not declare them. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: 'utf-8',
  options: { readonly fatal: true; readonly ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text in UTF-8. A lone surrogate becomes U+FFFD. */
export const utf8Of = (text: string): Uint8Array => ENCODER.encode(text);

/** The text that `bytes` are in UTF-8; a failure where they are none. */
export function textOfUtf8(bytes: Uint8Array): Result<string> {
  try {
    return ok(DECODER.decode(bytes));
  } catch (error) {
    // The only thing that it throws: the bytes are no UTF-8.
    if (error instanceof TypeError) return failure('', 'not UTF-8');
    throw error;
  }
}
