import { type ProviderClient, path, readInput, slashedSegment, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isSameText, theOne } from './candidates.ts';

const LINKS_MAX = 100;
const SLUG = /^[\w.~-]+(?:\/[\w.~-]+)?$/;
// A slug, or a name without slashes; dot segments are neither.
const SLUG_OR_NAME = /^(?!\.{1,2}(?:\/|$))[^/]+(?:\/(?!\.{1,2}$)[\w.~-]+)?$/;
const MEETINGS = /^\/meetings\//;

const LinksResponse = z.object({
  results: z.array(z.object({ slug: z.string(), name: z.string().nullish(), link: z.string().nullish() })),
});

/** An input for a meeting link: the address of its page, the end of that, or its name. */
export function meetingLinkInput(description: string) {
  return readInput(description, slugInAddress, {
    pattern: SLUG_OR_NAME,
    expected: 'must be the address of a meeting page, the end of it, such as rosa-marin/intro, or its name',
    maximum: 256,
  });
}

/** Returns the path of a meeting page, by which HubSpot knows the link, or the text itself. */
function slugInAddress(text: string): string {
  const url = URL.parse(/^[\w.-]+\.[a-z]{2,}\//i.test(text) ? `https://${text}` : text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return text.replace(/^\/+|\/+$/g, '');
  // Pages on the company's own domain lie under /meetings.
  return url.pathname.replace(MEETINGS, '/').replace(/^\/+|\/+$/g, '');
}

/** The part of a path that a slug is: most have two parts, and HubSpot takes the slash as %2F. */
export function slugSegment(slug: string) {
  return slashedSegment(slug);
}

/** Finds the slug that an input means; the name of a link is looked up. @throws ToolError as `theOne` does */
export async function slugOf(api: ProviderClient, text: string): Promise<string> {
  return SLUG.test(text) ? text : slugByName(api, text);
}

/**
 * Does something with a link, and if HubSpot does not know it, looks for a link of that name.
 * @throws ToolError with the links that are like it
 */
export async function withLink<Result>(
  api: ProviderClient,
  slug: string,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof ToolError && error.code === 'not_found')) throw error;
    await slugByName(api, slug);
    throw error;
  }
}

async function slugByName(api: ProviderClient, text: string): Promise<string> {
  // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
  const { body } = await api.get(path`/scheduler/v3/meetings/meeting-links`, {
    query: { limit: LINKS_MAX },
    response: LinksResponse,
  });
  const links = body.results.map(({ slug, name, link }) => ({
    name,
    candidate: { value: slug, label: [name, link].filter(Boolean).join(', ') },
  }));
  const isLike = ({ candidate }: (typeof links)[number]) =>
    `${candidate.value} ${candidate.label}`.toLowerCase().includes(text.trim().toLowerCase());
  const similar = links.filter(isLike);
  return theOne(
    'slug',
    'a meeting link',
    links.filter(({ name }) => isSameText(name, text)).map(({ candidate }) => candidate),
    (similar.length > 0 ? similar : links).map(({ candidate }) => candidate),
  );
}
