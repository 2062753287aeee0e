import { describe, expect, test } from 'vitest';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';
import { tool } from '../get-unsubscribe-options.ts';
import { errorsForIds } from './provider-errors.ts';

const local = useStackAndBed();

type Headers = [name: string, value: string][];
const PASS = 'dkim=pass header.i=@news.example header.s=m1 header.b=Zk3Qw8Xy';
const SIGNED = 'From:Subject:List-Unsubscribe:List-Unsubscribe-Post';
const results = (told: string): Headers[number] => ['Authentication-Results', told];
const signature = (domain: string, headers: string, value = 'Zk3Qw8XyTq0b'): Headers[number] => [
  'DKIM-Signature',
  `v=1; a=rsa-sha256; d=${domain}; s=m1;\r\n h=${headers}; bh=AAAA;\r\n b=${value.slice(0, 4)} ${value.slice(4)}`,
];
const FROM: Headers[number] = ['From', 'News <ada@news.example>'];
const OPTIONS: Headers = [
  ['List-Unsubscribe', '<https://news.example/out/1>'],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
];
const GOOD: Headers = [results(`mx.google.com; ${PASS}`), signature('news.example', SIGNED)];

async function optionsOf(headers: Headers) {
  const named = headers.map(([name, value]) => ({ name, value }));
  local.bed.provider.script = () => ({ body: { id: 'm1', threadId: 't1', payload: { headers: named } } });
  return (await local.bed.environment(tool)({ input: { message_id: 'm1' } })).json;
}

describe('gmail_get_unsubscribe_options', () => {
  test('returns the options of a mailing list with a verified sender', async () => {
    const { status, json } = await local.stack.call('user_ada', tool.name, {
      message_id: '19e5a1c0ada0000b',
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      from: 'Cycle Trade News <news@cycletrade.example>',
      is_verified: true,
      one_click_url: 'https://cycletrade.example/unsubscribe/4f1c9a',
      url: null,
      mailto: { to: 'leave@cycletrade.example', subject: 'unsubscribe ada', body: null },
    });
    expect(local.stack.scalekit.requests.at(-1)?.forwarded?.path).toBe(
      '/gmail/v1/users/me/messages/19e5a1c0ada0000b?format=metadata',
    );
  });

  test('reports is_verified: false for a list whose sender is not verified', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { message_id: '19e5a1c0ada00013' });

    expect(json).toMatchObject({ is_verified: false, url: 'https://luckywheel.example/out?id=77' });
  });

  test('returns no options for a message that is not from a mailing list', async () => {
    const { json } = await local.stack.call('user_ada', tool.name, { message_id: '19e5a1c0ada00004' });

    expect(json).toMatchObject({ is_verified: null, one_click_url: null, url: null, mailto: null });
  });

  test('returns no options for a message without headers', async () => {
    expect(await optionsOf([])).toEqual({
      from: null,
      is_verified: null,
      one_click_url: null,
      url: null,
      mailto: null,
    });
  });
});

