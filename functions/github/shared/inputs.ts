import { idInput, integerInput, readBesideInput, readInput } from 'scalekit-lambda-tools';

// An owner, a slash, and a name other than `.` and `..`.
const REPOSITORY = /^[\w-]{1,39}\/\.{0,2}[\w-][\w.-]{0,99}$/;
// GitHub's own pages, whose URLs look like URLs of repositories.
const NOT_AN_OWNER =
  /^(?:apps|enterprises|features|marketplace|notifications|orgs|search|settings|sponsors|topics|users)\//i;
const ADDRESS =
  /^(?:[a-z+]{2,9}:\/\/)?(?:[^@/\s]{1,200}@)?(?:(?:www\.)?github\.com[/:]|api\.github\.com\/repos\/)([^/\s?#]+\/[^/\s?#]+)/i;
const ISSUE_REFERENCE = /^([^#\s]+)#(\d{1,10})$/;

/**
 * Returns `owner/name` if the text is a GitHub URL, `owner/name.git` or `owner/name#1`. Otherwise returns the text
 * unchanged.
 */
function repositoryOf(text: string): string {
  const inAddress = ADDRESS.exec(text)?.[1];
  if (inAddress !== undefined && NOT_AN_OWNER.test(inAddress)) return text;
  const name = inAddress ?? ISSUE_REFERENCE.exec(text)?.[1] ?? text.replace(/\/$/, '');
  return name.replace(/\.git$/i, '');
}

/**
 * The input for the repository of a tool. In `path`, wrap the value in `multiSegment`, so that its slash is not
 * encoded.
 */
export const repository = readInput('Such as octocat/Hello-World, or its address.', repositoryOf, {
  pattern: REPOSITORY,
  expected:
    'must be the owner and the name of a repository, such as octocat/Hello-World, or its address at github.com',
});

/**
 * Returns whether a URL belongs to the repository in the input. If it does not, the number in the URL belongs
 * to something else.
 */
function isSameRepository(address: string, repository: unknown): boolean {
  if (typeof repository !== 'string') return false;
  return repositoryOf(address).toLowerCase() === repositoryOf(repository.trim()).toLowerCase();
}

const PLAIN_NUMBER = /^(?:(?:PR|pull request)\s{0,3})?#?(\d{1,10})$/i;
const PULL_REQUEST_PAGE = /\/(?:pulls?|issues)\/(\d{1,10})(?:[/?#].*)?$/s;

export const pullRequestNumber = integerInput('Number of the pull request, or its address.', {
  minimum: 1,
  maximum: 2_147_483_647,
  read(text, { repository: given }) {
    const plain = PLAIN_NUMBER.exec(text)?.[1];
    if (plain !== undefined) return plain;
    if (!isSameRepository(text, given)) return undefined;
    return PULL_REQUEST_PAGE.exec(text)?.[1] ?? ISSUE_REFERENCE.exec(text)?.[2];
  },
  expected:
    'must be the number of a pull request, such as 1347, or its address in the same repository; github_list_review_queue returns both',
});

const DIGITS = /^\d{1,19}$/;

export const runId = idInput('run_id of github_explain_failed_checks, or the address of the run.', {
  read: (text) => /\/actions\/runs\/(\d{1,19})(?:[/?#]|$)/.exec(text)?.[1] ?? text,
  pattern: DIGITS,
  expected:
    'must be the digits of a workflow run’s ID, from run_id of github_explain_failed_checks, or its address with /actions/runs/',
});

export const commentId = idInput(
  'ID of any comment in the thread, from github_list_review_threads, or its address.',
  {
    read: (text) => /(?:discussion_r|#r|\/pulls\/comments\/)(\d{1,19})$/.exec(text)?.[1] ?? text,
    pattern: DIGITS,
    expected:
      'must be the digits of a review comment’s ID, from github_list_review_threads, or its address with #discussion_r',
  },
);

// https://git-scm.com/docs/git-check-ref-format
const GIT_REF = /^(?![/])(?!.*(?:[\s~^:?*[\\\p{Cc}]|\.\.|\/\/|@\{))(?!.*[/.]$).+$/u;
const REF_LENGTH_MAX = 255;
const REF_PAGE = /^(?:commits?|tree|releases\/tag)\/([^?#]+)/;
const PAGE_OF_REPOSITORY = /^(?:https?:\/\/)?(?:www\.)?github\.com\/[^/\s?#]+\/[^/\s?#]+\//i;

function gitRefOf(
  text: string,
  { repository: given }: Readonly<Record<string, unknown>>,
): string | undefined {
  const page = PAGE_OF_REPOSITORY.exec(text)?.[0];
  const number = /^#(\d{1,10})$/.exec(text)?.[1];
  if (page === undefined && number === undefined) return text.replace(/^refs\/(?=heads\/|tags\/)/, '');
  if (page !== undefined && !isSameRepository(text, given)) return undefined;
  const pull = number ?? PULL_REQUEST_PAGE.exec(text)?.[1];
  // This ref is the newest commit of the pull request, even if the branch is in a fork.
  if (pull !== undefined) return `refs/pull/${pull}/head`;
  return REF_PAGE.exec(text.slice(page?.length))?.[1];
}

/** The input for a commit, branch, tag or pull request, converted to a `ref` of `commits/{ref}`. */
export const gitRef = readBesideInput(
  'Branch, tag, commit or pull request, such as feature/login, #1347 or its address.',
  gitRefOf,
  {
    pattern: GIT_REF,
    maximum: REF_LENGTH_MAX,
    expected:
      'must be a branch, tag, commit or pull request, such as main or #1347, or its address in the same repository; for a branch of a fork, head_sha of github_summarize_pull_request',
  },
);

/**
 * Returns the input for a tag, branch or commit, converted to the format of the releases API.
 * @param description shows the model whether to send a tag, a branch or a commit
 */
export function plainRef(description: string) {
  return readBesideInput(
    description,
    (text, input) => {
      const ref = gitRefOf(text, input);
      return ref?.startsWith('refs/pull/') ? undefined : ref?.replace(/^(?:heads|tags)\//, '');
    },
    {
      pattern: GIT_REF,
      maximum: REF_LENGTH_MAX,
      expected: 'must be the name of a tag or a branch, such as v1.1.0 or main, or a commit',
    },
  );
}
