/**
 * Repeats a question until it has an answer.
 * @throws Error when there is none in time
 */
export async function waitFor<T>(
  ask: () => Promise<T | undefined | false>,
  options: { what: string; timeoutMs?: number },
): Promise<T> {
  const until = Date.now() + (options.timeoutMs ?? 60_000);
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > until) {
      throw new Error(`Waited in vain for ${options.what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 15));
  }
}
