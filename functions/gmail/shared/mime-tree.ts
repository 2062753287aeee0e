import { type Part, PartResponse, partHeadersOf } from './message.ts';

// More than a person's mail has, less than takes time.
const PARTS_MAX = 200;
const DEPTH_MAX = 30;
// RFC 2046 has unknown kinds of text read as plain text; these are for programs.
const TEXT_FOR_PROGRAMS =
  /^text\/(?:calendar|rtf|vcard|x-vcard|directory|css|javascript|rfc822-headers|x-amp-html|xml|csv|tab-separated-values)$/;

/** A part of a mail with what it consists of, after RFC 2046. */
export interface MimeNode {
  part: Part;
  /** Empty for a part that holds something itself; an attached mail is such a part. */
  children: readonly MimeNode[];
}

/** Returns the tree of a mail's parts, and whether it holds more than is read. */
export function mimeTree(payload: Part): { root: MimeNode; hasMore: boolean } {
  let count = 0;
  let hasMore = false;
  const read = (part: Part, depth: number): MimeNode => {
    const children: MimeNode[] = [];
    const parts = isContainer(part) ? (part.parts ?? []) : [];
    for (const given of parts) {
      if (count >= PARTS_MAX || depth >= DEPTH_MAX) {
        hasMore = true;
        break;
      }
      count += 1;
      children.push(read(PartResponse.catch(() => PartResponse.parse({})).parse(given), depth + 1));
    }
    return { part, children };
  };
  return { root: read(payload, 0), hasMore };
}

/** An attached mail is read as a file: its words are not those of the mail around it. */
function isContainer({ mimeType, filename, parts }: Part): boolean {
  return filename === '' && parts !== undefined && !mimeType.startsWith('message/');
}

/** Returns whether a mail program shows the part as text of the mail itself. */
export function isShownAsText(part: Part): boolean {
  const { mimeType, filename } = part;
  return (
    filename === '' &&
    !isMarkedAsAttachment(part) &&
    (mimeType === '' || mimeType === 'text' || mimeType.startsWith('text/')) &&
    !TEXT_FOR_PROGRAMS.test(mimeType)
  );
}

function isMarkedAsAttachment(part: Part): boolean {
  return /^\s*attachment\b/i.test(partHeadersOf(part, 'Content-Disposition')[0] ?? '');
}

/** Returns whether the part is an invitation or another entry of a calendar. */
export function isCalendar({ mimeType, filename }: Part): boolean {
  return mimeType === 'text/calendar' || mimeType === 'application/ics' || /\.ics$/i.test(filename);
}

/** Returns whether the part reports whether a mail arrived. */
export function isDeliveryStatus({ mimeType }: Part): boolean {
  return mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status';
}

/** Returns the parts that a reading of the tree needs the content of. */
export function readParts({ part, children }: MimeNode): Part[] {
  if (children.length > 0) return children.flatMap(readParts);
  return isShownAsText(part) || isCalendar(part) || isDeliveryStatus(part) ? [part] : [];
}
