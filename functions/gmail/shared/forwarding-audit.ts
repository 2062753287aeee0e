import { completeness, completenessOutput, id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { describeCriteria, type FilterListResponse } from './filter.ts';
import type { SendAsListResponse } from './send-as.ts';

// Nobody reads through more, and more would not fit into an answer.
const ENTRIES_MAX = 50;
const ACCEPTED = 'accepted';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/AutoForwarding */
export const AutoForwardingResponse = z.object({
  enabled: z.boolean().default(false),
  emailAddress: z.string().optional(),
  disposition: z.string().optional(),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.forwardingAddresses */
export const ForwardingAddressListResponse = z.object({
  forwardingAddresses: z
    .array(z.object({ forwardingEmail: z.string(), verificationStatus: z.string().optional() }))
    .default([]),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/PopSettings */
export const PopResponse = z.object({ accessWindow: z.string().optional() });

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/ImapSettings */
export const ImapResponse = z.object({ enabled: z.boolean().default(false) });

// Gmail shows these to service accounts of the organisation and to administrators only:
// https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.delegates
const NOT_READABLE = [
  'Delegates who can read the mailbox: the user sees them in the Gmail settings under Accounts.',
  'Routing rules of the organisation: its administrator sees them.',
  'Apps that have access to the mailbox: the user sees them at https://myaccount.google.com/connections.',
];
const POP_OFF = new Set(['disabled', 'accessWindowUnspecified']);

const address = () => text(320);

/** The ways by which mail leaves a mailbox, as far as they can be read. */
export const ForwardingAuditOutput = z.strictObject({
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
  is_pop_enabled: z.boolean().describe('Whether mail programs may fetch mail by POP.'),
  is_imap_enabled: z.boolean().describe('Whether mail programs may read the mailbox by IMAP.'),
  ...completenessOutput,
});

interface Settings {
  pop: z.output<typeof PopResponse>;
  imap: z.output<typeof ImapResponse>;
  auto: z.output<typeof AutoForwardingResponse>;
  forwardingAddresses: z.output<typeof ForwardingAddressListResponse>['forwardingAddresses'];
  filter: z.output<typeof FilterListResponse>['filter'];
  sendAs: z.output<typeof SendAsListResponse>['sendAs'];
}

export function toForwardingAudit({
  auto,
  pop,
  imap,
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
    // The user's own address is no news, unless replies to it go elsewhere.
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
    ...completeness([
      ...Object.entries({ addresses, filters, send_as }).map(
        ([name, { length }]) => length > ENTRIES_MAX && `${length - ENTRIES_MAX} more entries of ${name}.`,
      ),
      ...NOT_READABLE,
    ]),
  };
}
