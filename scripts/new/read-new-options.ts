import { EFFECTS, type Effect } from '../../lib/contract/define-tool.ts';
import { readArguments } from '../../local/command-line/read-arguments.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';

export const USAGE = `Usage: npm run new -- <connector> <verb_object> [--effect ${EFFECTS.join('|')}] [--list]
       npm run new -- connector <name>`;

const OPTIONS = { effect: { type: 'string' }, list: { type: 'boolean', default: false } } as const;

/** The positional arguments. A missing argument is undefined. */
export type NewOptions =
  | { kind: 'connector'; name: string | undefined }
  | {
      kind: 'tool';
      connector: string | undefined;
      verbObject: string | undefined;
      effect: Effect | undefined;
      isList: boolean;
    };

/** @throws UsageError */
export function readNewOptions(args: readonly string[]): NewOptions {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE, { allowPositionals: true });
  const [first, second, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`There is an argument too many: ${rest.join(' ')}. ${USAGE}`);
  if (first === 'connector') return { kind: 'connector', name: second };
  const effect = EFFECTS.find((known) => known === values.effect);
  if (values.effect !== undefined && !effect)
    throw new UsageError(`There is no effect "${values.effect}". ${USAGE}`);
  return { kind: 'tool', connector: first, verbObject: second, effect, isList: values.list };
}
