// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const RESOURCES_MAX = 500;

export interface StackSize {
  resources: number;
  /** For the person who deploys. */
  told: string;
}

/** How full a stack is. */
export function stackSize(resources: object): StackSize {
  const count = Object.keys(resources).length;
  return { resources: count, told: `${count} of ${RESOURCES_MAX} resources` };
}

/** @throws Error for a stack that CloudFormation refuses, with what to do */
export function assertStackFits({ resources }: StackSize): void {
  if (resources <= RESOURCES_MAX) return;
  throw new Error(
    `The stack has ${resources} resources, and CloudFormation takes ${RESOURCES_MAX}. Deploy the tools in parts: docs/runbook.md, "More tools than one stack holds".`,
  );
}
