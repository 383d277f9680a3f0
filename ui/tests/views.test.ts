import { afterEach, expect, it, vi } from 'vitest';
import { follow } from '../src/lib/station/views';

afterEach(() => vi.unstubAllGlobals());

const settle = () => new Promise((done) => setTimeout(done, 20));

it('asks for the view after the last one, waits through silence and faults, and ends when told', async () => {
  const asked: string[] = [];
  const answers = [
    new Response('{"number": 4, "view": "a"}'),
    new Response(null, { status: 204 }),
    new Response('gone', { status: 500 }),
    new Response('{"number": 9, "view": "b"}'),
  ];
  vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
    asked.push(url);
    const answer = answers.shift();
    return answer
      ? Promise.resolve(answer)
      : new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('stopped'))));
  });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const shown: string[] = [];
  const stop = follow<string>('frame://x/view', (view) => shown.push(view));
  await settle();
  await new Promise((done) => setTimeout(done, 520));
  await settle();
  expect(shown).toEqual(['a', 'b']);
  expect(asked.map((url) => url.split('=')[1])).toEqual(['0', '4', '4', '4', '9']);
  stop();
  await settle();
  expect(asked).toHaveLength(5);
});
