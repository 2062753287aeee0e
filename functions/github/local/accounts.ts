const API = 'https://api.github.com';

const IDS = new Map([
  ['ada-okafor', 5_120_001],
  ['grace-lindqvist', 5_120_002],
  ['jonas-keller', 5_120_003],
  ['harbor-bikes', 5_120_004],
  ['noor-haddad', 5_120_005],
]);

/** Returns a user in the short format that other responses contain, or null if the account was deleted. */
export function userOrNull(login: string | null) {
  return login === null ? null : simpleUser(login);
}

/** Returns a user in the short format that other responses contain: https://docs.github.com/en/rest/users/users */
export function simpleUser(login: string) {
  const url = `${API}/users/${login}`;
  const id = IDS.get(login) ?? 5_129_999;
  return {
    login,
    id,
    node_id: Buffer.from(`04:User${id}`).toString('base64'),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login === 'harbor-bikes' ? 'Organization' : 'User',
    site_admin: false,
  };
}
