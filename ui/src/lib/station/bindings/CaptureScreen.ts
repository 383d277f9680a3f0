import type { CheckResult } from "./CheckResult";
import type { PhotoSpecification } from "./PhotoSpecification";
import type { Rect } from "./Rect";

export type CaptureScreen = { frame_width: number, frame_height: number, guide: Rect, specification: PhotoSpecification, results: Array<CheckResult>, instruction: string | null, good: boolean, auto_shutter: boolean, countdown: number | null, attempt: number, checks_per_s: number, };
