import type { Catalogue, ConsoleSurface } from '../../console-api.ts';

/** How and for whom tools are called. */
export interface CallSettings {
  identifier: string;
  surface: ConsoleSurface;
  /** JSON of an object; blank for none. */
  claims: string;
  /** Empty for none. */
  idempotencyKey: string;
}

/** The first user and the first surface, until somebody chooses. */
export function initialSettings({ users, surfaces }: Catalogue): CallSettings {
  return {
    identifier: users[0] ?? '',
    surface: surfaces[0]?.name ?? 'http',
    claims: '',
    idempotencyKey: '',
  };
}

/** A way to call a tool, and what it takes besides the input. */
export type SurfaceChoice = Catalogue['surfaces'][number];
