// Bounds what a web process writes to standard error, which it shares with the app.
#pragma once

/// Longest line, in bytes.
#define MARTLET_CONSOLE_LINE (64 << 10)
/// Bytes that may be written at once, and bytes that are granted each second after that.
#define MARTLET_CONSOLE_BURST (4 << 20)
#define MARTLET_CONSOLE_RATE (64 << 10)

/// Replaces `stderr` by a stream with these limits. Bytes beyond them are left out and counted; the count is
/// printed when there is room again.
void martlet_bound_standard_error(void);
