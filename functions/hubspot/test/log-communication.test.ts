import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../log-communication.ts';
import { documentedRecord } from './documented.ts';
import { hubspotForTest } from './hubspot-for-test.ts';
import { commonErrors, nothingThere, wrongValue } from './provider-errors.ts';

const hubspot = hubspotForTest(tool);
const MESSAGE = {
  contact_id: '9001',
  channel: 'WHATS_APP',
  text: 'Größe M & L,\nbitte <blau> 🚲 "oder" \'grün\'',
  sent_at: '2026-11-20T10:00:00+01:00',
};

describe('hubspot_log_communication', () => {
  test('logs the message with one documented request', async () => {
    const { status, json } = await hubspot.call(MESSAGE);

    expect(status).toBe(200);
    expect(json).toEqual({
      id: expect.stringMatching(/^\d+$/),
      contact_id: '9001',
      sent_at: '2026-11-20T09:00:00Z',
    });
    expect(hubspot.requests()).toEqual([
      {
        method: 'POST',
        path: '/crm/v3/objects/communications',
        json: {
          properties: {
            hs_communication_channel_type: 'WHATS_APP',
            hs_communication_logged_from: 'CRM',
            hs_communication_body: MESSAGE.text,
            hs_timestamp: '2026-11-20T09:00:00Z',
          },
          associations: [
            {
              to: { id: '9001' },
              types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 81 }],
            },
          ],
        },
      },
    ]);
    const timeline = await hubspot.callOther('hubspot_get_contact_timeline', {
      contact_id: '9001',
      kinds: ['message'],
    });
    expect(timeline.json).toMatchObject({
      activities: [
        {
          id: Object(json).id,
          kind: 'message',
          happened_at: '2026-11-20T09:00:00Z',
          title: 'WHATS_APP',
          body: MESSAGE.text,
        },
      ],
    });
  });

  test('uses the current time by default', async () => {
    const before = Math.floor(Date.now() / 1_000) * 1_000;

    const { json } = await hubspot.call({ ...MESSAGE, sent_at: null });

    const sentAt = Date.parse(Object(json).sent_at);
    expect(sentAt).toBeGreaterThanOrEqual(before);
    expect(sentAt).toBeLessThanOrEqual(Date.now());
    expect(hubspot.requests()).toMatchObject([
      { json: { properties: { hs_timestamp: Object(json).sent_at } } },
    ]);
  });

  test.each([
    ['e-mail address', 'lena@cityferries.example'],
    ['e-mail address with a name', 'Lena Fuchs <lena@cityferries.example>'],
    ['name', 'lena fuchs'],
    ['the address of its page', 'https://app.hubspot.com/contacts/48112001/record/0-1/9001'],
    [
      'the older address of its page',
      'https://app-eu1.hubspot.com/contacts/48112001/contact/9001/?interaction=note',
    ],
  ])('finds the contact by %s, and sends one write', async (_, contact_id) => {
    const { json } = await hubspot.call({ ...MESSAGE, contact_id });

    expect(json).toMatchObject({ contact_id: '9001' });
    const writes = hubspot.requests().filter(({ path }) => !path.endsWith('/search'));
    expect(writes).toHaveLength(1);
  });

  test('logs the given author', async () => {
    await hubspot.call({ ...MESSAGE, author: 'Grace Lindqvist' });

    const { json } = await hubspot.callOther('hubspot_get_contact_timeline', {
      contact_id: '9001',
      kinds: ['message'],
    });
    expect(json).toMatchObject({ activities: [{ author: 'Grace Lindqvist' }] });
  });

  test.each([
    ['Tomas Berg', 'invalid_input', 2, 1],
    ['berg', 'invalid_input', 2, 1],
    // The tool sends two searches: a search for the address, and a text search.
    ['nobody@example.com', 'not_found', undefined, 2],
  ])(
    'logs nothing for the contact “%s”, because no contact or several contacts match',
    async (contact_id, code, count, searches) => {
      const { error } = await hubspot.call({ ...MESSAGE, contact_id });

      expect(error).toMatchObject({ code, details: [{ path: 'contact_id' }] });
      expect(error?.details[0]?.candidates?.length).toBe(count);
      expect(hubspot.requests()).toHaveLength(searches);
    },
  );

  test('finds a contact by an additional e-mail address', async () => {
    const { json } = await hubspot.call({ ...MESSAGE, contact_id: 'fuchs@northport-ferries.example' });

    expect(json).toMatchObject({ contact_id: '9001' });
  });

  test('returns an error for a missing contact', async () => {
    const { error } = await hubspot.call({ ...MESSAGE, contact_id: '999' });

    expect(error).toMatchObject({
      code: 'rejected_by_provider',
      message: expect.stringContaining('contact'),
      retryable: false,
    });
    expect(await hubspot.atProvider('/crm/v3/objects/communications/80001')).toMatchObject({
      category: 'OBJECT_NOT_FOUND',
    });
  });

  test('reports a missing scope', async () => {
    const { error } = await hubspot.call(MESSAGE, 'user_grace');

    expect(error).toMatchObject({
      code: 'permission_denied',
      details: expect.arrayContaining([{ path: '', issue: 'needs the scope crm.objects.contacts.write' }]),
    });
  });

  test.each([
    ['the documented response', documentedRecord('communications')],
    ['a response with only the ID', { id: '512' }],
  ])('accepts %s', async (_, body) => {
    const { json } = await hubspot.answered(MESSAGE, { status: 201, body });

    expect(json).toEqual({ id: '512', contact_id: '9001', sent_at: '2026-11-20T09:00:00Z' });
  });

  test('after a response without the ID, returns outcome_unknown and does not repeat the write', async () => {
    const { error } = await hubspot.answered(MESSAGE, { status: 201, body: {} });

    expect(error?.code).toBe('outcome_unknown');
    expect(hubspot.bodiesSent()).toHaveLength(1);
  });

  hubspot.testBadInputs({
    'a blank contact': [{ ...MESSAGE, contact_id: ' ' }, 'contact_id'],
    'an unknown channel': [{ ...MESSAGE, channel: 'EMAIL' }, 'channel'],
    'an empty message': [{ ...MESSAGE, text: '' }, 'text'],
    'a blank message': [{ ...MESSAGE, text: ' \n' }, 'text'],
    'a message of 1 MB': [{ ...MESSAGE, text: 'x'.repeat(1_000_000) }, 'text'],
    'a day in place of a time': [{ ...MESSAGE, sent_at: '2026-11-20' }, 'sent_at'],
    'a time without a zone': [{ ...MESSAGE, sent_at: '2026-11-20 10:00' }, 'sent_at'],
    'the connected user as the author': [{ ...MESSAGE, author: 'me' }, 'author'],
  });
});

testProviderErrors(tool, MESSAGE, {
  ...commonErrors('crm.objects.contacts.write'),
  'a wrong value': wrongValue,
  'a missing record': nothingThere,
});
