export type MeasuredRow = { id: string, value: string, wanted: string, number: number | null, min: number | null, max: number | null, ok: boolean, };
