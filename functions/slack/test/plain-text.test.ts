import { expect, test } from 'vitest';
import { mentionedIn, plainText } from '../shared/plain-text.ts';

const names = new Map([
  ['U012AB3CD', 'Ada Okafor'],
  ['W012A3CDE', 'Tom &lt;b&gt;'],
]);

test.each([
  ['Hello *all*, see `1 + 1`', 'Hello *all*, see `1 + 1`'],
  ['<@U012AB3CD> and <@U012AB3CD|ada>', '@Ada Okafor and @Ada Okafor'],
  ['<@UNOBODY00> and <@UNOBODY00|somebody>', '@UNOBODY00 and @somebody'],
  ['a name stays unchanged: <@W012A3CDE>', 'a name stays unchanged: @Tom &lt;b&gt;'],
  ['<#C024BE91L|sales> and <#C024BE91L> and <#C024BE91L|>', '#sales and #C024BE91L and #C024BE91L'],
  ['<!here> <!channel> <!everyone>', '@here @channel @everyone'],
  ['<!subteam^SAZ94GDB8|@mechanics> or <!subteam^SAZ94GDB8>', '@mechanics or @SAZ94GDB8'],
  ['<!date^1392734382^{date_short}> or <!date^never^{date}>', '2014-02-18T14:39:42.000Z or @never'],
  ['<!date^1392734382^{date_short}|18 February 2014>', '18 February 2014'],
  ['<https://bikes.example/a?b=1&amp;c=2>', 'https://bikes.example/a?b=1&c=2'],
  ['<https://bikes.example|the &lt;offer&gt;>', 'the <offer> (https://bikes.example)'],
  ['<https://bikes.example|https://bikes.example>', 'https://bikes.example'],
  ['<mailto:ada@bikes.example|ada@bikes.example>', 'ada@bikes.example'],
  ['<tel:+35121|call us>', 'call us (+35121)'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  ['&amp;lt;@U012AB3CD&amp;gt; was escaped twice', '&lt;@U012AB3CD&gt; was escaped twice'],
  ['&lt;@U012AB3CD&gt; was typed', '<@U012AB3CD> was typed'],
  ['<> <| <|x> <@> <#> <!> <never closed', ' <| x @ # @ <never closed'],
])('plainText converts %j to readable text', (mrkdwn, expected) => {
  expect(plainText(mrkdwn, names)).toBe(expected);
});

test('mentionedIn returns only user IDs', () => {
  expect(
    mentionedIn('<@U012AB3CD> <@W012A3CDE|tom> <#C024BE91L> <!here> &lt;@UTYPED000&gt; @UPLAIN000'),
  ).toEqual(['U012AB3CD', 'W012A3CDE']);
});
