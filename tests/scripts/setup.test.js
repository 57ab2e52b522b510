import { existsSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { Machine } from './machine.js';

// Some forty programs are started by each test, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const machines = [];

function machine(commands) {
  const made = new Machine(commands);
  machines.push(made);
  return made;
}

// Answers as apt-get does; installing puts a `ninja` beside it.
const apt = {
  'apt-get': `case " $* " in
    *' --assume-no '*) printf 'The following NEW packages will be installed:\\n  %s\\n' "$PLAN" ;;
    *' --assume-yes '*) echo '#!/bin/sh' >"$MACHINE/bin/ninja"; chmod +x "$MACHINE/bin/ninja" ;;
  esac`,
  'apt-cache': `case $1 in
    depends) echo "  Depends: clang-19" ;;
    policy) echo "  Candidate: $CANDIDATE" ;;
  esac`,
  'dpkg-query': 'exit 1',
  'dpkg-divert': '',
  chmod: 'exec /bin/chmod "$@"',
};

afterEach(() => {
  for (const made of machines.splice(0)) made.remove();
});

test('says one line when everything is there, and what it uses', () => {
  const here = machine();
  here.setup(['test']);
  const { code, text, calls } = here.setup(['test']);
  expect(code).toBe(0);
  const programs = String.raw`emcc 3\.1\.6 at \S+, Chromium 150\S* at \S+`;
  const browsers = String.raw`Firefox 153\S* at \S+, WebKitGTK at \S+/WebKitWebDriver`;
  expect(text).toMatch(
    new RegExp(`^setup test: ready: node [\\d.]+, ${programs}, ${browsers}\\n$`),
  );
  expect(calls).toEqual([]);
});

test('runs npm ci when there is no node_modules, and again when package-lock.json changes', () => {
  const here = machine();
  expect(here.setup(['build']).calls).toEqual([expect.stringMatching(/^npm ci /)]);
  expect(here.setup(['build']).calls).toEqual([]);
  here.write('package-lock.json', '{"changed":true}');
  expect(here.setup(['lint']).calls).toEqual([expect.stringMatching(/^npm ci /)]);
});

test('runs npm ci again after one that failed', () => {
  const here = machine({ npm: 'mkdir -p node_modules; exit 1' });
  expect(here.setup(['build']).code).not.toBe(0);
  here.command('npm', '');
  expect(here.setup(['build']).calls).toEqual([expect.stringMatching(/^npm ci /)]);
});

test('without apt-get it lists what is missing and why, and installs nothing', () => {
  const { code, text, calls } = machine({ ninja: null, 'clang++': null }).setup(['test']);
  expect(code).toBe(1);
  expect(text).toMatch(/Ninja +runs the C\+\+ builds/);
  expect(text).toMatch(/Clang >= 14 +builds the native tests with sanitizers/);
  expect(text).not.toMatch(/CMake/);
  expect(calls).toEqual([]);
});

test('with apt-get it says what it installs and why, then installs it', () => {
  const { code, text, calls } = machine({ ...apt, ninja: null }).setup(['build']);
  expect(text).toMatch(/ninja-build +runs the C\+\+ builds/);
  expect(calls.map((call) => call.replace(/ -q.*Recommends=false/, ''))).toEqual([
    'apt-get update',
    'apt-get install --assume-no ninja-build',
    'apt-get install --assume-yes ninja-build',
    expect.stringMatching(/^npm ci /),
  ]);
  expect(code).toBe(0);
});

test('goes through sudo when it is not root, and says so', () => {
  const ordinary = { ...apt, ninja: null, id: 'echo 1000', sudo: 'exec "$@"' };
  const { text, calls } = machine(ordinary).setup(['build']);
  expect(text).toMatch(/through sudo/);
  expect(calls[0]).toMatch(/^sudo env .*apt-get update/);
});

test('asks for root when it is not root and there is no sudo', () => {
  const { code, text, calls } = machine({ ...apt, ninja: null, id: 'echo 1000' }).setup(['build']);
  expect(code).toBe(1);
  expect(text).toMatch(/once as root/);
  expect(calls).toEqual([]);
});

test('keeps a node in /usr/bin that no package owns when apt would bring another', () => {
  const here = machine({ ...apt, ninja: null });
  const { calls } = here.setup(['build'], {
    environment: { PLAN: 'libnode108 nodejs ninja-build' },
  });
  const kept = calls.filter((call) => call.startsWith('dpkg-divert'));
  const expected = ['node', 'nodejs', 'corepack'].filter((name) => existsSync(`/usr/bin/${name}`));
  expect(kept).toEqual(
    expected.map((name) => expect.stringMatching(`--no-rename .* --add /usr/bin/${name}$`)),
  );
});

test('leaves /usr/bin/node alone when apt brings none', () => {
  const here = machine({ ...apt, ninja: null });
  const { calls } = here.setup(['build'], { environment: { PLAN: 'nodejs-doc ninja-build' } });
  expect(calls.filter((call) => call.startsWith('dpkg'))).toEqual([]);
});

test('installs the sanitizer runtime of the Clang that apt has', () => {
  const here = machine({ ...apt, 'clang++': null });
  const { code, text } = here.setup(['test']);
  expect(text).toMatch(/libclang-rt-19-dev +finds memory errors/);
  // The stand-in installs no clang++, which must not go unnoticed.
  expect(code).toBe(1);
  expect(text).toMatch(/still missing: Clang >= 14/);
});

test('does not install a Chromium that is a snap; says what to do instead', () => {
  const stub = 'echo "requires the chromium snap to be installed"; exit 1';
  const here = machine({ ...apt, chromium: null, 'chromium-browser': stub });
  const snap = { environment: { CANDIDATE: '2:1snap1-0ubuntu2' } };
  const { code, text, calls } = here.setup(['test'], snap);
  expect(code).toBe(1);
  expect(text).toMatch(/google-chrome-stable_current_amd64\.deb/);
  expect(text).toMatch(/OPENLINE_CHROMIUM/);
  expect(calls.filter((call) => call.includes('install'))).toEqual([]);
});

test.each([
  ['firefox-esr', 'firefox-esr'],
  ['WebKitWebDriver', 'webkit2gtk-driver'],
  ['Xvfb', 'xvfb'],
])('installs what is missing for the other engines: %s', (command, aptPackage) => {
  const here = machine({ ...apt, [command]: null });
  const { text, calls } = here.setup(['test'], { environment: { CANDIDATE: '153.7.0esr-1' } });
  expect(text).toMatch(new RegExp(`${aptPackage} +(runs the browser|the display)`));
  expect(calls).toContainEqual(
    expect.stringMatching(new RegExp(`^apt-get install .*--assume-yes ${aptPackage}$`)),
  );
});

test('says for each browser that apt does not have what to do instead', () => {
  const here = machine({ ...apt, chromium: null, 'firefox-esr': null });
  const none = { environment: { CANDIDATE: '(none)' } };
  const { code, text, calls } = here.setup(['test'], none);
  expect(code).toBe(1);
  expect(text).toMatch(/OPENLINE_CHROMIUM/);
  expect(text).toMatch(/OPENLINE_FIREFOX/);
  expect(text).toMatch(/OPENLINE_WITHOUT_BROWSERS="firefox webkit"/);
  expect(calls.filter((call) => call.includes('install'))).toEqual([]);
});

test('without apt-get it says that a browser that is missing may be left out', () => {
  const without = 'OPENLINE_WITHOUT_BROWSERS="firefox webkit"';
  expect(machine({ WebKitWebDriver: null }).setup(['test']).text).toContain(without);
  expect(machine({ ninja: null }).setup(['test']).text).not.toContain(without);
});

test('takes the snap of Firefox for none', () => {
  const snap = machine({ 'firefox-esr': null, firefox: 'exec /snap/bin/firefox "$@"' });
  expect(snap.setup(['test']).text).toMatch(/Firefox +runs the browser tests/);
});

test('needs no browser that OPENLINE_WITHOUT_BROWSERS names, and says so', () => {
  const here = machine({ 'firefox-esr': null, WebKitWebDriver: null, Xvfb: null });
  const without = { environment: { OPENLINE_WITHOUT_BROWSERS: 'firefox, webkit' } };
  const { code, text } = here.setup(['test'], without);
  expect(code).toBe(0);
  expect(text).toMatch(/, without Firefox, without WebKitGTK\n$/);
});

test.each([
  ['OPENLINE_WITHOUT_BROWSERS', 'safari', /has safari; it may name firefox and webkit/],
  ['OPENLINE_FIREFOX', '/nowhere/firefox', /OPENLINE_FIREFOX is \/nowhere\/firefox/],
])('fails on a %s that is wrong', (name, value, says) => {
  const { code, text, calls } = machine().setup(['test'], { environment: { [name]: value } });
  expect(code).toBe(1);
  expect(text).toMatch(says);
  expect(calls).toEqual([]);
});

test('fails on an OPENLINE_CHROMIUM that does not run, although there is another', () => {
  const { code, text } = machine().setup(['test'], {
    environment: { OPENLINE_CHROMIUM: '/nowhere/chromium' },
  });
  expect(code).toBe(1);
  expect(text).toMatch(/OPENLINE_CHROMIUM is \/nowhere\/chromium/);
});

test.each([
  ['v18.20.4', false],
  ['v20.18.3', false],
  ['v20.19.0', true],
  ['v21.7.0', false],
  ['v22.12.0', false],
  ['v22.13.0', true],
  ['v23.11.0', false],
  ['v24.0.0', true],
  ['v100.0.0', true],
])('Node %s is accepted: %s', (version, accepted) => {
  const { code, text } = machine({ node: `echo ${version}` }).setup(['build']);
  expect(code).toBe(accepted ? 0 : 1);
  if (!accepted) expect(text).toMatch(/too old/);
});

test('fails on an Emscripten that is too old', () => {
  const { code, text } = machine({ emcc: 'echo "emcc 2.0.12"' }).setup(['build']);
  expect(code).toBe(1);
  expect(text).toMatch(/Emscripten 2\.0\.12; openline needs 3\.1\.6/);
});

test('fails on an unknown purpose', () => {
  expect(machine().setup(['everything']).code).toBe(1);
});
