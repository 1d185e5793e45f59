// One source, two uses. With PLUGIN defined, a shared object that hides its symbols; else a program that loads the shared
// objects named on its command line, privately, and holds their error codes to its own.
#include <aerocodes.hpp>

#ifdef PLUGIN

extern "C" __attribute__((visibility("default"))) const std::error_category *plugin_category(int d)
{
    return &aerocodes::error_category(static_cast<aerocodes::dialect>(d));
}

extern "C" __attribute__((visibility("default"))) void plugin_error(int d, int value, std::error_code *out)
{
    *out = aerocodes::code(static_cast<aerocodes::dialect>(d), value);
}

#else

#include "check.h"

#include <dlfcn.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        void *object = dlopen(argv[i], RTLD_NOW | RTLD_LOCAL);
        if (object == nullptr) {
            std::fprintf(stderr, "%s\n", dlerror());
            return 2;
        }
        const auto category = reinterpret_cast<const std::error_category *(*)(int)>(dlsym(object, "plugin_category"));
        const auto error = reinterpret_cast<void (*)(int, int, std::error_code *)>(dlsym(object, "plugin_error"));
        for (const aerocodes::dialect d : aerocodes::dialects()) {
            const int id = static_cast<int>(d);
            CHECK(category(id) == &aerocodes::error_category(d));
            std::error_code theirs;
            error(id, 9, &theirs);
            CHECK(theirs == std::error_code(aerocodes::code(d, 9)));
        }
        std::error_code theirs;
        error(AEROCODES_DIALECT_RUST, 14, &theirs);
        CHECK(theirs == aerocodes::cond::key_busy && theirs == aerocodes::cond::retryable_not_applied);
        tested(argv[i]);
    }
    return finished("dso");
}

#endif
