/** Skin, hair, coat and paper of the drawn sitters; one plain style, no real person. */
const SKIN = '#eebf9f';
const SHADE = '#d79f7c';
const HAIR = '#2e2624';
const COAT = '#3f4443';
const SHIRT = '#fbfbfa';
const GOOD = '#0a6437';
const BAD = '#b9141c';

interface Look {
  coat?: string;
  shirt?: boolean;
  over?: string;
}

/** A head and shoulders whose chin stands at 0,0; 100 units from crown to chest. */
function sitter({ coat = COAT, shirt = true, over = '' }: Look = {}): string {
  return `<path d="M-9-4h18v16h-18z" fill="${SHADE}"/>
<path d="M-58 60c0-24 6-38 24-43 10-3 20-6 24-11h20c4 5 14 8 24 11 18 5 24 19 24 43z" fill="${coat}"/>
${shirt ? `<path d="M-11 5L0 24 11 5l6 6-9 22L0 24l-8 9-9-22z" fill="${SHIRT}" stroke="#cfcfcb" stroke-width=".8"/><path d="M-5 25L0 60 5 25 0 20z" fill="${SHIRT}"/>` : ''}
<ellipse cx="-23" cy="-24" rx="4" ry="7" fill="${SKIN}"/><ellipse cx="23" cy="-24" rx="4" ry="7" fill="${SKIN}"/>
<path d="M-22-32c0-18 8-26 22-26s22 8 22 26c0 20-8 36-22 36s-22-16-22-36z" fill="${SKIN}"/>
<path d="M-25-28c-4-26 8-38 25-38s29 12 25 38c-3-2-3-8-5-14-8-6-12-7-20-7s-12 1-20 7c-2 6-2 12-5 14z" fill="${HAIR}"/>
<path d="M-14-30c3-2 7-2 10 0M4-30c3-2 7-2 10 0" stroke="${HAIR}" stroke-width="2" fill="none" stroke-linecap="round"/>
<circle cx="-9" cy="-24" r="2.2" fill="${HAIR}"/><circle cx="9" cy="-24" r="2.2" fill="${HAIR}"/>
<path d="M0-22l-2 9h3" stroke="${SHADE}" stroke-width="1.6" fill="none" stroke-linecap="round"/>
<path d="M-6-6c4 1 8 1 12 0" stroke="#a65a4c" stroke-width="2" fill="none" stroke-linecap="round"/>${over}`;
}
const at = (x: number, y: number, scale: number, inner: string) =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${inner}</g>`;
const yes = (x: number, y: number) =>
  `<g transform="translate(${x} ${y})"><circle r="11" fill="${GOOD}"/><path d="M-5 0l4 4 6-8" stroke="#fff" stroke-width="2.4" fill="none" stroke-linecap="round" stroke-linejoin="round"/></g>`;
const no = (x: number, y: number) =>
  `<g transform="translate(${x} ${y})"><path d="M-5-11H5l6 6V5l-6 6H-5l-6-6V-5z" fill="${BAD}"/><path d="M-4-4l8 8M4-4l-8 8" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></g>`;
/** Wide enough for any frame the drawing is put into. */
const wall = (fill = '#ecebe8') => `<rect x="-400" y="-300" width="1120" height="750" fill="${fill}"/>`;
const thing = (x: number, inner: string) => `<g transform="translate(${x} 75)">${inner}</g>`;
const line = 'fill="none" stroke="#14181a" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"';

/** The seven notes of the guide as drawings, 320 by 150. */
export const notePictures: Record<1 | 2 | 3 | 4 | 5 | 6 | 7, string> = {
  // A bright room, a clean wall, one metre away.
  1: `${wall('#f4f3f0')}<rect x="-400" y="128" width="1120" height="400" fill="#d8d5cf"/><rect x="40" y="-300" width="9" height="428" fill="#e2e0db" stroke="#b9b6b0"/>
${at(170, 78, 0.82, sitter())}
<path d="M52 112h64" ${line}/><path d="M60 105l-8 7 8 7M108 105l8 7-8 7" ${line}/><text x="84" y="101" font-size="15" font-weight="700" text-anchor="middle" fill="#14181a">1 m</text>
<g stroke="#e0a100" stroke-width="3" stroke-linecap="round"><circle cx="272" cy="36" r="13" fill="#ffd34d" stroke="none"/><path d="M272 12v6M272 54v6M248 36h6M290 36h6M255 19l4 4M285 49l4 4M289 19l-4 4M259 49l-4 4"/></g>`,
  // From the head to the chest, the camera level with the eyes.
  2: `${wall()}${at(176, 82, 1.02, sitter())}<path d="M118 8H96v22M234 8h22v22M118 143H96v-22M234 143h22v-22" fill="none" stroke="#0a76b5" stroke-width="5"/>
