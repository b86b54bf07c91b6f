// The conformance tests know a store only by its interface: another store joins by adding its factory to all_stores().
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mapping/ledger/store.hpp"
#include "tests/ledger/manual_clock.hpp"

namespace brygga::ledger {

inline constexpr std::string_view tenant = "stadsnat";

// The value, or the end of the test with the error's text.
template <class T>
T must(result<T> outcome) {
    if (!outcome) throw std::runtime_error(std::string(name(outcome.error().code)) + ": " + outcome.error().text);
    if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}

template <class T>
void expect_error(const result<T>& outcome, error_code code, std::string_view text = {}) {
    ASSERT_FALSE(outcome.has_value()) << "expected " << name(code);
    EXPECT_EQ(name(outcome.error().code), name(code)) << outcome.error().text;
    EXPECT_NE(outcome.error().text.find(text), std::string::npos) << outcome.error().text;
}

// A folder that goes with the test.
class temporary_folder {
 public:
    temporary_folder();
    ~temporary_folder();
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

struct store_factory {
    std::string name;
    std::function<result<std::unique_ptr<store>>(const std::filesystem::path& folder, clock& time)> open;

    friend std::ostream& operator<<(std::ostream& out, const store_factory& each) { return out << each.name; }
};

[[nodiscard]] std::vector<store_factory> all_stores();

class store_test : public testing::TestWithParam<store_factory> {
 protected:
    store_test() : ledger(must(GetParam().open(folder.path(), time))) {}

    std::unique_ptr<transaction> begin() { return must(ledger->begin(tenant)); }
    std::unique_ptr<transaction> read() { return must(ledger->begin_read(tenant)); }
    void reopen() {
        ledger.reset();
        ledger = must(GetParam().open(folder.path(), time));
    }

    temporary_folder folder;
    manual_clock time;
    std::unique_ptr<store> ledger;
};

#define BRYGGA_ALL_STORES(SUITE) \
    INSTANTIATE_TEST_SUITE_P(stores, SUITE, testing::ValuesIn(brygga::ledger::all_stores()), [](const auto& each) { return each.param.name; })

}  // namespace brygga::ledger
