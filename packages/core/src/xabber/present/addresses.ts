/** What surrounds an `@` in a text and may be an address. */
export interface PossibleAddress {
  /** In lower case and normalised; the localpart, if it is one, is the end of it. */
  readonly before: string;
  /** What the domain may be: the text behind the `@` up to each place where a domain can end. */
  readonly domains: readonly string[];
}

/** What cannot stand in a localpart ends it on the left (RFC 7622, section 3.3.1). */
const OUTSIDE_LOCALPART = /[\s"&'/:<>]/u;

/** The longest localpart or domain has 1023 octets (RFC 7622, section 3), so not more characters. */
const LONGEST_PART = 1023;

/** A domain, as far as it may reach: letters, what XMPP takes for dots, what RFC 5892 allows among letters. */
const DOMAIN = /^(?:\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}\p{Join_Control}.\u3002\uFF0E\uFF61\u00B7\u30FB-]+)/iu;

/** Where it may end before that: in `example.com. Come`, `example.com-and`, and where another script begins. */
const DOMAIN_ENDS = /(?=[^\p{L}\p{M}\p{N}[\]:])|(?<=\p{ASCII})(?=\P{ASCII})|(?<=\P{ASCII})(?=\p{ASCII})|$/gu;

/** More ends are not tried, so that a text made to keep the group busy cannot. */
const MOST_ENDS = 16;

/** Everything in `text` that may be the JID of a user, in whatever spelling: to be held against known JIDs. */
export function addressesIn(text: string): PossibleAddress[] {
  const pieces = plain(text).split('@');
  const found: PossibleAddress[] = [];
  for (let index = 1; index < pieces.length; index++) {
    const before = localpartRun(pieces[index - 1] ?? '');
    const domains = domainPrefixes(pieces[index] ?? '');
    if (before !== '' && domains.length > 0) found.push({ before, domains });
  }
  return found;
}

/** In the form of the UsernameCaseMapped profile (RFC 8265, section 3.3), whose results are stable under NFKC. */
const localpartRun = (text: string): string =>
  (text.slice(-LONGEST_PART).split(OUTSIDE_LOCALPART).at(-1) ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC');

function domainPrefixes(text: string): string[] {
  const [run] = DOMAIN.exec(text.slice(0, LONGEST_PART)) ?? [''];
  const prefixes: string[] = [];
  for (const { index } of run.matchAll(DOMAIN_ENDS)) {
    if (prefixes.length === MOST_ENDS) break;
    if (index > 0) prefixes.push(run.slice(0, index));
  }
  return prefixes;
}

/**
 * A text with the spellings resolved that clients read as the same: percent-encoding as in `xmpp:` links
 * (RFC 5122), however often applied, character references, and the escaped `@` of gateways (XEP-0106).
 */
function plain(text: string): string {
  let out = text;
  if (out.includes('%')) {
    out = out.replace(/%(?:25)+(?=[\da-f]{2})/giu, '%').replace(/(?:%[\da-f]{2})+/giu, percentDecoded);
  }
  if (out.includes('&')) {
    out = out.replace(/&(?:amp;)*#(?:x([\da-f]{1,6})|(\d{1,7}));/giu, (whole, hex, decimal) =>
      characterOf(whole, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    );
  }
  return out.replaceAll('\\40', '@');
}

const characterOf = (written: string, codePoint: number): string =>
  codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : written;

function percentDecoded(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch (error) {
    // These octets are no UTF-8, and so nobody reads an address in them.
    if (error instanceof URIError) return run;
    throw error;
  }
}
