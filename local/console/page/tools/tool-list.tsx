import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CataloguedTool } from '../../console-api.ts';
import { toolHash } from '../shared/route.ts';
import { filterTools } from './catalogue.ts';
import { moveFocus } from './move-focus.ts';
import { EffectMark } from './tool-heading.tsx';

interface Props {
  tools: readonly CataloguedTool[];
  selected: string | null;
}

export function ToolList({ tools, selected }: Props) {
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useSlash(box);
  useEffect(() => {
    if (selected !== null && list.current) showCurrent(list.current);
  }, [selected]);
  const groups = filterTools(tools, filter);

  function onKeyDown(event: KeyboardEvent): void {
    if (!list.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOfBox = event.target instanceof HTMLInputElement && inBox(event.key, event.target.value);
    if (!isOfBox && moveFocus(list.current, event.key)) event.preventDefault();
  }

  /**
   * @param typed the current text of the filter box. The list may still show the results for an earlier text.
   * @returns true if the box handles the key, so that the focus must not move
   */
  function inBox(key: string, typed: string): boolean {
    if (key === 'Escape') setFilter('');
    if (key === 'Enter') choose(filterTools(tools, typed)[0]?.tools[0]);
    // In the box, Home and End move the caret.
    return ['Escape', 'Enter', 'Home', 'End'].includes(key);
  }

  return (
    <nav class="tool-list" aria-label="Tools" ref={list} onKeyDown={onKeyDown}>
      <div class="tool-filter">
        <label class="visually-hidden" for="tool-filter">
          Filter the tools
        </label>
        <input
          id="tool-filter"
          type="search"
          placeholder="Filter tools  ( / )"
          autocomplete="off"
          aria-keyshortcuts="/"
          ref={box}
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      {groups.length === 0 && <p class="empty">No tool matches all of these words.</p>}
      {groups.map(({ connector, tools: ofConnector }) => (
        <details key={connector} open>
          <summary>
            {connector} <span class="count">{ofConnector.length}</span>
          </summary>
          <ul>
            {ofConnector.map(({ name, effect }) => (
              <li key={name}>
                <a href={toolHash(name)} aria-current={name === selected ? 'page' : undefined}>
                  <span class="tool-name">{name.slice(connector.length + 1)}</span>
                  <EffectMark effect={effect} />
                  <span class="visually-hidden">of {connector}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

function choose(tool: CataloguedTool | undefined): void {
  if (tool) location.hash = toolHash(tool.name);
}

/**
 * Scrolls the list, but not the page, until the selected tool is visible. A link can select a tool that is
 * out of view.
 */
function showCurrent(list: HTMLElement): void {
  const current = list.querySelector('[aria-current]')?.getBoundingClientRect();
  const { top, bottom, height } = list.getBoundingClientRect();
  if (current && (current.top < top || current.bottom > bottom))
    list.scrollTop += current.top - top - height / 2;
}

/** `/` focuses the filter, unless the user is typing in another field. */
function useSlash(box: { current: HTMLInputElement | null }): void {
  // A layout effect runs before the first paint. A normal effect could run too late for the first key press.
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isWriting = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      box.current?.focus();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [box]);
}
