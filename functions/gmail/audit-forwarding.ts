import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  type ProviderClient,
  path,
  text,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { describeCriteria, FilterListResponse, SendAsListResponse } from './shared/mailbox-settings.ts';

// More entries of one kind would not fit into a response.
const ENTRIES_MAX = 50;
const ACCEPTED = 'accepted';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/AutoForwarding */
const AutoForwardingResponse = z.object({
  enabled: z.boolean().default(false),
  emailAddress: z.string().optional(),
  disposition: z.string().optional(),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.forwardingAddresses */
const ForwardingAddressListResponse = z.object({
  forwardingAddresses: z
    .array(z.object({ forwardingEmail: z.string(), verificationStatus: z.string().optional() }))
    .default([]),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/PopSettings */
const PopResponse = z.object({ accessWindow: z.string().optional() });

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/ImapSettings */
const ImapResponse = z.object({ enabled: z.boolean().default(false) });

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/VacationSettings */
const VacationResponse = z.object({
  enableAutoReply: z.boolean().default(false),
  // Milliseconds since 1970, as text. A value in another form counts as missing.
  startTime: z.coerce.number().optional().catch(undefined),
  endTime: z.coerce.number().optional().catch(undefined),
});

// Gmail shows delegates, routing rules and connected apps only to service accounts of the organisation and to
// administrators:
// https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.delegates
const NOT_READABLE = [
  'Delegates who can read the mailbox: the user sees them in the Gmail settings under Accounts.',
  'Routing rules of the organisation: its administrator sees them.',
  'Apps that have access to the mailbox: the user sees them at https://myaccount.google.com/connections.',
];
const POP_OFF = new Set(['disabled', 'accessWindowUnspecified']);

const address = () => text(320);

const ForwardingAuditOutput = z.strictObject({
  auto_forwarding: z
    .strictObject({ address: address(), disposition: text(40).nullable() })
    .nullable()
    .describe('Where all mail goes, and how the copy here is handled; null if it is off.'),
  addresses: z
    .array(z.strictObject({ address: address(), is_verified: z.boolean() }))
    .describe('The addresses to which filters may forward.'),
  filters: z
    .array(z.strictObject({ id: id(), criteria: text(300), address: address() }))
    .describe('The filters that forward, and to which address.'),
  send_as: z
    .array(
      z.strictObject({
        address: address(),
        reply_to: address().nullable(),
        is_verified: z.boolean(),
        is_default: z.boolean(),
      }),
    )
    .describe('Other addresses that mail is sent from, and replies go to.'),
  is_pop_enabled: z.boolean().describe('Whether programs may fetch mail by POP.'),
  is_imap_enabled: z.boolean(),
  is_vacation_reply_on: z.boolean(),
  ...completenessOutput,
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_audit_forwarding',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Shows how mail leaves the user's Gmail mailbox: forwarding of all mail, filters that forward, verified addresses, other senders and reply addresses, and whether POP, IMAP and the vacation reply are on. Delegates, the administrator's routing and connected apps cannot be read.",
  output: ForwardingAuditOutput.shape,
  examples: [
    {
      input: {},
      output: {
        auto_forwarding: { address: 'ada@example.org', disposition: 'archive' },
        addresses: [{ address: 'ada@example.org', is_verified: true }],
        filters: [{ id: 'ANe1Bmj5k', criteria: 'from:(bank@example.com)', address: 'ada@example.org' }],
        send_as: [
          { address: 'sales@example.com', reply_to: 'ada@example.org', is_verified: true, is_default: false },
        ],
        is_pop_enabled: false,
        is_imap_enabled: true,
        is_vacation_reply_on: false,
        is_complete: false,
        missing: ['Routing rules of the organisation: its administrator sees them.'],
      },
    },
  ],

  run: async (_input, { api }) => toForwardingAudit(await readSettings(api)),
});

async function readSettings(api: ProviderClient): Promise<Settings> {
  const [auto, addresses, filters, senders, pop, imap, vacation] = await Promise.all([
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getAutoForwarding
    api.get(path`/gmail/v1/users/me/settings/autoForwarding`, { response: AutoForwardingResponse }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.forwardingAddresses/list
    api.get(path`/gmail/v1/users/me/settings/forwardingAddresses`, {
      response: ForwardingAddressListResponse,
    }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list
    api.get(path`/gmail/v1/users/me/settings/filters`, { response: FilterListResponse }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
    api.get(path`/gmail/v1/users/me/settings/sendAs`, { response: SendAsListResponse }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getPop
    api.get(path`/gmail/v1/users/me/settings/pop`, { response: PopResponse }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getImap
    api.get(path`/gmail/v1/users/me/settings/imap`, { response: ImapResponse }),
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getVacation
    api.get(path`/gmail/v1/users/me/settings/vacation`, { response: VacationResponse }),
  ]);
  return {
    auto: auto.body,
    pop: pop.body,
    imap: imap.body,
    vacation: vacation.body,
    ...addresses.body,
    ...filters.body,
    ...senders.body,
  };
}

interface Settings {
  pop: z.output<typeof PopResponse>;
  imap: z.output<typeof ImapResponse>;
  vacation: z.output<typeof VacationResponse>;
  auto: z.output<typeof AutoForwardingResponse>;
  forwardingAddresses: z.output<typeof ForwardingAddressListResponse>['forwardingAddresses'];
  filter: z.output<typeof FilterListResponse>['filter'];
  sendAs: z.output<typeof SendAsListResponse>['sendAs'];
}

function toForwardingAudit({
  auto,
  pop,
  imap,
  vacation,
  ...settings
}: Settings): z.input<typeof ForwardingAuditOutput> {
  const addresses = settings.forwardingAddresses.map(({ forwardingEmail, verificationStatus }) => ({
    address: forwardingEmail,
    is_verified: verificationStatus === ACCEPTED,
  }));
  const filters = settings.filter.flatMap(({ id, criteria = {}, action }) =>
    action?.forward ? { id, criteria: describeCriteria(criteria), address: action.forward } : [],
  );
  const send_as = settings.sendAs
    // Leaves out the user's own address, unless replies to this address go to another address.
    .filter(({ isPrimary, replyToAddress }) => !isPrimary || replyToAddress)
    .map(({ sendAsEmail, replyToAddress, isPrimary, isDefault, verificationStatus }) => ({
      address: sendAsEmail,
      reply_to: replyToAddress || null,
      is_verified: isPrimary || verificationStatus === ACCEPTED,
      is_default: isDefault,
    }));
  return {
    auto_forwarding:
      auto.enabled && auto.emailAddress
        ? { address: auto.emailAddress, disposition: auto.disposition ?? null }
        : null,
    addresses: addresses.slice(0, ENTRIES_MAX),
    filters: filters.slice(0, ENTRIES_MAX),
    send_as: send_as.slice(0, ENTRIES_MAX),
    is_pop_enabled: pop.accessWindow !== undefined && !POP_OFF.has(pop.accessWindow),
    is_imap_enabled: imap.enabled,
    is_vacation_reply_on: isOn(vacation),
    ...completeness([
      ...Object.entries({ addresses, filters, send_as }).map(
        ([name, { length }]) => length > ENTRIES_MAX && `${length - ENTRIES_MAX} more entries of ${name}.`,
      ),
      ...NOT_READABLE,
    ]),
  };
}

function isOn({ enableAutoReply, startTime, endTime }: z.output<typeof VacationResponse>): boolean {
  const now = Date.now();
  return enableAutoReply && now >= (startTime ?? now) && now <= (endTime ?? now);
}

export const handler = createHandler(tool);
