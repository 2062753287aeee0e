import {
  completeness,
  completenessOutput,
  defineTool,
  multiSegment,
  path,
  text,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { plainRef, repository } from './shared/inputs.ts';

const NO_SUCH_TAG =
  'GitHub does not find one of the tags, or the target. Check them; a tag that does not exist yet needs a target.';
const NO_PUSH_ACCESS =
  'GitHub has no such repository, or the account has no push access to it. Check its owner and name.';

const NOTES_LENGTH_MAX = 15_000;

/** https://docs.github.com/en/rest/releases/releases#generate-release-notes-content-for-a-release */
export const ReleaseNotesResponse = z.object({ name: z.string(), body: z.string() });

export const tool = defineTool({
  connector: github,
  name: 'github_draft_release_notes',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Drafts release notes in Markdown from what was merged between two tags of a GitHub repository. Saves and publishes nothing. Needs push access.',
  input: {
    repository,
    tag: plainRef('Tag to release, such as v9.1.0; it need not exist yet.'),
    previous_tag: plainRef('Tag to start from; by default that of the last release.').optional(),
    target: plainRef('Branch or commit to tag if the tag does not exist yet.').optional(),
  },
  output: { title: text(200), notes: text(NOTES_LENGTH_MAX), ...completenessOutput },
  examples: [
    {
      input: { repository: 'octocat/Hello-World', tag: 'v1.0.0', previous_tag: 'v0.9.2' },
      output: {
        title: 'Release v1.0.0 is now available!',
        notes: '##Changes in Release v1.0.0 ... ##Contributors @monalisa',
        is_complete: true,
        missing: [],
      },
    },
  ],

  async run({ repository, tag, previous_tag, target }, { api }) {
    // https://docs.github.com/en/rest/releases/releases#generate-release-notes-content-for-a-release
    const { body } = await api.post(path`/repos/${multiSegment(repository)}/releases/generate-notes`, {
      json: { tag_name: tag, previous_tag_name: previous_tag, target_commitish: target },
      response: ReleaseNotesResponse,
      errors: {
        400: { code: 'rejected_by_provider', message: NO_SUCH_TAG },
        404: { code: 'not_found', message: NO_PUSH_ACCESS },
      },
    });
    return {
      title: body.name,
      notes: body.body,
      ...completeness([
        body.body.length > NOTES_LENGTH_MAX && `The notes after the first ${NOTES_LENGTH_MAX} characters.`,
      ]),
    };
  },
});

export const handler = createHandler(tool);
