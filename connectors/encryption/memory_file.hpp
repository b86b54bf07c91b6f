// Plain bytes that must not lie on a disk: a file in memory (memfd), which only its descriptor reaches.
//
// Not a temporary file: where originals are encrypted, none of their plain bytes may be written to a disk, not even under
// a name that is already gone, for the blocks stay until something else is written over them. Not a private allocation either:
// byte_source gives back what has been read, and takes for granted that it is read again when it is touched, which holds for a
// file in memory only. The price: a file that is opened takes its size of memory until it is closed (proving one does
// not: it is decrypted block by block). Such memory can be swapped out: a machine that swaps must encrypt its swap.
#pragma once

#include <string_view>

#include "formats/core/byte_source.hpp"
#include "formats/core/result.hpp"

namespace brygga::encryption {

class memory_file {
 public:
    [[nodiscard]] static result<memory_file> create();
    memory_file(memory_file&& other) noexcept;
    memory_file& operator=(memory_file&&) = delete;
    ~memory_file();

    // no_space when there is no more memory, otherwise what the system said.
    [[nodiscard]] result<void> write(std::string_view bytes);
    // What was written so far; it stays when this object is gone.
    [[nodiscard]] result<byte_source> bytes() const;

 private:
    explicit memory_file(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace brygga::encryption
