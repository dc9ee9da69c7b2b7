// Checked connections to GObject signals, for the main process and the web-process extension. GLib believes
// whatever handler it is given: a wrong number or type of arguments corrupts memory. Here a handler gets its
// arguments as GValues and says beforehand which it expects; the signal's own declaration is compared with
// that.
//
// No type of GLib is in this header: the two processes import GLib by different modules.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

/// GLib's numbers of the fundamental types, whose macros Swift does not import.
static const unsigned long martlet_type_none = 1 << 2;
static const unsigned long martlet_type_boolean = 5 << 2;
static const unsigned long martlet_type_int = 6 << 2;
static const unsigned long martlet_type_string = 16 << 2;
static const unsigned long martlet_type_param = 19 << 2;
static const unsigned long martlet_type_variant = 21 << 2;

/// A handler: an array of GValues without the emitting object, and the GValue of the result; NULL where there
/// is none.
typedef void martlet_signal_call(const void *arguments, void *_Nullable result, void *data);

/// Connects `call` to a signal of `object`, after comparing it with the signal's declaration.
///
/// - `name`: the signal, with its detail where there is one; the property after `notify::` must exist.
/// - `parameters`: the types that the handler takes, without the emitting object; each may be a base of the
/// signal's.
/// - `destroy`: called once for `data`, when the handler is disconnected, the object ends, or nothing was
/// connected.
///
/// Returns the handler's number, or 0 and a reason to be freed with g_free.
unsigned long martlet_signal_connect(void *object, const char *name, const unsigned long *parameters,
                                     size_t count, unsigned long result, martlet_signal_call *call,
                                     void *data, void (*destroy)(void *_Nullable data),
                                     char *_Nullable *_Nonnull reason);

#pragma clang assume_nonnull end
