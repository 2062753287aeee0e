import { afterEach, expect, test, vi } from 'vitest';
import { createLeftActiveMetric } from '../../../lib/telemetry/accounts-left-active.ts';
import { EmfDocument } from '../../support/emf-document.ts';

afterEach(() => vi.restoreAllMocks());

test('an account that left ACTIVE is one document, by its connection', () => {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  const count = createLeftActiveMetric();

  count('gmail');
  count('slack');

  vi.restoreAllMocks();
  expect(written.map((line) => EmfDocument.parse(JSON.parse(line)))).toEqual(
    ['gmail', 'slack'].map((connection) => ({
      namespace: 'ScalekitLambdaTools',
      dimensions: [['service', 'connection']],
      units: { AccountsLeftActive: 'Count' },
      members: { service: 'scalekit-lambda-tools', connection, AccountsLeftActive: 1 },
    })),
  );
});
