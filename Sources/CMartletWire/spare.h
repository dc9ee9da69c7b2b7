// Preallocated memory for the next long message. The system takes longer to allocate pages than the sender to
// fill them. A process that sends one long message after another therefore has a thread allocate memory for
// the next one while the last is in flight.
#pragma once

#include <stddef.h>

/// Takes the spare memory if it suits `length` bytes: an unsealed memfd, positioned at its start. Returns -1
/// if there is none.
int martlet_spare_take(size_t length);

/// Reports that a message of `length` bytes was made. If it followed another one soon, memory for the next is
/// allocated.
void martlet_spare_expect(size_t length);
