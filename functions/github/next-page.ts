import type { ProviderAnswer } from 'scalekit-lambda-tools';

/**
 * The number of the page after this one; undefined on the last.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage({ link = '' }: ProviderAnswer['headers']): string | undefined {
  const next = link.split(',').find((part) => part.includes('rel="next"'));
  return /[?&]page=(\d{1,9})\b/.exec(next ?? '')?.[1];
}
