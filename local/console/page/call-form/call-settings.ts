import type { Catalogue, ConsoleSurface } from '../../console-api.ts';

/** The user, the surface and the caller's other settings. */
export interface CallSettings {
  identifier: string;
  surface: ConsoleSurface;
  /** A JSON object, or blank. */
  claims: string;
  /** May be empty. */
  idempotencyKey: string;
}

/** Starts with the first user and the first surface. */
export function initialSettings({ users, surfaces }: Catalogue): CallSettings {
  return {
    identifier: users[0] ?? '',
    surface: surfaces[0]?.name ?? 'http',
    claims: '',
    idempotencyKey: '',
  };
}

/** A surface and the options that it takes. */
export type SurfaceChoice = Catalogue['surfaces'][number];
