import { expect } from 'vitest';
import type { ProviderErrorCase } from '../../../test/support/test-provider-errors.ts';

const DOCS = 'https://docs.github.com';

/** The errors that GitHub can return to any request. */
export const githubProviderErrors: Readonly<Record<string, ProviderErrorCase>> = {
  'a missing or hidden object': {
    answer: {
      status: 404,
      body: {
        message: 'Not Found',
        documentation_url: `${DOCS}/rest/repos/repos#get-a-repository`,
        status: '404',
      },
    },
    error: { code: 'not_found', retryable: false },
  },
  'a renamed repository': {
    answer: {
      status: 301,
      headers: { location: 'https://api.github.com/repositories/1296269' },
      body: {
        message: 'Moved Permanently',
        url: 'https://api.github.com/repositories/1296269',
        documentation_url: `${DOCS}/rest/guides/best-practices-for-using-the-rest-api#follow-redirects`,
      },
    },
    error: { code: 'not_found', message: expect.stringContaining('renamed') },
  },
  'missing rights': {
    answer: {
      status: 403,
      headers: { 'x-accepted-github-permissions': 'administration=read' },
      body: {
        message: 'Must have push access to repository',
        documentation_url: `${DOCS}/rest/metrics/traffic#get-page-views`,
        status: '403',
      },
    },
    error: { code: 'permission_denied', retryable: false, details: [] },
  },
  'a missing scope': {
    answer: {
      status: 403,
      headers: { 'x-accepted-oauth-scopes': 'repo', 'x-oauth-scopes': 'read:user' },
      body: { message: 'Forbidden', documentation_url: `${DOCS}/rest`, status: '403' },
    },
    error: { code: 'permission_denied', details: [{ path: '', issue: 'needs the scope repo' }] },
  },
  'a secondary rate limit': {
    answer: {
      status: 403,
      headers: { 'retry-after': '60', 'x-ratelimit-remaining': '4984', 'x-ratelimit-reset': '1763805600' },
      body: {
        message:
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
        documentation_url: `${DOCS}/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits`,
        status: '403',
      },
    },
    error: { code: 'rate_limited', retryable: true, retry_after_seconds: 60 },
  },
};
