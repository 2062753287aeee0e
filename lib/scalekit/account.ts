/** One user's account on one connection. */
export interface Account {
  /** Such as `gmail`, which the page at CONNECT_URL is given. */
  connector: string;
  connection: string;
  /** The environment variable that names the connection, for messages. */
  connectionSetting: string;
  identifier: string;
}

/** The whole key: a connection and an identifier may hold any separator. */
export function accountKey({ connection, identifier }: Account): string {
  return JSON.stringify([connection, identifier]);
}
