import type { Finding } from './compare-findings.ts';

export interface JudgeContext {
  /** The folder of this project. */
  project: string;
  /** The folder with the installed programs of `packages/package.json`. */
  packages: string;
  /** An own, empty folder for the judge's files. */
  folder: string;
  /** Returns the packed library, which is packed once for all judges. */
  packed(): Promise<PackedLibrary>;
}

export interface PackedLibrary {
  /** The file that npm would publish. */
  tarball: string;
  /** Its unpacked content. */
  folder: string;
}

interface Judgement {
  findings: readonly Finding[];
  /** The part that was judged, for the table. */
  judged: string;
}

export type Judge = (context: JudgeContext) => Promise<Judgement>;
