import type { CataloguedTool } from '../../console-api.ts';
import { JsonText } from '../shared/json-text.tsx';
import { ScrollRegion } from '../shared/scroll-region.tsx';
import { schemaRows } from './schema-rows.ts';
import type { ObjectSchema } from './schema-words.ts';

/** The input and output of a tool as tables. */
export function Contract({ tool }: { tool: CataloguedTool }) {
  return (
    <div class="contract">
      <SchemaTable title="Input" schema={tool.inputSchema} empty="The input is an empty object." />
      <SchemaTable title="Output" schema={tool.outputSchema} empty="The output is an empty object." />
      <h2>Hints for agents</h2>
      <ul class="hints">
        {Object.entries(tool.annotations).map(([hint, isSet]) => (
          <li key={hint}>
            <code>{hint}</code> {isSet ? 'yes' : 'no'}
          </li>
        ))}
      </ul>
    </div>
  );
}

function SchemaTable({ title, schema, empty }: { title: string; schema: ObjectSchema; empty: string }) {
  const rows = schemaRows(schema);
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <ScrollRegion label={`${title} of the contract`}>
          <table class="contract-table">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Type, limits and meaning</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ path, key, depth, type, isRequired, limits, description }) => (
                <tr key={path}>
                  <th scope="row" style={{ paddingInlineStart: `${0.5 + depth * 0.9}rem` }}>
                    <code title={path}>{key}</code>
                    <span class={isRequired ? 'required' : 'optional'}>
                      {isRequired ? 'required' : 'optional'}
                    </span>
                  </th>
                  <td>
                    <code>{type}</code> <span class="limits">{limits}</span>
                    {description && <p>{description}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <details>
        <summary>JSON Schema of the {title.toLowerCase()}</summary>
        <JsonText label={`JSON Schema of the ${title.toLowerCase()}`} value={schema} />
      </details>
    </section>
  );
}
