import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { makeFixture } from '../../../local/record/make-fixture.ts';
import { scrubRecording } from '../../../local/record/scrub-fixture.ts';
import { thingRecording } from './thing-tool.ts';

const Json = z.looseObject({});

/** What becomes of an answer. */
function scrubbedAnswer(answer: NonNullable<Parameters<typeof thingRecording>[0]>['answer']) {
  const { exchanges, replacements } = scrubRecording(thingRecording({ answer: answer ?? {} }));
  const body = exchanges[0]?.answer.body;
  return { json: Json.parse(body && 'json' in body ? body.json : {}), replacements };
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const decode = (value: unknown) => Buffer.from(String(value), 'base64url').toString();

describe('the same value becomes the same', () => {
  const { json } = scrubbedAnswer({
    owner: { id: 'U0429ABCDE', email: 'marta@tidewheel.test', real_name: 'Marta Silva' },
    from: 'Marta Silva <marta@tidewheel.test>',
    text: '<@U0429ABCDE> wrote: ask Marta Silva, marta@tidewheel.test, at https://tide.test/u/U0429ABCDE?k=s3cr3tvalue',
    data: JSON.stringify({ user: 'U0429ABCDE', note: 'for Marta Silva' }),
    payload: { headers: [{ name: 'To', value: 'marta@tidewheel.test' }] },
    raw: base64url(
      'From: Marta Silva <marta@tidewheel.test>\r\nSubject: The quote\r\n\r\nHello, Marta Silva here',
    ),
    members: { U0429ABCDE: true },
    link: 'https://tide.test/u/U0429ABCDE?k=s3cr3tvalue',
  });
  const { owner } = z
    .looseObject({ owner: z.object({ id: z.string(), email: z.string(), real_name: z.string() }) })
    .parse(json);

  test('in a field, with the form that it had', () => {
    expect(owner.id).toMatch(/^U\d{4}[A-Z]{5}$/);
    expect(owner.email).toMatch(/^person\d+@example\.com$/);
    expect(owner.real_name).toMatch(/^Person \d+$/);
  });

  test('in a list of addresses', () => {
    expect(json.from).toBe(`${owner.real_name} <${owner.email}>`);
    expect(json.payload).toEqual({ headers: [{ name: 'To', value: owner.email }] });
  });

  test('in a text, whose markup stays', () => {
    expect(json.text).toMatch(
      new RegExp(
        `^<@${owner.id}> [a-z]+: [a-z]+ ${owner.real_name}, ${owner.email}, [a-z]+ https://[a-z.0-9]+/u/${owner.id}\\?k=\\S+$`,
      ),
    );
  });

  test('in JSON within JSON', () => {
    expect(JSON.parse(String(json.data))).toMatchObject({
      user: owner.id,
      note: expect.stringMatching(new RegExp(`^[a-z]+ ${owner.real_name}$`)),
    });
  });

  test('in a mail in base64', () => {
    expect(decode(json.raw)).toMatch(
      new RegExp(
        `^From: ${owner.real_name} <${owner.email}>\r\nSubject: [A-Z][a-z]+ [a-z]+\r\n\r\n[A-Z][a-z]+, ${owner.real_name} [a-z]+$`,
      ),
    );
  });

  test('as a key', () => {
    expect(json.members).toEqual({ [owner.id]: true });
  });

  test('in a URL, with another host and other values', () => {
    const link = new URL(String(json.link));
    expect(link.hostname).toMatch(/(^|\.)example\.com$/);
    expect(link.pathname).toBe(`/u/${owner.id}`);
    expect(link.searchParams.get('k')).not.toBe('s3cr3tvalue');
    expect(json.text).toContain(String(json.link));
  });

  test('in the request, its path and the input', () => {
    const { exchanges, input } = scrubRecording(
      thingRecording({ query: ['of', 'thing_8812ab'], requestJson: { in: ['thing_8812ab'] } }),
    );
    const request = exchanges[0]?.request;
    const id = String(input.thing_id);

    expect(id).toMatch(/^[a-z]{5}_\d{4}[a-z]{2}$/);
    expect(id).not.toBe('thing_8812ab');
    expect(request).toMatchObject({
      path: `/v1/things/${id}`,
      query: [
        ['view', 'brief view'],
        ['of', id],
      ],
      body: { json: { in: [id] } },
    });
  });
});

test.each([
  ['an ID in hexadecimal', { id: '19e5a1c0ada0000a' }, /^[\da-f]{16}$/],
  ['an ID of Salesforce', { Id: '0015g00000XyZab' }, /^001\d[a-z]\d{5}[A-Z][a-z][A-Z][a-z]{2}$/],
  ['a time that is an ID', { ts: '1503435956.000247' }, /^\d{10}\.\d{6}$/],
  ['a number that is an ID', { account_id: 88_120_431 }, /^\d{8}$/],
  ['the token of a page', { next_cursor: 'dXNlcjpVMDYx' }, /^[a-zA-Z\d]{12}$/],
  ['a phone number', { mobile: '+49 170 1234567' }, /^\+1555\d{7}$/],
  ['a phone number in a text', { note: 'Call +49 170 1234567 now' }, /\+1555\d{7}/],
  ['an address of a machine', { note: '10.20.30.40' }, /^192\.0\.2\.\d+$/],
  ['an address under any key', { found: 'marta@tidewheel.test' }, /^person\d+@example\.com$/],
  ['a word of unknown meaning', { nickname_of_dog: 'Rex' }, /^[A-Z][a-z]{1,2}$/],
  ['an attachment', { data: Buffer.alloc(90, 0xfe).toString('base64') }, /^[AB]{120}$/],
  ['a handle', { login: 'marta_silva' }, /^(?!marta|.*silva)[a-z]{5}_[a-z]{5}$/],
  ['an ID that says its type', { labelId: 'Label_suppliers' }, /^Label_[a-z]{9}$/],
  ['a name in an address', { repo: 'harbor-bikes' }, /^[a-z]{6}-[a-z]{5}$/],
])('%s is replaced by one of its form', (_, answer, form) => {
  const [[key = '', original] = []] = Object.entries(answer);

  const { json } = scrubbedAnswer(answer);

  expect(String(json[key])).toMatch(form);
  expect(json[key]).not.toBe(original);
});

test.each([
  [{ labelIds: ['INBOX', 'CATEGORY_UPDATES'] }],
  [{ type: 'message', state: 'open', mimeType: 'text/html; charset="UTF-8"' }],
  [{ size: 41_234, isDraft: false, parent: null }],
  [
    {
      created: '2026-11-20T07:55:00Z',
      date: 'Fri, 20 Nov 2026 07:55:00 +0000',
      internalDate: '1795375521000',
    },
  ],
  [{ needed: 'chat:write', provided: 'channels:read,users:read' }],
])('%j stays: tools compare it, and it is nobody’s', (answer) => {
  expect(scrubbedAnswer(answer).json).toMatchObject(answer);
});

test('forms and plain texts are scrubbed as JSON is', () => {
  const recording = thingRecording();
  const form: [string, string][] = [['of', 'thing_8812ab']];
  const exchanges = recording.exchanges.map(({ request, answer }) => ({
    request: { ...request, body: { form } },
    answer: { ...answer, body: { text: 'Dear Marta, marta@tidewheel.test asked for thing_8812ab' } },
  }));

  const { input, exchanges: scrubbed } = scrubRecording({ ...recording, exchanges });

  const id = String(input.thing_id);
  expect(scrubbed[0]?.request.body).toEqual({ form: [['of', id]] });
  expect(scrubbed[0]?.answer.body).toEqual({
    text: expect.stringMatching(
      new RegExp(`^(?!Dear)\\w+ (?!Marta)\\w+, person1@example.com \\w+ \\w+ ${id}$`),
    ),
  });
});

test('HTML keeps its tags', () => {
  const { json } = scrubbedAnswer({ body: '<p class="lead">Dear&nbsp;Marta<br/>the <b>quote</b></p>' });

  expect(json.body).toMatch(/^<p \w+="\w+">\w+&nbsp;\w+<br\/>\w+ <b>\w+<\/b><\/p>$/);
  expect(json.body).not.toMatch(/Marta|quote|lead/);
});

test('different texts stay different', () => {
  const names = Array.from({ length: 60 }, (_, index) => `Hot ${index}`);

  const { json } = scrubbedAnswer({ titles: names });

  expect(new Set(z.array(z.string()).parse(json.titles)).size).toBe(60);
});

test('what is told of it are kinds and places, and the same recording gives the same fixture', async () => {
  const recording = thingRecording({
    answer: { email: 'marta@tidewheel.test', also: 'marta@tidewheel.test' },
  });

  const [one, other] = await Promise.all([makeFixture(recording), makeFixture(recording)]);

  expect(one.fixture).toEqual(other.fixture);
  expect(Object.fromEntries(one.replaced)).toEqual({
    identifier: ['identifier'],
    ID: ['calls[0].input.thing_id'],
    'e-mail address': ['exchanges[0].answer.body.json.email'],
    text: ['exchanges[0].answer.body.json.note'],
  });
});
