/** Arguments of a message. */
export type Arguments = Readonly<Record<string, string | number | undefined>>;

/**
 * Fills a message in: `{name}` is the argument, `{n, plural, one {# photo} other {# photos}}` chooses by
 * the language's plural rules with `#` as the number, and `{code, select, a {…} other {…}}` by the word.
 * A missing argument stays visible as `{name}`.
 */
export function format(message: string, args: Arguments, language: string): string {
  let out = '';
  for (let i = 0; i < message.length; ) {
    if (message[i] !== '{') {
      out += message[i++];
      continue;
    }
    const end = closing(message, i);
    out += placeholder(message.slice(i + 1, end), args, language);
    i = end + 1;
  }
  return out;
}

function placeholder(inside: string, args: Arguments, language: string): string {
  const choice = /^\s*(\w+)\s*,\s*(plural|select)\s*,/.exec(inside);
  if (!choice) {
    const name = inside.trim();
    return args[name] === undefined ? `{${name}}` : String(args[name]);
  }
  const value = args[choice[1] ?? ''];
  const branches = branchesOf(inside.slice(choice[0].length));
  const plural = choice[2] === 'plural';
  const wanted = plural ? new Intl.PluralRules(language).select(Number(value)) : String(value);
  const branch = branches.get(`=${value}`) ?? branches.get(wanted) ?? branches.get('other') ?? '';
  return format(plural ? branch.replaceAll('#', String(value)) : branch, args, language);
}

function branchesOf(text: string): Map<string, string> {
  const branches = new Map<string, string>();
  const head = /\s*(\S+?)\s*\{/y;
  for (let found = head.exec(text); found; found = head.exec(text)) {
    const open = head.lastIndex - 1;
    const end = closing(text, open);
    branches.set(found[1] ?? '', text.slice(open + 1, end));
    head.lastIndex = end + 1;
  }
  return branches;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`a brace is not closed in: ${text}`);
}
