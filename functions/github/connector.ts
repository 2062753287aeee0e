import { defineConnector } from 'scalekit-lambda-tools';
import { githubErrors } from './errors.ts';

export const github = defineConnector({
  name: 'github',
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  errors: githubErrors,
});
