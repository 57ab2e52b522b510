// The other side of ChildServer.

/**
 * Answers what the parent asks by the functions of `answers`, and calls `end` when it lets go.
 *
 * @param {Record<string, (detail: any) => unknown>} answers
 * @param {() => unknown} end
 */
export function answering(answers, end) {
  process.on('message', async ({ id, question, detail }) => {
    try {
      process.send({ id, value: await answers[question](detail) });
    } catch (error) {
      process.send({ id, error: String(error?.stack ?? error) });
    }
  });
  process.once('disconnect', end);
}
