// A link as Markdown writes it, and one without its protocol.
const MARKDOWN_LINK = /^\[[^\]]{0,200}\]\((https?:\/\/[^\s()]{1,500})\)$/;
const WITHOUT_PROTOCOL = /^(?=[\w-]{1,80}(?:\.enterprise)?\.slack(?:-gov)?\.com\/)/;

/** Returns the link in what people paste, with its protocol, or the text itself. */
export function pastedLink(trimmed: string): string {
  return (MARKDOWN_LINK.exec(trimmed)?.[1] ?? trimmed).replace(WITHOUT_PROTOCOL, 'https://');
}
