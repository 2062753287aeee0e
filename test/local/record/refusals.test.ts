import { describe, expect, test } from 'vitest';
import { FixtureRefusedError } from '../../../local/record/fixture-refused.ts';
import { makeFixture } from '../../../local/record/make-fixture.ts';
import { thingRecording } from './thing-tool.ts';

type Recording = ReturnType<typeof thingRecording>;

// In parts, so that no scanner takes this file for a leak.
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJl'].join('.');
const hex = '0123456789abcdef0123456789abcdef';
const SECRETS: [kind: string, secret: string][] = [
  ['Google access token', `ya29${'.a0AfH6SMBx_y'}`],
  ['Google refresh token', `1/${'/0gabcdefghij-klmnop'}`],
  ['Google API key', `AI${'zaSyA1234567890abcdefghijklmnopqrstuv'}`],
  ['Google client secret', `GOCS${'PX-abcdefghijklmno'}`],
  ...['a', 'b', 'e', 'p', 'r', 's'].map((letter): [string, string] => [
    'Slack token',
    `xox${letter}${'-12345678-abcdef'}`,
  ]),
  ['Slack app token', `xapp${'-1-A012345-abcdef'}`],
  ['Slack webhook', `https://hooks.slack${'.com/services/T0/B0/xyz'}`],
  ...['p', 'o', 'u', 's', 'r'].map((letter): [string, string] => [
    'GitHub token',
    `gh${letter}${'_16C7e42F292c6912E7710c838347Ae178B4a'}`,
  ]),
  ['GitHub token', `github${'_pat_11ABCDEFG0123456789'}`],
  ['Salesforce session', `00D5g000004${'abcd!AQcAQH0dMHZfz972Szmpkb58urFRkgeB'}`],
  ['Salesforce login URL', `force:/${'/client:secret@acme.my.example'}`],
  ['Salesforce refresh token', `5Aep861${'KVFgtlMSVgMlPr1XYZabcdef'}`],
  ['HubSpot token', `pat${'-na1-01234567-89ab-cdef-0123-456789abcdef'}`],
  ['HubSpot token', `pat${'-eu1-01234567-89ab-cdef-0123-456789abcdef'}`],
  ['HubSpot refresh token', `na1${'-0123-4567-89ab-cdef01234567'}`],
  ['HubSpot access token', `CJSP5qf1KhICAQEYs${'-gDIIGOBii1hQIyGQAf3xBKmlwHjX7OIpuIFEavB2'}`],
  ['JSON Web Token', jwt],
  ['AWS access key', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ['AWS access key', `ASIA${'IOSFODNN7EXAMPLE'}`],
  ['AWS secret key', `aws_secret${'_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'}`],
  ['Stripe key', `sk${'_live_4eC39HqLyjWDarjtT1zdp7dc'}`],
  ['Stripe key', `rk${'_test_4eC39HqLyjWDarjtT1zdp7dc'}`],
  ['Stripe webhook secret', `whsec${'_4eC39HqLyjWDarjt'}`],
  ['private key', `-----BEGIN RSA PRIVATE ${'KEY-----\nMIIE'}`],
  ['private key', `-----BEGIN PRIVATE ${'KEY-----\nMIIE'}`],
  ['password in a URL', 'postgres://ada:hunter2@db.acme.test/orders'],
  ['bearer token', `Authorization: Bearer ${hex}`],
  ['basic credentials', 'authorization: Basic YWRhOmh1bnRlcjI='],
];

/** Each puts a value at another place of a recording. */
const PLACES: [name: string, place: string, plant: (value: string) => Recording][] = [
  [
    'nested JSON',
    'exchanges[0].answer.body.json.pages[0].items[1].state',
    (value) => thingRecording({ answer: { pages: [{ items: [{}, { state: value }] }] } }),
  ],
  [
    'JSON within JSON',
    'exchanges[0].answer.body.json.data',
    (value) => thingRecording({ answer: { data: JSON.stringify({ inner: JSON.stringify({ value }) }) } }),
  ],
  ['a key of JSON', 'exchanges[0].answer.body.json.*', (value) => thingRecording({ answer: { [value]: 1 } })],
  [
    'a header',
    'exchanges[0].answer.headers.link',
    (value) => thingRecording({ headers: { link: `<https://api.acme.test/${value}>; rel="next"` } }),
  ],
  [
    'the path',
    'exchanges[0].request.path',
    (value) => thingRecording({ path: `/${encodeURIComponent(value)}` }),
  ],
  ['the query', 'exchanges[0].request.query.q', (value) => thingRecording({ query: ['q', value] })],
  ['a request', 'exchanges[0].request.body.json.q', (value) => thingRecording({ requestJson: { q: value } })],
  [
    'base64url, as a mail has it',
    'exchanges[0].answer.body.json.payload.body.data',
    (value) => thingRecording({ answer: { payload: { body: { data: encoded(`Dear Ada, ${value} Bye`) } } } }),
  ],
  [
    'base64 within base64',
    'exchanges[0].answer.body.json.raw',
    (value) =>
      thingRecording({
        answer: { raw: encoded(`Subject: Hi\r\n\r\n${Buffer.from(`So: ${value} !`).toString('base64')}`) },
      }),
  ],
  [
    'the input',
    'calls[0].input.thing_id',
    (value) => ({ ...thingRecording(), input: { thing_id: value, view: 'brief view' } }),
  ],
];

PLACES.push(
  [
    'the name of a parameter',
    'exchanges[0].request.query.*',
    (value) => thingRecording({ query: [value, '1'] }),
  ],
  [
    'the output',
    'calls[0].result.output.note',
    (value) => ({ ...thingRecording(), results: [{ output: { id: 'thing_8812ab', note: value } }] }),
  ],
);

const encoded = (text: string) => Buffer.from(text).toString('base64url');

async function refusalOf(recording: Recording): Promise<FixtureRefusedError> {
  const outcome = await makeFixture(recording).catch((error: unknown) => error);
  if (outcome instanceof FixtureRefusedError) return outcome;
  throw new Error(`It was not refused: ${JSON.stringify(outcome)}`);
}

test('a recording without a secret is taken', async () => {
  const { fixture } = await makeFixture(thingRecording());

  expect(fixture.exchanges).toHaveLength(1);
});

describe.each(SECRETS)('%s: %s', (kind, secret) => {
  test.each(PLACES)('in %s is refused with its place, and not told', async (_, place, plant) => {
    const { findings, message } = await refusalOf(plant(secret));

    expect(findings).toContainEqual({ kind, place });
    expect(message).toContain(`${kind} at ${place}`);
    expect(message).not.toContain(secret);
  });
});

test.each([
  ['escapes of JSON', `\\u0079a29${'.a0AfH6SMBx_y'}`],
  ['percent-encoding, twice', `%2579a29${'%252ea0AfH6SMBx_y'}`],
  ['soft line breaks of quoted-printable', `ya2=\r\n9${'.a0AfH6SMBx_y'}`],
])('a token in %s is refused', async (_, hidden) => {
  const { findings } = await refusalOf(thingRecording({ answer: { body: `So: ${hidden}` } }));

  expect(findings).toContainEqual({
    kind: 'Google access token',
    place: 'exchanges[0].answer.body.json.body',
  });
});

describe('a field that is named for a credential', () => {
  test.each([
    'password',
    'client_secret',
    'token',
    'access_token',
    'refreshToken',
    'api_key',
    'x-api-key',
    'Authorization',
  ])('%s is refused with whatever it holds', async (name) => {
    for (const recording of [
      thingRecording({ answer: { pages: [{ [name]: 'hunter2' }] } }),
      thingRecording({ answer: { data: JSON.stringify({ [name]: 'hunter2' }) } }),
      thingRecording({ answer: { data: encoded(JSON.stringify({ [name]: 'hunter2' })) } }),
      thingRecording({ query: [name, 'hunter2'] }),
      thingRecording({ requestJson: { [name]: 'hunter2' } }),
    ]) {
      expect((await refusalOf(recording)).findings.map(({ kind }) => kind)).toContain('credential field');
    }
  });

  test('is taken where it holds nothing, or is the token of a page', async () => {
    const answer = { password: null, api_key: '', nextPageToken: 'CAESEA-x9' };

    const { fixture } = await makeFixture(thingRecording({ answer }));

    expect(JSON.stringify(fixture)).not.toContain('CAESEA-x9');
  });
});

describe('what scrubbing does not reach is refused', () => {
  const mail = 'Dear Marta, the quote for forty wheelsets is fine';

  test.each([
    ['a mail as a key', thingRecording({ answer: { [mail]: 1 } })],
    ['a mail in the path', thingRecording({ path: `/${encodeURIComponent(mail)}` })],
    ['a mail in the query', thingRecording({ query: ['q', mail] })],
    ['a mail in a request', thingRecording({ requestJson: { raw: mail } })],
    ['a mail in a request in base64', thingRecording({ requestJson: { raw: encoded(mail) } })],
    ['a mail in a header', thingRecording({ headers: { link: mail } })],
    [
      'a text in a query of a tool',
      thingRecording({ query: ['q', `SELECT Id FROM Task WHERE T = '${mail}'`] }),
    ],
  ])('%s', async (_, recording) => {
    expect((await refusalOf(recording)).findings.map(({ kind }) => kind)).toContain(
      'text that was not replaced',
    );
  });

  test.each([
    [
      'an input that the request holds otherwise',
      { ...thingRecording(), input: { thing_id: 'other_77', view: 'brief view' } },
    ],
    ['a request that the tool does not make', thingRecording({ query: ['q', 'more'] })],
  ])('%s', async (_, recording) => {
    expect((await refusalOf(recording)).findings).not.toEqual([]);
  });

  test.each([
    ['an address', 'marta@tidewheel.test', 'e-mail address'],
    ['a value that is replaced elsewhere', 'thing_8812ab', 'ID that was not replaced'],
    ['a text that is replaced elsewhere', 'Two wheels', 'text that was not replaced'],
  ])('%s as the name of a parameter', async (_, name, kind) => {
    const { findings } = await refusalOf(thingRecording({ query: [name, '1'] }));

    expect(findings).toContainEqual({ kind, place: 'exchanges[0].request.query.*' });
  });

  test.each(['password=hunter2', 'the token: abcdef12', 'api_key: "abcdef12"'])(
    'a credential that a request tells in words: %s',
    async (words) => {
      const { findings } = await refusalOf(thingRecording({ query: ['q', words] }));

      expect(findings).toContainEqual({ kind: 'credential field', place: 'exchanges[0].request.query.q' });
    },
  );

  test('an address that the tool itself puts into its output', async () => {
    const recording = thingRecording();
    const tool: typeof recording.tool = {
      ...recording.tool,
      run: async (input, context) =>
        Object.assign({}, await recording.tool.run(input, context), { note: 'Ask help@acme.test' }),
    };

    const { findings } = await refusalOf({ ...recording, tool });

    expect(findings).toEqual([{ kind: 'e-mail address', place: 'calls[0].result.output.note' }]);
  });

  test('an output of another form', async () => {
    const recording = { ...thingRecording(), results: [{ output: { id: 'thing_8812ab', note: null } }] };

    expect((await refusalOf(recording)).findings).toEqual([
      { kind: 'a difference after scrubbing', place: 'calls[0].result.output.note' },
    ]);
  });

  test('a call that asked the provider for nothing', async () => {
    const { findings } = await refusalOf({ ...thingRecording(), exchanges: [] });

    expect(findings).toEqual([{ kind: 'no request to the provider', place: 'exchanges' }]);
  });
});
