import { Webhook } from 'standardwebhooks';
import { ToolError } from '../errors/tool-error.ts';
import { headerValue } from '../surfaces/header-value.ts';
import type { HttpEvent } from '../surfaces/http-event.ts';

/** A delivery as it came, of which nobody has told yet whose it is. */
export interface Delivery {
  id: string;
  timestamp: string;
  signature: string;
  body: string;
}

// API Gateway joins a header that comes twice with a comma, which none of these has; the library takes more than these.
const ID = /^[\x21-\x2b\x2d-\x7e]{1,256}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;
const SIGNATURE = /^[^\s,]+,[^\s,]+(?: [^\s,]+,[^\s,]+)*$/;

// A byte order mark is signed like the rest of the body.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws ToolError `unauthenticated` for what cannot be a delivery */
export function readDelivery(event: HttpEvent): Delivery {
  const header = (name: string, form: RegExp) => {
    const value = headerValue(event.headers ?? {}, name);
    if (value === undefined || !form.test(value)) throw notSigned();
    return value;
  };
  return {
    id: header('webhook-id', ID),
    timestamp: header('webhook-timestamp', TIMESTAMP),
    signature: header('webhook-signature', SIGNATURE),
    body: bodyAsItCame(event),
  };
}

/**
 * Whether a secret signed the delivery within the last five minutes.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @param secret a well-formed one
 */
export function isSignedWith(secret: string, { id, timestamp, signature, body }: Delivery): boolean {
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  };
  const webhook = new Webhook(secret);
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    // Not only errors of verification are thrown on odd input; whatever it is, nothing was verified.
    return false;
  }
}

export function notSigned(cause?: unknown): ToolError {
  return new ToolError('unauthenticated', {
    message: 'This is no delivery that Scalekit signed in the last five minutes.',
    cause,
  });
}

function bodyAsItCame({ body, isBase64Encoded }: HttpEvent): string {
  const text = body ?? '';
  // What is no Unicode would be signed as something else.
  if (!isBase64Encoded && !text.isWellFormed()) throw notSigned();
  if (!isBase64Encoded) return text;
  try {
    return utf8.decode(Buffer.from(text, 'base64'));
  } catch (cause) {
    throw notSigned(cause);
  }
}
