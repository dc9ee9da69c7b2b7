// The web-process side of WebKitGTK 6.0, for the renderer extension alone.
#pragma once

#define GLIB_VERSION_MIN_REQUIRED GLIB_VERSION_2_74
#define GLIB_VERSION_MAX_ALLOWED GLIB_VERSION_2_74

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <malloc.h>
#include <webkit/webkit-web-process-extension.h>
