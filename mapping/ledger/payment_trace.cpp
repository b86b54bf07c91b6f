#include "mapping/ledger/payment_trace.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <utility>

#include "formats/core/check_digit.hpp"

namespace brygga::ledger {

namespace {

// Of this process only: both sides are computed when they are compared.
std::uint64_t digest_of(std::string_view text) {
    return std::max<std::uint64_t>(std::hash<std::string_view>()(text), 1);
}

constexpr std::size_t fewest_characters = 5;  // of a number that tells payments apart, without leading zeros

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::string_view without_zeros(std::string_view text) noexcept {
    return text.substr(std::min(text.find_first_not_of('0'), text.size()));
}

std::string_view without_blanks(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

using told = std::vector<std::pair<std::int64_t, std::uint64_t>>;  // amounts with what is told of them

// In an order of their own, with equal ones together.
told sorted(const payment_traces& from, std::uint64_t payment_trace::*of) {
    told out;
    for (const payment_trace& each : from)
        if (each.*of != 0) out.emplace_back(each.amount_ore, each.*of);
    std::sort(out.begin(), out.end());
    return out;
}

bool same(const payment_traces& a, const payment_traces& b, std::uint64_t payment_trace::*of) {
    const told of_a = sorted(a, of);
    return !a.empty() && of_a.size() == a.size() && a.size() == b.size() && of_a == sorted(b, of);
}

// Each of both tells it, and nothing that one tells is told by the other, whatever the amounts.
bool apart(const payment_traces& a, const payment_traces& b, std::uint64_t payment_trace::*of) {
    std::vector<std::uint64_t> of_a, of_b, of_both;
    for (const auto& [from, to] : {std::pair(&a, &of_a), std::pair(&b, &of_b)}) {
        for (const payment_trace& each : *from)
            if (each.*of != 0) to->push_back(each.*of);
        if (to->empty() || to->size() != from->size()) return false;
        std::sort(to->begin(), to->end());
    }
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(of_both));
    return of_both.empty();
}

}  // namespace

bool tells_apart(std::string_view serial) noexcept {
    const std::string_view text = without_zeros(without_blanks(serial));
    return text.size() >= fewest_characters && std::any_of(text.begin(), text.end(), is_digit) &&
           text.find_first_not_of(text.front()) != std::string_view::npos;
}

payment_trace trace_of(std::string_view serial, std::int64_t amount_ore, std::string_view reference) {
    const std::string_view payers = without_zeros(without_blanks(reference));
    const bool is_number = !payers.empty() && std::all_of(payers.begin(), payers.end(), is_digit);
    return {amount_ore, tells_apart(serial) ? digest_of(without_blanks(serial)) : 0, is_number ? digest_of(payers) : 0,
            is_number && payers.size() > 1 && modulus_10_valid(payers)};
}

bool same_payments(const payment_traces& a, const payment_traces& b) {
    return same(a, b, &payment_trace::number);
}

bool references_differ(const payment_traces& a, const payment_traces& b) {
    const told of_a = sorted(a, &payment_trace::reference), of_b = sorted(b, &payment_trace::reference);
    told only_a, only_b;
    std::set_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(only_a));
    std::set_difference(of_b.begin(), of_b.end(), of_a.begin(), of_a.end(), std::back_inserter(only_b));
    for (auto left = only_a.begin(), right = only_b.begin(); left != only_a.end() && right != only_b.end();)
        if (left->first == right->first)
            return true;
        else
            ++(left->first < right->first ? left : right);
    return false;
}

bool same_references(const payment_traces& a, const payment_traces& b) {
    return same(a, b, &payment_trace::reference);
}

bool no_common_reference(const payment_traces& a, const payment_traces& b) {
    const auto checked = [](const payment_trace& each) { return each.checked; };
    return std::all_of(a.begin(), a.end(), checked) && std::all_of(b.begin(), b.end(), checked) &&
           apart(a, b, &payment_trace::reference);
}

bool numbers_differ(const payment_traces& a, const payment_traces& b) {
    return apart(a, b, &payment_trace::number);
}

}  // namespace brygga::ledger
