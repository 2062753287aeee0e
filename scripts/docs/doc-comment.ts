import { type Node, ts } from 'ts-morph';

/** A doc comment, in Markdown. https://tsdoc.org/ */
export interface DocComment {
  /** What comes before the first tag. */
  text: string;
  /** What `@param` says, by the place of the tag. */
  parameters: readonly { name: string; text: string }[];
  returns: string | undefined;
  throws: readonly string[];
  examples: readonly string[];
}

/** The last doc comment of a declaration; undefined where it has none that says anything. */
export function docCommentOf(node: Node): DocComment | undefined {
  const comment = ts.getJSDocCommentsAndTags(node.compilerNode).findLast(ts.isJSDoc);
  if (!comment) return undefined;
  const tags: readonly ts.JSDocTag[] = comment.tags ?? [];
  const textsOf = (name: string) => tags.filter(({ tagName }) => tagName.text === name).map(textOf);
  const found = {
    text: textOf(comment),
    parameters: tags
      .filter(ts.isJSDocParameterTag)
      .map((tag) => ({ name: tag.name.getText(), text: textOf(tag) })),
    returns: textsOf('returns')[0],
    throws: textsOf('throws'),
    examples: textsOf('example'),
  };
  const said = [found.text, found.returns, ...found.throws, ...found.parameters.map(({ text }) => text)];
  return said.some(Boolean) ? found : undefined;
}

/** Whether a member is for the library alone, though the language lets others see it. */
export function isInternal(node: Node): boolean {
  return ts.getJSDocTags(node.compilerNode).some(({ tagName }) => tagName.text === 'internal');
}

function textOf({ comment }: { comment?: string | ts.NodeArray<ts.JSDocComment> | undefined }): string {
  return (ts.getTextOfJSDocComment(comment) ?? '').trim();
}
