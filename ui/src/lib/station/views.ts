/** A view with its number, which counts up. */
interface Numbered<V> {
  number: number;
  view: V;
}

const AFTER_FAULT_MS = 500;

/**
 * Asks for one view after another at `url` and shows each; the answer ends it. Asked for rather than sent, so that a
 * slow page skips views instead of falling behind.
 */
export function follow<V>(url: string, show: (view: V) => void): () => void {
  const stop = new AbortController();
  void (async () => {
    let after = 0;
    while (!stop.signal.aborted) {
      try {
        const answer = await fetch(`${url}?after=${after}`, { signal: stop.signal, cache: 'no-store' });
        // 204: nothing new for two seconds.
        if (answer.status === 204) continue;
        if (!answer.ok) throw new Error(`no view: ${answer.status}`);
        const next = (await answer.json()) as Numbered<V>;
        after = next.number;
        if (!stop.signal.aborted) show(next.view);
      } catch (error) {
        if (stop.signal.aborted) return;
        console.error('the station does not answer', error);
        await new Promise((done) => setTimeout(done, AFTER_FAULT_MS));
      }
    }
  })();
  return () => stop.abort();
}
