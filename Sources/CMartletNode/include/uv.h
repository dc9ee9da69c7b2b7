// Declarations of libuv, version 1: the functions that loop.c calls. Node exports them. Handles are opaque
// and allocated by `uv_handle_size`, so that a build needs no header of libuv's. Source:
// https://docs.libuv.org/en/v1.x/.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct uv_loop_s uv_loop_t;
typedef struct uv_handle_s uv_handle_t;
typedef void (*uv_prepare_cb)(uv_handle_t *handle);
typedef void (*uv_check_cb)(uv_handle_t *handle);
typedef void (*uv_idle_cb)(uv_handle_t *handle);
typedef void (*uv_timer_cb)(uv_handle_t *handle);
typedef void (*uv_poll_cb)(uv_handle_t *handle, int status, int events);

/// uv_handle_type, whose numbers are part of libuv's ABI.
enum { UV_CHECK = 2, UV_IDLE = 6, UV_POLL = 8, UV_PREPARE = 9, UV_TIMER = 13 };
enum { UV_READABLE = 1 };

size_t uv_handle_size(int type);
void uv_ref(uv_handle_t *handle);
void uv_unref(uv_handle_t *handle);
void uv_update_time(uv_loop_t *loop);
int uv_prepare_init(uv_loop_t *loop, uv_handle_t *handle);
int uv_prepare_start(uv_handle_t *handle, uv_prepare_cb callback);
int uv_check_init(uv_loop_t *loop, uv_handle_t *handle);
int uv_check_start(uv_handle_t *handle, uv_check_cb callback);
int uv_idle_init(uv_loop_t *loop, uv_handle_t *handle);
int uv_idle_start(uv_handle_t *handle, uv_idle_cb callback);
int uv_idle_stop(uv_handle_t *handle);
int uv_timer_init(uv_loop_t *loop, uv_handle_t *handle);
int uv_timer_start(uv_handle_t *handle, uv_timer_cb callback, uint64_t timeout, uint64_t repeat);
int uv_timer_stop(uv_handle_t *handle);
int uv_poll_init(uv_loop_t *loop, uv_handle_t *handle, int descriptor);
int uv_poll_start(uv_handle_t *handle, int events, uv_poll_cb callback);
