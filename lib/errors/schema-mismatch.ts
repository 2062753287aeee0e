import * as z from 'zod';

const FAULTS_MAX = 8;

/** Data that does not fit its schema. `faults` names the fields and the expected types, but never contains the data. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
  readonly faults: string[];

  constructor(schema: z.ZodType, error: z.ZodError) {
    super('Data broke its schema.', { cause: error });
    const declared = declaredKeys(schema);
    this.faults = error.issues.slice(0, FAULTS_MAX).map((issue) => faultOf(issue, declared));
  }
}

/**
 * Returns a fault such as `messages.0.id: invalid_type, expected string`. A key that the schema does not declare
 * becomes `*`.
 */
function faultOf(issue: z.core.$ZodIssue, declared: ReadonlySet<string>): string {
  const segments = issue.path.map((key) =>
    typeof key === 'number' || declared.has(String(key)) ? String(key) : '*',
  );
  const place = segments.join('.') || 'the object itself';
  if (issue.code === 'unrecognized_keys') return `${place}: has keys that are not declared`;
  return `${place}: ${issue.code}${issue.code === 'invalid_type' ? `, expected ${issue.expected}` : ''}`;
}

/** Returns every key that a schema declares, at any depth. A schema may contain itself. */
function declaredKeys(root: z.core.$ZodType): ReadonlySet<string> {
  const keys = new Set<string>();
  const schemas = new Set([root]);
  // The loop also visits the schemas that are added during the loop. The set ensures that each schema is visited once.
  for (const schema of schemas) {
    for (const [key, child] of childrenOf(schema)) {
      if (key !== undefined) keys.add(key);
      schemas.add(child);
    }
  }
  return keys;
}

function childrenOf(schema: z.core.$ZodType): (readonly [key: string | undefined, child: z.core.$ZodType])[] {
  if (schema instanceof z.ZodObject) return Object.entries<z.core.$ZodType>(schema.shape);
  if (schema instanceof z.ZodArray) return [[undefined, schema.element]];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return [[undefined, schema.unwrap()]];
  }
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => [undefined, option] as const);
  return [];
}
