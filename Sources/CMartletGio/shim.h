// GIO alone, for what runs beside an app and not in it: processes and D-Bus.
#pragma once

#define GLIB_VERSION_MIN_REQUIRED GLIB_VERSION_2_74
#define GLIB_VERSION_MAX_ALLOWED GLIB_VERSION_2_74

#include <gio/gio.h>
#include <gio/gunixfdlist.h>
