import { spawnSync } from 'node:child_process';

/** Runs a command in the foreground; ends this process with its code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) {
    console.error(
      `openline: ${command} could not be started (${error.message}); try npm run setup.`,
    );
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}
