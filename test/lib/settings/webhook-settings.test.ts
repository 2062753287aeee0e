import { describe, expect, test } from 'vitest';
import { isWebhookSecret, readWebhookSettings } from '../../../lib/settings/webhook-settings.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook-AbCdEf';
const required = { SCALEKIT_WEBHOOK_SECRET: SECRET, IDEMPOTENCY_TABLE: 'writes' };

describe('readWebhookSettings', () => {
  test('asks for nothing that only tools need', () => {
    expect(readWebhookSettings(required)).toEqual({ ...required, EVENT_BUS: 'default' });
  });

  test('takes the ARN in place of the secret', () => {
    const settings = readWebhookSettings({ SCALEKIT_WEBHOOK_SECRET_ARN: ARN, IDEMPOTENCY_TABLE: 'writes' });

    expect(settings.SCALEKIT_WEBHOOK_SECRET_ARN).toBe(ARN);
  });

  test.each([
    ['SCALEKIT_WEBHOOK_SECRET', '', 'SCALEKIT_WEBHOOK_SECRET is not set; it should hold the signing secret'],
    ['SCALEKIT_WEBHOOK_SECRET', 'whsec_?', 'SCALEKIT_WEBHOOK_SECRET is malformed'],
    ['SCALEKIT_WEBHOOK_SECRET_ARN', 'arn:aws:s3:::x', 'SCALEKIT_WEBHOOK_SECRET_ARN is malformed'],
    ['IDEMPOTENCY_TABLE', '', 'IDEMPOTENCY_TABLE is not set'],
    ['EVENT_BUS', 'a bus', 'EVENT_BUS is malformed'],
    ['EVENT_BUS', 'arn:aws:sqs:eu-west-1:123456789012:queue', 'EVENT_BUS is malformed'],
  ])('tells what is wrong with %s %j, without its value', (name, value, message) => {
    expect(() => readWebhookSettings({ ...required, [name]: value })).toThrow(message);
  });

  test('tells all faults at once', () => {
    expect(() => readWebhookSettings({ EVENT_BUS: '?' })).toThrow(
      /EVENT_BUS is malformed.*IDEMPOTENCY_TABLE is not set.*SCALEKIT_WEBHOOK_SECRET is not set/,
    );
  });
});

test.each([
  [SECRET, true],
  [`whsec_${'A'.repeat(88)}`, true],
  [SECRET.slice('whsec_'.length), false],
  ['whsec_', false],
  ['whsec_AAAA', false],
  [`${SECRET}\n`, false],
  [`${SECRET.slice(0, -1)}-`, false],
])('%j as a secret: %s', (text, expected) => {
  expect(isWebhookSecret(text)).toBe(expected);
});
