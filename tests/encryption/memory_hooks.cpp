#include "tests/encryption/memory_hooks.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>
#include <openssl/crypto.h>

namespace brygga::encryption::memory {

namespace {

void look_at(const void* memory) noexcept {
    if (memory == nullptr || looked_for.empty()) return;
    if (::memmem(memory, ::malloc_usable_size(const_cast<void*>(memory)), looked_for.data(), looked_for.size()) != nullptr)
        ++found;
}

bool fails() noexcept {
    return ++allocations == fails_at;
}

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
    return fails() ? nullptr : std::malloc(size);
}

void* reallocate(void* memory, std::size_t size, const char* /*file*/, int /*line*/) {
    return fails() ? nullptr : std::realloc(memory, size);
}

void release(void* memory, const char* /*file*/, int /*line*/) {
    look_at(memory);
    std::free(memory);
}

}  // namespace

// Before OpenSSL allocates anything.
const bool replaced = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;

void give_back(void* memory) noexcept {
    look_at(memory);
    std::free(memory);
}

}  // namespace brygga::encryption::memory

void* operator new(std::size_t size) {
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

void operator delete(void* memory) noexcept {
    brygga::encryption::memory::give_back(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    brygga::encryption::memory::give_back(memory);
}
