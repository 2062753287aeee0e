import { ZodError } from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import { SchemaMismatch } from '../../lib/errors/schema-mismatch.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import { missingScopes } from '../doctor/check-scopes.ts';
import type { Verdict } from './verdict.ts';

/**
 * Returns the verdict on a call that threw an error. Does not copy the error's message, because the message may contain
 * a value of the user.
 * @param granted the account's scopes; undefined if Scalekit does not list them
 */
export function errorVerdict(tool: Tool, error: unknown, granted: readonly string[] | undefined): Verdict {
  if (!(error instanceof ToolError))
    return { verdict: 'failed', code: errorName(error), status: null, endpoint: null };
  const { code, upstream } = error;
  const [status, endpoint] = [upstream?.status ?? null, upstream?.pathTemplate ?? null];
  const mismatch = mismatchIn(error);
  if (mismatch) return { verdict: 'wrong shape', endpoint, faults: shapeFaults(mismatch) };
  switch (code) {
    case 'authorization_required':
      return missing('account', `It is ${error.accountStatus ?? 'rejected by the provider'}.`);
    case 'not_configured':
      return missing('connection', "Look at the connection and its proxy in Scalekit's dashboard.");
    case 'permission_denied':
      // If a scope is missing, the path is empty, because the error concerns the whole call.
      return error.details.some(({ path }) => path === '')
        ? missing('scope', `${scopesToGrant(tool, granted)}.`)
        : missing('permission', `The account has no right to ${endpoint ?? 'this'} at the provider.`);
    case 'not_found':
      return missing('data', 'The provider has nothing for the inputs that were found.');
    case 'invalid_input':
      return missing('input', `The inputs that were found do not fit: ${fieldsOf(error)}.`);
    default:
      return { verdict: 'failed', code, status, endpoint };
  }
}

function missing(lacks: Extract<Verdict, { verdict: 'missing' }>['lacks'], detail: string): Verdict {
  return { verdict: 'missing', lacks, detail };
}

function scopesToGrant(tool: Tool, granted: readonly string[] | undefined): string {
  const lacking = granted ? missingScopes(tool.scopes, new Set(granted)) : [];
  return lacking.length > 0 ? lacking.join(', ') : `One of ${tool.scopes.join(', ')}`;
}

function fieldsOf({ details }: ToolError): string {
  return details.map(({ path }) => path || 'the whole input').join(', ') || 'the whole input';
}

function mismatchIn(error: unknown): SchemaMismatch | undefined {
  if (error instanceof SchemaMismatch) return error;
  return error instanceof Error && error.cause !== undefined ? mismatchIn(error.cause) : undefined;
}

/**
 * Returns texts such as `messages.0.id: invalid_type, expected string, received number`. They contain no
 * value of the user.
 */
function shapeFaults({ faults, cause }: SchemaMismatch): string[] {
  const issues = cause instanceof ZodError ? cause.issues : [];
  return faults.map((fault, index) => fault + receivedType(issues[index]?.message ?? ''));
}

// zod's message may contain a value, but these words are only names of types.
const RECEIVED = /, received (string|number|boolean|object|array|null|undefined)$/;

function receivedType(message: string): string {
  const [, type] = RECEIVED.exec(message) ?? [];
  return type === undefined ? '' : `, received ${type}`;
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
