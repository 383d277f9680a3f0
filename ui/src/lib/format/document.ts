/** The parts of an 18-digit number (GB 11643) as far as typed. */
export interface NumberParts {
  /** Area, up to six digits. */
  area: string;
  /** Birth date, up to eight digits. */
  birth: string;
  /** Sequence, up to three digits; odd for a man, even for a woman. */
  sequence: string;
  /** Check character. */
  check: string;
}

/** Characters of a machine-readable zone at most. */
const MOST = 90;

/** Characters without blanks, full-width ones narrowed, letters in upper case, at most as many as a zone has. */
export function plainNumber(typed: string): string {
  const narrow = typed.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  // What a Chinese input method makes of the zone's filler.
  const filled = narrow.replace(/[《〈«‹]/g, '<');
  return filled.replace(/[\s\u3000-]/g, '').toUpperCase().slice(0, MOST);
}

/** Cuts a number into its parts. */
export function parts(number: string): NumberParts {
  const n = plainNumber(number);
  return { area: n.slice(0, 6), birth: n.slice(6, 14), sequence: n.slice(14, 17), check: n.slice(17) };
}

/** Groups of a number for reading: `110105 2006 0312 0028`; one that is no such number stays whole. */
export function groups(number: string): string[] {
  const n = plainNumber(number);
  if (!/^\d{0,17}[\dX]?$/.test(n)) return n === '' ? [] : [n];
  return [n.slice(0, 6), n.slice(6, 10), n.slice(10, 14), n.slice(14)].filter((part) => part !== '');
}

/** All but the area's first four and the last four characters as asterisks. */
export function masked(number: string): string {
  const n = plainNumber(number);
  if (n.length !== 18) return n.replace(/./g, '∗');
  return `${n.slice(0, 4)} ∗∗∗∗ ∗∗∗∗ ∗∗ ${n.slice(14)}`;
}

/** The birth date inside as `2006-03-12`; empty until all eight digits are there. */
export function birthDate(number: string): string {
  const { birth } = parts(number);
  return /^\d{8}$/.test(birth) ? `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}` : '';
}

/** Sex by the sequence's last digit; `null` until it is there. */
export function sex(number: string): 'male' | 'female' | null {
  const digit = parts(number).sequence[2];
  if (digit === undefined || !/\d/.test(digit)) return null;
  return Number(digit) % 2 === 1 ? 'male' : 'female';
}

/** A whole number of 18 characters was typed or scanned. */
export function looksLikeNumber(text: string): boolean {
  return /^\d{17}[\dX]$/.test(plainNumber(text));
}
