// GTK 4, WebKitGTK 6.0 and GLib as the main process sees them, pinned to our floor: what Debian 12 has.
// Newer calls are chosen in CMartletShim with GTK_CHECK_VERSION, never used from Swift directly.
#pragma once

#define GLIB_VERSION_MIN_REQUIRED GLIB_VERSION_2_74
#define GLIB_VERSION_MAX_ALLOWED GLIB_VERSION_2_74
#define GDK_VERSION_MIN_REQUIRED GDK_VERSION_4_8
#define GDK_VERSION_MAX_ALLOWED GDK_VERSION_4_8

#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <webkit/webkit.h>
