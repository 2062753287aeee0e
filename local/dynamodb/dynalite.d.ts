declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** https://github.com/architect/dynalite#readme */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
