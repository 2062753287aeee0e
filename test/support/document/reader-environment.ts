import { execFileSync } from 'node:child_process';

// What a machine needs to reach its registry, where it does not do so by default.
const NETWORK = /^(https?_proxy|no_proxy|ssl_cert_(file|dir)|node_extra_ca_certs|npm_config_registry)$/i;

/**
 * The environment of somebody who reads a document: the machine's own programs, and no setting of this process.
 * @param home a folder
 */
export function readerEnvironment(home: string): Record<string, string> {
  const network = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && NETWORK.test(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(network),
    // Those that npm puts in front are of the project that is tested.
    PATH: (process.env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.endsWith('node_modules/.bin'))
      .join(':'),
    HOME: home,
    NO_COLOR: '1',
    // The home is empty: an install in it would download everything, or look for it elsewhere.
    npm_config_cache: npmSetting('cache'),
    npm_config_userconfig: npmSetting('userconfig'),
    npm_config_prefer_offline: 'true',
  };
}

function npmSetting(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim();
}
