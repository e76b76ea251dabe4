/// <reference path="./punycode.d.ts" />
import punycode from 'punycode/punycode.js';
import { failure, ok, type Result } from '../result.js';
import { followsBidiRule, hasRightToLeft } from './bidi.js';
import { misplaced } from './context.js';
import { unfit } from './octets.js';
import { codePoint, mapWidth, outsideIdentifier } from './precis.js';

/**
 * The longest domain name in the dotted form of A-labels (RFC 1034, section 3.1), in octets. With U-labels
 * this keeps within the 1023 octets of a domainpart, since an octet encodes four at most.
 */
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/** A label of lower-case letters, digits and hyphens (RFC 5890, section 2.3.1). */
const LDH = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

const ACE_PREFIX = 'xn--';

/**
 * A domainpart as it is stored and compared (RFC 7622, section 3.2): a domain name of lower-case LDH labels
 * and U-labels without the final dot, or an IP address, where IPv6 stands in brackets. A-labels become
 * U-labels; an IPv4 address is a name like any other. Different spellings of one IPv6 address stay different.
 */
export function prepareDomainpart(text: string): Result<string> {
  const problem = unfit(text);
  if (problem !== undefined) return failure('jid', `domainpart ${problem}`);
  if (text.startsWith('[')) return ipv6(text);
  const name = mapWidth(text)
    .replace(/\u3002/gu, '.')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\.$/, '');
  const labels: string[] = [];
  let length = -1;
  for (const label of name.split('.')) {
    const read = readLabel(label);
    if (!read.ok) return read;
    labels.push(read.value.label);
    length += read.value.length + 1;
  }
  if (length > LONGEST_NAME) return failure('jid', 'domainpart is too long');
  if (labels.some(hasRightToLeft) && !labels.every(followsBidiRule)) {
    return failure('jid', 'domainpart mixes directions of writing');
  }
  return ok(labels.join('.'));
}

/** A prepared label, and its length as an LDH label or A-label. */
interface Label {
  readonly label: string;
  readonly length: number;
}

function readLabel(label: string): Result<Label> {
  if (label === '') return failure('jid', 'domainpart has an empty label');
  if (label.startsWith(ACE_PREFIX)) return readALabel(label);
  if (/[^!-~]/.test(label)) return readULabel(label);
  if (!LDH.test(label)) return failure('jid', `domainpart has the label "${label}"`);
  if (label.length > LONGEST_LABEL) return failure('jid', 'domainpart has a label that is too long');
  return ok({ label, length: label.length });
}

/** RFC 5891, section 5.3: an A-label has to be exactly what its U-label is encoded to. */
function readALabel(label: string): Result<Label> {
  if (label.length > LONGEST_LABEL) return failure('jid', 'domainpart has a label that is too long');
  const decoded = decode(label.slice(ACE_PREFIX.length));
  if (decoded === undefined || !/[^!-~]/.test(decoded)) {
    return failure('jid', `domainpart has the label "${label}", which is not Punycode`);
  }
  const read = readULabel(decoded);
  if (read.ok && ACE_PREFIX + punycode.encode(decoded) !== label) {
    return failure('jid', `domainpart has the label "${label}", which is not Punycode`);
  }
  return read;
}

function decode(text: string): string | undefined {
  try {
    return punycode.decode(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** RFC 5891, section 4.2, with the IdentifierClass for the code points of RFC 5892. */
function readULabel(label: string): Result<Label> {
  // Encoding takes the square of the length, and gives at least a letter for each pair of surrogates.
  if (label.length > 2 * LONGEST_LABEL) return failure('jid', 'domainpart has a label that is too long');
  const refused = /[^a-z0-9-](?<=[!-~])/.exec(label)?.[0] ?? outsideIdentifier(label) ?? misplaced(label);
  if (refused !== undefined) return failure('jid', `domainpart has ${codePoint(refused)}`);
  if (label !== label.toLowerCase().normalize('NFC')) {
    return failure('jid', 'domainpart has a label that is not in its prepared form');
  }
  if (/^[-\p{M}]|^..--|-$/u.test(label)) {
    return failure('jid', 'domainpart has a label with a hyphen or mark where none may be');
  }
  const length = ACE_PREFIX.length + punycode.encode(label).length;
  return length > LONGEST_LABEL
    ? failure('jid', 'domainpart has a label that is too long')
    : ok({ label, length });
}

/** `IP-literal` of RFC 3986, section 3.2.2, without zones and future versions. */
function ipv6(text: string): Result<string> {
  const address = text.toLowerCase();
  const bad = failure('jid', 'domainpart is not an IPv6 address');
  if (!/^\[[0-9a-f:.]{2,45}\]$/.test(address)) return bad;
  const halves = address.slice(1, -1).split('::');
  if (halves.length > 2) return bad;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const count = groupsIn(half, index === halves.length - 1);
    if (count === undefined) return bad;
    groups += count;
  }
  return (halves.length === 1 ? groups === 8 : groups < 8) ? ok(address) : bad;
}

/** How many groups of 16 bits a run without `::` holds. Only the last run may end in an IPv4 address. */
function groupsIn(run: string, isLast: boolean): number | undefined {
  const groups = run.split(':');
  let count = groups.length;
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/.test(group)) continue;
    if (!isLast || index < groups.length - 1 || !IPV4.test(group)) return undefined;
    count += 1;
  }
  return count;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
