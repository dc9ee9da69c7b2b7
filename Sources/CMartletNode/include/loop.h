// GLib's default main context, iterated inside of libuv's loop.
#pragma once

#include <stdbool.h>

struct uv_loop_s;

/// Lets `loop` iterate GLib's default context on this thread from now on. Call it once. It does not keep the
/// loop alive. Returns false when the system has no descriptors or no memory left.
bool martlet_loop_attach(struct uv_loop_s *loop);

/// Whether this is the process's main thread.
bool martlet_is_main_thread(void);

/// Keeps the loop alive from now on. Node ends by itself when nothing does.
void martlet_loop_hold(void);

/// Runs `body` with standard error closed to what it prints.
void martlet_silently(void (*body)(void));
