#include "tests/exchange/exchange_day.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "connectors/dispatch/steps.hpp"
#include "connectors/transfer/fetch.hpp"

namespace brygga::exchange::test {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr int killed = 128 + 9;

}  // namespace

std::string fixture(const std::string& name) {
    return intake_test::get(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / name);
}

std::vector<std::string> steps_on_the_way(std::vector<std::string_view> of_delivery) {
    std::vector<std::string_view> all(transfer::fetch_steps.begin(), transfer::fetch_steps.end());
    all.insert(all.end(), dispatch::dispatch_steps.begin(), dispatch::dispatch_steps.end());
    all.insert(all.end(), of_delivery.begin(), of_delivery.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return {all.begin(), all.end()};
}

std::string test_name(std::string step) {
    std::replace(step.begin(), step.end(), '-', '_');
    return step;
}

command::testing::run_result exchange_day::brygga(const std::string& arguments) const {
    return command::testing::run_in(folder.path(), "'" BRYGGA_COMMAND "' " + arguments + " --config brygga.toml");
}

std::size_t exchange_day::files_below(const std::string& name) const {
    std::size_t count = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder.path() / name))
        if (each.is_regular_file() && each.path().filename().string().front() != '.') ++count;
    return count;
}

std::string exchange_day::id_of(const std::string& name, const std::string& tenant) const {
    const std::string status = brygga("status --tenant " + tenant).out;
    const std::size_t at = status.find("  " + name + " to bank");
    EXPECT_NE(at, std::string::npos) << status;
    if (at == std::string::npos) return {};
    const std::size_t begin = status.rfind(' ', at - 1) + 1;
    return status.substr(begin, at - begin);
}

void exchange_day::resend(const std::string& name, const std::string& tenant) const {
    const std::string again = "resend " + id_of(name, tenant) + " --tenant " + tenant + " --actor eva --reason looked";
    EXPECT_EQ(brygga(again).exit_code, 0);
    EXPECT_EQ(brygga(again).exit_code, 2) << "it is queued";
}

bool exchange_day::dies_sending_at(const std::string& step) const {
    const auto came = brygga("intake --once --die-at " + step);
    const auto went = brygga("dispatch --once --die-at " + step);
    EXPECT_TRUE(came.exit_code == killed || went.exit_code == killed) << "nobody died: " << came.exit_code << went.exit_code;
    return went.exit_code == killed;
}

void exchange_day::expect_one_file_on_each_side() const {
    EXPECT_EQ(files_below("nat/archive"), 2u) << "the file and its receipt";
    for (const char* const each : {"nat/inbox", "nat/rejected", "nat/fetching", "nat/outbox"})
        EXPECT_EQ(files_below(each), 0u) << each;
    const auto status = brygga("status --tenant nat");
    EXPECT_THAT(status.out, HasSubstr("account bank                  2049.50 SEK"));
    EXPECT_THAT(status.out, HasSubstr("  partners: 1 file fetched, 1 file sent\n"));
    EXPECT_THAT(status.out, Not(HasSubstr("be sent")));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

}  // namespace brygga::exchange::test
