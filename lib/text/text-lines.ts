const QUOTE_DEPTH_MAX = 5;
const LIST_DEPTH_MAX = 5;
const EMPTY_CELLS_MAX = 20;
// Stands for an empty cell. Without the non-breaking space, the tab at the beginning of a line would be removed as
// white space.
const EMPTY_CELL = '\u00a0\t';
const WORD = /^[\p{L}\p{N}]/u;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

interface Table {
  /**
   * True if a row of the table begins with an empty header cell. All rows of the table then keep their empty cells at
   * the beginning.
   */
  keepsEmptyCells: boolean;
}

interface Row {
  hasText: boolean;
  lastHasLines: boolean;
  table: Table | undefined;
  /** The number of empty cells at the beginning of the row that the text keeps. */
  emptyCells: number;
}

function newRow(table: Table | undefined): Row {
  return { hasText: false, lastHasLines: false, table, emptyCells: 0 };
}

interface Cell {
  row: Row;
  /** The position of the separator before the cell. It is undefined for the first cell that contains text. */
  separatorAt: number | undefined;
  /** The number of line breaks at the start of the cell's text. It is undefined if the cell has no text. */
  lineBreaksBefore: number | undefined;
}

/** The marks in front of the items of a list. */
export type ListStyle = 'bullets' | 'numbers' | 'letters' | 'capitals';

/**
 * Writes text with line breaks, quotations, lists and table rows. Each mark is written at most once, even with deep
 * nesting. Line breaks and spaces are not written before the text that follows them, so that the written text never
 * has to change.
 */
export class TextLines {
  readonly #pieces: string[] = [];
  readonly #lists: { style: ListStyle; number: number }[] = [];
  readonly #tables: Table[] = [];
  readonly #rows: Row[] = [];
  readonly #cells: Cell[] = [];
  #quoteDepth = 0;
  #writtenQuoteDepth = 0;
  #pendingBreaks = 0;
  #hasPendingSpace = false;
  #marker = '';
  #pendingMark = '';
  #isAtStartOfCell = false;
  #isAfterAddress = false;
  #lineBreaks = 0;

  text(): string {
    return this.#pieces.join('');
  }

  /** The position of the next text, for use with {@link since}. */
  get position(): number {
    return this.#pieces.length;
  }

  since(position: number): string {
    return this.#pieces.slice(position).join('');
  }

