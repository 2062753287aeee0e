import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryOf, bodyOf } from '../../../../scripts/judges/fuzz/input-arbitrary.ts';
import { operationsOf } from '../../../../scripts/judges/fuzz/operations.ts';
import { projectOpenApi } from '../../../../scripts/judges/open-api-document.ts';

const document = await projectOpenApi(join(import.meta.dirname, '../../../..'), 'https://api.example.org');
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const withBody = operationsOf(document).flatMap(({ path, body }) => (body ? [{ path, body }] : []));

test.each(withBody)('generated inputs of $path match its schema', ({ body }) => {
  const validate = ajv.compile(Object(body.schema));

  fc.assert(
    fc.property(arbitraryOf(body.schema), (input) => validate(JSON.parse(JSON.stringify(input)))),
    { numRuns: 20, seed: 1 },
  );
});

test('generated bodies are valid inputs, invalid inputs or other texts', () => {
  const schema = {
    type: 'object',
    properties: { max_results: { type: 'integer', minimum: 1, maximum: 9 } },
    additionalProperties: false,
  };
  const validate = ajv.compile(schema);
  const kinds = new Set(
    fc.sample(bodyOf(schema, [{ max_results: 3 }]), { numRuns: 300, seed: 1 }).map((text) => {
      try {
        return validate(JSON.parse(text)) ? 'valid' : 'faulty';
      } catch {
        return 'not JSON';
      }
    }),
  );

  expect(kinds).toEqual(new Set(['valid', 'faulty', 'not JSON']));
});

test('the same seed generates the same bodies', () => {
  const [first] = withBody;
  if (!first) throw new Error('The document has no operation with a body.');
  const sampled = () => fc.sample(bodyOf(first.body.schema, first.body.examples), { numRuns: 20, seed: 7 });

  expect(sampled()).toEqual(sampled());
});
