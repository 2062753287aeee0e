import { getDomain } from 'tldts';
import { headersOf, type Message } from './message.ts';

// The name of Gmail's server in the Authentication-Results header. https://www.rfc-editor.org/rfc/rfc8601#section-2.5
const GMAIL = 'mx.google.com';
const HEADER_LENGTH_MAX = 20_000;
// https://www.rfc-editor.org/rfc/rfc6008#section-4
const TOKEN = /header\.b="([A-Za-z0-9+/=]{8,200})"|\\.|./gs;
const VALUE_START = /^[A-Za-z0-9+/=]{8,}$/;

interface Signature {
  domain: string;
  /** The names of the signed headers, in lower case. */
  headers: readonly string[];
  value: string;
}

/**
 * Returns whether Gmail found a valid DKIM signature of the domain, and this signature covers all of these headers.
 * @param domain the sender's domain
 * @param headers names of the headers, in lower case
 */
export function isSigned(message: Message, domain: string, headers: readonly string[]): boolean {
  const signatures = headersOf(message, 'DKIM-Signature').flatMap((header) => signatureOf(header) ?? []);
  return passedIn(headersOf(message, 'Authentication-Results')[0] ?? '').some((passed) => {
    // Gmail identifies a signature by its first characters. A second signature with the same beginning may be a
    // forgery.
    const named = signatures.filter(({ value }) => value.startsWith(passed.valueStart));
    const [signature] = named;
    return (
      signature !== undefined &&
      named.length === 1 &&
      isWithin(passed.domain, signature.domain) &&
      isAligned(domain, signature.domain) &&
      headers.every((name) => signature.headers.includes(name))
    );
  });
}

/** Returns whether two domains belong to the same organisation. https://www.rfc-editor.org/rfc/rfc7489#section-3.1.1 */
function isAligned(domain: string, other: string): boolean {
  const organisation = getDomain(domain, { allowPrivateDomains: true });
  return organisation !== null && organisation === getDomain(other, { allowPrivateDomains: true });
}

/** Returns whether a domain is equal to another domain, or a subdomain of it. */
function isWithin(domain: string, other: string): boolean {
  return other.includes('.') && (domain === other || domain.endsWith(`.${other}`));
}

/**
 * Returns the signatures that passed Gmail's check. Only the first header counts, because Gmail adds its own header
 * before all others.
 * https://www.rfc-editor.org/rfc/rfc8601#section-2.2
 */
function passedIn(header: string): { domain: string; valueStart: string }[] {
  const [server = '', ...results] = withoutForeignText(header.slice(0, HEADER_LENGTH_MAX)).split(';');
  if (server.trim().split(/\s+/)[0] !== GMAIL) return [];
  // Gmail writes the DKIM results first. Later results can contain text from the sender.
  const others = results.findIndex((result) => !result.trim().startsWith('dkim='));
  return results.slice(0, others < 0 ? results.length : others).flatMap((result) => {
    const [outcome, ...properties] = result.trim().split(/\s+/);
    if (outcome !== 'dkim=pass') return [];
    const values = new Map(properties.map((property) => splitAt(property, '=')));
    const domain = (values.get('header.d') ?? values.get('header.i')?.split('@').at(-1) ?? '').toLowerCase();
    const valueStart = values.get('header.b') ?? '';
    return domain && VALUE_START.test(valueStart) ? [{ domain, valueStart }] : [];
  });
}

/**
 * Removes comments and quoted texts, because a sender can write anything into them. The beginning of a signature
 * remains, because Gmail writes it in quotes if it contains a slash.
 */
function withoutForeignText(header: string): string {
  let kept = '';
  let depth = 0;
  let isQuoted = false;
  for (const [token, value] of header.matchAll(TOKEN)) {
    // Gmail repeats the sender's name in quotes inside a comment. A parenthesis in that name does not end the
    // comment.
    if (token === '"') isQuoted = !isQuoted;
    else if (isQuoted || token.startsWith('\\')) continue;
    else if (token === '(') depth += 1;
    else if (token === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += value === undefined ? token : `header.b=${value}`;
  }
  return kept;
}

/** https://www.rfc-editor.org/rfc/rfc6376#section-3.5 */
function signatureOf(header: string): Signature | undefined {
  const tags = new Map(
    header
      .slice(0, HEADER_LENGTH_MAX)
      .replace(/\s+/g, '')
      .split(';')
      .map((tag) => splitAt(tag, '=')),
  );
  const { d, h, b } = Object.fromEntries(tags);
  if (!d || !h || !b) return undefined;
  return { domain: d.toLowerCase(), headers: h.toLowerCase().split(':'), value: b };
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
