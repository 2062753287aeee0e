import type { CataloguedTool } from '../../console-api.ts';

export function ToolHeading({ tool }: { tool: CataloguedTool }) {
  return (
    <header class="tool-heading">
      <h1>
        {tool.title} <EffectMark effect={tool.effect} />
      </h1>
      <p class="tool-full-name">
        <code>{tool.name}</code>
      </p>
      <p>{tool.description}</p>
      <dl class="facts">
        <div>
          <dt>Scopes</dt>
          <dd>
            {tool.scopes.length === 0 && 'none'}
            {tool.scopes.map((scope) => (
              <code key={scope}>
                {scope.split(/(?<=\/)/).map((part) => (
                  <>
                    {part}
                    <wbr />
                  </>
                ))}
              </code>
            ))}
          </dd>
        </div>
        <div>
          <dt>File</dt>
          <dd>
            <code>{tool.file}</code>
          </dd>
        </div>
      </dl>
    </header>
  );
}

/** The effect of a tool, as a coloured word. */
export function EffectMark({ effect }: { effect: CataloguedTool['effect'] }) {
  return <span class={`effect effect-${effect}`}>{effect}</span>;
}
