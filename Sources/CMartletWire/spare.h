// Memory for the next long message. To have the system make its pages takes longer than to fill them, so a process that
// sends one long message after another has a thread make them while the one before is on its way.
#pragma once

#include <stddef.h>

/// Memory of at least `length` bytes, a file without seals whose position is its beginning; -1 when there is none.
int martlet_spare_take(size_t length);

/// A message of `length` bytes has been made: if it followed another one soon, the next has its memory ready.
void martlet_spare_expect(size_t length);
