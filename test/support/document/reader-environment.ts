import { execFileSync } from 'node:child_process';

// Some machines need these to reach their registry.
const NETWORK = /^(https?_proxy|no_proxy|ssl_cert_(file|dir)|node_extra_ca_certs|npm_config_registry)$/i;

/**
 * Returns the environment of a reader: the machine's own programs, and no settings of this process.
 * @param home a folder
 */
export function readerEnvironment(home: string): Record<string, string> {
  const network = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && NETWORK.test(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(network),
    // npm adds folders of the tested project to the front.
    PATH: (process.env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.endsWith('node_modules/.bin'))
      .join(':'),
    HOME: home,
    NO_COLOR: '1',
    // Without the machine's cache, an install in the empty home would download everything.
    npm_config_cache: npmSetting('cache'),
    npm_config_userconfig: npmSetting('userconfig'),
    npm_config_prefer_offline: 'true',
  };
}

function npmSetting(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim();
}
