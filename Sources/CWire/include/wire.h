// The frame that crosses between the main process and a renderer, defined once for both.
// A frame is this header followed by `length` bytes of V8-serialized values. Little-endian, like every
// machine this runs on; the fields are naturally aligned, so the struct IS the wire layout.
#pragma once

#include <stdint.h>

typedef struct {
    /// One of MARTLET_FRAME_*.
    uint8_t kind;
    uint8_t flags;
    uint16_t reserved;
    /// Pairs a reply with its call (invoke, evaluate, sendSync); 0 elsewhere.
    uint32_t call;
    /// Counts the frames of one document from 1 in call order, whatever carried them.
    uint32_t sequence;
    /// Bytes after this header.
    uint32_t length;
} martlet_frame_header;

_Static_assert(sizeof(martlet_frame_header) == 16, "the header is the wire layout");

enum {
    // Renderer to main. The payload is an array: [channel, ...arguments].
    MARTLET_FRAME_SEND = 1,
    MARTLET_FRAME_INVOKE = 2,
    MARTLET_FRAME_SEND_SYNC = 3,
    // { message, file, line, stack }: the preload threw.
    MARTLET_FRAME_PRELOAD_ERROR = 5,
    // The document is parsed, and then: it has been painted (or its window is hidden).
    MARTLET_FRAME_DOM_READY = 6,
    MARTLET_FRAME_PAINTED = 7,
    // [ok, value] for EVALUATE.
    MARTLET_FRAME_EVALUATED = 8,

    // Main to renderer.
    MARTLET_FRAME_MESSAGE = 16,
    // [ok, value] for INVOKE and SEND_SYNC.
    MARTLET_FRAME_REPLY = 17,
    // { inPage, source, file }: run it in the page's world or the preload's.
    MARTLET_FRAME_EVALUATE = 18,
};
