#pragma once

// OL_ASSERT is for errors of the programmer. It stays on in release builds: a broken invariant
// stops the module, which the host sees as an abort, instead of going on with a wrong state. It is
// never used on what the network or the application sends; those yield an Error.

#define OL_ASSERT(condition) \
  do {                       \
    if (!(condition)) {      \
      __builtin_trap();      \
    }                        \
  } while (false)
