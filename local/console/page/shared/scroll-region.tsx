import type { ComponentChildren } from 'preact';

/** Where something can be wider than the window: it scrolls by itself, also with the keyboard. */
export function ScrollRegion({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
