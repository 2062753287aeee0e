import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

/** Where a list stands: on a page of the provider, of which some items were already given. */
export interface Position {
  /** The provider's own token of the page; undefined for the first. */
  token: string | undefined;
  /** How many items of the page were given. */
  given: number;
  /** The page size with which the list began. */
  size: number;
}

/** What a cursor belongs to; with anything else it is refused. */
export interface CursorScope {
  tool: string;
  identifier: string;
  /** The tool's other inputs, as parsed. */
  input: unknown;
}

const MAC_BYTES = 16;
const Payload = lazily(() => z.tuple([z.string().nullable(), z.int().min(0), z.int().min(1)]));

/** Writes and reads the opaque tokens that lists hand out; the key keeps others from making one. */
export class CursorCodec {
  readonly #key: string;

  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('scalekit-lambda-tools cursor').digest('hex');
  }

  encode({ token, given, size }: Position, scope: CursorScope): string {
    const payload = Buffer.from(
      JSON.stringify([token ?? null, given, size] satisfies z.input<ReturnType<typeof Payload>>),
    );
    return Buffer.concat([this.#mac(payload, scope), payload]).toString('base64url');
  }

  /** The position; undefined for a cursor that was changed, or belongs to another tool, user or input. */
  decode(cursor: string, scope: CursorScope): Position | undefined {
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(MAC_BYTES);
    const mac = this.#mac(payload, scope);
    const genuine = bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac);
    // Base64 has several spellings of the same bytes; only ours is ours.
    if (!genuine || bytes.toString('base64url') !== cursor) return undefined;
    const [token, given, size] = Payload().parse(JSON.parse(payload.toString()));
    return { token: token ?? undefined, given, size };
  }

  #mac(payload: Uint8Array, { tool, identifier, input }: CursorScope): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([tool, identifier, input]))
      .update('\0')
      .update(payload)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}
