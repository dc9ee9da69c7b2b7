#define _GNU_SOURCE
#include "CMartletShim.h"

#include <dlfcn.h>
#include <link.h>

char *martlet_module_path(void) {
    Dl_info info;
    struct link_map *map = NULL;
    // The executable itself has an empty name.
    if (dladdr1((void *)martlet_module_path, &info, (void **)&map, RTLD_DL_LINKMAP) != 0 && map != NULL &&
        map->l_name[0] != '\0') {
        return g_strdup(map->l_name);
    }
    return g_strdup("/proc/self/exe");
}
