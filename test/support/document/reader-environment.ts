/**
 * Returns the environment variables of a person who reads the documents: the PATH of this machine, but no settings of
 * this process.
 * @param home the path of an empty home folder
 */
export function readerEnvironment(home: string): Record<string, string> {
  return {
    // npm adds folders of this project at the beginning of PATH. The reader's PATH does not have them.
    PATH: (process.env.PATH ?? '')
      .split(':')
      .filter((folder) => !folder.endsWith('node_modules/.bin'))
      .join(':'),
    HOME: home,
    NO_COLOR: '1',
    // Otherwise npm would look for a newer version in its registry, and print a message between other output.
    npm_config_update_notifier: 'false',
  };
}
