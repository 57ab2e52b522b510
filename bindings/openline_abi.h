#pragma once

// The flat C ABI of the core. It forwards and decides nothing.
//
// Ownership: every pointer that goes in is read before the call returns and stays the caller's.
// Every pointer that comes out belongs to the line and is good until the next call that names this
// line. Values (messages) never cross: they are rows of the host's handle table, named by a number
// above 0. A line that does not exist, or no longer, is ignored by every function: late timers and
// socket events may still name it.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Options in the order and the units of `option_specs` (wasm/openline/client/options.hpp).
typedef struct ol_options {
  double reconnect_min_delay_ms;
  double reconnect_max_delay_ms;
  double reconnect_base_delay_ms;
  double reconnect_attempts;  // Infinity: no limit
  double reconnect_stable_after_ms;
  double reconnect_budget_attempts;  // Infinity: no limit
  double reconnect_budget_window_ms;
  double connect_timeout_ms;
  double close_timeout_ms;
  double heartbeat;  // what answers a ping: 0 no heartbeat, 1 any message, 2 ol_line_replied
  double heartbeat_interval_ms;
  double heartbeat_timeout_ms;
  double heartbeat_probe_timeout_ms;
  double hidden;  // while the page is hidden: 0 keep, 1 pause, 2 close
  double hidden_after_ms;
  double queue_max_messages;
  double queue_max_bytes;
  double queue_ttl_ms;    // Infinity: no limit
  double queue_overflow;  // 0 refuse, 1 drop the oldest, 2 drop the newest
  double message_bytes_max;
} ol_options;

/// Where `ol_record.kind` is; the fields that are not named are 0.
enum ol_record_kind {
  OL_RECORD_STATUS = 1,       // a: phase, b: failure, c: attempt, number: retry at (core ms) or -1
  OL_RECORD_URL = 2,          // a: socket that wants a URL
  OL_RECORD_OPEN = 3,         //
  OL_RECORD_MESSAGE = 4,      // a: handle; the host's from here on
  OL_RECORD_ERROR = 5,        //
  OL_RECORD_CLOSE = 6,        // a: code, b: 1 if clean, c: 1 if the line's own, text: reason
  OL_RECORD_DROP = 7,         // a: handle, to be freed; b: cause
  OL_RECORD_FLUSH = 8,        // a: handle, freed by the socket port when it sent the value
  OL_RECORD_CREDENTIALS = 9,  // a: socket that wants new credentials
  OL_RECORD_PING = 10,        // a: socket that the ping is to be sent on, now
  OL_RECORD_OUTAGE = 11,      // number: how long the line was lost, ms

  // Of lines that speak openline.1 only; "stream" is what ol_line_subscribe answered.
  OL_RECORD_SUBSCRIBED = 12,    // a: stream, text: epoch, number: offset of what is known
  OL_RECORD_RESYNC = 13,        // a: stream, text: epoch, number: top; subscribe anew
  OL_RECORD_DENIED = 14,        // a: stream, b: code, text: what the server said
  OL_RECORD_PUBLICATIONS = 15,  // a: stream, b: count, c: frame (handle), d: where the payloads
                                // begin in it, e: their bytes with the commas, f: the run, for
                                // ol_line_state_take_run; number: the offset of the last
  OL_RECORD_FRAME_READ = 16,    // a: frame (handle), to be freed
  OL_RECORD_REPLY = 17,         // a: handle of the message, text: JSON
  OL_RECORD_SETTLED = 18        // a: handle of the message, to be freed; b: ol_settlement, c: code,
                                // text: what the server said
};

/// What became of a message that had been given to a socket: the order of Settlement (report.hpp).
enum ol_settlement {
  OL_SETTLED_ACKED = 0,
  OL_SETTLED_REJECTED = 1,   // by the server, with a code and a text
  OL_SETTLED_TOO_LARGE = 2,  // more than a frame may have there; it was not sent
  OL_SETTLED_UNKNOWN = 3     // sent, and given up: it may have been handled
};

typedef struct ol_record {
  uint32_t kind;
  uint32_t a;
  uint32_t b;
  uint32_t c;
  uint32_t d;
  uint32_t e;
  uint32_t f;
  const char* text;  // UTF-8, not terminated
  uint32_t text_size;
  uint32_t reserved;
  double number;
} ol_record;

/// WHATWG CloseEvent.
typedef struct ol_close_event {
  uint32_t code;
  uint32_t was_clean;  // 0 or 1
  const char* reason;  // UTF-8, terminated
} ol_close_event;

