#pragma once

// What invariants of a page hear of, besides the reports of its client.

#include <openline/base/ids.hpp>
#include <openline/base/position.hpp>

#include <simulation/openline1/codec.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace openline::conversation {

/// The socket took a frame of the client.
struct FrameSaid {
  SocketId socket;
  const Json& frame;
  Handle value;  // a message
  std::size_t bytes = 0;
};
/// The socket takes no more frames.
struct FrameUnsaid {
  SocketId socket;
};
/// The client is given a frame, be it of a socket that it has left.
struct FrameHeard {
  SocketId socket;
  const Json& frame;
};
struct BatchHeard {
  SocketId socket;
  const std::string& frame;
};

struct MessageGiven {
  Handle value;
  std::uint32_t message = 0;
  std::uint64_t bytes = 0;
};
struct SendAnswered {
  Handle value;
  bool is_taken = false;
};
struct StreamWanted {
  StreamId stream;
  const std::string& name;
  const std::optional<Position>& from;
};
struct StreamLeft {
  StreamId stream;
};
/// What the application has got from a PublicationsReport.
struct PublicationsRead {
  StreamId stream;
  const Json& values;
  std::uint64_t last = 0;
};
/// The application closes the line, or wants a fresh connection.
struct LineEnded {};

}  // namespace openline::conversation