  /** Writes text in which white space only separates words. */
  words(data: string): void {
    const text = data.replace(/\s+/g, ' ');
    if (text.startsWith(' ')) this.#hasPendingSpace = true;
    const words = text.trim();
    if (words === '') return;
    if (this.#isAfterAddress && WORD.test(words)) this.#hasPendingSpace = true;
    this.#begin();
    this.#pieces.push(words);
    this.#hasPendingSpace = text.endsWith(' ');
  }

  /** True if the next word follows a digit without a space. */
  get isAfterDigit(): boolean {
    const last = this.#pieces.at(-1) ?? '';
    return !this.#hasPendingSpace && this.#pendingBreaks === 0 && /\d$/.test(last.slice(-1));
  }

  /** Writes a mark in front of the next text. */
  openMark(mark: string): void {
    this.#pendingMark = mark;
  }

  /** Writes a mark after the last text, if any text was written since {@link openMark}. */
  closeMark(mark: string): void {
    if (this.#pendingMark === '') this.#pieces.push(mark);
    this.#pendingMark = '';
  }

  /** Writes text without changing its spaces and line breaks. */
  preformatted(data: string): void {
    const [first = '', ...others] = data.replace(/\r\n?/g, '\n').split('\n');
    this.#write(first);
    for (const line of others) {
      this.lineBreak();
      this.#write(line);
    }
  }

  #write(line: string): void {
    if (line === '') return;
    this.#begin();
    this.#pieces.push(line.replace(/ /g, '\u00a0'));
  }

  /**
   * Writes a URL.
   * @param followsText true if the URL belongs to the last text, so that it must be on the same line
   */
  address(text: string, followsText: boolean): void {
    const breaks = followsText ? this.#pendingBreaks : 0;
    if (followsText && this.#pieces.length > 0) this.#pendingBreaks = 0;
    this.#hasPendingSpace = true;
    this.#begin();
    this.#pieces.push(text);
    this.#pendingBreaks = breaks;
    this.#isAfterAddress = true;
  }

  lineBreak(): void {
    if (this.#isAtStartOfCell) return;
    // Unlike `apart`, this adds a line break to those that are not written yet.
    if (this.#pendingBreaks < 3) this.#pendingBreaks += 1;
    this.#hasPendingSpace = false;
  }

  /** Makes the next text start on a new line (1), or in a new paragraph (2). */
  apart(breaks: 1 | 2): void {
    if (!this.#isAtStartOfCell) this.#pendingBreaks = Math.max(this.#pendingBreaks, breaks);
    this.#hasPendingSpace = false;
  }

  openQuote(): void {
    this.apart(2);
    this.#quoteDepth += 1;
  }

  closeQuote(): void {
    this.#quoteDepth -= 1;
    this.apart(2);
  }

  openList(style: ListStyle, start: number): void {
    this.apart(this.#lists.length > 0 ? 1 : 2);
    this.#lists.push({ style, number: Number.isSafeInteger(start) ? start : 1 });
  }

  closeList(): void {
    this.#lists.pop();
    this.#marker = '';
    this.apart(this.#lists.length > 0 ? 1 : 2);
  }

  /** @param number the item's number, if it is not the next number */
  openItem(number: number): void {
    const list = this.#lists.at(-1);
    if (list && Number.isSafeInteger(number)) list.number = number;
    const indent = '\u00a0\u00a0'.repeat(Math.min(Math.max(this.#lists.length - 1, 0), LIST_DEPTH_MAX));
    this.#marker = `${indent}${list ? itemMark(list) : '-'} `;
    if (list) list.number += 1;
  }

  openTable(): void {
    this.#tables.push({ keepsEmptyCells: false });
  }

  closeTable(): void {
    this.#tables.pop();
  }

  openRow(): void {
    this.apart(1);
    this.#rows.push(newRow(this.#tables.at(-1)));
  }

  closeRow(): void {
    this.#rows.pop();
    this.apart(1);
  }

  openCell(): void {
    const row = this.#rows.at(-1) ?? { ...newRow(undefined), hasText: true };
    let separatorAt: number | undefined;
    if (row.hasText) {
      separatorAt = this.#pieces.length;
      this.#pieces.push('\t');
      this.#pendingBreaks = 0;
      this.#hasPendingSpace = false;
    }
    this.#isAtStartOfCell = true;
    this.#cells.push({ row, separatorAt, lineBreaksBefore: undefined });
  }

  /**
   * Ends a cell. Cells with one line each are written next to each other. Cells with several lines, as in page
   * layouts, are written below each other.
   * @param isHeader true for a header cell
   */
  closeCell(isHeader: boolean): void {
    const cell = this.#cells.pop();
    if (!cell) return;
    const { row, separatorAt, lineBreaksBefore = this.#lineBreaks } = cell;
    const hasLines = this.#lineBreaks > lineBreaksBefore;
    if (separatorAt !== undefined && (hasLines || row.lastHasLines))
      this.#pieces[separatorAt] = this.#lineBreak(this.#quoteDepth);
    row.lastHasLines = hasLines;
    if (!row.hasText && row.table) {
      row.table.keepsEmptyCells ||= isHeader;
      if (row.table.keepsEmptyCells) row.emptyCells += 1;
    }
    if (row.hasText) this.#pendingBreaks = 0;
    this.#hasPendingSpace = false;
    const outer = this.#cells.at(-1);
    this.#isAtStartOfCell = outer !== undefined && outer.lineBreaksBefore === undefined;
  }

  #begin(): void {
    const isFirst = this.#pieces.length === 0;
    if (isFirst || this.#pendingBreaks > 0 || this.#marker !== '') this.#beginLine(isFirst);
    else if (this.#hasPendingSpace) this.#pieces.push(' ');
    const row = this.#rows.at(-1);
    if (row && !row.hasText && row.emptyCells > 0)
      this.#pieces.push(EMPTY_CELL.repeat(Math.min(row.emptyCells, EMPTY_CELLS_MAX)));
    if (this.#marker !== '') this.#pieces.push(this.#marker);
    if (this.#pendingMark !== '') this.#pieces.push(this.#pendingMark);
    this.#marker = '';
    this.#pendingMark = '';
    this.#pendingBreaks = 0;
    this.#hasPendingSpace = false;
    this.#isAtStartOfCell = false;
    this.#isAfterAddress = false;
    this.#markText();
  }

  #beginLine(isFirst: boolean): void {
    const isParagraph = this.#pendingBreaks > 1 && !isFirst;
    if (isParagraph) this.#pieces.push(this.#lineBreak(Math.min(this.#writtenQuoteDepth, this.#quoteDepth)));
    this.#pieces.push(isFirst ? quoteMark(this.#quoteDepth) : this.#lineBreak(this.#quoteDepth));
    this.#writtenQuoteDepth = this.#quoteDepth;
  }

  /** Records that the rows and cells around the text are not empty. */
  #markText(): void {
    for (let index = this.#rows.length - 1; index >= 0; index -= 1) {
      const row = this.#rows[index];
      if (!row || row.hasText) break;
      row.hasText = true;
    }
    for (let index = this.#cells.length - 1; index >= 0; index -= 1) {
      const cell = this.#cells[index];
      if (!cell || cell.lineBreaksBefore !== undefined) break;
      cell.lineBreaksBefore = this.#lineBreaks;
    }
  }

  #lineBreak(quoteDepth: number): string {
    this.#lineBreaks += 1;
    return `\n${quoteMark(quoteDepth)}`;
  }
}

function itemMark({ style, number }: { style: ListStyle; number: number }): string {
  if (style === 'bullets') return '-';
  const letter = style === 'numbers' ? undefined : LETTERS[number - 1];
  return `${(style === 'capitals' ? letter?.toUpperCase() : letter) ?? number}.`;
}

function quoteMark(depth: number): string {
  return depth > 0 ? `${'>'.repeat(Math.min(depth, QUOTE_DEPTH_MAX))} ` : '';
}
