#pragma once

// The functions of library_openline.js.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

int32_t ol_js_socket_open(uint32_t line, uint32_t socket, const void* attributes,
                          int32_t binary_type);
int32_t ol_js_socket_send(uint32_t line, int32_t id, uint32_t handle);
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
