/**
 * Runs code of the application. What it throws reaches the page as an unhandled rejection and
 * nobody here, or what comes behind would be lost.
 */
export function shielded(receive: () => void): void {
  try {
    receive();
  } catch (error) {
    void Promise.reject(error);
  }
}
