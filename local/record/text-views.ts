const LAYERS_MAX = 4;
const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const BASE64_PART = /[A-Za-z0-9+_-]{12,}={0,2}/g;
const LINE_BREAK_WITHIN_RUN = /(?<=[A-Za-z0-9+/_-]{20})\r?\n(?=[A-Za-z0-9+/_-])/g;

/**
 * A text as whoever decodes it reads it: as it is, without percent-encoding, without escapes, with folded lines joined,
 * and what stands in it in base64, in several layers.
 */
export function textViews(text: string, layersMax = LAYERS_MAX): string[] {
  const seen = new Set<string>();
  let layer = [text];
  for (let depth = 0; depth <= layersMax && layer.length > 0; depth += 1) {
    const fresh = [...new Set(layer)].filter((view) => view !== '' && !seen.has(view));
    for (const view of fresh) seen.add(view);
    layer = fresh.flatMap(innerViews);
  }
  return [...seen];
}

function innerViews(text: string): string[] {
  const joined = text.replace(LINE_BREAK_WITHIN_RUN, '');
  const runs = [...(joined.match(BASE64_RUN) ?? []), ...(joined.match(BASE64_PART) ?? [])];
  return [
    percentDecoded(text),
    // Of JSON within a text, and of the soft line breaks of quoted-printable.
    text.replaceAll(/\\(?:u00([0-9a-f]{2})|(.))/gi, (_, hex, plain) => (hex ? fromHex(hex) : plain)),
    text.replaceAll(/=\r?\n/g, ''),
    ...runs.map((run) => Buffer.from(run, 'base64').toString()),
  ];
}

function fromHex(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) =>
    Buffer.from(encoded.replaceAll('%', ''), 'hex').toString(),
  );
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** The text that a whole value is in base64 or base64url; undefined where it is none. */
export function base64Text(value: string): string | undefined {
  const compact = value.replaceAll(/\r?\n/g, '');
  if (!/^(?:[A-Za-z0-9+/]{12,}|[A-Za-z0-9_-]{12,})={0,2}$/.test(compact)) return undefined;
  try {
    const text = UTF_8.decode(Buffer.from(compact, 'base64'));
    return /[^\t\r\n\P{Cc}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Encodes a text in the spelling of another. */
export function inBase64Like(text: string, original: string): string {
  const isUrlAlphabet = /[_-]/.test(original) || !/[+/=]/.test(original);
  const encoded = Buffer.from(text).toString(isUrlAlphabet ? 'base64url' : 'base64');
  const isPadded = original.trimEnd().endsWith('=');
  return isUrlAlphabet && isPadded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded;
}
