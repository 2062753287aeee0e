import type { ComponentChildren } from 'preact';

/** Lets the user scroll content that is wider than the window, with a mouse or with the keyboard. */
export function ScrollRegion({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
