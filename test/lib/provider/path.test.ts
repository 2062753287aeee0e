import { describe, expect, test } from 'vitest';
import { multiSegment, path, slashedSegment } from '../../../lib/provider/path.ts';

const refusal = expect.objectContaining({
  name: 'ToolError',
  code: 'invalid_input',
  details: [{ path: '', issue: expect.stringMatching(/dot segment/) }],
});

/** Returns the segments after `/proxy/v1`, as the provider reads them behind a proxy that parses the URL. */
function segmentsOf(value: string): string[] {
  const { pathname, search, hash } = new URL(`https://host.example/proxy${value}`);
  expect(search + hash).toBe('');
  const [root, proxy, version, ...segments] = pathname.split('/');
  expect([root, proxy, version]).toEqual(['', 'proxy', 'v1']);
  return segments.map(decodeURIComponent);
}

const REFUSED: [string, string][] = [
  ['an empty value', ''],
  ['a dot', '.'],
  ['two dots', '..'],
  ['an encoded dot', '%2e'],
  ['two encoded dots', '%2e%2e'],
  ['two encoded dots in upper case', '%2E%2E'],
  ['a dot and an encoded dot', '.%2e'],
  ['two dots, encoded twice', '%252e%252e'],
  ['two dots, encoded three times', '%25252e%25252E'],
  ['an encoded slash', '%2F'],
  ['an encoded slash inside', 'a%2fb'],
  ['a slash, encoded twice', 'a%252Fb'],
  ['a slash with an encoded per cent sign inside', 'a%%32Fb'],
  ['a backslash', 'a\\b'],
  ['an encoded backslash', 'a%5cb'],
  ['two dots before a backslash', '..\\x'],
  ['a null character', 'a\u0000'],
  ['an encoded null character', 'a%00'],
  ['a line feed', 'a\nb'],
  ['an encoded line end', 'a%0d%0ab'],
  ['a tab', '\t..'],
  ['DEL', 'a\u007f'],
  ['a C1 control character', 'a\u0085'],
  ['a lone high surrogate', 'a\ud83d'],
  ['a lone low surrogate', '\ude00a'],
];

describe('path', () => {
  test.each([...REFUSED, ['a slash', 'a/b'], ['only a slash', '/'], ['dot segments', '../x']])(
    'rejects %s',
    (_, value) => {
      expect(() => path`/v1/${value}`).toThrow(refusal);
      expect(() => path`/v1/${'good'}/${value}/tail`).toThrow(refusal);
    },
  );

  test.each([
    ['a space', 'a b'],
    ['spaces around a dot', ' . '],
    ['an accent', 'ü'],
    ['an emoji', '😀'],
    ['a per cent sign', '100%'],
    ['a per cent sign before no hexadecimal digits', '%zz'],
    ['three dots', '...'],
    ['a dot inside', 'a.b'],
    ['a dot at the beginning', '.github'],
    ['characters that are special in URLs', 'a?b#c&d=e;f:g@h+i'],
    ['an encoded letter', 'a%41'],
    ['braces, as in a template', '{}'],
  ])('returns %s as one segment', (_, value) => {
    // Act
    const { value: encoded, template } = path`/v1/${value}/tail`;

    // Assess
    expect(segmentsOf(encoded)).toEqual([value, 'tail']);
    expect(template).toBe('/v1/{}/tail');
  });

  test('encodes several values, and its template contains no value', () => {
    // Act
    const built = path`/v1/repos/${'my org'}/${'x%y'}/issues/${42}`;

    // Assess
    expect(built.value).toBe('/v1/repos/my%20org/x%25y/issues/42');
    expect(built.template).toBe('/v1/repos/{}/{}/issues/{}');
  });

  test('works without values', () => {
    // Act
    const built = path`/v1/users/me`;

    // Assess
    expect(built).toMatchObject({ value: '/v1/users/me', template: '/v1/users/me' });
  });

  test('does not show a rejected value in the error', () => {
    expect(() => path`/v1/${'topsecret/..'}`).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('topsecret') }),
    );
  });

  test('detects unsafe values under any number of encoding layers', () => {
    // Prepare
    const deep = `%${'25'.repeat(15_000)}2e`;

    // Act
    const build = () => path`/v1/${deep}`;

    // Assess
    expect(build).toThrow(refusal);
  });
});

const BAD_SLASHES: [string, string][] = [
  ...REFUSED,
  ['only a slash', '/'],
  ['a slash at the beginning', '/a'],
  ['a slash at the end', 'a/'],
  ['two slashes in a row', 'a//b'],
  ['two dots between slashes', 'a/../b'],
  ['two dots at the end', 'a/..'],
  ['a dot between slashes', 'a/./b'],
  ['two encoded dots between slashes', 'a/%2e%2e/b'],
  ['two dots, encoded twice, between slashes', 'a/%252e%252e/b'],
  ['an encoded slash between slashes', 'a/b%2f..%2fc/d'],
  ['a backslash between slashes', 'a/..\\b/c'],
];

describe('multiSegment', () => {
  test.each(BAD_SLASHES)('rejects %s', (_, value) => {
    expect(() => path`/v1/${multiSegment(value)}`).toThrow(refusal);
  });

  test.each([
    ['one segment', 'main', ['main']],
    ['a branch', 'feature/x', ['feature', 'x']],
    ['a file', 'src/my file.ü/100%.txt', ['src', 'my file.ü', '100%.txt']],
    ['dots that are not dot segments', '.github/.../a.b', ['.github', '...', 'a.b']],
    ['characters that are special in URLs', 'a?b/c#d', ['a?b', 'c#d']],
  ])('returns %s with unencoded slashes', (_, value, segments) => {
    // Act
    const { value: encoded, template } = path`/v1/${multiSegment(value)}/tail`;

    // Assess
    expect(segmentsOf(encoded)).toEqual([...segments, 'tail']);
    expect(template).toBe('/v1/{}/tail');
  });
});

describe('slashedSegment', () => {
  test.each(BAD_SLASHES)('rejects %s', (_, value) => {
    expect(() => path`/v1/${slashedSegment(value)}`).toThrow(refusal);
  });

  test.each([
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    ['a meeting link', 'lena-berg/intro', '/v1/lena-berg%2Fintro/tail'],
    // https://docs.gitlab.com/api/rest/#namespaced-paths
    ['a project', 'diaspora/diaspora', '/v1/diaspora%2Fdiaspora/tail'],
    ['a tag with a space', 'a b/c', '/v1/a%20b%2Fc/tail'],
    ['a value without slashes', 'intro', '/v1/intro/tail'],
  ])('returns %s as one segment', (_, value, expected) => {
    const { value: encoded, template } = path`/v1/${slashedSegment(value)}/tail`;

    expect(encoded).toBe(expected);
    expect(segmentsOf(encoded)).toEqual([value, 'tail']);
    expect(template).toBe('/v1/{}/tail');
  });
});
