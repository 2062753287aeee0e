import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../lib/scalekit/parse-json.ts';

describe('parseJson', () => {
  test.each([
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    ['"x"', 'x'],
    ['', undefined],
    ['{"a":', undefined],
    ['<html>', undefined],
  ])('reads %j', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });
});
