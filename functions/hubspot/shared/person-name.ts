import { readInput } from 'scalekit-lambda-tools';

/** An input for a part of a person's name. It is written into mails, in which a link would become one. */
export function personNameInput(description: string) {
  return readInput(description, (name) => name, {
    pattern: /^[^\r\n<>/@]+$/,
    expected: 'must be a name, without < > / @ or line breaks',
    maximum: 100,
  });
}
