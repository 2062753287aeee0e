import type { Finding } from './compare-findings.ts';

export interface JudgeContext {
  /** The folder of this project. */
  project: string;
  /** The folder in which the programs of `packages/package.json` are installed. */
  packages: string;
  /** An empty folder for the files of this judge. */
  folder: string;
  /** Returns the packed library. All judges share one packed library. */
  packed(): Promise<PackedLibrary>;
}

export interface PackedLibrary {
  /** The file that npm would publish. */
  tarball: string;
  /** The folder with the unpacked content. */
  folder: string;
}

interface Judgement {
  findings: readonly Finding[];
  /** Describes what was checked, such as files or requests, for the table. */
  judged: string;
}

export type Judge = (context: JudgeContext) => Promise<Judgement>;
