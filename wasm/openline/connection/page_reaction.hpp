#pragma once

// How the connection machine answers signals of the page. A part of the machine, in a file of its
// own because every signal meets every phase.

#include <openline/connection/connection_step.hpp>
#include <openline/connection/event.hpp>

namespace openline {

void react(ConnectionStep& step, const PageSignalled& event);
/// Hidden for long enough: the policy for hidden pages takes effect.
void note_hidden_for_long(ConnectionStep& step);
/// What a pulse of the heartbeat asks for.
void follow(ConnectionStep& step, Pulse pulse);

}  // namespace openline
