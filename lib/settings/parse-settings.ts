import * as z from 'zod';
import { type SettingFault, SettingsError } from './settings-error.ts';

/** The environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws an error with all faults in one line. The line never contains a value, because a value may be a secret. */
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

/** Removes empty values, because they count as not set. */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** Parses some settings. @throws SettingsError */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
) {
  // zod must not compile the schema to code, because each schema is used only once.
  const result = schema.safeParse(withoutEmpty(environment), { jitless: true });
  if (result.success) return result.data;
  const descriptions = new Map(
    Object.entries(schema.shape).map(([name, field]) => [name, z.globalRegistry.get(field)?.description]),
  );
  return throwFaults(result.error, environment, (name) => descriptions.get(name));
}

/** A list of items with commas between them, such as `a, b`. A schema checks each item. */
export const commaList = (item: z.ZodString) =>
  z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(item));
