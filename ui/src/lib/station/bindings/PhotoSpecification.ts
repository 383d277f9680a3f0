import type { Range } from "./Range";

export type PhotoSpecification = { id: string, version: number, name_zh: string, name_en: string, source: string, confidence: string, width_px: number, height_px: number, density_dpi: number, min_bytes: number, max_bytes: number, min_jpeg_quality: number, background_rgb: [number, number, number], background_max_delta_e: number, crown_px: Range, eyes_px: Range, face_width_px: Range, face_width_target_px: number, crown_target_px: number, eyes_target_px: number, centre_max_px: number, max_scale: number, };
