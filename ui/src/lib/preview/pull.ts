/** One live picture. */
export interface LiveFrame {
  /** Counts up; never repeats. */
  seq: number;
  /** The picture, to be closed after drawing. */
  picture: ImageBitmap;
}

/** Bytes before the JPEG: u32 number, u16 width, u16 height, f64 milliseconds, little-endian. */
const HEADER = 16;
const AFTER_FAULT_MS = 500;

/** Number of a frame from its bytes; `null` when they are no frame. */
export function frameNumber(body: ArrayBuffer): number | null {
  return body.byteLength > HEADER ? new DataView(body).getUint32(0, true) : null;
}

/**
 * Pulls one picture after another: the next is asked for when the last is on screen, so the newest wins
 * and nothing queues up. Ends with `stop`.
 */
export async function pull(
  url: (path: string) => string,
  show: (frame: LiveFrame) => void,
  stop: AbortSignal,
): Promise<void> {
  let seq = 0;
  while (!stop.aborted) {
    try {
      const answer = await fetch(url(`live?after=${seq}`), { signal: stop, cache: 'no-store' });
      const body = answer.status === 200 ? await answer.arrayBuffer() : new ArrayBuffer(0);
      const next = frameNumber(body);
      if (next === null) {
        // 204 already waited for two seconds; anything else must not turn into a busy loop.
        if (answer.status !== 204) await pause(AFTER_FAULT_MS);
        continue;
      }
      seq = next;
      const jpeg = new Blob([new Uint8Array(body, HEADER)], { type: 'image/jpeg' });
      const picture = await createImageBitmap(jpeg);
      if (stop.aborted) picture.close();
      else show({ seq, picture });
    } catch (error) {
      if (stop.aborted) return;
      console.warn('no live picture', error);
      await pause(AFTER_FAULT_MS);
    }
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
