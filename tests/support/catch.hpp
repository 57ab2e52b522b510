#pragma once

// One include for Catch2 2.13 (a single header) and Catch2 3 (many), with our types in words.

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <support/describe.hpp>

#include <string>

namespace Catch {

#define OL_TEST_IN_WORDS(Type)                                                          \
  template <>                                                                           \
  struct StringMaker<openline::Type> {                                                  \
    static std::string convert(const openline::Type& value) { return describe(value); } \
  }

OL_TEST_IN_WORDS(Instant);
OL_TEST_IN_WORDS(Duration);
OL_TEST_IN_WORDS(SocketId);
OL_TEST_IN_WORDS(Handle);
OL_TEST_IN_WORDS(Phase);
OL_TEST_IN_WORDS(Failure);
OL_TEST_IN_WORDS(PageSignal);
OL_TEST_IN_WORDS(Heartbeat);
OL_TEST_IN_WORDS(ConnectionState);
OL_TEST_IN_WORDS(SendResult);

#undef OL_TEST_IN_WORDS

}  // namespace Catch
