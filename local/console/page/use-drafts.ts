import { useState } from 'preact/hooks';
import { type Draft, EMPTY_DRAFT } from './draft.ts';

export interface Drafts {
  of(tool: string): Draft;
  set(tool: string, draft: Draft): void;
}

/** What is being written for each tool; it stays when another tool is chosen or the catalogue is read again. */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  return {
    of: (tool) => drafts.get(tool) ?? EMPTY_DRAFT,
    set: (tool, draft) => setDrafts((before) => new Map(before).set(tool, draft)),
  };
}
