import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** What `decodeBody` reads, for the header of a request. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

const utf8 = new TextDecoder();

/**
 * The text of a body, as its header `content-encoding` says.
 * @param bytesMax how many bytes of text there may be
 * @throws Error with a code of zlib, or `ERR_BUFFER_TOO_LARGE`: https://nodejs.org/api/zlib.html
 */
export function decodeBody(encoded: Buffer, encoding: string | undefined, bytesMax: number): string {
  const decode = encoding && encoded.length > 0 ? DECODERS.get(encoding.trim().toLowerCase()) : undefined;
  return utf8.decode(decode ? decode(encoded, { maxOutputLength: bytesMax }) : encoded);
}
