/** Arguments of a message. */
export type Arguments = Readonly<Record<string, string | number | undefined>>;

/** Fills a message in: `{name}` is the argument of that name; a missing one stays visible as `{name}`. */
export function format(message: string, args: Arguments): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => (args[name] === undefined ? whole : String(args[name])));
}
