import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { FilterListResponse } from './shared/filter.ts';
import {
  AutoForwardingResponse,
  ForwardingAddressListResponse,
  ForwardingAuditOutput,
  ImapResponse,
  PopResponse,
  toForwardingAudit,
} from './shared/forwarding-audit.ts';
import { SendAsListResponse } from './shared/send-as.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_audit_forwarding',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Shows how mail leaves the user's Gmail mailbox: forwarding of all mail, filters that forward, verified addresses, other senders and reply addresses, and whether POP and IMAP are on. Delegates, the administrator's routing and connected apps cannot be read.",
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
        is_complete: false,
        missing: ['Routing rules of the organisation: its administrator sees them.'],
      },
    },
  ],

  async run(_input, { api }) {
    const [auto, addresses, filters, senders, pop, imap] = await Promise.all([
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
    ]);
    const settings = { ...addresses.body, ...filters.body, ...senders.body };
    return toForwardingAudit({ auto: auto.body, pop: pop.body, imap: imap.body, ...settings });
  },
});

export const handler = createHandler(tool);
