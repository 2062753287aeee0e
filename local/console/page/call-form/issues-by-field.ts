import type { ConsoleErrorBody } from '../../console-api.ts';
import type { Field } from './form-fields.ts';

interface Issues {
  byField: ReadonlyMap<string, readonly string[]>;
  /** Errors of the whole input, or of keys without a field. */
  others: readonly string[];
}

/** Assigns each error to its field. The field is the first part of the dotted path. */
export function issuesByField(fields: readonly Field[], faults: ConsoleErrorBody['details']): Issues {
  const keys = new Set(fields.map(({ key }) => key));
  const byField = new Map<string, string[]>();
  const others: string[] = [];
  for (const { path, issue } of faults) {
    const [key = '', ...inner] = path.split('.');
    if (!keys.has(key)) {
      others.push(path === '' ? issue : `${path}: ${issue}`);
      continue;
    }
    const text = inner.length === 0 ? issue : `${inner.join('.')}: ${issue}`;
    byField.set(key, [...(byField.get(key) ?? []), text]);
  }
  return { byField, others };
}
