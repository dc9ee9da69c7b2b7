#define _GNU_SOURCE
#include "CMartletShim.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/socket.h>

void martlet_return_freed_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void martlet_line_buffer_output(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

void martlet_log(GLogLevelFlags level, const char *domain, const char *message) {
    // Not g_log: this is also called while GLib is logging another message.
    g_log_structured(domain, level, "MESSAGE", "%s", message);
}

GVariant *martlet_variant_strings(const char *const *names, const char *const *values, gsize count) {
    GVariantBuilder builder;
    g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
    for (gsize i = 0; i < count; i++) {
        g_variant_builder_add(&builder, "{sv}", names[i], g_variant_new_string(values[i]));
    }
    return g_variant_builder_end(&builder);
}

int martlet_socket_peer(int descriptor) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : -1;
}
