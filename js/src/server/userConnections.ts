/** What is closed when its user has too many, or is revoked. */
export interface UserConnection {
  readonly userId: string;
  close(code: number, reason: string): void;
}

/** The connections of each user to this process, oldest first. */
export class UserConnections {
  private readonly max: number;
  private readonly connections = new Map<string, UserConnection[]>();

  constructor(max: number) {
    this.max = max;
  }

  /** Closes the oldest of a user who has too many. */
  add(connection: UserConnection): void {
    const { userId } = connection;
    const connections = this.connections.get(userId);
    if (!connections) {
      this.connections.set(userId, [connection]);
      return;
    }
    connections.push(connection);
    while (connections.length > this.max) {
      connections.shift()?.close(4409, `more than ${this.max} connections`);
    }
  }

  remove(connection: UserConnection): void {
    const connections = this.connections.get(connection.userId);
    const index = connections?.indexOf(connection) ?? -1;
    if (!connections || index < 0) return;
    connections.splice(index, 1);
    if (connections.length === 0) this.connections.delete(connection.userId);
  }

  of(user: string): readonly UserConnection[] {
    return [...(this.connections.get(user) ?? [])];
  }
}
