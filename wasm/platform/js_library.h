#pragma once

// The functions of library_openline.js.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A text message in parts; `handle` 0: nothing between the two.
typedef struct ol_text_parts {
  const char* head;
  uint32_t head_size;
  const char* tail;
  uint32_t tail_size;
  uint32_t handle;
} ol_text_parts;

int32_t ol_js_socket_open(uint32_t line, uint32_t socket, const void* attributes,
                          int32_t binary_type);
int32_t ol_js_socket_send(uint32_t line, int32_t id, uint32_t handle);
int32_t ol_js_socket_send_text(uint32_t line, int32_t id, const ol_text_parts* parts);
void ol_js_socket_close(int32_t id, int32_t code, const char* reason);
void ol_js_socket_binary_type(int32_t id, int32_t binary_type);
void ol_js_socket_delete(int32_t id);
void ol_js_socket_discard(int32_t id);
double ol_js_now(void);
void ol_js_wake_soon(uint32_t line);
void ol_js_wake_after(uint32_t line, double delay_ms);
void ol_js_entropy(void* pointer, uint32_t size);

#ifdef __cplusplus
}
#endif
