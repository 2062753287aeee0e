import type { Fence, MarkdownDocument } from './markdown-document.ts';

/** What is done with a fence, so that none of it can go out of date. */
export type Claim =
  /** Its commands are run; `fails` where the last one has to fail. */
  | { kind: 'run'; fails: boolean }
  /** Its commands are run up to the last one, which is started and ends with the document. */
  | { kind: 'start' }
  /** A file is written, or is there with this content. */
  | { kind: 'write'; path: string }
  /** What the commands before it print. */
  | { kind: 'output'; format: 'text' | 'json' }
  /** What the command that was started prints from now on. */
  | { kind: 'later output' }
  | { kind: 'compile' }
  | { kind: 'parse' }
  /** Commands and queries that need an account or another language: only their names are looked at. */
  | { kind: 'name' }
  | { kind: 'draw' };

const LONG_RUNNING = /^(npm start|npm run (-s |--silent )?mcp -- .*--http\b.*)\n$/;
const PATH = /^[\w./-]+\.\w+$/;
const NAMED_ONLY = ['account', 'python'];
const DIAGRAM = /^(sequenceDiagram|flowchart \w+)\n/;

/**
 * @param last the fence before it
 * @throws Error with its place, where nothing is known to be done with it
 */
export function claimFence({ file }: MarkdownDocument, fence: Fence, last: Fence | undefined): Claim {
  const isAfterCommands = fence.isNextToLast && last?.language === 'sh' && !NAMED_ONLY.includes(last.mark);
  const claim = BY_LANGUAGE[fence.language]?.(fence, isAfterCommands);
  if (claim) return claim;
  const info = [fence.language, fence.mark].filter(Boolean).join(' ') || 'no language';
  throw new Error(`${file}:${fence.line}: nothing is done with a block of this kind here (${info}).`);
}

const BY_LANGUAGE: Readonly<Record<string, (fence: Fence, isAfterCommands: boolean) => Claim | undefined>> = {
  sh({ mark, text }) {
    if (NAMED_ONLY.includes(mark)) return { kind: 'name' };
    if (mark !== '' && mark !== 'fails') return undefined;
    return LONG_RUNNING.test(lastLine(text)) ? { kind: 'start' } : { kind: 'run', fails: mark === 'fails' };
  },
  ts({ mark }) {
    if (mark === '') return { kind: 'compile' };
    return PATH.test(mark) ? { kind: 'write', path: mark } : undefined;
  },
  text({ mark }, isAfterCommands) {
    if (mark === 'account') return { kind: 'name' };
    if (mark === 'npm start') return { kind: 'later output' };
    return mark === '' && isAfterCommands ? { kind: 'output', format: 'text' } : undefined;
  },
  json({ mark }, isAfterCommands) {
    if (mark !== '') return undefined;
    return isAfterCommands ? { kind: 'output', format: 'json' } : { kind: 'parse' };
  },
  mermaid: ({ text }) => (DIAGRAM.test(text) ? { kind: 'draw' } : undefined),
};

/** With its line break. */
export function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
}
