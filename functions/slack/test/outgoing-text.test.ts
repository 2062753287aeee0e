import { expect, test } from 'vitest';
import { seededRandom } from '../../../test/support/seeded-random.ts';
import { toMrkdwn } from '../shared/outgoing-text.ts';
import { plainText } from '../shared/plain-text.ts';

// https://docs.slack.dev/messaging/formatting-message-text
test.each([
  ['*bold* _italic_ ~struck~ `code`', '*bold* _italic_ ~struck~ `code`'],
  ['if a < b && c > d', 'if a &lt; b &amp;&amp; c &gt; d'],
  ['AT&amp;T', 'AT&amp;amp;T'],
  ['<@U024BE7LH> and <@W024BE7LH|nadia>', '<@U024BE7LH> and <@W024BE7LH>'],
  ['see <#C024BE7LR> or <#C024BE7LR|news>', 'see <#C024BE7LR> or <#C024BE7LR>'],
  ['<https://a.example/?x=1&y=2|the offer>', '<https://a.example/?x=1&amp;y=2|the offer>'],
  ['<https://a.example/?x=1&amp;y=2>', '<https://a.example/?x=1&amp;y=2>'],
  ['<mailto:a@b.example|mail>', '<mailto:a@b.example|mail>'],
  ['https://a.example/?x=1&y=2', 'https://a.example/?x=1&amp;y=2'],
  ['[the *offer*](https://a.example/x)', '<https://a.example/x|the *offer*>'],
  ['[ ] task, [x](javascript:alert(1))', '[ ] task, [x](javascript:alert(1))'],
  ['<javascript:alert(1)|x>', '&lt;javascript:alert(1)|x&gt;'],
  ['<b>html</b>', '&lt;b&gt;html&lt;/b&gt;'],
  ['**bold** and **two words**, **a**', '*bold* and *two words*, *a*'],
  ['**with *one* inside** and ***both***', '*with *one* inside* and *_both_*'],
  ['**see <@U024BE7LH>** now', '*see <@U024BE7LH>* now'],
  ['~~old~~ price', '~old~ price'],
  ['2**3**4 and a ** b ** c', '2**3**4 and a ** b ** c'],
  // https://spec.commonmark.org/0.31.2/#atx-headings
  ['# Rota\ntext', '*Rota*\ntext'],
  ['## Next **week** ##', '*Next week*'],
  ['### `code` *x*', '`code` *x*'],
  ['#1 is not one\n#', '#1 is not one\n#'],
  ['```\n# none\n```', '```\n# none\n```'],
  // Markdown's links and pictures: https://spec.commonmark.org/0.31.2/#images and
  // https://spec.commonmark.org/0.31.2/#links
  ['![chart](https://a.example/c.png)', '<https://a.example/c.png|chart>'],
  ['[the offer](https://a.example/x "open")', '<https://a.example/x|the offer>'],
  ['[write](mailto:a@b.example)', '<mailto:a@b.example|write>'],
  ['[**now**](https://a.example/x)', '<https://a.example/x|*now*>'],
  ['[Brake](https://en.example/wiki/Brake_(bike))', '<https://en.example/wiki/Brake_(bike)|Brake>'],
  // Slack would show the text after a vertical bar as the label:
  // https://github.com/yhatt/jsx-slack/issues/288 and https://github.com/firecrawl/firecrawl/pull/3934
  ['[x](https://a.example/?q=a|b)', '<https://a.example/?q=a%7Cb|x>'],
  // https://github.com/adcontextprotocol/adcp/pull/394
  ['[a|b](https://a.example/x)', 'a|b (<https://a.example/x>)'],
  // https://github.com/BaseIntelligence/bounty-challenge/issues/50969
  ['~~**bold** old~~ price', '~*bold* old~ price'],
  // https://github.com/OpenRouterLabs/spawn/pull/1861
  ['**[#1859 — Title](https://a.example/1)**', '*<https://a.example/1|#1859 — Title>*'],
  ['```\nif (a < b) <@U024BE7LH>\n```', '```\nif (a &lt; b) &lt;@U024BE7LH&gt;\n```'],
  ['`**kwargs**` and ```\n**x** < 1\n```', '`**kwargs**` and ```\n**x** &lt; 1\n```'],
])('toMrkdwn converts %j to %j', (text, mrkdwn) => {
  expect(toMrkdwn(text)).toBe(mrkdwn);
});

test.each([
  ['<!channel>', '@channel'],
  ['<!here|here>', 'here'],
  ['<!everyone>', '@everyone'],
  ['<!CHANNEL>', '@CHANNEL'],
  ['<<!channel>>', '&lt;@channel&gt;'],
  ['<! channel>', '@ channel'],
  ['&lt;!channel&gt;', '@channel'],
  ['`<!channel>`', '`&lt;!channel&gt;`'],
  ['<!channel', '&lt;!channel'],
  ['<https://a.example|<!channel>>', '&lt;https://a.example|@channel&gt;'],
  ['[<!channel>](https://a.example)', '[@channel](https://a.example)'],
  ['**<!here>**', '*@here*'],
  ['<!subteam^S061EG9R6|@mechanics> <!subteam^S061EG9R6>', '@mechanics @S061EG9R6'],
  ['<!date^1392734382^{date}|18 February>', '18 February'],
])('toMrkdwn converts %j to a text that notifies nobody', (text, mrkdwn) => {
  expect(toMrkdwn(text)).toBe(mrkdwn);
});

test('toMrkdwn writes angle brackets only around people, channels and links', () => {
  const parts = [
    '<',
    '>',
    '!',
    '&lt;',
    '&gt;',
    '&',
    '|',
    'channel',
    'here',
    '@U024BE7LH',
    '#C024BE7LR',
    'https://a.example',
    '**',
    '~~',
    '`',
    '```',
    '[x](',
    ')',
    ' ',
    '\n',
  ];
  const random = seededRandom(7);
  for (let count = 0; count < 20_000; count += 1) {
    const text = Array.from({ length: 9 }, () => parts[Math.floor(random() * parts.length)]).join('');
    const sent = toMrkdwn(text);

    expect(
      sent.replace(/<(?:@[UW][A-Z0-9]+|#[CDG][A-Z0-9]+|https:\/\/[^<>|]+(?:\|[^<>]*)?)>/g, ''),
      text,
    ).not.toMatch(/[<>]/);
  }
});

test('toMrkdwn does not change how Slack shows a text without Markdown', () => {
  const text = 'if a < b && c > d, 3 * 4 "x" \'y\' {z} Zürich 🚲 &amp;';

  expect(plainText(toMrkdwn(text), new Map())).toBe(text);
});
