import type { FileProblem } from './tool-files.ts';
import type { Reload } from './tool-reloader.ts';

/** What a change of files came to, for the terminal. */
export function describeReload({ taken, gone, providers, problems, needsRestart }: Reload): string {
  const lines = [
    ...(taken.length > 0 ? [`Taken up: ${taken.join(', ')}`] : []),
    ...(gone.length > 0 ? [`Gone: ${gone.join(', ')}`] : []),
    ...(providers.length > 0 ? [`Emulated provider started: ${providers.join(', ')}`] : []),
    ...problems.map(describeProblem),
    ...(needsRestart.length > 0 ? [`To take up ${needsRestart.join(', ')}, start npm start again.`] : []),
  ];
  return lines.length > 0 ? lines.join('\n') : 'Taken up; no tool has changed.';
}

/** A file that could not be taken up, for the terminal. */
export function describeProblem({ message }: FileProblem): string {
  return `Not taken up: ${message}`;
}
