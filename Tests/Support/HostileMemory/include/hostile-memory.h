// Memory that `martlet_wire_memory` does not make, as a hostile renderer may send it.
#pragma once

#include <stddef.h>

/// Memory of `length` bytes with these F_SEAL_*; the descriptor is the caller's. -1 when there is none.
int hostile_memory(const void *_Nonnull bytes, size_t length, int seals);
