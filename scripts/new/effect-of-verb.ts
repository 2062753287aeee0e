import type { Effect } from '../../lib/contract/define-tool.ts';

const VERBS: Record<Effect, readonly string[]> = {
  read: 'audit catch check count describe explain fetch find get list read search show summarize triage'.split(
    ' ',
  ),
  create: 'add book create draft invite log post reply rerun schedule send start submit upload upsert'.split(
    ' ',
  ),
  update:
    'approve archive assign close decide edit mark merge move rename set subscribe unsubscribe update'.split(
      ' ',
    ),
  delete: 'delete remove'.split(' '),
};
const LISTING_VERBS: readonly string[] = ['list', 'search'];

/** Returns the effect that the verb in a tool's name implies, or undefined. */
export function effectOfVerb(verbObject: string): Effect | undefined {
  const [verb = ''] = verbObject.split('_');
  const effects: readonly Effect[] = ['read', 'create', 'update', 'delete'];
  return effects.find((effect) => VERBS[effect].includes(verb));
}

export function listsByVerb(verbObject: string): boolean {
  return LISTING_VERBS.includes(verbObject.split('_')[0] ?? '');
}
