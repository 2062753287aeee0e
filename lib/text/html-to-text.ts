import { Parser } from 'htmlparser2';

// Far more than any text of an output; what lies behind it is not looked at.
const HTML_LENGTH_MAX = 500_000;
// The parser looks through all open elements at each end tag; no mail of a person is as deep.
const DEPTH_MAX = 250;
const PIECE_LENGTH = 500;

const UNSEEN = new Set(['head', 'script', 'style', 'template', 'title']);
const elements = (names: string) => new Set(names.split(' '));
// The first begin and end a line, the second stand beside each other, and around the third there is an empty line.
const LINES = elements('address article dd div dl dt footer header hr li main section tr');
const CELLS = elements('td th');
const PARAGRAPHS = elements('blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul');

// What is written so that a program reads it and a person does not.
const HIDING_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:opacity|font-size)\s*:\s*0(?:\.0*)?[a-z%]*\s*(?:!|;|$))/i;

function isHidden(name: string, { style = '', hidden }: Readonly<Record<string, string>>): boolean {
  return UNSEEN.has(name) || hidden !== undefined || HIDING_STYLE.test(style);
}

/** What {@link htmlToText} leaves out. */
interface HtmlToTextOptions {
  /** The elements that are left out with all that is in them, besides those that nobody sees. */
  leavesOut?(name: string, attributes: Readonly<Record<string, string>>): boolean;
}

/**
 * What a person reads of HTML, with its lines, but for the addresses of links and pictures; in linear time.
 * @param html of which the first 500,000 characters are read
 */
export function htmlToText(html: string, { leavesOut = () => false }: HtmlToTextOptions = {}): string {
  let text = '';
  let depth = 0;
  // How many elements deep the parser is in one that is left out.
  let depthLeftOut = 0;
  const setApart = (name: string) => {
    if (CELLS.has(name)) text += ' ';
    const wanted = PARAGRAPHS.has(name) ? '\n\n' : LINES.has(name) ? '\n' : '';
    for (let count = 1; count <= wanted.length; count += 1)
      if (!text.endsWith('\n'.repeat(count))) text += '\n';
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depthLeftOut > 0 || isHidden(name, attributes) || leavesOut(name, attributes)) depthLeftOut += 1;
      else if (name === 'br') text += '\n';
      else setApart(name);
    },
    ontext(data) {
      const words = data.replace(/\s+/g, ' ');
      // What only sets the tags apart is no text.
      if (depthLeftOut === 0 && !(words === ' ' && text.endsWith('\n'))) text += words;
    },
    onclosetag(name) {
      depth -= 1;
      if (depthLeftOut > 0) depthLeftOut -= 1;
      else setApart(name);
    },
  });
  const end = Math.min(html.length, HTML_LENGTH_MAX);
  for (let at = 0; at < end && depth < DEPTH_MAX; at += PIECE_LENGTH)
    parser.write(html.slice(at, Math.min(end, at + PIECE_LENGTH)));
  parser.end();
  return text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
