import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { describeCriteria, type FilterList } from './filter.ts';
import type { SendAsList } from './send-as.ts';

// What nobody reads through, and what would not fit into an answer.
const ENTRIES_MAX = 50;
const ACCEPTED = 'accepted';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/AutoForwarding */
export const AutoForwarding = z.object({
  enabled: z.boolean().default(false),
  emailAddress: z.string().optional(),
  disposition: z.string().optional(),
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.forwardingAddresses */
export const ForwardingAddressList = z.object({
  forwardingAddresses: z
    .array(z.object({ forwardingEmail: z.string(), verificationStatus: z.string().optional() }))
    .default([]),
});

const address = () => text(320);

/** Every way that mail takes out of a mailbox. */
export const ForwardingAudit = z.strictObject({
  auto_forwarding: z
    .strictObject({ address: address(), disposition: text(40).nullable() })
    .nullable()
    .describe('Where all mail goes, and what becomes of it here.'),
  addresses: z
    .array(z.strictObject({ address: address(), is_verified: z.boolean() }))
    .describe('Where filters may forward to.'),
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
  is_complete: z.boolean().describe(`Whether no list had more than ${ENTRIES_MAX} entries.`),
});

interface Settings {
  auto: z.output<typeof AutoForwarding>;
  forwardingAddresses: z.output<typeof ForwardingAddressList>['forwardingAddresses'];
  filter: z.output<typeof FilterList>['filter'];
  sendAs: z.output<typeof SendAsList>['sendAs'];
}

export function forwardingAudit({ auto, ...settings }: Settings): z.input<typeof ForwardingAudit> {
  const addresses = settings.forwardingAddresses.map(({ forwardingEmail, verificationStatus }) => ({
    address: forwardingEmail,
    is_verified: verificationStatus === ACCEPTED,
  }));
  const filters = settings.filter.flatMap(({ id, criteria = {}, action }) =>
    action?.forward ? { id, criteria: describeCriteria(criteria), address: action.forward } : [],
  );
  const send_as = settings.sendAs
    // The user's own address is nothing else, unless replies to it go elsewhere.
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
    is_complete: [addresses, filters, send_as].every(({ length }) => length <= ENTRIES_MAX),
  };
}
