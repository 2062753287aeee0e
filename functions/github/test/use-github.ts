import { useStackAndBed } from '../../../test/support/use-stack-and-bed.ts';

/** The local stack, and a test bed for responses that the emulator cannot give. */
export function useGitHub() {
  const local = useStackAndBed();
  return {
    get bed() {
      return local.bed;
    },
    call: (...call: Parameters<typeof local.stack.call>) => local.stack.call(...call),
    /** The requests to GitHub, as lines of method, path and body. */
    sent: () =>
      local.forwarded().map(({ method, path, body }) => [method, path, body].filter(Boolean).join(' ')),
    read: (path: string) => local.stack.provider('github', 'user_ada', path),
  };
}
