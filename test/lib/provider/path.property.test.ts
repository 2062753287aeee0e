import fc from 'fast-check';
import { defineTool, multiSegment, path } from 'scalekit-lambda-tools';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { readThing } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const LAYERS_MAX = 5;
const RUNS = 8_000;

/** The parts from which an attacker's values are built. */
const fragment = fc.constantFrom(
  ...[
    '.',
    '..',
    '...',
    '/',
    '\\',
    '%',
    '%25',
    '%2',
    '5',
    '2',
    'e',
    'E',
    'f',
    'F',
    'c',
    ';',
    '?',
    '#',
    '@',
    ':',
  ],
  ...[
    '%2e',
    '%2E',
    '%2f',
    '%2F',
    '%5c',
    '%5C',
    '%00',
    '%0d%0a',
    '%7f',
    '%c0%ae',
    '%C0%AF',
    '%e0%80%af',
    '%u002e',
  ],
  ...['%252e', '%252F', '%%32%65', '%25%32%66', '%uff0e', '%ef%bc%8f', '．', '／', '＼', '․', '∕'],
  ...[
    '\0',
    '\t',
    '\n',
    '\r',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u200b',
    '\ufeff',
    '\ud83d',
    '\ude00',
    '😀',
    ' ',
    '+',
    'a',
  ],
);

/** Encodes a text once for each layer: all bytes if the layer is true, otherwise only the per cent signs. */
function layered(text: string, layers: readonly boolean[]): string {
  return layers.reduce(
    (outer, everything) =>
      everything
        ? [...Buffer.from(outer)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
        : outer.replaceAll('%', '%25'),
    text,
  );
}

const crafted = fc
  .tuple(
    fc.array(fragment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    fc.array(fc.boolean(), { maxLength: 3 }),
  )
  .map(([text, layers]) => layered(text, layers));
const long = fc
  .tuple(fragment, fc.integer({ min: 500, max: 5_000 }), crafted)
  .map(([part, times, end]) => part.repeat(times) + end);
const anyText = fc.oneof(
  { weight: 6, arbitrary: crafted },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
  { weight: 1, arbitrary: fc.string({ unit: fragment }) },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    }),
  },
);
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 1e21, 5e-324),
);
const slashed = fc.array(anyText, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

/**
 * One path segment. Its parts are texts that the author of the tool writes, and values that are inserted between
 * them.
 */
type Inserted = { value: string | number; isMulti: boolean };
type Segment = (string | Inserted)[];

const LITERAL = /^[A-Za-z0-9_~:@!$&'()*+,;=-][A-Za-z0-9_.~:@!$&'()*+,;=-]{0,6}$/;
const literal = fc.stringMatching(LITERAL);
const single = fc.oneof(anyText, long, anyNumber).map((value): Inserted => ({ value, isMulti: false }));
const multi = fc.oneof(slashed, anyText).map((value): Inserted => ({ value, isMulti: true }));
const wholeSegment: fc.Arbitrary<Segment> = fc.oneof(literal, single, multi).map((part) => [part]);
const asValue = (value: string): Inserted => ({ value, isMulti: false });
const beside: fc.Arbitrary<Segment> = fc.array(fc.oneof(literal, anyText.map(asValue)), {
  minLength: 2,
  maxLength: 3,
});
/**
 * A segment from a dangerous text that is divided into two parts. A part is a value, or a text of the author if the
 * author may write such a text.
 */
const divided: fc.Arbitrary<Segment> = fc
  .tuple(crafted, fc.nat(), fc.boolean(), fc.boolean())
  .map(([text, anywhere, isFirstOurs, isSecondOurs]) => {
    const at = anywhere % (text.length + 1);
    const part = (piece: string, isOurs: boolean) => (isOurs && LITERAL.test(piece) ? piece : asValue(piece));
    return [part(text.slice(0, at), isFirstOurs), part(text.slice(at), isSecondOurs)];
  });
const mixedSegment = fc
  .oneof(beside, divided)
  .filter((parts) => parts.some((part) => typeof part !== 'string'));
const templateOf = (segment: fc.Arbitrary<Segment>) => fc.array(segment, { minLength: 1, maxLength: 5 });

/** Calls the tag `path` with these segments, as a template literal would. */
function build(segments: readonly Segment[]) {
  const strings = [''];
  const values: Parameters<typeof path>[1][] = [];
  const write = (text: string) => strings.push((strings.pop() ?? '') + text);
  for (const segment of segments) {
    write('/');
    for (const part of segment) {
      if (typeof part === 'string') write(part);
      else {
        values.push(part.isMulti ? multiSegment(String(part.value)) : part.value);
        strings.push('');
      }
    }
  }
  return path(Object.assign(strings, { raw: strings }), ...values);
}

/** Returns the path, or undefined if `path` rejected it with `invalid_input`. */
function builtOrRefused(segments: readonly Segment[]): string | undefined {
  try {
    return build(segments).value;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    expect(error.code).toBe('invalid_input');
    return undefined;
  }
}

/** Returns the segments that the provider should read. A value with unencoded slashes becomes several segments. */
function expectedSegments(segments: readonly Segment[]): string[] {
  return segments.flatMap((segment) => {
    const text = segment.map((part) => (typeof part === 'string' ? part : String(part.value))).join('');
    return segment.some((part) => typeof part !== 'string' && part.isMulti) ? text.split('/') : [text];
  });
}

/**
 * Returns the texts that different servers can read in a segment. A server may decode it several times, and may
 * accept invalid encodings.
 */
function readings(segment: string): string[] {
  const decoders = [
    decodeURIComponent,
    (text: string) =>
      text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number(`0x${code.slice(1)}`))),
  ];
  return decoders.flatMap((decode) => {
    const found = [segment];
    for (let layer = 0; layer < LAYERS_MAX; layer += 1) {
      const outer = found.at(-1) ?? '';
      try {
        found.push(decode(outer));
      } catch {
        return found;
      }
    }
    return found;
  });
}

