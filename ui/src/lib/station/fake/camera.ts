import type { CameraScreen } from '../bindings/CameraScreen';
import type { Control } from '../bindings/Control';
import type { ControlState } from '../bindings/ControlState';
import type { Mode } from '../bindings/Mode';

const mode = (format: Mode['format'], width: number, height: number, frames = 30, seconds = 1): Mode => ({
  format,
  width,
  height,
  rate: { frames, seconds },
});
const control = (name: Control, min: number, max: number, step: number, value: number): ControlState => ({
  control: name,
  min,
  max,
  step,
  default: value,
  value,
});
/** The hump of a wall, the hump of a face, a little hair. */
const histogram = Array.from({ length: 64 }, (_, i) => {
  const hump = (at: number, wide: number) => Math.exp(-(((i - at) / wide) ** 2));
  return (hump(54, 3) * 0.09 + hump(40, 6) * 0.03 + hump(8, 5) * 0.012) / 1.05;
});

const modes = [mode('mjpeg', 1920, 1080), mode('mjpeg', 1280, 720), mode('mjpeg', 1280, 720, 30_000, 1_001), mode('yuyv', 640, 480)];

/** The camera's page with an ordinary webcam. */
export const camera: { page: 'camera' } & CameraScreen = {
  page: 'camera',
  cameras: [
    { source: 'auto', name: '', training: false },
    { source: 'device:3-2:1.0', name: 'HD Pro Webcam C920', training: false },
    { source: 'device:1-5:1.0', name: 'Integrated Camera', training: false },
    { source: 'replay:practice', name: '', training: true },
  ],
  chosen: 'device:3-2:1.0',
  free: true,
  equipment: {
    camera: { id: '3-2:1.0', name: 'HD Pro Webcam C920' },
    modes,
    mode: mode('mjpeg', 1920, 1080),
    controls: [
      control('power_line', 0, 2, 1, 1),
      control('auto_exposure', 0, 1, 1, 0),
      control('exposure', 3, 2047, 1, 312),
      control('gain', 0, 255, 1, 24),
      control('auto_white_balance', 0, 1, 1, 0),
      control('white_balance', 2000, 6500, 10, 5200),
      control('auto_focus', 0, 1, 1, 1),
      control('focus', 0, 250, 5, 30),
      control('zoom', 100, 500, 1, 100),
    ],
    refused: [],
    reading: 3,
  },
  mode: null,
  locked: ['power_line', 'exposure', 'white_balance'],
  locking: null,
  light: { histogram, black: 0.0004, clipped: 0.012, face: { level: 82, least: 62, clipped: 0.001, most_clipped: 0.02 } },
  burst: 3,
  most_burst: 8,
};

/** The same while it is measured on a face that is too dark. */
export const measuring = {
  ...camera,
  locking: 'judging' as const,
  light: camera.light && { ...camera.light, face: { level: 48, least: 62, clipped: 0, most_clipped: 0.02 } },
};

/** A camera without anything to set, while a photo is being made. */
export const plain = {
  ...camera,
  chosen: 'auto',
  free: false,
  equipment: camera.equipment && { ...camera.equipment, controls: [], modes: modes.slice(1, 2), mode: mode('mjpeg', 1280, 720) },
  locked: [],
  light: camera.light && { ...camera.light, face: null },
  burst: 1,
};

/** No camera at all. */
export const absent = { ...camera, cameras: camera.cameras.slice(0, 1), chosen: 'auto', equipment: null, locked: [], light: null };
