// Every check of the sources in one command, with one line per tool at the end.
// Run: node scripts/lint.js [--fix] [tool…]. --fix lets clang-format and Biome rewrite files.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const database = 'build/native-debug/compile_commands.json';
const clangTidyProcesses = 2; // each takes about 300 MB

const biomeOutput = ['--colors=off', '--max-diagnostics=200'];

// In the order in which they run: the quick ones first.
const tools = {
  'clang-format': runClangFormat,
  biome: (fix) => runNode('@biomejs/biome/bin/biome', biomeArguments(fix)),
  tsc: () => runNode('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  tidy: () => run(process.execPath, ['scripts/tidy/index.js']),
  'clang-tidy': runClangTidy,
};

async function main(args) {
  const fix = args.includes('--fix');
  const chosen = args.filter((arg) => arg !== '--fix');
  const unknown = chosen.find((name) => !(name in tools));
  if (unknown)
    throw new Error(`no tool is called ${unknown}: use ${Object.keys(tools).join(', ')}`);
  const summary = [];
  for (const [name, lint] of Object.entries(tools)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const started = performance.now();
    const { ok, output, note = '' } = await lint(fix);
    if (output.trim()) console.log(`── ${name}\n${output.trim()}\n`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    summary.push(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(13)}${seconds.padStart(6)} s  ${note}`);
    if (!ok) process.exitCode = 1;
  }
  console.log(summary.map((line) => line.trimEnd()).join('\n'));
}

function biomeArguments(fix) {
  return ['check', ...(fix ? ['--write'] : []), '--error-on-warnings', ...biomeOutput, '.'];
}

async function runClangFormat(fix) {
  const tool = findTool('clang-format');
  if (!tool) return missing('clang-format');
  const files = sources(/^(wasm|bindings|tests)\/.*\.(cpp|hpp|h)$/);
  const mode = fix ? ['-i'] : ['--dry-run', '-Werror'];
  const { ok, output } = await run(tool.command, [...mode, '--style=file', ...files]);
  return { ok, output, note: `${tool.command} ${tool.version}, ${files.length} files` };
}

async function runClangTidy() {
  const tool = findTool('clang-tidy');
  if (!tool) return missing('clang-tidy');
  const files = sources(/^(wasm\/openline|bindings)\/.*\.cpp$/);
  if (notCompiled(files).length > 0) {
    const configured = await run('cmake', ['--preset', 'native-debug']);
    if (!configured.ok) return { ...configured, note: 'cmake could not configure native-debug' };
  }
  const left = notCompiled(files);
  if (left.length > 0) {
    const output = left.map((path) => `${path}: not in ${database}: add it to CMakeLists.txt`);
    return { ok: false, output: output.join('\n'), note: `${left.length} files are not compiled` };
  }
  // The database is of the system's compiler, which may know warnings that clang does not.
  const args = ['-p', 'build/native-debug', '--quiet', '--extra-arg=-Wno-unknown-warning-option'];
  const results = await inParallel(files, (file) => run(tool.command, [...args, file]));
  const output = results.filter((one) => !one.ok).map((one) => withoutCounts(one.output));
  const note = `${tool.command} ${tool.version}, ${files.length} files`;
  return { ok: output.length === 0, output: output.join('\n'), note };
}

function notCompiled(files) {
  if (!existsSync(join(root, database))) return files;
  const entries = JSON.parse(readFileSync(join(root, database), 'utf8'));
  const compiled = new Set(entries.map(({ directory, file }) => resolve(directory, file)));
  return files.filter((file) => !compiled.has(join(root, file)));
}

function withoutCounts(output) {
  return output.replace(/^(\d+ warnings?.*generated|Suppressed \d+|Use -header-filter).*\n?/gm, '');
}

async function inParallel(items, work) {
  const waiting = [...items];
  const results = [];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: clangTidyProcesses }, worker));
  return results;
}

// What these tools print differs by version; 14 is what the project is formatted with.
function findTool(name) {
  for (const command of [`${name}-14`, name]) {
    try {
      const text = execFileSync(command, ['--version'], { encoding: 'utf8' });
      return { command, version: /version (\S+)/.exec(text)?.[1] ?? 'of unknown version' };
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return null;
}

function missing(name) {
  return { ok: false, output: `${name} is not installed: run scripts/setup lint`, note: 'missing' };
}

function sources(pattern) {
  const args = ['ls-files', '-z', '-co', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((path) => pattern.test(path) && existsSync(join(root, path)));
}

function runNode(script, args) {
  return run(process.execPath, [join('node_modules', script), ...args]);
}

// Never rejects: a command that cannot be started is a failure with its reason as output.
function run(command, args) {
  return new Promise((settle) => {
    let output = '';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => settle({ ok: false, output: `${command}: ${error.message}` }));
    child.on('close', (code) => settle({ ok: code === 0, output }));
  });
}

await main(process.argv.slice(2));
