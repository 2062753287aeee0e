import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { FilterList } from './shared/filter.ts';
import {
  AutoForwarding,
  ForwardingAddressList,
  ForwardingAudit,
  forwardingAudit,
} from './shared/forwarding-audit.ts';
import { SendAsList } from './shared/send-as.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_audit_forwarding',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Tells everything by which mail of the user's Gmail mailbox goes elsewhere: forwarding of all mail, filters that forward, verified addresses, and other senders and reply addresses.",
  output: ForwardingAudit.shape,
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
        is_complete: true,
      },
    },
  ],

  async run(_input, { api }) {
    const [auto, addresses, filters, senders] = await Promise.all([
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getAutoForwarding
      api.get(path`/gmail/v1/users/me/settings/autoForwarding`, { response: AutoForwarding }),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.forwardingAddresses/list
      api.get(path`/gmail/v1/users/me/settings/forwardingAddresses`, { response: ForwardingAddressList }),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters/list
      api.get(path`/gmail/v1/users/me/settings/filters`, { response: FilterList }),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
      api.get(path`/gmail/v1/users/me/settings/sendAs`, { response: SendAsList }),
    ]);
    return forwardingAudit({ auto: auto.body, ...addresses.body, ...filters.body, ...senders.body });
  },
});

export const handler = createHandler(tool);
