import { type Part, PartResponse, partHeadersOf } from './message.ts';

// Real e-mails have fewer parts, and this many parts are read quickly.
const PARTS_MAX = 200;
const DEPTH_MAX = 30;
// RFC 2046 says that unknown text types are read as plain text. These types are excluded, because they are for
// programs.
const TEXT_FOR_PROGRAMS =
  /^text\/(?:calendar|x-vcalendar|rtf|vcard|x-vcard|directory|css|javascript|rfc822|rfc822-headers|x-amp-html|watch-html|xml|csv|tab-separated-values)$/;
// Parts of these types repeat the text of the mail, in a format for AMP or for watches.
const OTHER_FORM = /^text\/(?:x-amp-html|watch-html)$/;
const RICH_TEXT = /^(?:text|application)\/(?:x-)?rtf$/;
// https://www.rfc-editor.org/rfc/rfc2919 and https://www.rfc-editor.org/rfc/rfc2369
const LIST_HEADERS = ['List-Id', 'List-Post'];
const CALENDAR = /^(?:text\/(?:x-v)?calendar|application\/(?:x-)?ics)$/;

/** A part of an e-mail, with the parts inside it. */
export interface MimeNode {
  part: Part;
  /** Empty if the part has its own content, such as an attached e-mail. */
  children: readonly MimeNode[];
}

/**
 * Returns the tree of an e-mail's parts, and whether some parts were left out.
 * @param opensDigests false if the e-mails in a digest count as files
 */
export function mimeTree(payload: Part, opensDigests = true): { root: MimeNode; hasMore: boolean } {
  let count = 0;
  let hasMore = false;
  const isOfList = opensDigests && LIST_HEADERS.some((name) => partHeadersOf(payload, name).length > 0);
  const read = (part: Part, depth: number, isInDigest = false): MimeNode => {
    const children: MimeNode[] = [];
    const isOpened = isInDigest || (isOfList && isInline(part));
    const parts = isContainer(part, isOpened) ? (part.parts ?? []) : [];
    const isDigest = opensDigests && part.mimeType === 'multipart/digest';
    for (const given of parts) {
      if (count >= PARTS_MAX || depth >= DEPTH_MAX) {
        hasMore = true;
        break;
      }
      count += 1;
      const child = PartResponse.catch(() => PartResponse.parse({})).parse(given);
      children.push(read(child, depth + 1, isDigest));
    }
    return { part, children };
  };
  return { root: read(withoutOnlyName(payload), 0), hasMore };
}

/** If a text part is the entire e-mail, removes its file name, so that it counts as text and not as a file. */
function withoutOnlyName(payload: Part): Part {
  const isWhole = payload.parts === undefined && canBeText(payload);
  return isWhole ? { ...payload, filename: '' } : payload;
}

/**
 * Returns whether a part contains other parts of this e-mail. An attached e-mail usually counts as a file,
 * because its text does not belong to this e-mail. There are two exceptions (`isOpened`): an e-mail in a
 * digest, and an original e-mail inside the e-mail of a mailing list.
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.1.5
 */
function isContainer({ mimeType, filename, parts }: Part, isOpened: boolean): boolean {
  return filename === '' && parts !== undefined && (isOpened || !mimeType.startsWith('message/'));
}

function isInline(part: Part): boolean {
  return /^\s*inline\b/i.test(partHeadersOf(part, 'Content-Disposition')[0] ?? '');
}

/** Returns whether a mail program shows the part as text of the e-mail. */
export function isShownAsText(part: Part): boolean {
  return part.filename === '' && canBeText(part);
}

/** Returns whether the part contains text for people, and is not marked as an attachment. */
function canBeText(part: Part): boolean {
  const { mimeType } = part;
  return (
    !isMarkedAsAttachment(part) &&
    (mimeType === '' || mimeType === 'text' || mimeType.startsWith('text/')) &&
    !TEXT_FOR_PROGRAMS.test(mimeType)
  );
}

function isMarkedAsAttachment(part: Part): boolean {
  return /^\s*attachment\b/i.test(partHeadersOf(part, 'Content-Disposition')[0] ?? '');
}

/** Returns whether the part repeats the text of the mail. Mail programs do not list such a part as a file. */
export function isOtherForm({ mimeType, filename }: Part): boolean {
  return filename === '' && OTHER_FORM.test(mimeType);
}

/** Returns whether the part is text in the format RTF, which the tools cannot read. */
export function isRichText({ mimeType, filename }: Part): boolean {
  return filename === '' && RICH_TEXT.test(mimeType);
}

/** Returns whether the part is a calendar, such as an invitation. */
export function isCalendar({ mimeType, filename }: Part): boolean {
  return CALENDAR.test(mimeType) || /\.(?:ics|vcs)$/i.test(filename);
}

/** Returns whether the part is a machine-readable report about the delivery of a mail. */
export function isDeliveryStatus({ mimeType }: Part): boolean {
  return mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status';
}

/** Returns the parts whose contents are needed for the text of the e-mail. */
export function readParts({ part, children }: MimeNode): Part[] {
  if (children.length > 0) return children.flatMap(readParts);
  return isShownAsText(part) || isCalendar(part) || isDeliveryStatus(part) ? [part] : [];
}
