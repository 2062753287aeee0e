import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../audit-forwarding.ts';
import { providerErrors } from './provider-errors.ts';

const local = useStackAndBed();

/** Emulates a Gmail account with these settings. All other settings have their defaults. */
function settings(bodies: Record<string, object>) {
  local.bed.provider.script = ({ url = '' }) => ({ body: bodies[url.split('/').at(-1) ?? ''] ?? {} });
}

// Gmail does not show these settings to apps that users connect.
const NOT_READABLE = [/Delegates/, /Routing/, /Apps/].map((words) => expect.stringMatching(words));

describe('gmail_audit_forwarding', () => {
  test('uses seven requests to list every way in which mail leaves the mailbox', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name);

    expect(status).toBe(200);
    expect(json).toEqual({
      auto_forwarding: null,
      addresses: [{ address: 'receipts@ledgerline.example', is_verified: true }],
      filters: [
        {
          id: expect.any(String),
          criteria: 'from:(bills@northportpower.example)',
          address: 'receipts@ledgerline.example',
        },
      ],
      send_as: [
        { address: 'sales@harborbikes.example', reply_to: null, is_verified: true, is_default: false },
      ],
      is_pop_enabled: false,
      is_imap_enabled: true,
      is_vacation_reply_on: false,
      is_complete: false,
      missing: NOT_READABLE,
    });
    const paths = local.forwarded().map(({ path }) => path);
    expect(paths.map((path) => path.split('/').at(-1)).sort()).toEqual([
      'autoForwarding',
      'filters',
      'forwardingAddresses',
      'imap',
      'pop',
      'sendAs',
      'vacation',
    ]);
  });

  test('returns empty lists for a mailbox without forwarding', async () => {
    settings({});

    expect((await local.bed.environment(tool)()).json).toEqual({
      auto_forwarding: null,
      addresses: [],
      filters: [],
      send_as: [],
      is_pop_enabled: false,
      is_imap_enabled: false,
      is_vacation_reply_on: false,
      is_complete: false,
      missing: NOT_READABLE,
    });
  });

  test('lists forwarding of all mail, unverified addresses, and other reply addresses', async () => {
    const me = { sendAsEmail: 'me@x.example', isPrimary: true, isDefault: true };
    settings({
      autoForwarding: { enabled: true, emailAddress: 'out@y.example', disposition: 'trash' },
      forwardingAddresses: {
        forwardingAddresses: [{ forwardingEmail: 'out@y.example', verificationStatus: 'pending' }],
      },
      filters: { filter: [{ id: 'f1', action: { forward: 'out@y.example' } }, { id: 'f2' }] },
      sendAs: { sendAs: [{ ...me, replyToAddress: 'spy@y.example' }, { sendAsEmail: 'other@x.example' }] },
    });

    expect((await local.bed.environment(tool)()).json).toEqual({
      auto_forwarding: { address: 'out@y.example', disposition: 'trash' },
      addresses: [{ address: 'out@y.example', is_verified: false }],
      filters: [{ id: 'f1', criteria: '', address: 'out@y.example' }],
      send_as: [
        { address: 'me@x.example', reply_to: 'spy@y.example', is_verified: true, is_default: true },
        { address: 'other@x.example', reply_to: null, is_verified: false, is_default: false },
      ],
      is_pop_enabled: false,
      is_imap_enabled: false,
      is_vacation_reply_on: false,
      is_complete: false,
      missing: NOT_READABLE,
    });
  });

  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/PopSettings
  test.each([
    ['disabled', false],
    ['accessWindowUnspecified', false],
    ['fromNowOn', true],
    ['allMail', true],
  ])('if the POP setting is %s, returns is_pop_enabled: %s', async (accessWindow, is_pop_enabled) => {
    settings({ pop: { accessWindow, disposition: 'leaveInInbox' }, imap: { enabled: true } });

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      is_pop_enabled,
      is_imap_enabled: true,
    });
  });

  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/VacationSettings and
  // https://developers.google.com/workspace/gmail/api/guides/vacation_settings: Gmail sends times as text.
  test.each([
    ['has no period', { enableAutoReply: true }, true],
    ['is within its period', { enableAutoReply: true, startTime: '1', endTime: '99999999999999' }, true],
    ['is before its period', { enableAutoReply: true, startTime: '99999999999999' }, false],
    ['is after its period', { enableAutoReply: true, startTime: '1', endTime: '2' }, false],
    ['is turned off', { enableAutoReply: false, startTime: '1' }, false],
    ['has an unreadable start', { enableAutoReply: true, startTime: 'soon' }, true],
  ])(
    'returns is_vacation_reply_on: $2 for a vacation reply that %s',
    async (_, vacation, is_vacation_reply_on) => {
      settings({ vacation });

      expect((await local.bed.environment(tool)()).json).toMatchObject({ is_vacation_reply_on });
    },
  );

  test('ignores forwarding that is turned off', async () => {
    settings({ autoForwarding: { enabled: false, emailAddress: 'out@y.example' } });

    expect((await local.bed.environment(tool)()).json).toMatchObject({ auto_forwarding: null });
  });

  test('returns at most 50 filters, and reports how many are left out', async () => {
    const filter = Array.from({ length: 1_000 }, (_, index) => ({
      id: `f${index}`,
      criteria: { query: 'x'.repeat(1_500) },
      action: { forward: `${'y'.repeat(200)}@z.example` },
    }));
    settings({ filters: { filter } });

    expect((await local.bed.environment(tool)()).json).toMatchObject({
      is_complete: false,
      missing: ['950 more entries of filters.', ...NOT_READABLE],
      filters: { length: 50 },
    });
  });

  test('rejects an input, because the tool has no input fields', async () => {
    const { error } = await local.stack.call('user_ada', tool.name, { user: 'user_grace' });

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'user' }] });
    expect(local.stack.scalekit.requests).toEqual([]);
  });
});

testProviderErrors(tool, {}, providerErrors);
