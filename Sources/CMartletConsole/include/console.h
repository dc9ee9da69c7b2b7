// The standard error of a web process, which is the app's own: bounded in what goes into it.
#pragma once

/// The longest line, in bytes.
#define MARTLET_CONSOLE_LINE (64 << 10)
/// How much may be written at once, and in each second from then on.
#define MARTLET_CONSOLE_BURST (4 << 20)
#define MARTLET_CONSOLE_RATE (64 << 10)

/// Puts a stream in place of `stderr` that writes no more than that. What is too much is left out and, when
/// there is room again, counted.
void martlet_bound_standard_error(void);
