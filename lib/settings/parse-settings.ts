import * as z from 'zod';
import { type SettingFault, SettingsError } from './settings-error.ts';

/** The environment variables, in the form of `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws one line with all faults. Values are never shown, because one of them may be a secret. */
function throwFaults(
  error: z.ZodError,
  environment: Environment,
  holds: (name: string) => string | undefined,
): never {
  const names = new Set(error.issues.map((issue) => String(issue.path[0])));
  const faults = [...names].map(
    (setting): SettingFault => ({
      setting,
      problem: environment[setting] ? 'is malformed' : 'is not set',
      holds: holds(setting),
    }),
  );
  const lines = faults.map(({ setting, problem, holds }) => `${setting} ${problem}; it should hold ${holds}`);
  throw new SettingsError(`${lines.join('. ')}.`, faults);
}

/** An empty value counts as unset. */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** Parses some settings. @throws SettingsError */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
) {
  // Not compiled, because each schema is used once.
  const result = schema.safeParse(withoutEmpty(environment), { jitless: true });
  if (result.success) return result.data;
  const descriptions = new Map(
    Object.entries(schema.shape).map(([name, field]) => [name, z.globalRegistry.get(field)?.description]),
  );
  return throwFaults(result.error, environment, (name) => descriptions.get(name));
}

/** Items with commas between them, such as `a, b`, each checked by a schema. */
export const commaList = (item: z.ZodString) =>
  z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(item));