describe('is_verified of unsubscribe options', () => {
  test.each<[string, Headers]>([
    ['for a signature of the domain', [FROM, ...OPTIONS, ...GOOD]],
    ['for a signature of a parent domain', [['From', 'a@mail.news.example'], ...OPTIONS, ...GOOD]],
    [
      'for a second signature below the signature of a service',
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; dkim=pass header.i=@mailer.example header.b=AAAAAAAA; ${PASS}; spf=pass`),
        signature('mailer.example', 'From', 'AAAAAAAAbb'),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a signature of a subdomain',
      [
        FROM,
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@mail.news.example header.b=Zk3Qw8Xy'),
        signature('mail.news.example', SIGNED),
      ],
    ],
    [
      'for a signature of another subdomain',
      [
        ['From', 'a@www.news.example'],
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@mail.news.example header.b=Zk3Qw8Xy'),
        signature('mail.news.example', SIGNED),
      ],
    ],
    // In Authentication-Results, Gmail puts the value of header.b into quotes if it contains a slash.
    ...['jphJ/UaR', '/abc+123', 'a1b2c3/='].map((start): [string, Headers] => [
      `for a signature whose beginning Gmail puts into quotes: ${start}`,
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; dkim=pass header.i=@news.example header.s=m1 header.b="${start}"; spf=pass`),
        signature('news.example', SIGNED, `${start}Tq0b`),
      ],
    ]),
    // The signature has the domain in ASCII, but From may have it in Unicode:
    // https://www.rfc-editor.org/rfc/rfc6376#section-3.5
    [
      'for a domain with letters outside ASCII',
      [
        ['From', 'news@b\u00fccher.example'],
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@xn--bcher-kva.example header.b=Zk3Qw8Xy'),
        signature('xn--bcher-kva.example', SIGNED),
      ],
    ],
    [
      'for a signature that covers no one-click header if the mail has none',
      [
        FROM,
        ['List-Unsubscribe', '<https://news.example/x>'],
        GOOD[0] ?? FROM,
        signature('news.example', 'from:list-unsubscribe'),
      ],
    ],
  ])('is true %s', async (_, headers) => {
    expect(await optionsOf(headers)).toMatchObject({ is_verified: true });
  });

  test.each<[string, Headers]>([
    ['for a mail without a DKIM result', [FROM, ...OPTIONS, signature('news.example', SIGNED)]],
    [
      'for a DKIM result of another server',
      [results(`mx.evil.example; ${PASS}`), FROM, ...OPTIONS, signature('news.example', SIGNED)],
    ],
    [
      "for a DKIM result that the sender wrote below Gmail's result",
      [
        results('mx.google.com; dkim=fail header.i=@news.example header.b=Zk3Qw8Xy'),
        FROM,
        ...OPTIONS,
        ...GOOD,
      ],
    ],
    [
      'for a signature that failed',
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; ${PASS.replace('pass', 'fail')}`),
        signature('news.example', SIGNED),
      ],
    ],
    ['for a signature of another domain', [['From', 'a@bank.example'], ...OPTIONS, ...GOOD]],
    [
      'for a signature of a domain with a similar ending',
      [['From', 'a@evilnews.example'], ...OPTIONS, ...GOOD],
    ],
    [
      'for a signature that does not cover the header List-Unsubscribe',
      [FROM, ...OPTIONS, GOOD[0] ?? FROM, signature('news.example', 'From:Subject')],
    ],
    [
      'for a signature that does not cover the one-click header',
      [FROM, ...OPTIONS, GOOD[0] ?? FROM, signature('news.example', 'From:List-Unsubscribe')],
    ],
    [
      'for two List-Unsubscribe headers of which only one is signed',
      [['List-Unsubscribe', '<https://evil.example>'], FROM, ...OPTIONS, ...GOOD],
    ],
    [
      'for two signatures with the same beginning',
      [FROM, ...OPTIONS, ...GOOD, signature('news.example', SIGNED, 'Zk3Qw8Xyforged')],
    ],
    ['for two senders', [['From', 'a@news.example, b@evil.example'], ...OPTIONS, ...GOOD]],
    ['for two From headers', [FROM, ['From', 'b@news.example'], ...OPTIONS, ...GOOD]],
    [
      "for a false DKIM result in a comment of Gmail's result",
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; dkim=none (he says; ${PASS}); spf=pass`),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a false DKIM result in quotes that end a comment',
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; spf=pass (domain of "x) ; ${PASS} ; y=("@evil.example) smtp.mailfrom=x`),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a false DKIM result in another result',
      [
        FROM,
        ...OPTIONS,
        results(`mx.google.com; spf=pass smtp.mailfrom=x; ${PASS}`),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a false DKIM result in quotes',
      [
        FROM,
        ...OPTIONS,
        results(
          'mx.google.com; spf=pass smtp.mailfrom="x; dkim=pass header.d=news.example header.b="Zk3Qw8Xy""',
        ),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a signature of another customer of a host',
      [
        ['From', 'a@bank.github.io'],
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@evil.github.io header.b=Zk3Qw8Xy'),
        signature('evil.github.io', SIGNED),
      ],
    ],
    [
      'for a DKIM result that quotes too little of the signature',
      [
        FROM,
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@news.example header.b=Zk3'),
        signature('news.example', SIGNED),
      ],
    ],
    [
      'for a signature of a top-level domain',
      [
        ['From', 'a@news.example'],
        ...OPTIONS,
        results('mx.google.com; dkim=pass header.i=@example header.b=Zk3Qw8Xy'),
        signature('example', SIGNED),
      ],
    ],
  ])('is false %s', async (_, headers) => {
    expect(await optionsOf(headers)).toMatchObject({ is_verified: false });
  });
});

describe('the unsubscribe options', () => {
  test.each([
    // Mailman 2 writes URLs without HTTPS. Example: https://www.rfc-editor.org/rfc/rfc2369#section-3.2
    ['<http://news.example/x>', { url: 'http://news.example/x' }],
    ['<http://news.example/x>, <https://news.example/y>', { url: 'https://news.example/y' }],
    // Long lines are folded, even inside a URL: https://www.rfc-editor.org/rfc/rfc2369#section-2
    ['<https://news.example/out?user=ada\r\n\t&list=7>', { url: 'https://news.example/out?user=ada&list=7' }],
    ['< https://news.example/x >', { url: 'https://news.example/x' }],
    // Senders often forget to encode spaces: https://www.rfc-editor.org/rfc/rfc6068#section-2
    [
      '<mailto:out@x.example?subject=leave the list>',
      { mailto: { to: 'out@x.example', subject: 'leave the list', body: null } },
    ],
    ['<javascript:alert(1)>, <https://news.example/x>', { url: 'https://news.example/x' }],
    ['https://news.example/x', { url: null, is_verified: null }],
    [`<https://news.example/${'x'.repeat(2_000)}>`, { url: null, is_verified: null }],
    ['<mailto:a@x.example>', { mailto: { to: 'a@x.example', subject: null, body: null } }],
    ['<mailto:a@x.example,b@y.example>', { mailto: null, is_verified: null }],
    // https://www.rfc-editor.org/rfc/rfc2369#section-3.2
    [
      '(Use this command to get off the list)\r\n <mailto:list-manager@host.example?body=unsubscribe%20list>',
      { mailto: { to: 'list-manager@host.example', subject: null, body: 'unsubscribe list' } },
    ],
    ['(not <https://evil.example>) <https://news.example/x>', { url: 'https://news.example/x' }],
    // https://github.com/LucBennett/BetterUnsubscribe/pull/14
    ['<mailto:out@x.example?body=foo>', { mailto: { to: 'out@x.example', subject: null, body: 'foo' } }],
    // https://experienceleague.adobe.com/en/docs/deliverability-learn/deliverability-best-practice-guide/additional-resources/campaign/acc-technical-recommendations
    [
      '<mailto: client@x.example?subject=unsubscribe?body=unsubscribe>',
      { mailto: { to: 'client@x.example', subject: 'unsubscribe', body: 'unsubscribe' } },
    ],
    // https://www.rfc-editor.org/rfc/rfc6068#section-2: the names are not case-sensitive, and a plus sign does not
    // mean a space.
    [
      '<mailto:out%2B7@x.example?Subject=a+b&amp;BODY=1%2B1>',
      { mailto: { to: 'out+7@x.example', subject: 'a+b', body: '1+1' } },
    ],
    // https://github.com/wttw/aboutmyemail/issues/14
    [
      '=?us-ascii?Q?=3Chttps=3A=2F=2Fnews=2Eexample=2Fout?= =?us-ascii?Q?=3Ftoken=3DJcXJ%2BYz0=3E=2C?=\r\n =?us-ascii?q?_=3Cmailto=3Aa=40x.example=3E?=',
      {
        url: 'https://news.example/out?token=JcXJ%2BYz0',
        mailto: { to: 'a@x.example', subject: null, body: null },
      },
    ],
    [
      '=?us-ascii?B?PG1haWx0bzphQHguZXhhbXBsZT4=?=',
      { mailto: { to: 'a@x.example', subject: null, body: null } },
    ],
    ['=?utf-8?Q?<https://news.example/x>?=', { url: 'https://news.example/x' }],
    [
      '<mailto:a@x.example?cc=spy@y.example&subject=out>',
      { mailto: { to: 'a@x.example', subject: 'out', body: null } },
    ],
    ['<mailto:a%0d%0aBcc:spy@y.example>', { mailto: null, is_verified: null }],
    ['<mailto:%zz>', { mailto: null, is_verified: null }],
    ['<'.repeat(10_000), { url: null, mailto: null, is_verified: null }],
  ])('are read from the header “%s”', async (value, expected) => {
    expect(await optionsOf([FROM, ['List-Unsubscribe', value]])).toMatchObject({
      is_verified: false,
      one_click_url: null,
      ...expected,
    });
  });

  test.each([{}, { message_id: 'a/b' }])(
    'gmail_get_unsubscribe_options rejects the input %j',
    async (input) => {
      const { error } = await local.stack.call('user_ada', tool.name, input);

      expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'message_id' }] });
      expect(local.stack.scalekit.requests).toEqual([]);
    },
  );
});

testProviderErrors(tool, { message_id: 'm1' }, errorsForIds);
