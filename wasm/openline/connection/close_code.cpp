#include <openline/connection/close_code.hpp>

namespace openline {

CloseMeaning close_meaning(CloseCode code) {
  switch (code) {
    case 1001:  // going away
    case 1012:  // service restart
      return CloseMeaning::restarting;
    case 1013:  // try again later
      return CloseMeaning::overloaded;
    case 1002:  // protocol error
    case 1003:  // unsupported data
    case 1007:  // invalid payload
    case 1008:  // policy violation
    case 1009:  // message too big
    case 1010:  // mandatory extension
      return CloseMeaning::rejected;
    case 4401:  // not, or no longer, authenticated
      return CloseMeaning::unauthorized;
    case 4403:
      return CloseMeaning::forbidden;
    case 4408:  // the server waited too long for us
    case 4429:  // too many messages: slower, but not never
      return CloseMeaning::retry;
    default:
      return code >= 4400 && code <= 4499 ? CloseMeaning::rejected : CloseMeaning::retry;
  }
}

}  // namespace openline
