import { defineTool, id, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { salesforce } from './connector.ts';
import { CurrentUser, withoutChatter } from './shared/current-user.ts';

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_get_current_user',
  effect: 'read',
  scopes: ['api'],
  description:
    "Tells which Salesforce user the account is, with the user's ID and manager. Use it to find or set records of the user's own.",
  output: {
    id: id().describe('For fields such as OwnerId.'),
    name: text(121),
    email: text(254).nullable(),
    manager_id: id().nullable(),
  },
  examples: [
    {
      input: {},
      output: {
        id: '005HB0000000002YAA',
        name: 'Grace Lindqvist',
        email: 'grace@harborbikes.example',
        manager_id: '005HB0000000001YAA',
      },
    },
  ],

  async run(_input, { api }) {
    // https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_user_profile_information.htm
    const { body } = await api.get(path`/chatter/users/me`, {
      response: CurrentUser,
      errors: withoutChatter,
    });
    return {
      id: body.id,
      name: body.name,
      email: body.email ?? null,
      manager_id: body.managerId ?? null,
    };
  },
});

export const handler = createHandler(tool);
