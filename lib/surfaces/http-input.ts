import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from '../text/parse-json.ts';
import { httpBody } from './http-body.ts';
import type { HttpEvent } from './http-event.ts';

/**
 * Returns the object in a request's body; an empty body means an empty object.
 * @throws ToolError `invalid_input` for anything else
 */
export function httpInput(event: HttpEvent): object {
  const body = httpBody(event);
  return body.trim() === '' ? {} : parseObject(body);
}

function parseObject(body: string): object {
  const value = parseJson(body);
  if (value === undefined) throw notAnObject('the body is not JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notAnObject('the body is JSON, but not an object');
}

function notAnObject(issue: string): ToolError {
  return new ToolError('invalid_input', { details: [{ path: '', issue }] });
}
