// Reports the signal of a crash on standard error. A web process without a window crashes silently, and only
// privileged users may read the kernel's log. The tests set it as LD_PRELOAD. WebKit also loads it as an
// extension, which does nothing.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

void webkit_web_process_extension_initialize(void *extension) { (void)extension; }

static void report(int number) {
    char line[] = "crashed by signal 00\n";
    line[sizeof line - 4] = (char)('0' + number / 10);
    line[sizeof line - 3] = (char)('0' + number % 10);
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
    (void)written;
    // The default action was restored by SA_RESETHAND: it ends the process when this handler returns.
    raise(number);
}

__attribute__((constructor)) static void install(void) {
    static const int signals[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
    struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESETHAND};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
}
