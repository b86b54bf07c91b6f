// A folder with a configuration, the command run in it, and what must hold at the end of a day on which one file came for nat and
// one went, whatever died on the way.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/command/run.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::exchange::test {

[[nodiscard]] std::string fixture(const std::string& name);

// Where the command may be killed on the way of a file from a partner and of one to it, each once.
[[nodiscard]] std::vector<std::string> steps_on_the_way(std::vector<std::string_view> of_delivery);
[[nodiscard]] std::string test_name(std::string step);  // as GoogleTest wants it

class exchange_day : public ::testing::Test {
 protected:
    [[nodiscard]] command::testing::run_result brygga(const std::string& arguments) const;
    [[nodiscard]] std::size_t files_below(const std::string& name) const;
    // Of a file to the bank, as status lists it; empty when it does not.
    [[nodiscard]] std::string id_of(const std::string& name, const std::string& tenant) const;
    // As a person does who has looked.
    void resend(const std::string& name, const std::string& tenant) const;
    // Both ways, killed where they pass the step. True when that which sends was.
    [[nodiscard]] bool dies_sending_at(const std::string& step) const;
    void expect_one_file_on_each_side() const;

    intake_test::scratch_folder folder;
};

}  // namespace brygga::exchange::test
