// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const RESOURCES_MAX = 500;

export interface StackSize {
  /** A text for the person who deploys, such as `256 of 500 resources`. */
  summary: string;
  /** The reason why CloudFormation would reject the stack, and how to fix it; undefined if the stack fits. */
  fault: string | undefined;
}

/** Returns how full a stack is. */
export function stackSize(resources: object): StackSize {
  const count = Object.keys(resources).length;
  return {
    summary: `${count} of ${RESOURCES_MAX} resources`,
    fault:
      count > RESOURCES_MAX
        ? `The stack has ${count} resources, and CloudFormation takes ${RESOURCES_MAX}. Deploy the rest as a second service: docs/runbook.md, "More tools than one stack holds".`
        : undefined,
  };
}
