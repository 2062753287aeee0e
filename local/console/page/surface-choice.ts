import type { Catalogue } from '../console-api.ts';

/** A way to call a tool, and what it takes besides the input. */
export type SurfaceChoice = Catalogue['surfaces'][number];
