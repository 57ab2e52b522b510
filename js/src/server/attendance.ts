/** Who is on which stream, with how many connections. As large as there are connections. */
export class Attendance {
  /**
   * Of a stream with one connection only its user: each user may have a stream of their own, and
   * a Map takes 209 bytes.
   */
  private readonly streams = new Map<string, string | Map<string, number>>();

  change(stream: string, user: string, change: 1 | -1): void {
    const there = this.streams.get(stream);
    if (there === undefined) {
      if (change > 0) this.streams.set(stream, user);
      return;
    }
    const users = typeof there === 'string' ? new Map([[there, 1]]) : there;
    const count = (users.get(user) ?? 0) + change;
    if (count > 0) users.set(user, count);
    else users.delete(user);
    if (users.size > 0) this.streams.set(stream, users);
    else this.streams.delete(stream);
  }

  of(stream: string): readonly string[] {
    const there = this.streams.get(stream) ?? new Map<string, number>();
    return typeof there === 'string' ? [there] : [...there.keys()];
  }

  clear(): void {
    this.streams.clear();
  }
}
