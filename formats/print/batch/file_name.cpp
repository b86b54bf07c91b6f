#include "formats/print/batch/file_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::print::batch {

namespace {

constexpr std::string_view stem = "cpb_";
constexpr std::string_view protected_flow = "pro";
constexpr std::array<std::string_view, 4> flows = {"inv", "rem", "col", "let"};  // in the order of batch::flow
constexpr std::size_t org_digits = 10, flow_letters = 3, day_digits = 8, sequence_digits = 6, most_receipt_digits = 9;

// The next part of a name, up to and without the '_' behind it; nothing when it has not this size.
std::optional<std::string_view> take(std::string_view& rest, std::size_t size) {
    if (rest.size() <= size || rest[size] != '_') return std::nullopt;
    const std::string_view part = rest.substr(0, size);
    rest.remove_prefix(size + 1);
    return part;
}

std::uint32_t number_of(std::string_view digits) {
    std::uint32_t made = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), made);
    return made;
}

// "_r2.xml"
std::optional<std::uint32_t> receipt_number(std::string_view text) {
    constexpr std::string_view begin = "_r", end = ".xml";
    if (!text.starts_with(begin) || !text.ends_with(end) || text.size() <= begin.size() + end.size()) return std::nullopt;
    const std::string_view digits = text.substr(begin.size(), text.size() - begin.size() - end.size());
    if (!all_digits(digits) || digits[0] == '0' || digits.size() > most_receipt_digits) return std::nullopt;
    return number_of(digits);
}

}  // namespace

std::optional<std::chrono::sys_seconds> local_time_of(const header& of) {
    const auto written = parse_moment(of.created_at);
    if (!written || !written->ahead_of_utc) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(in_sweden(written->clock - *written->ahead_of_utc));
}

std::optional<file_name> parse_file_name(std::string_view text) {
    if (!text.starts_with(stem)) return std::nullopt;
    text.remove_prefix(stem.size());
    const auto org_number = take(text, org_digits);
    const auto flow = org_number ? take(text, flow_letters) : std::nullopt;
    const auto day = flow ? take(text, day_digits) : std::nullopt;
    if (!day || !all_digits(*org_number) || text.size() < sequence_digits || !all_digits(text.substr(0, sequence_digits)))
        return std::nullopt;
    if (*flow != protected_flow && std::find(flows.begin(), flows.end(), *flow) == flows.end()) return std::nullopt;
    const auto date = parse_ccyymmdd(*day);
    if (!date) return std::nullopt;
    file_name made{std::string(*org_number), std::string(*flow), *date, number_of(text.substr(0, sequence_digits)), {}};
    text.remove_prefix(sequence_digits);
    if (text == ".zip") return made;
    made.receipt_number = receipt_number(text);
    return made.receipt_number ? std::optional(made) : std::nullopt;
}

std::string format_file_name(const file_name& name) {
    const std::string batch =
        fmt::format("{}{}_{}_{}_{:06}", stem, name.org_number, name.flow, format_ccyymmdd(name.day), name.sequence);
    return name.receipt_number ? fmt::format("{}_r{}.xml", batch, *name.receipt_number) : batch + ".zip";
}

result<file_name> file_name_of(const header& of, std::uint32_t sequence) {
    const auto local = local_time_of(of);
    if (!local) return fail(error_code::invalid_argument, "a batch is named by the day it was made, and its header tells none");
    if (sequence > max_sequence)
        return fail(error_code::invalid_argument, fmt::format("the sequence of a batch is at most {}", max_sequence));
    const bool is_protected = of.handling == handling::protected_identity;
    return file_name{of.sender.org_number,
                     std::string(is_protected ? protected_flow : flows[static_cast<std::size_t>(of.flow)]),
                     date(std::chrono::floor<std::chrono::days>(*local)),
                     sequence,
                     {}};
}

}  // namespace brygga::print::batch
