import { describe, expect, test } from 'vitest';
import { path } from '../../../lib/scalekit/path.ts';
import { encodeRequest } from '../../../lib/scalekit/provider-request.ts';

const things = path`/things/${'a b'}`;

describe('encodeRequest', () => {
  test('takes method and path, and adds nothing', () => {
    // Act
    const { query, ...request } = encodeRequest('GET', things, {});

    // Assess
    expect(request).toStrictEqual({ method: 'GET', path: '/things/a%20b', headers: {}, body: undefined });
    expect(query.toString()).toBe('');
  });

  test.each([
    ['texts, numbers and booleans', { q: 'is:unread', n: 5, all: false }, 'q=is%3Aunread&n=5&all=false'],
    ['an array as a repeated key', { h: ['From', 'To'], n: 1 }, 'h=From&h=To&n=1'],
    ['an empty array as nothing', { h: [], n: 1 }, 'n=1'],
    ['nothing for null and undefined', { a: null, b: undefined, n: 1 }, 'n=1'],
    ['an empty text, zero and false', { a: '', b: 0, c: false }, 'a=&b=0&c=false'],
    ['characters that mean something in a query', { q: 'a&b=c+d ü' }, 'q=a%26b%3Dc%2Bd+%C3%BC'],
  ])('gives the query %s', (_, query, expected) => {
    // Act
    const encoded = encodeRequest('GET', things, { query });

    // Assess
    expect(encoded.query.toString()).toBe(expected);
    expect(encoded.body).toBeUndefined();
  });

  test.each([
    ['an object', { a: 'ü', b: [1], c: undefined }, '{"a":"ü","b":[1]}'],
    ['an array', [], '[]'],
    ['null', null, 'null'],
    ['false', false, 'false'],
  ])('sends %s as JSON', (_, json, body) => {
    // Act
    const encoded = encodeRequest('POST', things, { json });

    // Assess
    expect(encoded.body).toBe(body);
    expect(encoded.headers).toEqual({ 'content-type': 'application/json; charset=utf-8' });
  });

  test('sends a form', () => {
    // Act
    const encoded = encodeRequest('POST', things, { form: { a: 'x y&z', n: 0, b: null, c: undefined } });

    // Assess
    expect(encoded.body).toBe('a=x+y%26z&n=0');
    expect(encoded.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
  });

  test.each([
    ['no body', {}, {}],
    ['JSON', { json: {} }, { 'content-type': 'application/json; charset=utf-8' }],
    ['a form', { form: {} }, { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('sends the given headers with %s, and leaves theirs alone', (_, options, contentType) => {
    // Prepare
    const headers = { accept: 'text/plain' };

    // Act
    const encoded = encodeRequest('POST', things, { ...options, headers });

    // Assess
    expect(encoded.headers).toEqual({ accept: 'text/plain', ...contentType });
    expect(headers).toEqual({ accept: 'text/plain' });
  });
});
