import type { ComponentChildren } from 'preact';

/** Something that a person should see; a screen reader says it at once where it is urgent. */
export function Notice({ isUrgent = false, children }: { isUrgent?: boolean; children: ComponentChildren }) {
  return (
    <div class={isUrgent ? 'notice notice-urgent' : 'notice'} role={isUrgent ? 'alert' : undefined}>
      {children}
    </div>
  );
}

/** Why a request failed; nothing where none did. */
export function FailureNotice({ failure }: { failure: string | null }) {
  return failure === null ? null : <Notice isUrgent>{failure}</Notice>;
}
