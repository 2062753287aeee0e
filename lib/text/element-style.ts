// We read only the CSS properties with which senders hide text. Mail programs differ, so the result is not always
// exact.

/** The parts of an element's style that decide if a person can read its text. */
export interface ElementStyle {
  /** True if the element and everything in it is not shown. */
  readonly isGone: boolean;
  /**
   * True if the text is invisible. Nested elements inherit `isInvisible` and `hasNoSize`, but their own style can
   * change both.
   */
  readonly isInvisible: boolean;
  readonly hasNoSize: boolean;
  /** True if the text is crossed out, including all text in nested elements. */
  readonly isStruck: boolean;
  /** True if line breaks in the source are shown. */
  readonly keepsLines: boolean;
  /** True if the style puts the element on lines of its own. */
  readonly isBlock: boolean;
  readonly color: string;
  /** The colour of links. Links do not inherit the colour of the text around them. */
  readonly linkColor: string;
  /** The colour of the background; undefined if it is unknown, for example because it is a picture. */
  readonly background: string | undefined;
}

export const ROOT_STYLE: ElementStyle = {
  isGone: false,
  isInvisible: false,
  hasNoSize: false,
  isStruck: false,
  keepsLines: false,
  isBlock: false,
  color: '#000000',
  linkColor: '#0000ee',
  background: '#ffffff',
};

type Attributes = Readonly<Record<string, string>>;
type Declarations = Map<string, string>;
interface Rule {
  tag: string | undefined;
  classes: readonly string[];
  id: string | undefined;
  declarations: Declarations;
}

