// Emscripten JS library: how values and exceptions move between the browser and the core.
//
// Emscripten's WebSocket API owns the socket, but its message and send functions copy text with a
// JavaScript loop, cut it at the first NUL and let exceptions escape through wasm frames. So
// messages go by handle through here, on the same socket object, and whatever may throw is caught
// here.
//
// Module.openline(line) gives the host of a line (js/src/core/wasmLine.ts), or undefined once it is
// gone:
//   received(id, event) · rang() · wake() · peek(handle): value · sent(handle) ·
//   refused(error) · attached(socket) · greet(id, socket)
// Module.openlineNow() is the clock of all lines.
// It is the host that enters the core, because it knows whether the instance has trapped.

// 3.1.x keeps its sockets in WS.sockets and never frees a row; later versions have a
// HandleAllocator.
var olHasAllocator = !!LibraryManager.library.$webSockets;

// 3.1.6 has it in every module; later versions have to be asked for it.
var olTextReader = LibraryManager.library.$UTF8ToString ? ['$UTF8ToString'] : [];

var OpenlineLibrary = {
  $olSocket__deps: [olHasAllocator ? '$webSockets' : '$WS'],
  $olSocket: olHasAllocator
    ? function (id) {
        return webSockets.get(id);
      }
    : function (id) {
        return WS.sockets[id];
      },

  // 3.1.x: emscripten_websocket_delete names the wrong key, so the socket would stay for ever.
  $olForget__deps: ['$olSocket'],
  $olForget: olHasAllocator
    ? function () {}
    : function (id) {
        WS.sockets[id] = null;
      },

  $olTimers: {},

  // The id of a new socket, or 0 if the browser refuses (bad URL, mixed content, CSP).
  ol_js_socket_open__deps: ['emscripten_websocket_new', '$olSocket'],
  ol_js_socket_open__sig: 'iiiii',
  ol_js_socket_open: function (line, socket, attributes, binaryType) {
    var host = Module['openline'](line);
    try {
      var id = _emscripten_websocket_new(attributes);
      if (id <= 0) throw new Error('WebSocket is not supported here');
      var raw = olSocket(id);
      raw.binaryType = binaryType ? 'arraybuffer' : 'blob';
      raw.onmessage = (event) => {
        host['received'](socket, event);
      };
      host['attached'](raw);
      // Before the handler of Emscripten, which is set later: the first word on a connection is the
      // application's, and no wasm frame is beneath it.
      raw.addEventListener('open', () => host['greet'](socket, raw));
      return id;
    } catch (error) {
      host['refused'](error);
      return 0;
    }
  },

  // The order of SendOutcome (socket_port.hpp).
  ol_js_socket_send__deps: ['$olSocket'],
  ol_js_socket_send__sig: 'iiii',
  ol_js_socket_send: function (line, id, handle) {
    var raw = olSocket(id);
    // send() on a socket that is closing drops the message without a word (WHATWG).
    if (raw.readyState != 1) return 1;
    var host = Module['openline'](line);
    try {
      raw.send(host['peek'](handle));
      host['sent'](handle);
      return 0;
    } catch (error) {
      return 2;
    }
  },

  // A frame of openline.1; the same answers. What the handle stands for stays the host's.
  ol_js_socket_send_text__deps: ['$olSocket', ...olTextReader],
  ol_js_socket_send_text__sig: 'iiii',
  ol_js_socket_send_text: function (line, id, parts) {
    var raw = olSocket(id);
    if (raw.readyState != 1) return 1;
    var field = (index) => HEAPU32[(parts >> 2) + index];
    var text = (index) => UTF8ToString(field(index), field(index + 1));
    try {
      var handle = field(4);
      var value = handle ? Module['openline'](line)['peek'](handle) : '';
      raw.send(text(0) + value + text(2));
      return 0;
    } catch (error) {
      return 2;
    }
  },

  ol_js_socket_close__deps: ['emscripten_websocket_close'],
  ol_js_socket_close__sig: 'viii',
  ol_js_socket_close: function (id, code, reason) {
    try {
      _emscripten_websocket_close(id, code, reason);
    } catch (error) {
      // A code or reason that the host should have refused: close without them.
      _emscripten_websocket_close(id, 0, 0);
    }
  },

  ol_js_socket_binary_type__deps: ['$olSocket'],
  ol_js_socket_binary_type__sig: 'vii',
  ol_js_socket_binary_type: function (id, binaryType) {
    olSocket(id).binaryType = binaryType ? 'arraybuffer' : 'blob';
  },

  ol_js_socket_delete__deps: ['emscripten_websocket_delete', '$olForget'],
  ol_js_socket_delete__sig: 'vi',
  ol_js_socket_delete: function (id) {
    var raw = olSocket(id);
    _emscripten_websocket_delete(id);
    olForget(id);
    // Where WebSocket is Node's `ws`, an error that nobody listens to would be thrown.
    raw.onerror = () => {};
  },

  // Handlers off first, so that nothing of its end is heard, at once or later.
  ol_js_socket_discard__deps: ['ol_js_socket_delete', '$olSocket'],
  ol_js_socket_discard__sig: 'vi',
  ol_js_socket_discard: function (id) {
    var raw = olSocket(id);
    _ol_js_socket_delete(id);
    try {
      raw.close(1000);
    } catch (error) {
      // It is closed already, whatever it is.
    }
  },

  ol_js_now__sig: 'd',
  ol_js_now: function () {
    return Module['openlineNow']();
  },

  ol_js_wake_soon__sig: 'vi',
  ol_js_wake_soon: function (line) {
    queueMicrotask(() => {
      var host = Module['openline'](line);
      if (host) host['wake']();
    });
  },

  ol_js_wake_after__deps: ['$olTimers'],
  ol_js_wake_after__sig: 'vid',
  ol_js_wake_after: function (line, delay) {
    clearTimeout(olTimers[line]);
    delete olTimers[line];
    if (delay < 0) return;
    // A longer delay than 2^31 - 1 would fire at once; waking early is harmless.
    olTimers[line] = setTimeout(() => {
      delete olTimers[line];
      var host = Module['openline'](line);
      if (host) host['rang']();
    }, Math.min(delay, 2147483647));
  },

  ol_js_entropy__sig: 'vii',
  ol_js_entropy: function (pointer, size) {
    crypto.getRandomValues(HEAPU8.subarray(pointer, pointer + size));
  },
};

mergeInto(LibraryManager.library, OpenlineLibrary);
