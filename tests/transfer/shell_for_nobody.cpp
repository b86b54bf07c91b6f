// Loaded before sshd's libraries when tests run as root: sshd runs a subsystem by the user's shell, and nobody has none.
#include <dlfcn.h>
#include <pwd.h>

namespace {

char shell[] = "/bin/sh";

passwd* with_shell(passwd* user) {
    if (user != nullptr) user->pw_shell = shell;
    return user;
}

}  // namespace

extern "C" passwd* getpwnam(const char* name) {
    return with_shell(reinterpret_cast<decltype(&getpwnam)>(::dlsym(RTLD_NEXT, "getpwnam"))(name));
}

extern "C" passwd* getpwuid(uid_t number) {
    return with_shell(reinterpret_cast<decltype(&getpwuid)>(::dlsym(RTLD_NEXT, "getpwuid"))(number));
}
