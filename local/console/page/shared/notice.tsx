import type { ComponentChildren } from 'preact';

/** A message for the user. Screen readers read an urgent message immediately. */
export function Notice({ isUrgent = false, children }: { isUrgent?: boolean; children: ComponentChildren }) {
  return (
    <div class={isUrgent ? 'notice notice-urgent' : 'notice'} role={isUrgent ? 'alert' : undefined}>
      {children}
    </div>
  );
}

/** Shows why a request failed. Shows nothing if `failure` is null. */
export function FailureNotice({ failure }: { failure: string | null }) {
  return failure === null ? null : <Notice isUrgent>{failure}</Notice>;
}
