/** One user's account on one connection. */
export interface Account {
  /** The connector's name, such as `gmail`; the page at CONNECT_URL receives it. */
  connector: string;
  connection: string;
  /** The environment variable that names the connection, for messages. */
  connectionSetting: string;
  identifier: string;
}

/** Returns a cache key. It is JSON, because a connection and an identifier may contain any separator. */
export function accountKey({ connection, identifier }: Account): string {
  return JSON.stringify([connection, identifier]);
}