// Browsers never show the text in these elements. `head` is not in the list: if it contains text, a browser ends
// `head` there and shows the text.
const UNSEEN = new Set('script style template title iframe object audio video canvas datalist'.split(' '));
const STYLE_LENGTH_MAX = 5_000;
const SHEET_LENGTH_MAX = 200_000;
const RULES_MAX = 2_000;
// The maximum number of rules that are compared with an element. Without a limit, a large style sheet could take too
// much time.
const RULES_OF_NAME_MAX = 8;
const CLASSES_MAX = 10;
const NO_DECLARATIONS: Declarations = new Map();
const READ_PROPERTIES = new Set(
  'display visibility opacity font-size max-height height max-width width overflow text-indent left top margin-left margin-top position clip color -webkit-text-fill-color background background-color background-image right bottom clip-path transform filter white-space text-decoration text-decoration-line'.split(
    ' ',
  ),
);
// Some senders write a class selector as an attribute selector, because some mail programs ignore normal class
// selectors.
const CLASS_ATTRIBUTE = /\[class[~*]?=["']?([\w-]{1,100})["']?\]/g;
// The width of a desktop window, for media queries.
const WINDOW_WIDTH_PX = 1_200;
const FAR_AWAY_PX = -500;
const PX_OF_UNITS: ReadonlyMap<string, number> = new Map([
  ['em', 16],
  ['rem', 16],
  ['vw', WINDOW_WIDTH_PX / 100],
]);
const STRUCK = new Set(['del', 's', 'strike']);
// https://drafts.csswg.org/css-display/#outer-role
const BLOCK = /^(?:block|flex|flow-root|grid|list-item|table)\b/;
const KEPT_LINES = /^(?:pre|break-spaces)/;
const CUT_AWAY = /^(?:inset\((?:[5-9]\d|100)%\)|circle\(0)/;
const SHRUNK = /scale(?:3d|[xy])?\(\s{0,9}0(?:\.0*)?\s{0,9}[,)]/;
const LEAST_SIZE = 2;
const ABSOLUTE = new Set(['px', 'pt']);
const LEAST_OPACITY = 0.1;
// If two colours differ by less than this, people cannot see the difference.
const COLOR_DISTANCE_MIN = 12;

/** Returns true if a person can read text in an element with this style. */
export function isReadable({ isGone, isInvisible, hasNoSize, color, background }: ElementStyle): boolean {
  return !isGone && !isInvisible && !hasNoSize && !isSameColor(color, background);
}

/**
 * The style sheets of a mail. We use only rules with one simple selector, and evaluate media queries for a desktop
 * window.
 */
export class StyleSheets {
  readonly #rules = new Map<string, Rule[]>();
  #ruleCount = 0;
  #hasBackground = false;

  /** Reads a style sheet from the text of a `style` element. */
  add(css: string): void {
    const media: boolean[] = [];
    for (const block of css
      .slice(0, SHEET_LENGTH_MAX)
      .replace(/\/\*[^*]*\*\//g, '')
      .split('}')) {
      const parts = block.split('{');
      const body = parts.pop() ?? '';
      for (const prelude of parts.slice(0, -1)) media.push(appliesToWindow(prelude));
      const selectors = parts.at(-1);
      if (selectors === undefined) media.pop();
      else if (media.every(Boolean) && !selectors.includes('@')) this.#addRule(selectors, body);
    }
  }

  #addRule(selectors: string, body: string): void {
    const declarations = declarationsOf(body);
    if (declarations.size === 0) return;
    this.#hasBackground ||= [...declarations.keys()].some((name) => name.startsWith('background'));
    for (const selector of selectors.split(',')) {
      const simple = selector
        .trim()
        .replace(CLASS_ATTRIBUTE, '.$1')
        .replace(/^\*(?=.)/, '');
      const [whole, tag, rest = ''] = /^([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)$/i.exec(simple) ?? [];
      if (!whole || this.#ruleCount >= RULES_MAX) continue;
      const names = rest.match(/[.#][\w-]+/g) ?? [];
      const classes = names.filter((name) => name.startsWith('.'));
      const id = names.find((name) => name.startsWith('#'));
      const key = id ?? classes[0] ?? tag?.toLowerCase() ?? '';
      this.#store(key, { tag: tag?.toLowerCase(), classes, id, declarations });
    }
  }

  #store(key: string, rule: Rule): void {
    const rules = this.#rules.get(key) ?? [];
    const same = rules.find(
      ({ tag, classes, id }) => tag === rule.tag && id === rule.id && classes.join() === rule.classes.join(),
    );
    if (same) same.declarations = mergeDeclarations(same.declarations, rule.declarations);
    else if (rules.length < RULES_OF_NAME_MAX) rules.push(rule);
    this.#rules.set(key, rules);
    this.#ruleCount += 1;
  }

  /**
   * Returns the style of an element.
   * @param parent the style of the element around it
   */
  styleOf(name: string, attributes: Attributes, parent: ElementStyle): ElementStyle {
    if (parent.isGone) return parent;
    if (UNSEEN.has(name) || attributes.hidden !== undefined) return { ...parent, isGone: true };
    const { style = '', class: classes = '', id } = attributes;
    const ruled = this.#ruleCount > 0 ? this.#declarationsFor(name, classes, id) : undefined;
    const hinted = hintsOf(name, attributes, parent);
    const inherited = withLinkColor(
      parent.isBlock ? { ...parent, isBlock: false } : parent,
      name,
      attributes,
    );
    if (style === '' && !ruled?.size && hinted.size === 0) return inherited;
    const declared = [ruled ?? NO_DECLARATIONS, declarationsOf(style)].reduce(mergeDeclarations, hinted);
    return withDeclarations(inherited, declared, this.#hasBackground);
  }

  #declarationsFor(name: string, classes: string, id: string | undefined): Declarations {
    const own = new Set(classes.split(/\s+/, CLASSES_MAX).map((one) => `.${one}`));
    const rules = [name, ...own, `#${id}`].flatMap((key) => this.#rules.get(key) ?? []);
    return rules
      .filter(
        (rule) =>
          (rule.tag === undefined || rule.tag === name) &&
          (rule.id === undefined || rule.id === `#${id}`) &&
          rule.classes.every((one) => own.has(one)),
      )
      .reduce((merged, { declarations }) => mergeDeclarations(merged, declarations), new Map());
  }
}

/** The styles that HTML attributes set: https://html.spec.whatwg.org/multipage/rendering.html#presentational-hints */
function hintsOf(name: string, attributes: Attributes, parent: ElementStyle): Declarations {
  const hints: Declarations = new Map();
  const { bgcolor, background, href, size } = attributes;
  const color = name === 'body' ? attributes.text : attributes.color;
  if (name === 'a' && href !== undefined) hints.set('color', parent.linkColor);
  if (bgcolor !== undefined) hints.set('background-color', legacyColor(bgcolor));
  if (color !== undefined) hints.set('color', legacyColor(color));
  if (background !== undefined) hints.set('background-image', background);
  if (name === 'font' && size !== undefined) hints.set('font-size', 'medium');
  if (STRUCK.has(name)) hints.set('text-decoration', 'line-through');
  return hints;
}

function withLinkColor(style: ElementStyle, name: string, { link }: Attributes): ElementStyle {
  if (name !== 'body' || link === undefined) return style;
  return { ...style, linkColor: colorOf(legacyColor(link)) ?? style.linkColor };
}

/** Reads a colour from an HTML attribute, where the `#` in front of the number is often missing. */
function legacyColor(text: string): string {
  const color = text.trim().toLowerCase();
  return /^(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(color) ? `#${color}` : color;
}

function appliesToWindow(prelude: string): boolean {
  const query = prelude.trim().toLowerCase();
  if (!query.startsWith('@media')) return !query.startsWith('@');
  if (/\bprint\b/.test(query) || /prefers-color-scheme:\s*dark/.test(query)) return false;
  const bounds = [...query.matchAll(/(min|max)-(?:device-)?width:\s{0,9}(\d{1,5})/g)];
  return bounds.every(([, bound, width]) =>
    bound === 'min' ? Number(width) <= WINDOW_WIDTH_PX : Number(width) >= WINDOW_WIDTH_PX,
  );
}

function declarationsOf(style: string): Declarations {
  const declarations: Declarations = new Map();
  for (const declaration of style.slice(0, STYLE_LENGTH_MAX).toLowerCase().split(';')) {
    const at = declaration.indexOf(':');
    const name = declaration.slice(0, at).trim();
    const value = declaration.slice(at + 1).trim();
    if (READ_PROPERTIES.has(name)) declare(declarations, name, value);
    else if (name === 'font') declare(declarations, 'font-size', sizeOfFont(value));
  }
  return declarations;
}

/** Adds a declaration, unless it would replace a more important one. */
function declare(declarations: Declarations, name: string, value: string): void {
  if (!declarations.get(name)?.includes('!important') || value.includes('!important'))
    declarations.set(name, value);
}

/**
 * Returns the size in the property `font`, which may have a weight before the size:
 * https://drafts.csswg.org/css-fonts/#font-prop
 */
function sizeOfFont(font: string): string {
  const isImportant = font.includes('!important');
  const size = /(?:^|\s)(\d{0,5}\.?\d{1,5}(?:[a-z]{1,4}|%)|0)(?=[\s/])/.exec(font)?.[1];
  return `${size ?? (font.startsWith('inherit') ? 'inherit' : 'medium')}${isImportant ? ' !important' : ''}`;
}

function mergeDeclarations(before: Declarations, after: Declarations): Declarations {
  const merged = new Map(before);
  for (const [name, value] of after) declare(merged, name, value);
  return merged;
}

function withDeclarations(
  parent: ElementStyle,
  declared: Declarations,
  mayHaveOtherBackground: boolean,
): ElementStyle {
  const value = (name: string) => declared.get(name)?.replace(/!.*/s, '').trim();
  const visibility = value('visibility');
  const whiteSpace = value('white-space');
  const decoration = `${value('text-decoration')} ${value('text-decoration-line')}`;
  return {
    isGone: isGone(value),
    isInvisible: visibility === undefined ? parent.isInvisible : /^(?:hidden|collapse)$/.test(visibility),
    hasNoSize: hasNoSize(value('font-size'), parent.hasNoSize),
    isStruck: parent.isStruck || decoration.includes('line-through'),
    keepsLines: isInherited(whiteSpace) ? parent.keepsLines : KEPT_LINES.test(whiteSpace),
    isBlock: BLOCK.test(value('display') ?? ''),
    color: colorOf(value('-webkit-text-fill-color') ?? value('color')) ?? parent.color,
    linkColor: parent.linkColor,
    background: backgroundOf(value, mayHaveOtherBackground ? undefined : parent.background),
  };
}

function isGone(value: (name: string) => string | undefined): boolean {
  const isZero = (name: string) => /^0(?:\.0*)?(?:[a-z%]*)$/.test(value(name) ?? '');
  const isClipped = /^hidden/.test(value('overflow') ?? '');
  const isTiny = (name: string) => /^[01](?:\.\d*)?(?:px)?$/.test(value(name) ?? '');
  const isAway = (name: string) => lengthPx(value(name) ?? '') < FAR_AWAY_PX;
  return (
    value('display') === 'none' ||
    Number.parseFloat(value('opacity') ?? '1') < LEAST_OPACITY ||
    (isClipped && ['max-height', 'height', 'max-width', 'width'].some(isZero)) ||
    (isClipped && ['max-height', 'height'].some(isTiny)) ||
    CUT_AWAY.test(value('clip-path') ?? '') ||
    SHRUNK.test(value('transform') ?? '') ||
    /opacity\(\s{0,9}0(?:\.0*)?%?\s{0,9}\)/.test(value('filter') ?? '') ||
    ['text-indent', 'margin-left', 'margin-top'].some(isAway) ||
    (value('position') !== undefined &&
      (['left', 'top', 'right', 'bottom'].some(isAway) || isClippedToNothing(value('clip'))))
  );
}

function isInherited(value: string | undefined): value is undefined {
  return value === undefined || /^(?:inherit|unset)$/.test(value);
}

function lengthPx(length: string): number {
  const [, number = '', unit = ''] = /^(-?\d{0,7}\.?\d{0,5})([a-z%]*)/.exec(length) ?? [];
  return Number.parseFloat(number) * (PX_OF_UNITS.get(unit) ?? 1);
}

function isClippedToNothing(clip: string | undefined): boolean {
  return clip !== undefined && /^rect\((?:\s{0,9}[01](?:px)?[\s,]{0,9}){4}\)$/.test(clip);
}

/**
 * Returns true if text has no size. Some templates set the font size to 0 around columns, to remove the spaces between
 * the columns, and set a normal size inside them. So the size of a nested element counts.
 */
function hasNoSize(size: string | undefined, inherited: boolean): boolean {
  if (size === undefined || /^(?:inherit|unset)$/.test(size)) return inherited;
  const [, number = '', unit = ''] = /^(\d{0,5}\.?\d{0,5})([a-z%]*)$/.exec(size) ?? [];
  if (number === '') return inherited && /(?:larger|smaller)$/.test(size);
  const isRelative = unit === 'em' || unit === '%';
  return Number(number) === 0 || (isRelative ? inherited : ABSOLUTE.has(unit) && Number(number) < LEAST_SIZE);
}

function isSameColor(one: string, other: string | undefined): boolean {
  if (one === 'transparent') return true;
  const channels = [one, other ?? ''].map((color) =>
    color
      .match(/^#(..)(..)(..)$/)
      ?.slice(1)
      .map((hex) => Number.parseInt(hex, 16)),
  );
  const [own, behind] = channels;
  return own && behind
    ? own.every((value, index) => Math.abs(value - (behind[index] ?? 0)) < COLOR_DISTANCE_MIN)
    : one === other;
}

const INHERITED_COLOR = /^(?:inherit|unset|currentcolor)$/;
const COLORS_IN_TEXT = /#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]{1,60}\)|\b[a-z]{3,20}\b/g;
// The basic colours of https://html.spec.whatwg.org/multipage/rendering.html, and those colours of
// https://drafts.csswg.org/css-color/#named-colors that are almost white.
const COLOR_NAMES = new Map(
  Object.entries({
    black: '#000000',
    silver: '#c0c0c0',
    gray: '#808080',
    white: '#ffffff',
    maroon: '#800000',
    red: '#ff0000',
    purple: '#800080',
    fuchsia: '#ff00ff',
    green: '#008000',
    lime: '#00ff00',
    olive: '#808000',
    yellow: '#ffff00',
    navy: '#000080',
    blue: '#0000ff',
    teal: '#008080',
    aqua: '#00ffff',
    azure: '#f0ffff',
    floralwhite: '#fffaf0',
    ghostwhite: '#f8f8ff',
    ivory: '#fffff0',
    mintcream: '#f5fffa',
    snow: '#fffafa',
    whitesmoke: '#f5f5f5',
  }),
);

const LIGHTNESS = new Map([
  ['0%', '#000000'],
  ['100%', '#ffffff'],
]);

/**
 * Returns a colour that we know as `#rrggbb` or `transparent`. Returns any other colour unchanged, and undefined for
 * an inherited colour.
 */
function colorOf(text: string | undefined): string | undefined {
  if (text === undefined || INHERITED_COLOR.test(text)) return undefined;
  return COLOR_NAMES.get(text) ?? colorOfHex(text) ?? colorOfFunction(text) ?? text;
}

function colorOfHex(text: string): string | undefined {
  const digits = /^#((?:[0-9a-f]{3,4}){1,2})$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const whole = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  return whole.slice(6) === '00' ? 'transparent' : `#${whole.slice(0, 6)}`;
}

/**
 * Reads every colour of the function `rgb`: https://drafts.csswg.org/css-color/#rgb-functions. From the function
 * `hsl`, it reads only white, black and fully transparent colours.
 */
function colorOfFunction(text: string): string | undefined {
  const [, kind, values = ''] = /^(rgb|hsl)a?\(([^()]{1,60})\)$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const [first = '', second = '', third = '', opacity = '1'] = values.trim().split(/[\s,/]+/);
  if (Number.parseFloat(opacity) === 0) return 'transparent';
  if (kind === 'hsl') return LIGHTNESS.get(third);
  const hex = [first, second, third].map((part) =>
    Math.min(255, Math.round(Number.parseFloat(part) * (part.endsWith('%') ? 2.55 : 1)))
      .toString(16)
      .padStart(2, '0'),
  );
  return hex.some((part) => part.length > 2) ? undefined : `#${hex.join('')}`;
}

function backgroundOf(
  value: (name: string) => string | undefined,
  inherited: string | undefined,
): string | undefined {
  const image = value('background-image');
  if (image !== undefined && image !== 'none') return undefined;
  const declared = value('background-color') ?? value('background');
  if (declared === undefined || /^(?:transparent|none|inherit|unset|initial)$/.test(declared))
    return inherited;
  if (/url\(|gradient/.test(declared)) return undefined;
  const colors = (declared.match(COLORS_IN_TEXT) ?? []).map(colorOf);
  const color = colors.find((one) => one?.startsWith('#')) ?? colors.at(-1);
  return color === 'transparent' ? inherited : color;
}
