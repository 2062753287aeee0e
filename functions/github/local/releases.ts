import { type App, bodyOf, GitHubError, loginOf, notFound, repositoryOf, roleOf, webUrl } from './answers.ts';
import type { GitHubState, Repository } from './state.ts';

const DOCS = '/releases/releases#generate-release-notes-content-for-a-release';

/** https://docs.github.com/en/rest/releases/releases */
export function releaseRoutes(app: App, state: GitHubState): void {
  app.post('/repos/:owner/:repo/releases/generate-notes', async (context) => {
    const repository = repositoryOf(context, state);
    // GitHub hides this route from accounts that may only read.
    if (roleOf(repository, loginOf(context, state)) === 'read') throw notFound(DOCS);
    const { tag_name, previous_tag_name, target_commitish } = await bodyOf(context);
    if (typeof tag_name !== 'string') {
      throw new GitHubError(422, 'Invalid request.\n\n"tag_name" wasn\'t supplied.', DOCS);
    }
    const tag = repository.tags.find(({ name }) => name === tag_name);
    const target = typeof target_commitish === 'string' ? target_commitish : 'main';
    if (!tag && repository.branches[target] === undefined) {
      throw new GitHubError(400, 'Invalid target_commitish parameter', DOCS);
    }
    const until = tag?.taggedAt ?? '9999';
    const previous = previousTag(repository, previous_tag_name, until);
    return context.json({ name: tag_name, body: notesOf(repository, tag_name, previous, until) });
  });
}

type Tag = Repository['tags'][number];

/** Returns the requested tag, or the newest tag before `until` if no tag was requested. @throws GitHubError 400 */
function previousTag({ tags }: Repository, name: unknown, until: string): Tag | undefined {
  if (name === undefined) return tags.filter(({ taggedAt }) => taggedAt < until).at(-1);
  const tag = tags.find((candidate) => candidate.name === name);
  if (!tag) throw new GitHubError(400, 'Invalid previous_tag parameter', DOCS);
  return tag;
}

function notesOf(repository: Repository, tag: string, previous: Tag | undefined, until: string): string {
  const page = webUrl(repository);
  const from = previous?.taggedAt ?? '';
  const lines = repository.pulls
    .filter(({ mergedAt }) => mergedAt !== null && mergedAt > from && mergedAt <= until)
    .map(({ title, author, number }) => `* ${title} by @${author} in ${page}/pull/${number}`);
  const changes = lines.length === 0 ? [] : ["## What's Changed", ...lines, '', ''];
  const log = previous ? `compare/${previous.name}...${tag}` : `commits/${tag}`;
  return [...changes, `**Full Changelog**: ${page}/${log}`].join('\n');
}
