// A link in Markdown, and a link without https://.
const MARKDOWN_LINK = /^\[[^\]]{0,200}\]\((https?:\/\/[^\s()]{1,500})\)$/;
const WITHOUT_PROTOCOL = /^(?=[\w-]{1,80}(?:\.enterprise)?\.slack(?:-gov)?\.com\/)/;

/** Returns the link in a pasted text, with its protocol. Returns any other text unchanged. */
export function pastedLink(trimmed: string): string {
  return (MARKDOWN_LINK.exec(trimmed)?.[1] ?? trimmed).replace(WITHOUT_PROTOCOL, 'https://');
}
