import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { specificationFaults } from '../support/template/specification-faults.ts';
import { Template } from '../support/template/template.ts';

const RUNBOOK = join(import.meta.dirname, '../../docs/runbook.md');
const COMMAND = /^aws cloudtrail put-event-selectors .* --advanced-event-selectors '([^']+)'$/m;
const Selectors = z.array(
  z.object({
    FieldSelectors: z.array(
      z.object({
        Field: z.string(),
        Equals: z.array(z.string()).optional(),
        StartsWith: z.array(z.string()).optional(),
      }),
    ),
  }),
);

const [, json = ''] = COMMAND.exec(await readFile(RUNBOOK, 'utf8')) ?? [];
const selectors: unknown = JSON.parse(json);

test('the event selectors for CloudTrail follow the specification of AWS', () => {
  const trail = {
    Type: 'AWS::CloudTrail::Trail',
    Properties: { S3BucketName: 'trail', IsLogging: true, AdvancedEventSelectors: selectors },
  };

  const template = Template.parse({ AWSTemplateFormatVersion: '2010-09-09', Resources: { Trail: trail } });

  expect(specificationFaults(template)).toEqual([]);
});

test('the event selectors for CloudTrail select management events, and the invocations of one stage', () => {
  const selected = Selectors.parse(selectors).map(({ FieldSelectors }) =>
    FieldSelectors.map(({ Field, Equals, StartsWith }) => [Field, ...(Equals ?? StartsWith ?? [])]),
  );

  expect(selected).toEqual([
    [['eventCategory', 'Management']],
    [
      ['eventCategory', 'Data'],
      ['resources.type', 'AWS::Lambda::Function'],
      ['resources.ARN', 'arn:aws:lambda:eu-west-1:123456789012:function:scalekit-lambda-tools-prod-'],
    ],
  ]);
});
