/** Who is on which stream, with how many connections. As large as there are connections. */
export class Attendance {
  private readonly streams = new Map<string, Map<string, number>>();

  change(stream: string, user: string, change: 1 | -1): void {
    const users = this.streams.get(stream) ?? new Map<string, number>();
    const count = (users.get(user) ?? 0) + change;
    if (count > 0) users.set(user, count);
    else users.delete(user);
    if (users.size > 0) this.streams.set(stream, users);
    else this.streams.delete(stream);
  }

  of(stream: string): readonly string[] {
    return [...(this.streams.get(stream)?.keys() ?? [])];
  }

  clear(): void {
    this.streams.clear();
  }
}
