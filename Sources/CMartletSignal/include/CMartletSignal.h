// Checked connections to GObject signals, for the main process and the web-process extension. GLib does not
// check a handler's type: a wrong number or type of arguments corrupts memory. Here a handler gets its
// arguments as GValues, and declares the types that it expects. They are compared with the signal's own
// declaration.
//
// This header uses no GLib types, because the two processes import GLib through different modules.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

/// GLib's fundamental type numbers, whose macros Swift does not import.
static const unsigned long martlet_type_none = 1 << 2;
static const unsigned long martlet_type_boolean = 5 << 2;
static const unsigned long martlet_type_int = 6 << 2;
static const unsigned long martlet_type_string = 16 << 2;
static const unsigned long martlet_type_param = 19 << 2;
static const unsigned long martlet_type_variant = 21 << 2;

/// A handler: takes an array of GValues without the emitting object, and the GValue of the result, or NULL if
/// the signal has none.
typedef void martlet_signal_call(const void *arguments, void *_Nullable result, void *data);

/// Connects `call` to a signal of `object`, after comparing it with the signal's declaration.
///
/// - `name`: the signal, with its detail if any; a property after `notify::` must exist.
/// - `parameters`: the types that the handler takes, without the emitting object; each may be a base of the
///   signal's.
/// - `destroy`: called once for `data`, when the handler is disconnected, the object ends, or connecting
///   failed.
///
/// Returns the handler's id, or 0 and a reason that the caller frees with g_free.
unsigned long martlet_signal_connect(void *object, const char *name, const unsigned long *parameters,
                                     size_t count, unsigned long result, martlet_signal_call *call,
                                     void *data, void (*destroy)(void *_Nullable data),
                                     char *_Nullable *_Nonnull reason);

#pragma clang assume_nonnull end
