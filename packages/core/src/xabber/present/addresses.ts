/** An `@`, or the beginning of what may stand for one. */
const AT_SIGN = /[@%&\\]/u;

/** What cannot stand in a localpart (RFC 7622, section 3.3.1). */
const OUTSIDE_LOCALPART = /[\s"&'/:<>]/u;

/** The longest domain has 1023 octets (RFC 7622, section 3.2), so not more characters. */
const LONGEST_PART = 1023;

/** A domain, as far as it may reach: letters, what XMPP takes for dots, what RFC 5892 allows among letters. */
const DOMAIN = /^(?:\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}\p{Join_Control}.\u3002\uFF0E\uFF61\u00B7\u30FB-]+)/iu;

/**
 * The domains of everything in `text` that may be read as the JID of a user, in whatever spelling: each as far as a
 * domain can reach there, and not prepared.
 */
export function userDomainsIn(text: string): string[] {
  if (!AT_SIGN.test(text)) return [];
  const pieces = plain(text).split('@');
  const found: string[] = [];
  for (let index = 1; index < pieces.length; index++) {
    const local = (pieces[index - 1] ?? '').slice(-1);
    const [domain = ''] = DOMAIN.exec((pieces[index] ?? '').slice(0, LONGEST_PART)) ?? [];
    if (local !== '' && !OUTSIDE_LOCALPART.test(local) && domain !== '') found.push(domain);
  }
  return found;
}

/** What may stand before an address, and behind it, for readers to see where it begins and ends. */
const BEFORE = /(?:^|[\s"'/:<>])$/u;
const BEHIND = /^(?:$|[\s"'/<>?#,;!)\]]|\.(?:\s|$))/u;

/** `text` without one address, wherever it stands as it is and is no part of a longer one. */
export function withoutAddress(text: string, address: string): string {
  const [first = '', ...pieces] = text.split(address);
  return pieces.reduce((before, after) => {
    const isWhole = BEFORE.test(before) && BEHIND.test(after);
    return before + (isWhole ? ' ' : address) + after;
  }, first);
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
