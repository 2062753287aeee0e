import { describe, expect, test } from 'vitest';
import { AuthoringError } from '../../../lib/errors/authoring-error.ts';
import { path } from '../../../lib/provider/path.ts';
import { encodeRequest } from '../../../lib/scalekit/provider-request.ts';

const things = path`/things/${'a b'}`;

describe('encodeRequest', () => {
  test('returns only the method and the path by default', () => {
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
    ['characters that are special in a query', { q: 'a&b=c+d ü' }, 'q=a%26b%3Dc%2Bd+%C3%BC'],
  ])('encodes the query: %s', (_, query, expected) => {
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
  ])('encodes %s as JSON', (_, json, body) => {
    // Act
    const encoded = encodeRequest('POST', things, { json });

    // Assess
    expect(encoded.body).toBe(body);
    expect(encoded.headers).toEqual({ 'content-type': 'application/json; charset=utf-8' });
  });

  test('encodes a form', () => {
    // Act
    const encoded = encodeRequest('POST', things, { form: { a: 'x y&z', n: 0, b: null, c: undefined } });

    // Assess
    expect(encoded.body).toBe('a=x+y%26z&n=0');
    expect(encoded.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
  });

  test.each([
    ['a request without a body', {}, {}],
    ['JSON', { json: {} }, { 'content-type': 'application/json; charset=utf-8' }],
    ['a form', { form: {} }, { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('returns the given headers, and does not change the given object: %s', (_, options, contentType) => {
    // Prepare
    const headers = { accept: 'text/plain' };

    // Act
    const encoded = encodeRequest('POST', things, { ...options, headers });

    // Assess
    expect(encoded.headers).toEqual({ accept: 'text/plain', ...contentType });
    expect(headers).toEqual({ accept: 'text/plain' });
  });
});

describe('a header in a provider call', () => {
  test("overrides the connector's header with the same name, ignoring upper and lower case", () => {
    const { headers } = encodeRequest(
      'GET',
      things,
      { headers: { Accept: 'text/plain' } },
      { accept: 'a/b', 'x-c': 'd' },
    );

    expect(headers).toEqual({ accept: 'text/plain', 'x-c': 'd' });
  });

  test('may add parameters to the content type of the body', () => {
    const { headers } = encodeRequest('PATCH', things, {
      json: {},
      headers: { 'Content-Type': 'application/merge-patch+json' },
    });

    expect(headers).toEqual({ 'content-type': 'application/merge-patch+json' });
  });

  test.each([
    'Authorization',
    'Proxy-Authorization',
    'connection_name',
    'Connection_Name',
    'identifier',
    'IDENTIFIER',
    'host',
    'content-length',
    'transfer-encoding',
    'connection',
    'x y',
    'x:y',
    '',
    'ident\u0131fier',
  ])('is rejected because of its name: "%s"', (name) => {
    expect(() => encodeRequest('GET', things, { headers: { [name]: 'x' } })).toThrow(AuthoringError);
  });

  test.each(['a\r\nb: c', 'a\nb', 'a\u0000', '日本', 'user\u200b', '\ud800'])(
    'is rejected if HTTP would change its value: %j',
    (value) => {
      expect(() => encodeRequest('GET', things, { headers: { 'x-note': value } })).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    },
  );
});

test.each([
  ['a GET with a body', 'GET', { json: {} }],
  ['a GET with a form', 'GET', { form: {} }],
  ['two bodies', 'POST', { json: {}, form: {} }],
])('encodeRequest rejects %s', (_, method, options) => {
  expect(() => encodeRequest(method, things, options)).toThrow(AuthoringError);
});
