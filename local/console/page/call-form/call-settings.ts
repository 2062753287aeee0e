import type { Catalogue, ConsoleSurface } from '../../console-api.ts';

/** The user, the surface and the other settings of the caller. */
export interface CallSettings {
  identifier: string;
  surface: ConsoleSurface;
  /** A JSON object as text, or blank. */
  claims: string;
  /** May be empty. */
  idempotencyKey: string;
}

/** Returns settings with the first user and the first surface. */
export function initialSettings({ users, surfaces }: Catalogue): CallSettings {
  return {
    identifier: users[0] ?? '',
    surface: surfaces[0]?.name ?? 'http',
    claims: '',
    idempotencyKey: '',
  };
}

/** A surface, and the settings that it supports. */
export type SurfaceChoice = Catalogue['surfaces'][number];
