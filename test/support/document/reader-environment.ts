/**
 * Returns the environment variables of a person who reads the documents: the PATH of this machine, and no settings of
 * this process.
 * @param home the path of an empty home folder
 */
export function readerEnvironment(home: string): Record<string, string> {
  return {
    // npm adds folders of the tested project at the front. They are removed.
    PATH: (process.env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.endsWith('node_modules/.bin'))
      .join(':'),
    HOME: home,
    NO_COLOR: '1',
    // npm would ask its registry for a newer version, and print it between other output.
    npm_config_update_notifier: 'false',
  };
}
