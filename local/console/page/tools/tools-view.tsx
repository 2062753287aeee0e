import { useEffect, useRef } from 'preact/hooks';
import type { Catalogue } from '../../console-api.ts';
import type { CallSettings } from '../call-form/call-settings.ts';
import type { Drafts } from '../call-form/draft.ts';
import type { Calls } from '../calls/use-calls.ts';
import { toolHash } from '../shared/route.ts';
import { firstTool } from './catalogue.ts';
import { ToolList } from './tool-list.tsx';
import { ToolView } from './tool-view.tsx';

// The width must be equal to the width in style/layout.css.
const STACKED = '(width < 60rem)';

interface Props {
  catalogue: Catalogue;
  selected: string | null;
  settings: CallSettings;
  onSettings: (settings: CallSettings) => void;
  drafts: Drafts;
  calls: Calls;
}

/** The list of tools next to the selected tool. */
export function ToolsView({ catalogue, selected, settings, onSettings, drafts, calls }: Props) {
  const first = firstTool(catalogue.tools)?.name;
  useEffect(() => {
    // Replaces the entry in the browser's history. Otherwise the back button would return to this redirect.
    if (selected === null && first !== undefined) location.replace(toolHash(first));
  }, [selected, first]);

  const place = useRef<HTMLDivElement>(null);
  const shown = useRef(selected);
  useEffect(() => {
    const isChange = shown.current !== null && shown.current !== selected;
    shown.current = selected;
    // In a narrow window, the tool is below the list and may be out of view.
    if (isChange && matchMedia(STACKED).matches) place.current?.lastElementChild?.scrollIntoView();
  }, [selected]);

  const tool = catalogue.tools.find(({ name }) => name === selected);
  return (
    <div class="tools-view" ref={place}>
      <ToolList tools={catalogue.tools} selected={selected} />
      {tool ? (
        <ToolView
          key={tool.name}
          tool={tool}
          catalogue={catalogue}
          settings={settings}
          onSettings={onSettings}
          draft={drafts.of(tool.name)}
          onDraft={(draft) => drafts.set(tool.name, draft)}
          calls={calls}
        />
      ) : (
        <section class="panel">
          <h1>{selected === null ? 'Tools' : 'No such tool'}</h1>
          <p class="empty">
            {catalogue.tools.length === 0
              ? 'There are no tools yet. npm run new writes the first one.'
              : `There is no tool ${selected ?? ''}. Choose one from the list.`}
          </p>
        </section>
      )}
    </div>
  );
}
