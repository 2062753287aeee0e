import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** The encodings that `decodeBody` supports, as the value of a request header. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

const utf8 = new TextDecoder();

/**
 * Decodes a body by its `content-encoding` header.
 * @param bytesMax the maximum size of the decoded text
 * @throws Error with a zlib code, or `ERR_BUFFER_TOO_LARGE`: https://nodejs.org/api/zlib.html
 */
export function decodeBody(encoded: Buffer, encoding: string | undefined, bytesMax: number): string {
  const decode = encoding && encoded.length > 0 ? DECODERS.get(encoding.trim().toLowerCase()) : undefined;
  return utf8.decode(decode ? decode(encoded, { maxOutputLength: bytesMax }) : encoded);
}
