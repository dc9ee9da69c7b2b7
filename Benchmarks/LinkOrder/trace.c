// Records which functions of a program run, and in which order. Preloaded into the program, it puts a
// breakpoint on the first byte of each function, and removes it when it is hit. FUNCTIONS is a file of the
// functions' addresses, relative to the program's start, in hexadecimal and ascending. The file RAN gets the
// number of each function that ran, as its 32-bit line number from 1. It is written at once, so that a killed
// program has written it too.
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { BREAKPOINT = 0xcc };

static struct function {
    unsigned char *start;
    unsigned char first;
    atomic_flag has_run;
} *functions;
static size_t count;
static unsigned *ran;
static atomic_size_t ran_count;

static void stopped(int number, siginfo_t *info, void *data) {
    greg_t *registers = ((ucontext_t *)data)->uc_mcontext.gregs;
    unsigned char *start = (unsigned char *)registers[REG_RIP] - 1;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (functions[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || functions[low].start != start) { // not ours: runs again, ends the program
        signal(SIGTRAP, SIG_DFL);
        return;
    }
    *start = functions[low].first;
    registers[REG_RIP]--;
    if (!atomic_flag_test_and_set(&functions[low].has_run)) ran[atomic_fetch_add(&ran_count, 1)] = (unsigned)low + 1;
}

// The first object is the program itself.
static int take_base(struct dl_phdr_info *object, size_t size, void *base) {
    *(unsigned char **)base = (unsigned char *)object->dlpi_addr;
    return 1;
}

__attribute__((constructor)) static void begin(void) {
    FILE *file = fopen(getenv("FUNCTIONS"), "r");
    int out = open(getenv("RAN"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (!file || out < 0) err(1, "FUNCTIONS or RAN");
    // Children of this program are not traced.
    unsetenv("LD_PRELOAD");

    unsigned char *base;
    dl_iterate_phdr(take_base, &base);
    size_t room = 0;
    for (unsigned long offset; fscanf(file, "%lx", &offset) == 1; count++) {
        if (count == room) functions = realloc(functions, (room = 2 * room + 1000) * sizeof *functions);
        functions[count] = (struct function){.start = base + offset, .first = base[offset]};
    }
    fclose(file);
    if (!count) errx(1, "FUNCTIONS has none");

    if (ftruncate(out, (off_t)(count * sizeof *ran))) err(1, "RAN");
    ran = mmap(NULL, count * sizeof *ran, PROT_READ | PROT_WRITE, MAP_SHARED, out, 0);
    if (ran == MAP_FAILED) err(1, "RAN");

    struct sigaction action = {.sa_sigaction = stopped, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
    sigaction(SIGTRAP, &action, NULL);
    unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE);
    unsigned char *from = (unsigned char *)((unsigned long)functions[0].start & ~(page - 1));
    if (mprotect(from, (size_t)(functions[count - 1].start + 1 - from), PROT_READ | PROT_WRITE | PROT_EXEC))
        err(1, "mprotect");
    for (size_t i = 0; i < count; i++) *functions[i].start = BREAKPOINT;
}
