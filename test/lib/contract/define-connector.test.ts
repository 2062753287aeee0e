import { describe, expect, test } from 'vitest';
import { defineConnector } from '../../../lib/contract/define-connector.ts';
import type { ProviderErrors } from '../../../lib/provider/provider-errors.ts';

describe('defineConnector', () => {
  test.each([
    ['gmail', 'GMAIL_CONNECTION', 'GMAIL_IDENTITY_TEMPLATE'],
    ['google_drive', 'GOOGLE_DRIVE_CONNECTION', 'GOOGLE_DRIVE_IDENTITY_TEMPLATE'],
    ['s3', 'S3_CONNECTION', 'S3_IDENTITY_TEMPLATE'],
  ])('derives the names of the settings of %s', (name, connectionSetting, identityTemplateSetting) => {
    // Act
    const connector = defineConnector({ name });

    // Assess
    expect(connector).toMatchObject({ name, connectionSetting, identityTemplateSetting });
  });

  test('sends no headers and uses only the HTTP status of errors by default', () => {
    // Act
    const { headers, errors } = defineConnector({ name: 'gmail' });

    // Assess
    expect(headers).toEqual({});
    expect(errors.rules).toEqual({});
    expect(errors.reason({ status: 403, headers: {}, body: { error: 'x' } })).toBeUndefined();
  });

  test('returns the given headers and error rules', () => {
    // Prepare
    const headers = { accept: 'application/vnd.github+json' };
    const errors: ProviderErrors = { reason: () => 'x', rules: { x: { code: 'not_found' } } };

    // Act
    const connector = defineConnector({ name: 'github', headers, errors });

    // Assess
    expect(connector.headers).toEqual(headers);
    expect(connector.errors).toBe(errors);
  });

  test.each(['', 'Gmail', 'g-mail', 'g mail', '1mail', '_gmail', 'gmail_', 'g__mail', 'gmäil', 'gmail\n'])(
    'rejects the name %j',
    (name) => {
      expect(() => defineConnector({ name })).toThrow(/must be lower snake case/);
    },
  );
});
