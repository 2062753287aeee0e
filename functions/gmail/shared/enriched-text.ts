// A command, such as <bold>, or a bracket of the text itself.
const COMMAND = /<<|<\/?[a-z0-9-]{1,60}>/gi;
const PARAMETER = /<param>[^<]{0,500}<\/param>/gi;

/**
 * Returns the plain text of enriched text, or of its older form richtext.
 * https://www.rfc-editor.org/rfc/rfc1896 and https://www.rfc-editor.org/rfc/rfc1341#section-7.1.3
 */
export function plainOfEnriched(text: string, isOlderForm: boolean): string {
  const lines = isOlderForm
    ? text.replaceAll('\n', ' ').replace(/<nl>/gi, '\n').replace(/<lt>/gi, '<<')
    : // One line break is a space. Each further one is a line break.
      text.replace(/\n+/g, (breaks) => breaks.slice(1) || ' ');
  return lines.replace(PARAMETER, '').replace(COMMAND, (command) => (command === '<<' ? '<' : ''));
}
