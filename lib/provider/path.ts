import { AuthoringError } from '../errors/authoring-error.ts';
import { ToolError } from '../errors/tool-error.ts';

/** A provider's path. It can be created only with the tag `path`. */
export class ProviderPath {
  /** The encoded path. */
  readonly value: string;
  /** The path with `{}` in place of each value. It may be logged. */
  readonly template: string;

  /** @internal */
  constructor(value: string, template: string) {
    this.value = value;
    this.template = template;
  }
}

/** A value that may contain slashes, made by `multiSegment` or `slashedSegment`. */
class SlashedValue {
  readonly value: string;
  /** The text that replaces a slash in the path. */
  readonly separator: '/' | '%2F';
  /** @internal */
  constructor(value: string, separator: '/' | '%2F') {
    this.value = value;
    this.separator = separator;
  }
}

/**
 * Marks a value that may contain slashes, for use in a {@link path}. Each part between the slashes becomes one encoded
 * segment.
 * @param value such as the name of a branch or the path of a file
 */
export function multiSegment(value: string): SlashedValue {
  return new SlashedValue(value, '/');
}

/**
 * Marks a value that may contain slashes but is one segment of a {@link path}. Each slash becomes `%2F`.
 * @param value such as a page's path that the provider uses as an ID
 */
export function slashedSegment(value: string): SlashedValue {
  return new SlashedValue(value, '%2F');
}

// With these characters, the provider would read another path than the template shows. For a query, use the option
// `query`.
const NOT_IN_TEMPLATE = /[?#\\]|\p{Cc}|%(?:2[ef5]|5c)|\/\.{1,2}(?:\/|$)/iu;
// Some servers decode percent-encoding more than once.
const ENCODING_LAYERS_MAX = 5;
const PERCENT_ENCODED = /(?:%[0-9a-f]{2})+/gi;
// Matches an overlong UTF-8 sequence, such as a dot in two bytes. No encoder writes such a sequence, but some decoders
// accept it.
const OVERLONG = /%c[01]|%e0%[89]|%f0%8/i;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const NOT_A_SEGMENT = /^\.{0,2}$|[/\\]|\p{Cc}/u;

/**
 * The cause of the `invalid_input` error. The runtime searches the input for the rejected value, to name the field
 * that contains it.
 */
export class RefusedPathValue extends Error {
  override readonly name = 'RefusedPathValue';
  readonly value: string;

  constructor(value: string) {
    super('A value cannot be part of a path.');
    this.value = value;
  }
}

/**
 * Builds a provider's path. Every inserted value becomes one encoded segment.
 * @param strings the template, which begins with `/` and has no query
 * @throws ToolError `invalid_input` for a value that is empty, `.` or `..`, and for a value that contains a slash, a
 * backslash or a control character. The characters may also be percent-encoded
 * @throws AuthoringError if the template is not a path
 */
export function path(
  strings: TemplateStringsArray,
  ...values: (string | number | SlashedValue)[]
): ProviderPath {
  const template = strings.join('{}');
  if (!template.startsWith('/') || NOT_IN_TEMPLATE.test(template)) {
    throw new AuthoringError(
      `The path ${template} must begin with "/" and hold no "?", "#", "\\" or dot segment.`,
    );
  }
  const encoded = values.map((value) => {
    if (!(value instanceof SlashedValue)) return [encodeSegment(String(value), String(value))];
    return value.value.split('/').map((part) => encodeSegment(part, value.value));
  });
  const separate = String.raw({ raw: strings }, ...encoded.map((parts) => parts.join('/')));
  // Two safe values can form an unsafe segment if the template puts them next to each other, such as `.` and `.`.
  const segments = separate.split('/').filter((segment) => segment !== '');
  if (!segments.every((segment) => isSegment(segment, ENCODING_LAYERS_MAX + 1))) throw refused('');
  const joined = values.map((value, index) =>
    (encoded[index] ?? []).join(value instanceof SlashedValue ? value.separator : ''),
  );
  return new ProviderPath(String.raw({ raw: strings }, ...joined), template);
}

function encodeSegment(value: string, whole: string): string {
  if (!value.isWellFormed() || !isSegment(value, ENCODING_LAYERS_MAX)) throw refused(whole);
  return encodeURIComponent(value);
}

function refused(value: string): ToolError {
  return new ToolError('invalid_input', {
    message: 'A value of the input cannot be part of an address at the provider. Correct it and call again.',
    details: [
      {
        path: '',
        issue: 'an ID or name must not be empty, a dot segment, or hold a slash or a control character',
      },
    ],
    cause: new RefusedPathValue(value),
  });
}

function isSegment(text: string, layersMax: number): boolean {
  const bare = decodeFully(text, layersMax);
  return bare !== undefined && !NOT_A_SEGMENT.test(bare);
}

/**
 * Decodes a text until it contains no percent-encoding. Returns undefined if the text contains an overlong character,
 * or was encoded `layersMax` times or more.
 */
function decodeFully(text: string, layersMax: number): string | undefined {
  let decoded = text;
  for (let layer = 0; layer < layersMax; layer += 1) {
    const outer = decoded;
    if (OVERLONG.test(outer)) return undefined;
    decoded = outer.replace(PERCENT_ENCODED, decodeBytes);
    if (decoded === outer) return decoded;
  }
  return undefined;
}

/** Decodes bytes as UTF-8. If they are not valid UTF-8, reads each byte as a Latin-1 character, as old servers do. */
function decodeBytes(encoded: string): string {
  const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex');
  try {
    return UTF_8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
