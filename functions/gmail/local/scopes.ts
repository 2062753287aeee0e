const GOOGLE = 'https://www.googleapis.com/auth/';

/**
 * The scopes for each route. A token needs at least one of them.
 * https://developers.google.com/workspace/gmail/api/auth/scopes
 */
const SCOPES: readonly (readonly [method: RegExp, path: RegExp, scopes: readonly string[]])[] = [
  [/^GET$/, /\/settings\//, ['gmail.readonly', 'gmail.modify', 'gmail.settings.basic']],
  [/./, /\/settings\//, ['gmail.settings.basic']],
  [/^GET$/, /\/drafts/, ['gmail.readonly', 'gmail.modify', 'gmail.compose']],
  [/./, /\/drafts/, ['gmail.modify', 'gmail.compose']],
  [/^POST$/, /\/messages\/send$/, ['gmail.modify', 'gmail.compose', 'gmail.send']],
  [/^GET$/, /./, ['gmail.readonly', 'gmail.modify']],
  [/./, /./, ['gmail.modify']],
];

/** Returns whether a token with these scopes may send a request. */
export function isAllowed(method: string, path: string, scopes: readonly string[]): boolean {
  const [, , needed = []] = SCOPES.find(([methods, paths]) => methods.test(method) && paths.test(path)) ?? [];
  return needed.some((scope) => scopes.includes(GOOGLE + scope));
}
