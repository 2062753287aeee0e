import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../set-subscription-status.ts';
import { documentedBatch, documentedStatus } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
const PRIYA = 'priya+news@greencampus.example';
const UNSUBSCRIBE = { email: PRIYA, subscription: '7890', status: 'UNSUBSCRIBED' };
const statusesOf = (email: string) =>
  hubspot.atProvider(`/communication-preferences/v4/statuses/${encodeURIComponent(email)}?channel=EMAIL`);

describe('hubspot_set_subscription_status', () => {
  test('subscribes an address with one documented request', async () => {
    const { status, json } = await hubspot.call({
      ...UNSUBSCRIBE,
      status: 'SUBSCRIBED',
      legal_basis: 'CONSENT_WITH_NOTICE',
      explanation: 'Asked to be added',
    });

    expect(status).toBe(200);
    expect(json).toEqual({ subscription: 'Workshop news', status: 'SUBSCRIBED', is_changed: true });
    expect(hubspot.requests()).toEqual([
      {
        method: 'POST',
        path: '/communication-preferences/v4/statuses/priya%2Bnews%40greencampus.example',
        json: {
          subscriptionId: 7890,
          statusState: 'SUBSCRIBED',
          channel: 'EMAIL',
          legalBasis: 'CONSENT_WITH_NOTICE',
          legalBasisExplanation: 'Asked to be added',
        },
      },
    ]);
    expect(await statusesOf(PRIYA)).toMatchObject({
      results: [
        { subscriptionId: 7890, status: 'SUBSCRIBED', legalBasis: 'CONSENT_WITH_NOTICE' },
        { subscriptionId: 7891, status: 'NOT_SPECIFIED' },
      ],
    });
  });

  test('returns is_changed: false if the address already has the requested status', async () => {
    const email = 'priya@greencampus.example';

    const first = await hubspot.call({ ...UNSUBSCRIBE, email });
    const second = await hubspot.call({ ...UNSUBSCRIBE, email });

    expect(first.json).toMatchObject({ status: 'UNSUBSCRIBED', is_changed: true });
    expect(second.json).toMatchObject({ status: 'UNSUBSCRIBED', is_changed: false });
    expect(await statusesOf(email)).toMatchObject({ results: [{ status: 'UNSUBSCRIBED' }, {}] });
  });

  test.each([
    [
      'an address that opted out of all e-mail',
      { email: 'tomas@berg-family.example', status: 'SUBSCRIBED' },
      'rejected_by_provider',
      /opted out/,
    ],
    ['an unknown type', { subscription: '1' }, 'not_found', /./],
  ])('rejects %s, and changes nothing', async (_, input, code, message) => {
    const { error } = await hubspot.call({ ...UNSUBSCRIBE, ...input });

    expect(error).toMatchObject({ code, message: expect.stringMatching(message), retryable: false });
    expect(await statusesOf(Object(input).email ?? PRIYA)).toMatchObject({
      results: [{ status: 'NOT_SPECIFIED' }, { status: 'NOT_SPECIFIED' }],
    });
  });

  test('reports a missing scope', async () => {
    const { error } = await hubspot.call(UNSUBSCRIBE, 'user_grace');

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: [{ path: '', issue: 'needs the scope communication_preferences.read_write' }],
    });
  });

  test.each([
    [
      'every documented field',
      documentedStatus,
      { subscription: 'Marketing Information', status: 'UNSUBSCRIBED', is_changed: true },
    ],
    [
      'no optional field',
      { channel: 'EMAIL', source: 'API', status: 'UNSUBSCRIBED', subscriptionId: 7890 },
      { subscription: null, status: 'UNSUBSCRIBED', is_changed: true },
    ],
  ])('accepts a response with %s', async (_, result, output) => {
    const { json } = await hubspot.answered(UNSUBSCRIBE, { body: documentedBatch(result) });

    expect(json).toEqual(output);
  });

  test.each([
    ['contains errors', { numErrors: 1, errors: [{ status: 'error' }] }],
    ['lacks the status', {}],
  ])('after a response that %s, returns outcome_unknown and does not repeat the write', async (_, more) => {
    const { error } = await hubspot.answered(UNSUBSCRIBE, { body: { ...documentedBatch(), ...more } });

    expect(error?.code).toBe('outcome_unknown');
    expect(hubspot.bodiesSent()).toHaveLength(1);
  });

  test.each(['Workshop news', ' workshop NEWS '])(
    'finds the subscription type by the name %j',
    async (subscription) => {
      const { json } = await hubspot.call({ ...UNSUBSCRIBE, subscription });

      expect(json).toMatchObject({ subscription: 'Workshop news', status: 'UNSUBSCRIBED' });
      expect(hubspot.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
        'GET /communication-preferences/v4/definitions',
        'POST /communication-preferences/v4/statuses/priya%2Bnews%40greencampus.example',
      ]);
    },
  );

  test.each([
    ['offers', ['7891']],
    ['Newsletter', ['7890', '7891']],
  ])('rejects the inexact type “%s”, and lists similar types', async (subscription, values) => {
    const { error } = await hubspot.call({ ...UNSUBSCRIBE, subscription });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'subscription' }] });
    expect(error?.details[0]?.candidates?.map(({ value }) => value)).toEqual(values);
  });

  hubspot.testBadInputs({
    'a text that is not an address': [{ ...UNSUBSCRIBE, email: 'priya' }, 'email'],
    'an address with a line break': [{ ...UNSUBSCRIBE, email: 'priya@a.example\r\nx' }, 'email'],
    'a blank type': [{ ...UNSUBSCRIBE, subscription: ' ' }, 'subscription'],
    'a blank explanation': [{ ...UNSUBSCRIBE, explanation: ' ' }, 'explanation'],
    'a status that HubSpot does not accept': [{ ...UNSUBSCRIBE, status: 'NOT_SPECIFIED' }, 'status'],
    'an unknown legal basis': [{ ...UNSUBSCRIBE, legal_basis: 'HABIT' }, 'legal_basis'],
  });

  test('rejects an address that would change the path, and sends nothing', async () => {
    const { error } = await hubspot.call({ ...UNSUBSCRIBE, email: 'a@b/unsubscribe-all' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'email' }] });
    expect(hubspot.requests()).toEqual([]);
  });
});

testProviderErrors(tool, UNSUBSCRIBE, {
  ...commonErrors('communication_preferences.read_write'),
  'a wrong value': wrongValue,
  'a missing type': nothingThere,
});
