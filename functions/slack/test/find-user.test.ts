import { describe, expect, test } from 'vitest';
import { everyPage } from '../../../test/support/every-page.ts';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../find-user.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import { ADA, answering, calledBy, INVALID_ANYWHERE, setUpSlack } from './slack-stack.ts';

const ada = {
  id: ADA,
  name: 'Ada Okafor',
  title: 'Owner',
  email: 'ada@harborbikes.example',
  timezone: 'Europe/Lisbon',
};
const egon = {
  id: 'W012A3CDE',
  name: 'Egon Spengler',
  title: null,
  email: 'spengler@ghostbusters.example.com',
  timezone: 'America/Los_Angeles',
};
const page = (users: unknown[]) => ({ users, count: users.length, next_cursor: null, omitted: 0 });

const slack = setUpSlack();

describe('slack_find_user', () => {
  test.each([
    ['by name', 'okafor ADA', 'users.list?limit=200'],
    ['by an accented name', 'Ádà', 'users.list?limit=200'],
    ['by a handle', '@ada', 'users.list?limit=200'],
    // https://github.com/rygwdn/slack-tools/issues/5
    ['by a name after an @', '@Ada Okafor', 'users.list?limit=200'],
    // https://slack.com/help/articles/204092246-Edit-your-profile
    ['by a name with pronouns', 'Ada Okafor (she/her)', 'users.list?limit=200'],
    ['by a name with a team', 'Ada Okafor | Sales', 'users.list?limit=200'],
    ['by an ID', ADA, `users.info?user=${ADA}`],
    ['by a mention', `<@${ADA}|ada>`, `users.info?user=${ADA}`],
    ['by the URL of a profile', `https://harborbikes.slack.com/team/${ADA}`, `users.info?user=${ADA}`],
    [
      'by an e-mail address with a name',
      'Ada Okafor <ada@harborbikes.example>',
      'users.lookupByEmail?email=ada%40harborbikes.example',
    ],
    [
      "by an e-mail address in Slack's link format",
      '<mailto:ada@harborbikes.example|ada@harborbikes.example>',
      'users.lookupByEmail?email=ada%40harborbikes.example',
    ],
    [
      'by an e-mail address',
      ' ada@harborbikes.example ',
      'users.lookupByEmail?email=ada%40harborbikes.example',
    ],
  ])('finds a person %s, with the documented request', async (_, query, request) => {
    const { status, json } = await slack.stack.call('user_ada', tool.name, { query });

    expect(status).toBe(200);
    expect(json).toEqual(page([ada]));
    expect(slack.asked()).toEqual([[`GET /api/${request}`, null]]);
  });

  test.each([
    ['a person who has left', 'marsh'],
    ['an app', 'parts'],
    ['a person with another name', 'zebedee'],
  ])('does not find %s', async (_, query) => {
    expect((await slack.stack.call('user_ada', tool.name, { query })).json).toEqual(page([]));
  });

  test('returns not_found for an unknown e-mail address', async () => {
    const { status, error } = await slack.stack.call('user_ada', tool.name, {
      query: 'lena@cityferries.example',
    });

    expect(status).toBe(404);
    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('e-mail') });
  });

  test.each([1, 2, 100])('returns every person once if max_results is %i', async (size) => {
    const input = { query: 'a', max_results: size };

    const pages = await everyPage((given) => slack.stack.call('user_ada', tool.name, given), 'users', input);

    expect(pages.flat()).toMatchObject([
      { name: 'Ada Okafor' },
      { name: 'Grace Lindqvist' },
      { name: 'Jonas Keller' },
    ]);
  });

  test('reads the next page of members if the first page has too few matches', async () => {
    slack.bed.provider.script = ({ url }) => {
      const { cursor } = calledBy({ url }).query;
      const members = cursor ? official['users.list'].members : [{ id: 'USLACKBOT', real_name: 'Slackbot' }];
      return {
        body: { ok: true, members, response_metadata: { next_cursor: cursor ? '' : 'dXNlcjpVMEc5V0ZYTlo=' } },
      };
    };

    const { json } = await slack.bed.environment(tool)({ input: { query: 'e' } });

    expect(json).toEqual(page([egon]));
    expect(slack.bed.provider.requests.map(calledBy)).toEqual([
      { method: 'users.list', query: { limit: '200' } },
      { method: 'users.list', query: { limit: '200', cursor: 'dXNlcjpVMEc5V0ZYTlo=' } },
    ]);
  });

  test.each([
    ['of a list of users', 'spengler'],
    ['of a user with this e-mail address', 'spengler@ghostbusters.example.com'],
  ])("accepts Slack's own example %s", async (_, query) => {
    slack.bed.provider.script = answering({
      ...official,
      'users.list': { ...official['users.list'], response_metadata: { next_cursor: '' } },
    });

    const { body, json } = await slack.bed.environment(tool)({ input: { query } });

    expect(json).toEqual(page([egon]));
    expect(body.length).toBeLessThan(JSON.stringify(official['users.info']).length / 2);
  });

  test.each([
    ['members', { ok: true }, []],
    ['fields', { ok: true, members: [{ id: 'U1' }, { id: 'U2', name: 'ed', profile: null }] }, ['ed']],
    ['a name', { ok: true, members: [{ id: 'U1', profile: { display_name: 'Ned' } }] }, ['Ned']],
  ])('accepts a response without %s', async (_, body, names) => {
    slack.bed.provider.script = () => ({ body });

    const { json } = await slack.bed.environment(tool)({ input: { query: 'ed' } });

    expect(json).toMatchObject(
      page(names.map((name) => ({ name, title: null, email: null, timezone: null }))),
    );
  });
});

testInvalidInputs(
  tool,
  { query: 'ada' },
  {
    ...INVALID_ANYWHERE,
    'a missing query': [{ query: null }, ['query']],
    'a blank query': [{ query: ' ' }, ['query']],
    'a query that is too long': [{ query: 'x'.repeat(401) }, ['query']],
    'too many results': [{ max_results: 101 }, ['max_results']],
  },
);
testProviderErrors(tool, { query: 'ada' }, commonErrors(tool));
testProviderErrors(
  tool,
  { query: 'ada@example.com' },
  {
    'an e-mail address that nobody has': { answer: refused('users_not_found'), error: { code: 'not_found' } },
  },
);
