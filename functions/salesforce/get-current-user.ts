import { defineTool, id, ifReadable, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { salesforce } from './connector.ts';
import { currentUserId } from './shared/current-user.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
const UserResponse = z.object({
  Id: id(),
  Name: z.string().nullish(),
  Email: z.string().nullish(),
  Username: z.string().nullish(),
  Title: z.string().nullish(),
  ManagerId: id().nullish(),
  TimeZoneSidKey: z.string().nullish(),
});

const USER_FIELDS = Object.keys(UserResponse.shape);
// Every user can see these fields.
const PUBLIC_FIELDS = ['Id', 'Name'];

export const tool = defineTool({
  connector: salesforce,
  name: 'salesforce_get_current_user',
  effect: 'read',
  scopes: ['api', 'refresh_token'],
  description:
    'Returns the Salesforce user that the account belongs to: "me" and "my" in Salesforce. Its ID is the value of OwnerId in records of their own.',
  output: {
    id: id().describe('For fields such as OwnerId.'),
    name: text(121).nullable(),
    email: text(254).nullable(),
    username: text(254).nullable(),
    title: text(80).nullable(),
    manager_id: id().nullable(),
    time_zone: text(40).nullable(),
  },
  examples: [
    {
      input: {},
      output: {
        id: '005D0000001GLohIAG',
        name: 'Rosa Marin',
        email: 'rosa@example.com',
        username: 'rosa@example.com',
        title: 'Account manager',
        manager_id: '005D0000001GLpWIAW',
        time_zone: 'Europe/Madrid',
      },
    },
  ],

  async run(_input, { api }) {
    const userId = await currentUserId(api);
    const read = (fields: readonly string[]) =>
      // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve_get.htm
      api.get(path`/sobjects/User/${userId}`, {
        query: { fields: fields.join(',') },
        response: UserResponse,
      });
    // Salesforce rejects the request if one of the fields is hidden from the user. The second request reads only the
    // public fields.
    const { body } =
      (await ifReadable(read(USER_FIELDS), ['rejected_by_provider'])) ?? (await read(PUBLIC_FIELDS));
    return {
      id: body.Id,
      name: body.Name ?? null,
      email: body.Email ?? null,
      username: body.Username ?? null,
      title: body.Title ?? null,
      manager_id: body.ManagerId ?? null,
      time_zone: body.TimeZoneSidKey ?? null,
    };
  },
});

export const handler = createHandler(tool);