const SEPARATOR = /[/\\]/;

function isUnsafe(segment: string): boolean {
  if (['', '.', '..'].includes(segment) || SEPARATOR.test(segment)) return true;
  for (let index = 0; index < segment.length; index += 1) {
    const code = segment.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function assertInside(value: string, expected: readonly string[]): void {
  const url = new URL(`http://host.example${value}`);
  expect([url.host, url.search, url.hash, url.username]).toEqual(['host.example', '', '', '']);
  const [root, ...segments] = url.pathname.split('/');
  expect(root).toBe('');
  expect(segments.map(decodeURIComponent)).toEqual(expected);
  expect(segments.flatMap(readings).filter(isUnsafe)).toEqual([]);
}

describe('a path', () => {
  test('keeps the structure of its template for any values', () => {
    let [built, refused] = [0, 0];
    fc.assert(
      fc.property(templateOf(wholeSegment), (segments) => {
        const value = builtOrRefused(segments);
        if (value === undefined) refused += 1;
        else {
          built += 1;
          assertInside(value, expectedSegments(segments));
        }
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(built, refused)).toBeGreaterThan(RUNS / 10);
  });

  test('keeps the structure of its template if a value is only a part of a segment', () => {
    fc.assert(
      fc.property(templateOf(mixedSegment), (segments) => {
        const value = builtOrRefused(segments);
        if (value !== undefined) assertInside(value, expectedSegments(segments));
      }),
      { numRuns: RUNS },
    );
  });

  test.each([
    ['a dot segment', ['%', '2e']],
    ['two dots', ['.%', '2E']],
    ['a separator', ['a%2', 'Fb']],
    ['a line feed', ['a%0', 'Ab']],
  ])('rejects values that together form %s', (_, [first = '', second = '']) => {
    expect(() => path`/v1/${first}${second}/tail`).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  test('rejects a value that forms a dot segment with the next text of the template', () => {
    expect(() => path`/v1/${'%2'}e/tail`).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('rejects a template from which a URL parser would remove segments', () => {
    expect(() => path`/v1/%2e%2e/${'a'}`).toThrow(expect.objectContaining({ name: 'AuthoringError' }));
    expect(() => path`/v1/.\t./${'a'}`).toThrow(expect.objectContaining({ name: 'AuthoringError' }));
  });

  test.each(['caf%C3%A9', 'caf%C3%89', '%E2%82%AC'])('accepts %s, which is already encoded', (value) => {
    expect(path`/v1/${value}`.value).toBe(`/v1/${encodeURIComponent(value)}`);
  });

  test('accepts every ordinary name unchanged', () => {
    const name = fc.stringMatching(/^[\p{L}\p{N} _~@:+=,;!?#&'()-]{1,40}$/u);
    fc.assert(
      fc.property(name, name, (first, second) => {
        const whole = path`/v1/${first}/${multiSegment(`${first}/${second}`)}`.value;
        assertInside(whole, ['v1', first, first, second]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a request to the provider', () => {
  let bed: TestBed;
  beforeAll(async () => {
    bed = await startTestBed();
    return () => bed.close();
  });
  beforeEach(() => bed.reset());

  const readFile = defineTool({
    connector: readThing.connector,
    name: 'acme_read_file',
    effect: 'read',
    scopes: [],
    description: 'A tool of this test.',
    input: { thing: z.string(), file: z.string() },
    examples: [],
    async run({ thing, file }, { api }) {
      await api.get(path`/things/${thing}/files/${multiSegment(file)}/copy`, { query: { a: 'b' } });
      return {};
    },
  });

  test('is sent with each value encoded in its own part of the path, or is not sent', async () => {
    const call = bed.environment(readFile);
    const expectedOf = (thing: string, file: string) =>
      `/things/${encodeURIComponent(thing)}/files/${file.split('/').map(encodeURIComponent).join('/')}/copy?a=b`;
    await fc.assert(
      fc.asyncProperty(anyText, slashed, async (thing, file) => {
        bed.provider.requests.length = 0;
        const { status, error } = await call({ input: { thing, file } });
        const urls = bed.provider.requests.map(({ url }) => url);
        if (error) expect([status, error.code, urls]).toEqual([400, 'invalid_input', []]);
        else {
          expect(urls).toEqual([expectedOf(thing, file)]);
          assertInside(String(urls[0]).slice(0, -'?a=b'.length), [
            'things',
            thing,
            'files',
            ...file.split('/'),
            'copy',
          ]);
        }
      }),
      { numRuns: 400 },
    );
    // Scalekit received no unexpected request.
    expect(bed.calls().filter((kind) => kind === 'unknown')).toEqual([]);
  });
});
