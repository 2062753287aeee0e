/** How a call ended: `ok`, or the code of its error. */
export function Outcome({ code }: { code: string | null }) {
  return code === null ? (
    <span class="outcome outcome-ok">✓ ok</span>
  ) : (
    <span class="outcome outcome-failed">✕ {code}</span>
  );
}
