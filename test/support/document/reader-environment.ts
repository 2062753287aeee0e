import { execFileSync } from 'node:child_process';

// Some machines need these variables to reach the npm registry.
const NETWORK = /^(https?_proxy|no_proxy|ssl_cert_(file|dir)|node_extra_ca_certs|npm_config_registry)$/i;

/**
 * Returns environment variables as a reader has them: the programs of this machine, and no settings of this process.
 * @param home the path of an empty home folder
 */
export function readerEnvironment(home: string): Record<string, string> {
  const network = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && NETWORK.test(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(network),
    // npm adds folders of the tested project at the front. They are removed.
    PATH: (process.env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.endsWith('node_modules/.bin'))
      .join(':'),
    HOME: home,
    NO_COLOR: '1',
    // The home folder is empty. Without the cache of this machine, an install would download everything.
    npm_config_cache: npmSetting('cache'),
    npm_config_userconfig: npmSetting('userconfig'),
    npm_config_prefer_offline: 'true',
  };
}

function npmSetting(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim();
}
