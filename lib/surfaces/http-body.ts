import { ToolError } from '../errors/tool-error.ts';
import type { HttpEvent } from './http-event.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the body of a request as text; empty if there is no body.
 * @throws ToolError `invalid_input` if it is not UTF-8
 */
export function httpBody({ body, isBase64Encoded }: HttpEvent): string {
  if (!body) return '';
  if (!isBase64Encoded) return body;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw new ToolError('invalid_input', {
      details: [{ path: '', issue: 'the body is not UTF-8 text' }],
      cause,
    });
  }
}
