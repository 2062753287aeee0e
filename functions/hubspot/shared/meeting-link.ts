import {
  onlyMatch,
  type ProviderClient,
  path,
  readInput,
  slashedSegment,
  ToolError,
} from 'scalekit-lambda-tools';
import * as z from 'zod';
import { everyResult, pagingResponse } from './every-result.ts';
import { isSameText } from './named-record.ts';

const THING = 'a meeting link';
const LINKS_MAX = 100;
// A slug has two parts, or one part of ASCII letters, digits and `_.~-`.
const SLUG = /^(?:[\w.~-]+|[\p{L}\p{N}_.~-]+\/[\p{L}\p{N}_.~-]+)$/u;
// A slug, or a name without slashes. The parts `.` and `..` are not allowed, because they would change the path.
const SLUG_OR_NAME = /^(?!\.{1,2}(?:\/|$))[^/]+(?:\/(?!\.{1,2}$)[\p{L}\p{N}_.~-]+)?$/u;
const MEETINGS = /^\/meetings\//;

const LinksResponse = z.object({
  results: z.array(z.object({ slug: z.string(), name: z.string().nullish(), link: z.string().nullish() })),
  paging: pagingResponse,
});

/** Returns the input for a meeting link: the URL of its page, the end of that URL, or the name of the link. */
export function meetingLinkInput(description: string) {
  return readInput(description, slugInAddress, {
    pattern: SLUG_OR_NAME,
    expected: 'must be the address of a meeting page, the end of it, such as rosa-marin/intro, or its name',
    maximum: 256,
  });
}

/** Returns the slug in the URL of a meeting page, or the text unchanged if it is not a URL. */
function slugInAddress(text: string): string {
  const url = URL.parse(/^[\w.-]+\.[a-z]{2,}\//i.test(text) ? `https://${text}` : text);
  const isAddress = url?.protocol === 'https:' || url?.protocol === 'http:';
  // On a company's own domain, the path of a meeting page begins with /meetings.
  return decoded(isAddress ? url.pathname.replace(MEETINGS, '/') : text).replace(/^\/+|\/+$/g, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Encodes a slug as one segment of a path. Most slugs have two parts, and HubSpot requires the slash as %2F. */
export function slugSegment(slug: string) {
  return slashedSegment(slug);
}

/**
 * Returns the slug of a meeting link that is given as a slug or a name.
 * @throws ToolError if not exactly one meeting link has this name
 */
export async function slugOf(api: ProviderClient, text: string): Promise<string> {
  return SLUG.test(text) ? text : slugByName(api, text);
}

/**
 * Reads data about a meeting link. A text without a slash may be a slug or a name, so it is used as a slug
 * first. If HubSpot has no such slug, the link with this name is read.
 * @param use reads the data by slug
 * @returns the slug, and the result of `use`
 * @throws ToolError if no link or several links have this name, or if `use` throws an error
 */
export async function withLink<Result>(
  api: ProviderClient,
  text: string,
  use: (slug: string) => Promise<Result>,
): Promise<{ slug: string; result: Result }> {
  const slug = await slugOf(api, text);
  try {
    return { slug, result: await use(slug) };
  } catch (error) {
    if (!(error instanceof ToolError && error.code === 'not_found')) throw error;
    const named = await slugByName(api, slug);
    if (named === slug) throw error;
    return { slug: named, result: await use(named) };
  }
}

/**
 * Throws the error of a write to a meeting link that does not exist. The error suggests other links. A write
 * must be sent only once, so it is not repeated with another slug as {@link withLink} does for reads.
 * @param error the error of the write; any error other than `not_found` is thrown unchanged
 * @throws ToolError
 */
export async function suggestLinks(api: ProviderClient, slug: string, error: unknown): Promise<never> {
  if (!(error instanceof ToolError && error.code === 'not_found')) throw error;
  const { exact, similar } = await findLinks(api, slug);
  if (exact.some(({ value }) => value === slug)) throw error;
  onlyMatch('slug', THING, { exact: [], similar: exact.length > 0 ? exact : similar });
  throw error;
}

async function slugByName(api: ProviderClient, text: string): Promise<string> {
  return onlyMatch('slug', THING, await findLinks(api, text));
}

/**
 * Finds the links whose slug or name is this text, and similar links. If no link is similar, `similar`
 * contains all links.
 */
async function findLinks(api: ProviderClient, text: string) {
  const { results } = await everyResult(async (after) => {
    // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
    const { body } = await api.get(path`/scheduler/v3/meetings/meeting-links`, {
      query: { limit: LINKS_MAX, after },
      response: LinksResponse,
    });
    return body;
  });
  const links = results.map(({ slug, name, link }) => ({
    names: [name, slug],
    candidate: { value: slug, label: [name, link].filter(Boolean).join(', ') },
  }));
  // The slug of a personal link contains the name of its organizer.
  const words = text.toLowerCase().split(/\s+/);
  const isLike = ({ candidate: { value, label } }: (typeof links)[number]) =>
    words.every((word) => `${value} ${label}`.toLowerCase().includes(word));
  const exact = links.filter(({ names }) => names.some((name) => isSameText(name, text)));
  const similar = links.filter(isLike);
  const candidatesOf = (found: typeof links) => found.map(({ candidate }) => candidate);
  return { exact: candidatesOf(exact), similar: candidatesOf(similar.length > 0 ? similar : links) };
}
