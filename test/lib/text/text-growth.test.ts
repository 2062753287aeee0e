import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../lib/text/clean-text.ts';
import { htmlToText } from '../../../lib/text/html-to-text.ts';
import { growingUnits, pairsOf } from '../../support/growth.ts';

const MARKUP = [
  '<p>',
  'a ',
  '<td>',
  '</b>',
  '<blockquote>',
  '<br>',
  '<a href="https://x.example/a">',
  '<li>',
  '&nbsp;',
];
const INVISIBLE = ['\u200d', '\ufe0f', 'a', '😀', '\u{e0041}', '\u202e', ' '];
const HOSTILE_HTML = [
  '<',
  '<div>',
  '<a b="',
  '<p style=" ; ; display',
  '</p>',
  '<!--',
  '&',
  '<table><td>',
  '<b></i>',
  '<style>.a{display:none}',
  '<b class="a b c d e f g h i j">x</b>',
  '<pre>\n',
  '<div style="white-space:pre">\n',
  '<area href="//x.example" alt="a">',
  '<base href="//x.example">',
  '<ol type=a><li value=3>',
  '<p style="clip-path:inset(;transform:scale(;text-indent:-">',
];

describe('a long text', () => {
  test('is converted from HTML in linear time', () => {
    expect(growingUnits(htmlToText, pairsOf(MARKUP), 100_000)).toEqual([]);
  }, 120_000);

  test('is converted from HTML with rarer elements in linear time', () => {
    const units = [
      '<s>',
      '<s>a</s>',
      '1<sup>2',
      '<s><td>a',
      '<li value=3>',
      '<area href="//x.example" alt="a">',
    ];

    expect(growingUnits(htmlToText, units, 100_000)).toEqual([]);
  }, 60_000);

  test('is cleaned in linear time', () => {
    expect(growingUnits(cleanText, pairsOf(INVISIBLE), 100_000)).toEqual([]);
  }, 120_000);
});

test.each(HOSTILE_HTML)('a megabyte of %s is converted within a limited time', (unit) => {
  const started = process.cpuUsage();

  const text = htmlToText(unit.repeat(1_000_000 / unit.length));

  expect(text.length).toBeLessThanOrEqual(1_000_000);
  expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
});

test('a style sheet with many rules does not increase the time for each element', () => {
  const rules = Array.from(
    { length: 2_000 },
    (_, index) => `.${'abcdefghij'[index % 10]}.x${index}{display:block}`,
  );
  const html = `<style>${rules.join('')}</style>${'<b class="a b c d e f g h i j">x</b>'.repeat(10_000)}`;
  const started = process.cpuUsage();

  htmlToText(html);

  expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
});
