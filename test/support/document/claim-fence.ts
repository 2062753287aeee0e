import type { Fence, MarkdownDocument } from './markdown-document.ts';

/** Says how a test checks a fenced block. Every block must have a check, so that no block becomes outdated. */
export type Claim =
  /** The commands are run. `fails` is true if the last command must fail. */
  | { kind: 'run'; fails: boolean }
  /** The commands are run. The last command keeps running until the end of the document. */
  | { kind: 'start' }
  /** The content is written to a new file. If the file exists already, it must have this content. */
  | { kind: 'write'; path: string }
  /** The block shows the output of the commands in the block before. */
  | { kind: 'output'; format: 'text' | 'json' }
  /** The block shows later output of the command that is still running. */
  | { kind: 'later output' }
  | { kind: 'compile' }
  | { kind: 'parse' }
  /** The commands and queries need an account, another language or minutes, so only the names in them are checked. */
  | { kind: 'name' }
  | { kind: 'draw' };

const LONG_RUNNING = /^(npm start|npm run (-s |--silent )?mcp -- .*--http\b.*)\n$/;
const PATH = /^[\w./-]+\.\w+$/;
const NAMED_ONLY = ['account', 'python'];
const DIAGRAM = /^(sequenceDiagram|flowchart \w+)\n/;

/**
 * Returns the check of a fenced block.
 * @param last the fenced block before it
 * @throws Error with the file and line of a block for which there is no check
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

/** Returns the last line, with its line break. */
export function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
}
