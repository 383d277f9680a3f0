import type { CameraState } from "./CameraState";

export type CameraHealth = { state: CameraState, name: string, fps: number, width: number, height: number, fault: string | null, };
