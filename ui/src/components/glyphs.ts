const sitter = '<circle cx="28" cy="22" r="8"/><path d="M12 48c1-9 7-14 16-14s15 5 16 14"/>';
const head = '<circle cx="28" cy="28" r="15"/>';

/** Line drawings beside the instruction, on a 56-unit square. */
export const glyphs = {
  good: '<circle cx="28" cy="28" r="22"/><path d="M18 29l7 7 14-15"/>',
  wait: '<circle cx="28" cy="28" r="22" stroke-dasharray="8 9"/>',
  lost: '<path d="M7 7l42 42M22 12h12l4 6h11v26M42 46H7V18h6"/><path d="M21 26a9 9 0 0 0 13 13"/>',
  closer:
    '<circle cx="28" cy="23" r="7"/><path d="M15 44c1-8 6-12 13-12s12 4 13 12"/><path d="M14 5H5v9M5 5l8 8M42 5h9v9M51 5l-8 8M14 51H5v-9M42 51h9v-9"/>',
  back: '<circle cx="28" cy="23" r="7"/><path d="M15 44c1-8 6-12 13-12s12 4 13 12"/><path d="M5 14h9V5M14 14L5 5M51 14h-9V5M42 14l9-9"/>',
  left: `<circle cx="36" cy="22" r="7"/><path d="M24 46c1-8 5-12 12-12s11 4 12 12"/><path d="M20 28H5M11 21l-7 7 7 7"/>`,
  right: `<circle cx="20" cy="22" r="7"/><path d="M8 46c1-8 5-12 12-12s11 4 12 12"/><path d="M36 28h15M45 21l7 7-7 7"/>`,
  down: `<circle cx="22" cy="22" r="8"/><path d="M7 48c1-9 6-14 15-14s14 5 15 14"/><path d="M46 12v26M40 32l6 6 6-6"/>`,
  up: `<circle cx="22" cy="22" r="8"/><path d="M7 48c1-9 6-14 15-14s14 5 15 14"/><path d="M46 40V14M40 20l6-6 6 6"/>`,
  turn: `${head}<path d="M28 24v9h4M8 20C12 10 20 5 28 5s16 5 20 15M48 20l2-10M48 20l-9-3"/>`,
  nod: `${head}<path d="M22 26h.1M34 26h.1M23 35h10M50 18v20M45 33l5 5 5-5"/>`,
  lift: `${head}<path d="M22 26h.1M34 26h.1M23 35h10M50 38V18M45 23l5-5 5 5"/>`,
  level: '<g transform="rotate(-14 28 26)"><circle cx="28" cy="24" r="13"/></g><path d="M6 48h44M28 6v36" stroke-dasharray="5 6"/>',
  shoulders: '<circle cx="28" cy="17" r="8"/><path d="M6 40c6-8 12-10 22-10s16 2 22 10"/><path d="M6 49h44" stroke-dasharray="5 6"/>',
  eye: '<path d="M4 28c6-10 14-15 24-15s18 5 24 15c-6 10-14 15-24 15S10 38 4 28z"/><circle cx="28" cy="28" r="7"/>',
  mouth: '<path d="M8 28c8-7 13-8 20-4 7-4 12-3 20 4-8 9-13 12-20 12S16 37 8 28z"/><path d="M8 28c8 2 13 2 20 1 7 1 12 1 20-1"/>',
  jacket: '<path d="M20 8l8 8 8-8 12 7-3 33H11L8 15z"/><path d="M28 16v32M20 8l4 14 4-6M36 8l-4 14-4-6"/>',
  lamp: '<path d="M20 40c-6-4-9-9-9-15a17 17 0 0 1 34 0c0 6-3 11-9 15z"/><path d="M21 47h14M24 53h8"/>',
  wall: `<path d="M6 6v44"/>${'<circle cx="34" cy="20" r="7"/><path d="M22 46c1-9 5-14 12-14s11 5 12 14"/>'}<path d="M11 28h8M15 24l4 4-4 4"/>`,
  backdrop: '<path d="M8 8h40M12 8v40M44 8v40"/><path d="M20 14c4 8-4 14 0 22s-2 8 0 12M34 14c-4 9 4 14 0 22s2 8 0 12"/>',
  still: `${sitter}<path d="M5 12v10M51 12v10"/>`,
  others: '<circle cx="20" cy="22" r="8"/><path d="M5 48c1-9 6-14 15-14s14 5 15 14"/><path d="M42 14l9 9M51 14l-9 9"/>',
  sitter,
} as const;

const BY_CODE: Record<string, keyof typeof glyphs> = {
  good: 'good', wait: 'wait', lost: 'lost', no_face: 'sitter', two_faces: 'others', too_small: 'closer',
  too_large: 'back', move_left: 'left', move_right: 'right', crown_high: 'down', crown_low: 'up',
  chest_cut: 'shoulders', yaw: 'turn', pitch_up: 'nod', pitch_down: 'lift', roll: 'level', shoulders: 'shoulders',
  eyes_closed: 'eye', gaze: 'eye', teeth: 'mouth', blue_clothes: 'jacket', too_dark: 'lamp', too_bright: 'lamp',
  white_balance: 'lamp', half_lit: 'lamp', wall_shadow: 'wall', backdrop_uneven: 'backdrop', blur: 'still',
};

/**
 * The drawing for an instruction. Left and right are drawn as the sitter's own in the mirrored preview,
 * where the sitter's left is the left of the screen.
 */
export function glyphOf(code: string): keyof typeof glyphs {
  return BY_CODE[code] ?? 'sitter';
}