<g transform="translate(38 72)"><rect x="-20" y="-14" width="36" height="28" rx="4" fill="#14181a"/><circle cx="4" cy="0" r="8" fill="#64c5ff"/><path d="M-12 14l-7 44M8 14l7 44" stroke="#14181a" stroke-width="3"/></g><path d="M62 58h30" stroke="#14181a" stroke-width="2" stroke-dasharray="4 5"/>`,
  // Ears, forehead, straight head, level shoulders, lips closed.
  3: `${wall()}${at(160, 84, 1.05, sitter())}<path d="M160 4v30" stroke="#0a76b5" stroke-width="2" stroke-dasharray="4 5"/><path d="M84 110h152" stroke="#0a76b5" stroke-width="2" stroke-dasharray="5 6"/>
<g fill="none" stroke="#0a76b5" stroke-width="3"><circle cx="135" cy="59" r="10"/><circle cx="185" cy="59" r="10"/></g>${yes(236, 34)}`,
  // Plain glasses may stay; tinted ones, jewellery and headwear may not.
  4: `${wall()}${thing(62, `<g ${line}><circle cx="-18" cy="0" r="15"/><circle cx="18" cy="0" r="15"/><path d="M-3-2c2-2 4-2 6 0M-33-3l-10-5M33-3l10-5"/></g>`)}${yes(62, 118)}
${thing(158, `<circle cx="-18" cy="0" r="15" fill="#4a4038"/><circle cx="18" cy="0" r="15" fill="#4a4038"/><g ${line}><path d="M-3-2c2-2 4-2 6 0M-33-3l-10-5M33-3l10-5"/></g>`)}${no(158, 118)}
${thing(252, `<path d="M-36 4c0-26 14-36 32-36s30 10 30 36z" fill="#7a5a9a"/><path d="M-44 4h84" ${line}/><g fill="none" stroke="#b8860b" stroke-width="3"><circle cx="50" cy="-22" r="5"/><path d="M50-34v7"/></g>`)}${no(252, 118)}`,
  // A plain top with a collar; nothing blue, no pattern.
  5: `${wall()}${at(66, 66, 0.74, sitter())}${yes(66, 128)}${at(162, 66, 0.74, sitter({ coat: '#3f8fd8', shirt: false }))}${no(162, 128)}
${at(256, 66, 0.74, sitter({ coat: '#e8d9b0', shirt: false, over: '<g stroke="#b5651d" stroke-width="3"><path d="M-46 24l84 0M-52 36l104 0M-54 48l108 0"/><path d="M-30 17v43M-10 12v48M10 12v48M30 17v43" stroke="#4a7d4a"/></g>' }))}${no(256, 128)}`,
  // Even light on both halves of the face.
  6: `${wall()}${at(92, 82, 0.96, sitter())}${yes(92, 134)}${at(232, 82, 0.96, sitter({ over: '<path d="M0-66c17 0 29 12 25 38l2 8c-1 8-4 8-6 6C16-2 9 4 0 4z" fill="#14181a" fill-opacity=".52"/>' }))}${no(232, 134)}`,
  // A bare face; no retouching, no make-up, no coloured lenses.
  7: `${wall()}${at(92, 82, 0.96, sitter())}${yes(92, 134)}${at(232, 82, 0.96, sitter({ over: '<ellipse cx="-13" cy="-13" rx="6" ry="4" fill="#e0567a" fill-opacity=".7"/><ellipse cx="13" cy="-13" rx="6" ry="4" fill="#e0567a" fill-opacity=".7"/><path d="M-7-6c4-3 10-3 14 0-4 4-10 4-14 0z" fill="#c2183c"/><circle cx="-9" cy="-24" r="3" fill="#2c9be0"/><circle cx="9" cy="-24" r="3" fill="#2c9be0"/><path d="M28-52l3 7 7 3-7 3-3 7-3-7-7-3 7-3z" fill="#e0a100"/>' }))}${no(232, 134)}`,
};
