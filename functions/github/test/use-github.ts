import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';

/** Starts the local stack, and a test bed for responses that the emulator cannot return. */
export function useGitHub() {
  const local = useStackAndBed();
  return {
    get bed() {
      return local.bed;
    },
    call: (...call: Parameters<typeof local.stack.call>) => local.stack.call(...call),
    /** Returns the requests to GitHub, each as one line of method, path and body. */
    sent: () =>
      local.forwarded().map(({ method, path, body }) => [method, path, body].filter(Boolean).join(' ')),
    read: (path: string) => local.stack.provider('github', 'user_ada', path),
  };
}
