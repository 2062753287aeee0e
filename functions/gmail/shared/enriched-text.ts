// Matches a command, such as <bold>, or `<<`, which stands for the character `<` in the text.
const COMMAND = /<<|<\/?[a-z0-9-]{1,60}>/gi;
const PARAMETER = /<param>[^<]{0,500}<\/param>/gi;

/**
 * Returns the plain text of a body in `text/enriched`, or in its older form `text/richtext`.
 * https://www.rfc-editor.org/rfc/rfc1896 and https://www.rfc-editor.org/rfc/rfc1341#section-7.1.3
 */
export function plainOfEnriched(text: string, isOlderForm: boolean): string {
  const lines = isOlderForm
    ? text.replaceAll('\n', ' ').replace(/<nl>/gi, '\n').replace(/<lt>/gi, '<<')
    : // A single line break becomes a space. If several follow each other, the first is removed.
      text.replace(/\n+/g, (breaks) => breaks.slice(1) || ' ');
  return lines.replace(PARAMETER, '').replace(COMMAND, (command) => (command === '<<' ? '<' : ''));
}
