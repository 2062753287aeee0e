import { isIdentifier } from '../../lib/identity/identifier.ts';
import { UsageError } from './usage-error.ts';

/** The value of `--as`: for whom the tools run. @throws UsageError */
export function readIdentifier(value: string | undefined, usage: string): string {
  if (value === undefined)
    throw new UsageError(`--as is missing: for whom the tools run, such as user_ada. ${usage}`);
  if (isIdentifier(value)) return value;
  throw new UsageError(`--as must be 1 to 256 visible ASCII characters. ${usage}`);
}
