/**
 * The subprotocols to offer as a list: RFC 6455 section 4.1, each a token of RFC 2616, and offered
 * once.
 *
 * @throws TypeError naming which of them is none.
 */
export function checkedProtocols(protocols: unknown): readonly string[] {
  if (protocols === undefined) return [];
  const list: unknown[] = Array.isArray(protocols) ? protocols : [protocols];
  // Not what it is: some servers take a token for a subprotocol.
  for (const [index, name] of list.entries()) {
    const isToken = typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
    if (!isToken || list.indexOf(name) < index) {
      throw new TypeError(
        `openline: protocols[${index}] is no WebSocket subprotocol, or is offered twice: give ` +
          "letters, digits and !#$%&'*+.^`|~-_ alone.",
      );
    }
  }
  return list as string[];
}