/// What the page tells of itself: the order of PageSignal (page.hpp).
enum ol_page_signal {
  OL_PAGE_ONLINE = 0,
  OL_PAGE_OFFLINE = 1,
  OL_PAGE_SHOWN = 2,
  OL_PAGE_HIDDEN = 3,
  OL_PAGE_RESUMED = 4,
  OL_PAGE_STORED = 5,   // pagehide with `persisted`
  OL_PAGE_RESTORED = 6  // pageshow with `persisted`
};

/// What ol_line_send answers: the order of SendResult (client.hpp).
enum ol_send_result {
  OL_SEND_SENT = 0,
  OL_SEND_QUEUED = 1,
  OL_SEND_MEASURE = 2,  // nothing happened: call again with is_exact 1
  OL_SEND_TOO_LARGE = 3,
  OL_SEND_QUEUE_MESSAGES = 4,
  OL_SEND_QUEUE_BYTES = 5,
  OL_SEND_CLOSED = 6,
  OL_SEND_FAILED = 7,
  OL_SEND_UNSENDABLE = 8
};

/// -1 if every option is in range, else the index of the first field that is not.
int32_t ol_options_fault(const ol_options* options);

/// How a line talks; `ol_line_create` takes one of them.
enum ol_mode {
  OL_MODE_BLOB = 0,          // plainly, binary messages as Blob
  OL_MODE_ARRAY_BUFFER = 1,  // plainly, binary messages as ArrayBuffer
  OL_MODE_OPENLINE_1 = 2     // openline.1 (PROTOCOL.md); `protocols` must offer it
};

/// A new line, idle; 0 if an option is out of range. `protocols`: joined by commas, may be null if
/// `protocols_size` is 0. `mode`: ol_mode.
uint32_t ol_line_create(const ol_options* options, const char* protocols, uint32_t protocols_size,
                        uint32_t mode);
/// Discards the socket and forgets the line. Handles that it still held are the host's to free.
void ol_line_destroy(uint32_t line);

void ol_line_open(uint32_t line);
/// `code` 0: none given. The host has checked code and reason (1000 or 3000 to 4999, 123 bytes).
void ol_line_close(uint32_t line, uint32_t code, const char* reason, uint32_t reason_size);
void ol_line_reconnect(uint32_t line);
/// Answers an OL_RECORD_STATUS that waits: for so long from now, unless the server or the budget
/// wants it to be longer; queued until ol_line_pump. Ignored when it does not wait.
void ol_line_choose_wait(uint32_t line, double ms);
/// Answers OL_RECORD_CREDENTIALS. `is_ready` 0: they could not be renewed (a failed attempt).
void ol_line_credentials(uint32_t line, uint32_t socket, uint32_t is_ready);
/// Answers OL_RECORD_URL. `url`: absolute, ws: or wss:.
void ol_line_url_ready(uint32_t line, uint32_t socket, const char* url, uint32_t url_size);
/// The application could not say the URL (a failed attempt) or, `is_final` 1, said something that
/// is no URL of a WebSocket (the line fails).
void ol_line_url_failed(uint32_t line, uint32_t socket, uint32_t is_final);
/// What the next socket offers: as in ol_line_create. Not for a line that speaks openline.1.
void ol_line_set_protocols(uint32_t line, const char* protocols, uint32_t protocols_size);
void ol_line_set_binary_type(uint32_t line, uint32_t binary_type);

/// Sends, queues or refuses at once; see ol_send_result. `units`: UTF-16 code units of a text or
/// bytes of a binary, or, with `is_exact`, bytes of the payload. The line owns `handle` after SENT
/// (already freed by the socket port) and QUEUED, else it stays the host's.
uint32_t ol_line_send(uint32_t line, uint32_t handle, double units, uint32_t is_exact);

/// Takes over a message of so many bytes that has waited with the host for `age_ms`, as
/// ol_line_send does for one that has to wait: it never answers SENT or MEASURE. On an open line it
/// leaves at once, after those that wait, and OL_RECORD_FLUSH says so.
uint32_t ol_line_adopt(uint32_t line, uint32_t handle, double bytes, double age_ms);

/// An ol_page_signal; queued until ol_line_pump. Any other number is ignored.
void ol_line_page_signal(uint32_t line, uint32_t signal);
/// A message of this socket that is passed on next is the reply to a ping; queued as well.
void ol_line_replied(uint32_t line, uint32_t socket);
/// Answers OL_RECORD_PING: the socket has taken the ping. Not called if it could not be sent.
void ol_line_ping_sent(uint32_t line, uint32_t socket);

