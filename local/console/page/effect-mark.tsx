import type { CataloguedTool } from '../console-api.ts';

/** What a tool does to the provider's data, as a word and as a colour. */
export function EffectMark({ effect }: { effect: CataloguedTool['effect'] }) {
  return <span class={`effect effect-${effect}`}>{effect}</span>;
}
