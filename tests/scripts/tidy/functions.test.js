import { describe, expect, it } from 'vitest';
import { functionsIn } from '../../../scripts/tidy/functions.js';
import { projectOf } from '../../../scripts/tidy/project.js';

function found(path, text) {
  const functions = functionsIn(projectOf({ [path]: text }), path);
  return functions.map(({ name, lines, parameters }) => `${name} ${lines} ${parameters}`);
}

const body = '{\n  x();\n}';

describe('functions of C++', () => {
  it.each([
    ['a free function', `int add(int a, int b) ${body}`, 'add 3 2'],
    ['no parameters written as void', `int add(void) ${body}`, 'add 3 0'],
    ['commas within template arguments', `void f(std::map<int, int> a) ${body}`, 'f 3 1'],
    ['a function type as return type', `std::function<void(int, int)> f(int a) ${body}`, 'f 3 1'],
    ['a template over two lines', `template <typename T, int N>\nT f(T a) ${body}`, 'f 4 1'],
    ['a default argument in braces', `void f(Options options = {}) ${body}`, 'f 3 1'],
    ['qualifiers and a trailing type', `auto C::f(int a) const noexcept -> int ${body}`, 'f 3 1'],
    ['members initialised in braces', `C::C(int a) : a_{a}, b_{f(a, 1)} ${body}`, 'C 3 1'],
    ['a call operator', `struct S {\n void operator()(const A& a) ${body}\n};`, 'operator() 3 1'],
    ['a comparison operator', `bool operator<(A a, A b) ${body}`, 'operator< 3 2'],
    ['an attribute macro before it', `OL_EXPORT("f") int f(int a) ${body}`, 'f 3 1'],
    ['a named lambda', `constexpr auto f = [](int a, int b) ${body};`, 'f 3 2'],
    ['a declaration', 'void f(int a, int b);', 'f 0 2'],
  ])('knows %s', (_, text, expected) => {
    expect(found('wasm/openline/base/x.cpp', text)).toEqual([expected]);
  });

  it.each([
    ['a table in braces', 'const int table[] = {f(1), f(2)};'],
    ['an enumeration', 'enum class Phase : std::uint8_t { idle, open };'],
    ['an alias', 'using F = void (*)(int, int);'],
    ['a variable initialised by a call', 'const int x = add(1, 2, 3, 4, 5);'],
    ['half a function in a macro', '#define OL_BEGIN(a) \\\n  if (a) {\nint x;'],
    ['a function in a comment', `// int f(int a) {\n/* int g(int b) ${body} */`],
    ['a function in a raw string', `const char* x = R"js(int f() { " })js";`],
  ])('sees none in %s', (_, text) => {
    expect(found('wasm/openline/base/x.cpp', text)).toEqual([]);
  });

  it('goes into namespaces and classes, and past digits with separators', () => {
    const scopes = `namespace a {\nclass B {\n public:\n  int c() { return 1'000; }\n};\n}\n`;
    const text = `${scopes}int d() ${body}`;
    expect(found('wasm/openline/base/x.cpp', text)).toEqual(['c 1 0', 'd 3 0']);
  });

  it('calls the body of TEST_CASE a test', () => {
    const project = projectOf({ 'a.cpp': `TEST_CASE("a: b", "[c]") ${body}` });
    expect(functionsIn(project, 'a.cpp')).toMatchObject([{ kind: 'test', lines: 3 }]);
  });
});

describe('functions of TypeScript', () => {
  it.each([
    ['a declaration', `function f(a: number, b = 1) ${body}`, 'f 3 2'],
    ['a generic one', `async function f<T extends A>(a: T): Promise<T> ${body}`, 'f 3 1'],
    ['an arrow', `const f = async (a: A): Promise<B> => ${body}`, 'f 3 1'],
    ['an arrow of one name', `const f = a => ${body}`, 'f 3 1'],
    ['an arrow without a block', 'const f = (a, b) => a + b;', 'f 0 2'],
    ['a function expression', `const f = function (a) ${body}`, 'f 3 1'],
    ['a method', `class A {\n  #f(a: A) ${body}\n}`, '#f 3 1'],
    ['an object as return type', `function f(a: A): { b: { c: B } } ${body}`, 'f 3 1'],
    ['a type guard', `function f(a: unknown): a is A | B[] ${body}`, 'f 3 1'],
    ['commas in types and patterns', `function f({ a, b }: P, c: Map<A, B>) ${body}`, 'f 3 2'],
    ['a this parameter, which is none', `function f(this: A, a: B) ${body}`, 'f 3 1'],
    ['what is returned', `return (a, b) => ${body}`, 'an anonymous function 3 2'],
    ['a callback', `run(1, (a) => ${body});`, 'the callback of run 3 1'],
  ])('knows %s', (_, text, expected) => {
    expect(found('js/src/x.ts', text)).toEqual([expected]);
  });

  it.each([
    ['statements', 'if (a) {\n}\nfor (const b of c) {\n}\nwhile (d) {\n}\nswitch (e) {\n}'],
    ['try and catch', 'try {\n} catch (error) {\n}'],
    ['a template literal', `const x = \`function f() { \${a({ b: '}' })} {\`;`],
    ['a regular expression', 'const x = /function f\\(a\\) [{/]/;'],
    ['a string', `const x = "function f() {";`],
  ])('sees none in %s', (_, text) => {
    expect(found('js/src/x.ts', text)).toEqual([]);
  });

  it('takes the arrow of a return type for what it is', () => {
    expect(found('js/src/x.ts', `function f(a: A): () => void ${body}`)).toContain('f 3 1');
    expect(found('js/src/x.ts', `const f = (a: A): (() => void) => ${body}`)).toContain('f 3 1');
  });

  it('is not led astray by apostrophes, slashes and lone parentheses in the text of JSX', () => {
    const jsx = `<p title="a">Don't :( {b} and/or <br /></p>`;
    const text = `function A() {\n  return ${jsx};\n}\nfunction C() ${body}`;
    expect(found('demo/x.tsx', text)).toEqual(['A 3 0', 'C 3 0']);
  });

  it('tells suites and tests, also from tables, from functions', () => {
    const text = `describe('a', () => {
      it('b', async () => ${body});
      it.each([1])('c', (d) => ${body});
      const helper = () => ${body};
    });`;
    const kinds = functionsIn(projectOf({ 'a.ts': text }), 'a.ts').map(({ kind }) => kind);
    expect(kinds).toEqual(['suite', 'test', 'test', 'function']);
  });
});
