// Letters to protected persons that the office encloses and posts itself (protected-identity.md 1.3, section 2 and 3.2;
// protected.print=LOCAL): a file for each, named by nothing but its delivery, and a sheet of labels for the inner and outer
// envelopes, in a folder that only its owner may read. Each letter then waits for the word of a person that it was posted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/dispatch/dispatch.hpp"

namespace brygga::dispatch {

struct protected_letters {
    std::uint64_t letters{};
    std::uint64_t held{};            // that cannot be drawn, for a person
    std::uint64_t waiting{};         // for the answers to e-invoices, or for the rest of their run
    std::vector<std::string> files;  // their names, the labels last
};

// The tenant has [tenant.protected] with print = "office". Killed at any point, the next call ends with the same files and books.
// Errors: invalid_config where others than its owner can read the folder; busy; those of the store, fonts and files.
[[nodiscard]] result<protected_letters> print_protected(const config::tenant& who, ledger::store& books,
                                                        const intake::options& how);

}  // namespace brygga::dispatch
