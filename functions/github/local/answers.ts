import type { EmulatorContext } from 'emulate';
import type { GitHubState, Repository, Role } from './state.ts';

export type App = EmulatorContext<GitHubState>['app'];
export type RequestContext = Parameters<Parameters<App['get']>[1]>[0];

/** An error in GitHub's format. */
export class GitHubError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, message: string, docs = '', more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    const documentation_url = `https://docs.github.com/rest${docs}`;
    this.body = { message, ...more, documentation_url, status: String(status) };
  }
}

/** The response for a renamed repository. https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
export class Moved extends GitHubError {
  readonly url: string;

  constructor(context: RequestContext, formerName: string, { id }: Repository) {
    const isRead = context.req.method === 'GET';
    const rest = new URL(context.req.url).pathname.slice(`/repos/${formerName}`.length);
    const url = `https://api.github.com/repositories/${id}${rest}`;
    super(isRead ? 301 : 307, isRead ? 'Moved Permanently' : 'Temporary Redirect', '', { url });
    this.url = url;
  }
}

export const notFound = (docs?: string) => new GitHubError(404, 'Not Found', docs);

const RANK: Record<Role, number> = { read: 0, push: 1, admin: 2 };

/** Returns the login of the account that sent the request. Requests without a known token were rejected before. */
export function loginOf(context: RequestContext, state: GitHubState): string {
  const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
  return state.tokens[token] ?? '';
}

export function roleOf(repository: Repository, login: string): Role | undefined {
  return repository.roles[login] ?? (repository.isPrivate ? undefined : 'read');
}

const PUSH_NEEDED = 'Must have push access to repository';

/**
 * Returns the repository that the path names, ignoring case.
 * @throws GitHubError 404 if the account may not know that the repository exists, 403 if the role of the
 * account is not sufficient
 * @throws Moved 301 or 307 if the repository was renamed
 */
export function repositoryOf(
  context: RequestContext,
  state: GitHubState,
  { least = 'read', docs, refusal = PUSH_NEEDED }: { least?: Role; docs?: string; refusal?: string } = {},
): Repository {
  const wanted = `${context.req.param('owner')}/${context.req.param('repo')}`.toLowerCase();
  const repository = state.repositories.find((candidate) => fullName(candidate).toLowerCase() === wanted);
  const moved = state.repositories.find(({ owner, formerNames }) =>
    formerNames.some((name) => `${owner}/${name}`.toLowerCase() === wanted),
  );
  if (moved && roleOf(moved, loginOf(context, state))) throw new Moved(context, wanted, moved);
  const role = repository && roleOf(repository, loginOf(context, state));
  if (!repository || !role) throw notFound(docs);
  if (RANK[role] < RANK[least]) throw new GitHubError(403, refusal, docs);
  return repository;
}

export const fullName = ({ owner, name }: Repository) => `${owner}/${name}`;
export const apiUrl = (repository: Repository) => `https://api.github.com/repos/${fullName(repository)}`;
export const webUrl = (repository: Repository) => `https://github.com/${fullName(repository)}`;

/** Returns the positive integer in a path parameter. @throws GitHubError 404 */
export function numberOf(context: RequestContext, parameter: string): number {
  const value = context.req.param(parameter);
  if (!/^\d{1,15}$/.test(value)) throw notFound();
  return Number(value);
}

/** Returns the value. @throws GitHubError 404 if the value is undefined */
export function found<Value>(value: Value | undefined, docs?: string): Value {
  if (value === undefined) throw notFound(docs);
  return value;
}

/** Returns the JSON object in the body. @throws GitHubError 400 */
export async function bodyOf(context: RequestContext): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) throw new GitHubError(400, 'Problems parsing JSON');
  return { ...body };
}
