import { expect, test } from 'vitest';
import { webUrl } from '../../../../../local/console/page/shared/web-url.ts';

test.each([
  ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ['HTTP://127.0.0.1:80', 'http://127.0.0.1/'],
  ['javascript:alert(1)', null],
  [' javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['file:///etc/passwd', null],
  ['//example.com', null],
  ['', null],
])('%j becomes a URL only if it is an http or https URL', (text, url) => {
  expect(webUrl(text)).toBe(url);
});
