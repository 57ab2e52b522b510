/** What went wrong in the page: what nobody caught, and what the console was told as an error. */
export const troubles: string[] = [];

addEventListener('error', ({ message }) => void troubles.push(message));
addEventListener('unhandledrejection', ({ reason }) => void troubles.push(String(reason)));

const { error } = console;
console.error = (...said: unknown[]) => {
  troubles.push(said.map(String).join(' '));
  error(...said);
};
