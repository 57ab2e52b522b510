// Runs seeds of conversations; see program.hpp.

#include <simulation/openline1/conversation.hpp>
#include <simulation/program.hpp>

int main(int count, char** values) {
  using namespace openline::conversation;
  return openline::run_program<Coverage>(
      {"conversation", count, values}, run_seed,
      [](const openline::Task&, const Coverage&) { return std::string{}; });
}
