import type { ComponentChildren } from 'preact';
import { isJsonObject } from './json.ts';
import { counted } from './measures.ts';

// Deeper levels start closed.
const OPEN_DEPTH = 2;

/** A JSON value as a tree whose branches can be closed. All values are shown as text. */
export function JsonTree({ value }: { value: unknown }) {
  const branches = branchesOf(value) ?? [['', value]];
  return (
    <div class="json-tree">
      {branches.length === 0 && <Leaf value={value} />}
      <Branches branches={branches} depth={0} />
    </div>
  );
}

type Branch = readonly [key: string, value: unknown];

interface NodeProps {
  /** The key or index. */
  name: string;
  value: unknown;
  depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  const label = <span class="json-key">{name}</span>;
  const branches = branchesOf(value);
  if (!branches || branches.length === 0)
    return (
      <div class="json-leaf">
        {label} <Leaf value={value} />
      </div>
    );
  const count = counted(branches.length, Array.isArray(value) ? 'item' : 'key');
  return (
    <details open={depth < OPEN_DEPTH}>
      <summary>
        {label} <span class="json-count">{count}</span>
      </summary>
      <div class="json-branches">
        <Branches branches={branches} depth={depth + 1} />
      </div>
    </details>
  );
}

function Branches({ branches, depth }: { branches: readonly Branch[]; depth: number }) {
  return branches.map(([key, value]) => <Node key={key} name={key} value={value} depth={depth} />);
}

function branchesOf(value: unknown): Branch[] | null {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isJsonObject(value) ? Object.entries(value) : null;
}

function Leaf({ value }: { value: unknown }): ComponentChildren {
  if (typeof value === 'string') return <span class="json-string">{value === '' ? '""' : value}</span>;
  const kind = typeof value === 'number' ? 'number' : 'word';
  return <span class={`json-${kind}`}>{JSON.stringify(value)}</span>;
}
