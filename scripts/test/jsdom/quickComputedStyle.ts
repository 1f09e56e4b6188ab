/**
 * What testing tools ask of every element before they find one: whether it is
 * seen, and whether words of it stand apart.
 */
const asked = ['display', 'visibility', 'opacity', 'pointer-events'] as const;
type Asked = (typeof asked)[number];

const inherited: readonly Asked[] = ['visibility', 'pointer-events'];
const initial: Record<Asked, string> = {
  display: 'inline',
  visibility: 'visible',
  opacity: '1',
  'pointer-events': 'auto',
};

/** A rule of a page's sheets that says something of what is asked. */
interface Rule {
  matches(element: Element): boolean;
  style: CSSStyleDeclaration;
}

/**
 * Answers `getComputedStyle` for a few properties by the rules that have them.
 * jsdom matches each element against all rules of all sheets, again after each
 * change: nine tenths of the time of a test that asks for roles.
 */
export function quickComputedStyle(window: Window & typeof globalThis): void {
  const { document } = window;
  const whole = window.getComputedStyle.bind(window);
  const displays = new Map<string, string>();
  let rules: Rule[] = [];
  let version = '';

  /** The rules as they are now; sheets are only ever added to or removed. */
  const current = () => {
    const sheets = [...document.styleSheets];
    const now = sheets.map(({ cssRules }) => cssRules.length).join(' ');
    if (now !== version) {
      version = now;
      rules = sheets.flatMap(({ cssRules }) => [...cssRules].flatMap(ruleOf));
    }
    return rules;
  };

  /** As the browser itself would show such an element. */
  const usualDisplay = ({ tagName, namespaceURI }: Element) => {
    const key = `${namespaceURI} ${tagName}`;
    const known =
      displays.get(key) ??
      whole(document.createElementNS(namespaceURI, tagName.toLowerCase()))
        .display;
    displays.set(key, known);
    return known;
  };

  const valueOf = (element: Element, property: Asked): string => {
    const own =
      (element as HTMLElement).style?.getPropertyValue(property) ||
      current()
        .findLast(
          rule =>
            rule.style.getPropertyValue(property) && rule.matches(element),
        )
        ?.style.getPropertyValue(property);
    if (own && own !== 'inherit') {
      return own;
    }
    if (property === 'display') {
      return element.hasAttribute('hidden') ? 'none' : usualDisplay(element);
    }
    return element.parentElement && (own || inherited.includes(property))
      ? valueOf(element.parentElement, property)
      : initial[property];
  };

  window.getComputedStyle = (element, pseudo) => {
    if (pseudo) {
      return whole(element, pseudo);
    }
    const answer = (name: string) =>
      asked.find(property => camelCase(property) === name || property === name);
    return new Proxy({} as CSSStyleDeclaration, {
      get(_, name) {
        if (name === 'getPropertyValue') {
          return (property: string) => {
            const known = answer(property);
            return known
              ? valueOf(element, known)
              : whole(element).getPropertyValue(property);
          };
        }
        const known = answer(String(name));
        if (known) {
          return valueOf(element, known);
        }
        const style = whole(element);
        const value = Reflect.get(style, name);
        return typeof value === 'function' ? value.bind(style) : value;
      },
    });
  };
}

function camelCase(property: string): string {
  return property.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function ruleOf(rule: CSSRule): Rule[] {
  const { selectorText, style } = rule as CSSStyleRule;
  if (!selectorText || !asked.some(name => style.getPropertyValue(name))) {
    return [];
  }
  const className = /^\.([\w-]+)$/.exec(selectorText)?.[1];
  return [
    {
      style,
      matches: className
        ? element => element.classList.contains(className)
        : element => matchesAny(element, selectorText),
    },
  ];
}

/** What jsdom cannot parse matches nothing. */
function matchesAny(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}
