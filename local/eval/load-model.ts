import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LanguageModel, Provider } from 'ai';
import * as z from 'zod';
import { UsageError } from '../command-line/usage-error.ts';

/**
 * A provider of the AI SDK. The package of a provider exports one such object, and also functions that create
 * more of them.
 */
const ProviderExport = z.custom<Provider>(
  (value) =>
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    'languageModel' in value &&
    typeof value.languageModel === 'function',
);

/** The package or module of a provider, and the name of one of its models. */
export interface ModelName {
  /**
   * A short name such as `openai` for the package `@ai-sdk/openai`, the full name of a package, or a path such as
   * `./model.ts`.
   */
  provider: string;
  model: string;
}

/**
 * Loads a model from the packages that are installed in this project.
 * https://ai-sdk.dev/providers/ai-sdk-providers
 * @throws UsageError if the package is not installed, or exports no provider
 */
export async function loadModel({ provider, model }: ModelName): Promise<LanguageModel> {
  const url = moduleUrl(provider);
  const exported: Record<string, unknown> = await import(url);
  const found = Object.values(exported).flatMap((value) => ProviderExport.safeParse(value).data ?? []);
  if (!found[0])
    throw new UsageError(
      `${provider} exports no provider of the AI SDK, which is an object with a method languageModel.`,
    );
  return found[0].languageModel(model);
}

function moduleUrl(provider: string): string {
  if (/^[./]/.test(provider)) return pathToFileURL(resolve(provider)).href;
  const official = `@ai-sdk/${provider}`;
  const names = provider.includes('/') ? [provider] : [official, provider];
  const url = names.map(installedUrl).find((candidate) => candidate !== undefined);
  if (url !== undefined) return url;
  throw new UsageError(
    `The provider ${provider} is not installed. Install its package, such as: npm install --no-save ${names[0]}`,
  );
}

function installedUrl(name: string): string | undefined {
  try {
    return import.meta.resolve(name);
  } catch {
    return undefined;
  }
}
