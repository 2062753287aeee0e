import { buildSchema, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, graphql } from 'graphql';
import * as z from 'zod';
import { type App, bodyOf, fullName, loginOf, roleOf } from './answers.ts';
import { reviewThreadsOf, type ThreadsArguments } from './review-threads.ts';
import type { GitHubState, Repository } from './state.ts';

const Request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

let officialSchema: Promise<GraphQLSchema> | undefined;

/** Loads GitHub's schema on the first query, because parsing it takes a moment. */
async function readSchema(): Promise<GraphQLSchema> {
  const { schema } = await import('@octokit/graphql-schema');
  return buildSchema(schema.idl, { assumeValid: true });
}

/**
 * Validates and executes queries with GitHub's own schema:
 * https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
 */
export function graphQLRoute(app: App, state: GitHubState): void {
  app.post('/graphql', async (context) => {
    const { query: source = '', variables } = Request.partial().parse(await bodyOf(context));
    const login = loginOf(context, state);
    const rootValue = {
      viewer: { login },
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const repository = repositoryNamed(state, login, `${owner}/${name}`);
        return { nameWithOwner: fullName(repository), pullRequest: pullRequestIn(repository, login) };
      },
    };
    officialSchema ??= readSchema();
    const { data, errors } = await graphql({
      schema: await officialSchema,
      source,
      rootValue,
      variableValues: variables ?? {},
    });
    return context.json({
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map((error) => errorOf(error.toJSON())) }),
    });
  });
}

/**
 * @throws GraphQLError of type NOT_FOUND if the repository does not exist, or if the account may not know
 * that it exists
 */
function repositoryNamed(state: GitHubState, login: string, wanted: string): Repository {
  const repository = state.repositories.find(({ owner, name, formerNames }) =>
    [name, ...formerNames].some((known) => `${owner}/${known}`.toLowerCase() === wanted.toLowerCase()),
  );
  if (repository && roleOf(repository, login)) return repository;
  throw notFound(`Could not resolve to a Repository with the name '${wanted}'.`);
}

function pullRequestIn(repository: Repository, login: string) {
  return ({ number }: { number: number }) => {
    const pull = repository.pulls.find((candidate) => candidate.number === number);
    if (!pull) throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
    return {
      number,
      title: pull.title,
      reviewThreads: (given: ThreadsArguments) => reviewThreadsOf(repository, pull, login, given),
    };
  };
}

function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}

/** GitHub returns the type next to the message, not in `extensions`. */
function errorOf({ message, path, locations, extensions }: GraphQLFormattedError) {
  const type = extensions?.type;
  return { ...(typeof type === 'string' && { type }), ...(path && { path }), locations, message };
}
