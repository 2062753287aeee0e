import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';

/**
 * A position in a list: a page of the provider, and the number of items of this page that we have already returned.
 */
export interface Position {
  /** The provider's token for the page; undefined for the first page. */
  token: string | undefined;
  /** The number of the page's items that we have already returned. */
  given: number;
  /** The page size that the list started with. */
  size: number;
}

/** The call that a cursor belongs to. A cursor is rejected if the tool, the user or the input is different. */
export interface CursorScope {
  tool: string;
  identifier: string;
  /** The tool's other inputs, as parsed. */
  input: unknown;
}

const MAC_BYTES = 16;
const Payload = lazily(() => z.tuple([z.string().nullable(), z.int().min(0), z.int().min(1)]));

/** Writes and reads the opaque cursors of lists. Cursors are signed, so nobody else can make one. */
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

  /** Returns the position, or undefined if the cursor was changed, or belongs to another tool, user or input. */
  decode(cursor: string, scope: CursorScope): Position | undefined {
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(MAC_BYTES);
    const mac = this.#mac(payload, scope);
    const genuine = bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac);
    // Different Base64 texts can decode to the same bytes. We accept only the text that we wrote.
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
