// main() for Catch2 2.13; Catch2 3 brings its own. Alone in its file because it compiles all of
// Catch2.

#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
