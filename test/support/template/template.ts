import * as z from 'zod';

const Resource = z.strictObject({
  Type: z.string(),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .transform((ids) => [ids].flat())
    .default([]),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

/** The schema of our CloudFormation templates, which have no parameters, conditions or macros. */
export const Template = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09'),
  Description: z.string().optional(),
  Resources: z.record(z.string().regex(/^[A-Za-z0-9]{1,255}$/), Resource),
  Outputs: z
    .record(
      z.string().regex(/^[A-Za-z0-9]{1,255}$/),
      z.strictObject({
        Description: z.string().optional(),
        Value: z.unknown(),
        Export: z.unknown().optional(),
      }),
    )
    .default({}),
});
export type Template = z.output<typeof Template>;

/** Returns the properties of all resources of a type, by their logical IDs. */
export function ofType({ Resources }: Template, type: string): Map<string, Record<string, unknown>> {
  return new Map(
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id, Properties] as const] : [],
    ),
  );
}

/** Yields every value in a template, with its path. */
export function* valuesOf(value: unknown, path: readonly string[] = []): Generator<[string, unknown]> {
  yield [path.join('.'), value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* valuesOf(child, [...path, key]);
}
