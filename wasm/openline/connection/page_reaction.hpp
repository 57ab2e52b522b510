#pragma once

// How the connection machine answers signals of the page. A part of the machine, in a file of its
// own because every signal meets every phase.

#include <openline/connection/connection_step.hpp>
#include <openline/connection/event.hpp>

namespace openline {

void react(ConnectionStep& step, const PageSignalled& event);
/// The machine slept, and what is known of the connection may be long gone. Not every page is told:
/// one that stays visible gets no signal.
void note_sleep(ConnectionStep& step);
/// Hidden for long enough: the policy for hidden pages takes effect.
void note_hidden_for_long(ConnectionStep& step);
/// What a pulse of the heartbeat asks for.
void follow(ConnectionStep& step, Pulse pulse);

}  // namespace openline