/// openline.1: after which position the next ol_line_subscribe or ol_line_resubscribe begins;
/// without it: from when the server hears of it.
void ol_line_start_after(uint32_t line, const char* epoch, uint32_t epoch_size, double offset);
/// A subscription to a stream. Answers a number that stands for it until ol_line_unsubscribe, or 0
/// where the name, the epoch or the number of subscriptions is out of bounds (PROTOCOL.md).
uint32_t ol_line_subscribe(uint32_t line, const char* name, uint32_t name_size);
/// The same subscription from another position on, as after OL_RECORD_RESYNC.
void ol_line_resubscribe(uint32_t line, uint32_t stream);
void ol_line_unsubscribe(uint32_t line, uint32_t stream);

/// Room for the bytes of one frame, or of one text that a function below reads; good until the next
/// call of any function but ol_line_answer. Null: out of memory.
char* ol_frame_buffer(uint32_t size);
/// openline.1: the frame in the buffer came in. `frame`: the handle of a binary one (0 for a text),
/// which OL_RECORD_FRAME_READ gives back. Queued like the events below.
void ol_line_socket_frame(uint32_t line, uint32_t socket, uint32_t frame, uint32_t size);
/// openline.1: the server has selected another subprotocol, or none; in place of
/// ol_line_socket_opened.
void ol_line_socket_unspoken(uint32_t line, uint32_t socket);

/// Events of the socket port; they are queued until ol_line_pump.
void ol_line_socket_opened(uint32_t line, uint32_t socket);
void ol_line_socket_message(uint32_t line, uint32_t socket, uint32_t handle);
void ol_line_socket_errored(uint32_t line, uint32_t socket);
void ol_line_socket_closed(uint32_t line, uint32_t socket, const ol_close_event* event);
/// The alarm of the clock port rang.
void ol_line_woken(uint32_t line);

/// ol_line_socket_message and ol_line_pump in one. Answers how many records wait, or OL_RECEIVED:
/// the message is to be passed on, its handle is the host's again, and there is nothing else to
/// tell.
uint32_t ol_line_receive(uint32_t line, uint32_t socket, uint32_t handle);
#define OL_RECEIVED 0xffffffffU

/// Works through all that came in, and answers how many records wait.
uint32_t ol_line_pump(uint32_t line);
/// The records, oldest first; null when there are none. Good until ol_line_clear or ol_line_pump.
const ol_record* ol_line_records(uint32_t line);
void ol_line_clear(uint32_t line);

/// States: what a line keeps of what comes in. What their names, their specification and their
/// deltas are is said in js/src/core/coreStates.ts. Text that goes in lies in the frame buffer.

/// A new, empty state. Answers its number, or 0: no such specification, or too many.
uint32_t ol_line_state_add(uint32_t line, uint32_t spec_size);
void ol_line_state_remove(uint32_t line, uint32_t state);
/// Gives the state the publications of a run of the present turn, without the first `skip`. Answers
/// 1 if the next delta has something to tell; so below. A turn ends with ol_line_pump.
uint32_t ol_line_state_take_run(uint32_t line, uint32_t state, uint32_t run, uint32_t skip);
/// Gives a message to every state of the line that takes what comes in on no stream.
uint32_t ol_line_state_take_all(uint32_t line, uint32_t size);
/// The same of `count` texts. In the buffer: how many UTF-16 code units each of them has (32 bits
/// in the order of the machine), then `size` bytes, which are all of them.
uint32_t ol_line_state_take_each(uint32_t line, uint32_t count, uint32_t size);
/// Replaces all that the state holds; so that the deltas tell nothing of it. Answers the size of an
/// answer: a JSON array of the ids of the rows (log, collection), else an empty one. 0: it is no
/// good, and nothing has changed; the next delta tells why.
uint32_t ol_line_state_seed(uint32_t line, uint32_t state, uint32_t size);
/// What the deltas have of the state: 1 the values of all rows or the value, 2 the keys.
void ol_line_state_observe(uint32_t line, uint32_t state, uint32_t what);
/// The deltas have the row with this key, whether or not there is one yet. 0: too many.
uint32_t ol_line_state_watch(uint32_t line, uint32_t state, uint32_t key_size);
void ol_line_state_unwatch(uint32_t line, uint32_t state, uint32_t watch);
/// All that the state holds, as an entry of a delta. Answers the size of the answer.
uint32_t ol_line_state_read(uint32_t line, uint32_t state);
/// One row. Answers the size of the answer; 0: there is none.
uint32_t ol_line_state_read_row(uint32_t line, uint32_t state, uint32_t key_size);
/// All that has changed since the last one. Answers the size of the answer; 0: nothing.
uint32_t ol_line_take_delta(uint32_t line);
/// The answer of the last of these functions, JSON. Good until the next call of any of them.
const char* ol_line_answer(uint32_t line);

/// Payload bytes that wait in the queue and in the socket.
double ol_line_buffered_amount(uint32_t line);

#ifdef __cplusplus
}
#endif
