import type { Runner } from '../../lib/create-runner.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { CheckSubject } from './check-subject.ts';
import { errorFinding } from './error-finding.ts';
import { type Finding, notChecked, ok } from './finding.ts';
import type { Probe } from './probes.ts';

interface ProxyCheck {
  finding: Finding;
  /** The scopes that the provider reports; undefined if the provider does not list them. */
  scopes?: string[] | undefined;
  /** True if the provider responded that the account lacks a permission. */
  lacksRight?: boolean;
}

/** Reads from the provider as the user, through Scalekit's proxy. */
export async function checkProxy(
  subject: CheckSubject,
  probe: Probe | undefined,
  runner: Runner,
): Promise<ProxyCheck> {
  const { name, account } = subject;
  if (!probe)
    return { finding: notChecked(`${name}: the proxy, because none of its tools reads without input.`) };
  try {
    const scopes = await probe.run(runner, account.identifier);
    return { finding: ok(`${name}: the provider responds through the proxy (${probe.name}).`), scopes };
  } catch (error) {
    const lacksRight = error instanceof ToolError && error.code === 'permission_denied';
    return { finding: errorFinding(`the proxy (${probe.name})`, error, subject), lacksRight };
  }
}
