#pragma once

// What invariants hear of, besides the reports of the client (report.hpp) and the events that it is
// given (event.hpp).

#include <openline/base/ids.hpp>
#include <openline/base/time.hpp>
#include <openline/client/sender.hpp>

#include <cstdint>

namespace openline {

// The client was given an event of the port that is none of the machine.
struct MessageGiven {
  SocketId socket;
  Handle value;
};
struct Rang {
  Duration late;
};

// The client called a port.
struct PortOpened {
  SocketId socket;
  bool is_taken = false;
};
struct PortSent {
  SocketId socket;
  Handle value;
  SendOutcome outcome = SendOutcome::sent;
  std::uint64_t unsent = 0;  // bytes in the socket now
};
/// The client asked how much has not left yet.
struct UploadSeen {
  SocketId socket;
  std::uint64_t unsent = 0;
};
struct PortClosed {
  SocketId socket;
};
struct PortDiscarded {
  SocketId socket;
  bool was_open = false;  // readyState
};

/// The application sent a message, or the host had it adopted.
struct SendAnswered {
  Handle value;
  std::uint64_t bytes = 0;
  SendResult result = SendResult::sent;
  Duration age;  // how long it has waited with the host
};
/// The host could not send the ping that it was asked for.
struct PingFailed {
  SocketId socket;
};

/// The end of the faults; see Simulation.
struct CalmBegins {};

}  // namespace openline
