/** The names under which a server on this machine is asked; a name that somebody pointed here is none of them. */
export function ownHosts(port: number | string): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
}
