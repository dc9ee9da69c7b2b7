// The accessibility bus, as a client: how a test reads menus and dialogs that GTK drew.
#pragma once

#include <atspi/atspi.h>
