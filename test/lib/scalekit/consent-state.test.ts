import { afterEach, describe, expect, test, vi } from 'vitest';
import { ConsentStates, parseConsentState } from '../../../lib/scalekit/consent-state.ts';

const states = new ConsentStates('client-secret');
const ada = { connection: 'gmail', identifier: 'user_ada' };

afterEach(() => vi.useRealTimers());

function parsed(text: string) {
  const state = parseConsentState(text);
  if (!state) throw new Error('It is no state.');
  return state;
}

describe('a consent state', () => {
  test('is valid for ten minutes, and only for one user and one connection', () => {
    // Prepare
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-25T09:00:00.900Z') });

    // Act
    const { text, endsAtMs } = states.issue(ada);

    // Assess
    expect(states.fits(parsed(text), ada)).toBe(true);
    expect(new Date(endsAtMs).toISOString()).toBe('2026-11-25T09:10:00.000Z');
    expect(parsed(text).endsAtSeconds * 1_000).toBe(endsAtMs);
  });

  test.each([
    ['another user', { connection: 'gmail', identifier: 'user_grace' }],
    ['another connection', { connection: 'slack', identifier: 'user_ada' }],
    ['a user and a connection that are interchanged', { connection: 'user_ada', identifier: 'gmail' }],
    ['a user whose identifier is longer', { connection: 'gmail', identifier: 'user_ada1' }],
    [
      'a connection and a user with the same characters in total',
      { connection: 'gmailuser', identifier: '_ada' },
    ],
  ])('is not valid for %s', (_, subject) => {
    expect(states.fits(parsed(states.issue(ada).text), subject)).toBe(false);
  });

  test('is not valid if it was created with another secret', () => {
    expect(new ConsentStates('another-secret').fits(parsed(states.issue(ada).text), ada)).toBe(false);
  });

  test('is not valid if any bit was changed, including the bits of its expiry', () => {
    const bytes = Buffer.from(states.issue(ada).text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(states.fits(parsed(changed.toString('base64url')), ada)).toBe(false);
    }
  });

  test('does not contain the user or the connection, and is different each time', () => {
    const texts = Array.from({ length: 100 }, () => states.issue(ada).text);

    expect(new Set(texts).size).toBe(100);
    for (const text of texts) {
      const plain = Buffer.from(text, 'base64url').toString('latin1');
      expect(plain).not.toMatch(/gmail|user|ada/);
    }
  });
});

describe('the format of a consent state', () => {
  const { text } = states.issue(ada);

  test.each([
    ['an empty text', ''],
    ['a text that is too short', text.slice(1)],
    ['a text that is too long', `${text}A`],
    ['padding', `${text.slice(0, -1)}=`],
    ['the other alphabet of Base64', `+/${text.slice(2)}`],
    ['a line end', `${text.slice(0, -1)}\n`],
    ['a space before the state', ` ${text.slice(1)}`],
    ['a character of more than one byte', `é${text.slice(1)}`],
  ])('does not allow %s', (_, malformed) => {
    expect(parseConsentState(malformed)).toBeUndefined();
  });
});
