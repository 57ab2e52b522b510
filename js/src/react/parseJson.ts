// Each message is parsed once, and only when somebody reads it as JSON.
const parsed = new WeakMap<MessageEvent, unknown>();

/** The message's data as JSON; `{}` for what is no JSON, as react-use-websocket has it. */
export function parseJson(message: MessageEvent): unknown {
  if (!parsed.has(message)) parsed.set(message, parse(message.data));
  return parsed.get(message);
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return {};
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
