import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { PARAMETER_NAMES } from '../../../lib/deploy/parameters.ts';
import type { MarkdownDocument } from './markdown-document.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const Manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = Manifest.parse(JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')));

const SCRIPT = /\bnpm (?:run (?:-s |--silent )?([\w:]+)|(start|test))\b/g;
const PYTHON = /^python ([\w.-]+\.py)\b/gm;
const PACKAGE = /\bnpx ([\w@/-]+)/g;
const PARAMETER = /--param ["']?(\w+)=/g;
const SINGLE_QUOTED = /'[^']*'/g;
// An interactive Bash replaces `!` and the word after it with an earlier command, except in single quotes.
const HISTORY = /"[^"\n]*(![^\s="][^"\n]*)"/g;
// Matches the program in a command. Environment variables may stand before the program.
const PROGRAM = /(?<!\\\n)^(?:\w+=(?:"[^"]*"|\$\(.*\)|(?!"|\$\()\S*)(?: |$))*([\w.-]+)(?= |$)/gm;
// The reader has these programs before the first command, or the document installs them.
const PROGRAMS = [
  'aws',
  'curl',
  'echo',
  'eval',
  'export',
  'git',
  'grep',
  'mv',
  'node',
  'npm',
  'npx',
  'python',
  'rm',
  'sed',
  'sh',
  'until',
];

/**
 * Returns the faults in a document's commands, each with its file and line: names that do not exist, programs that a
 * reader may not have, and text that Bash would change.
 */
export function commandFaults({ file, prose, fences }: MarkdownDocument): string[] {
  const blocks = fences.filter(({ language }) => language === 'sh');
  const commands = [...prose, ...blocks];
  return [
    ...commands.flatMap(({ line, text }) => nameFaults(text).map((fault) => `${file}:${line}: ${fault}`)),
    ...blocks.flatMap(({ line, text }) =>
      captured(text, PROGRAM)
        .filter((program) => !PROGRAMS.includes(program))
        .map((program) => `${file}:${line}: a reader may not have the program ${program}.`),
    ),
    ...blocks.flatMap(({ line, text }) =>
      captured(text.replaceAll(SINGLE_QUOTED, ''), HISTORY).map(
        (part) => `${file}:${line}: Bash changes ${part} in double quotes. Use single quotes.`,
      ),
    ),
    ...blocks.flatMap(({ line, text }) =>
      captured(text, PYTHON)
        .filter((name) => !existsSync(join(PROJECT, dirname(file), name)))
        .map((name) => `${file}:${line}: there is no ${name} beside the document.`),
    ),
  ];
}

function nameFaults(text: string): string[] {
  return [
    ...captured(text, SCRIPT)
      .filter((name) => !(name in scripts))
      .map((name) => `package.json has no script ${name}.`),
    ...captured(text, PACKAGE)
      .filter((name) => !existsSync(join(PROJECT, 'node_modules/.bin', name)))
      .map((name) => `no package that is installed brings ${name}.`),
    ...captured(text, PARAMETER)
      .filter((name) => !PARAMETER_NAMES.includes(name))
      .map((name) => `lib/deploy/parameters.ts has no parameter ${name}.`),
  ];
}

function captured(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? '');
}
