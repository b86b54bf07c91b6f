#include "mapping/ledger/json/strict_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "formats/core/text.hpp"

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 90> member_names = {"EL",
                                                           "FI",
                                                           "FV",
                                                           "RE",
                                                           "VA",
                                                           "address",
                                                           "amount_ore",
                                                           "at",
                                                           "branch_code",
                                                           "buyer_reference",
                                                           "by",
                                                           "category",
                                                           "channel",
                                                           "code",
                                                           "confirmed",
                                                           "country_code",
                                                           "credit_notes",
                                                           "currency",
                                                           "customer_id",
                                                           "cycle",
                                                           "day",
                                                           "deviations",
                                                           "document",
                                                           "due_date",
                                                           "email",
                                                           "endpoint",
                                                           "estate",
                                                           "event",
                                                           "facility_id",
                                                           "fee",
                                                           "fields",
                                                           "first_channel",
                                                           "foreign",
                                                           "from",
                                                           "gsrn",
                                                           "id",
                                                           "identity_number",
                                                           "invoice_month",
                                                           "invoice_number",
                                                           "invoices",
                                                           "issue_date",
                                                           "kind",
                                                           "late_invoice",
                                                           "lines",
                                                           "name",
                                                           "needs_a_person",
                                                           "note",
                                                           "number",
                                                           "outcome",
                                                           "payment_terms",
                                                           "postcode",
                                                           "prepaid",
                                                           "price",
                                                           "price_quantity",
                                                           "price_version",
                                                           "prices_confirmed",
                                                           "product",
                                                           "properties",
                                                           "property_designation",
                                                           "protected_identity",
                                                           "quantity",
                                                           "rate",
                                                           "reason",
                                                           "receiver",
                                                           "reference",
                                                           "requested",
                                                           "reservation_id",
                                                           "rounding_ore",
                                                           "run_id",
                                                           "sender",
                                                           "separate",
                                                           "settlement",
                                                           "street",
                                                           "sum_ore",
                                                           "supply_address",
                                                           "supply_point",
                                                           "telephone",
                                                           "tenant",
                                                           "text",
                                                           "to",
                                                           "total",
                                                           "total_ore",
                                                           "town",
                                                           "type",
                                                           "unit",
                                                           "utility",
                                                           "valid_from",
                                                           "value",
                                                           "value_kind",
                                                           "vat"};

// Builds the value as nlohmann's own reader would, and stops at the first thing that is not allowed.
class strict_reader {
 public:
    using json = nlohmann::json;

    // The events that nlohmann's parser sends.
    bool null() { return place(json()) != nullptr; }
    bool boolean(bool value) { return place(json(value)) != nullptr; }
    bool number_integer(std::int64_t value) { return place(json(value)) != nullptr; }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return stop("a number is too large");
        return place(json(static_cast<std::int64_t>(value))) != nullptr;
    }
    bool number_float(double, const std::string&) { return stop("a number is not whole, or too large: amounts are whole öre"); }
    bool string(std::string& value) {
        const bool control = std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (control) return stop("text has a control character");
        return place(json(std::move(value))) != nullptr;
    }
    bool binary(json::binary_t&) { return stop("JSON has no binary values"); }
    bool start_object(std::size_t) { return open(json::object()); }
    bool start_array(std::size_t) { return open(json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        level& here = levels_.back();
        if (!here.members.insert(name).second) {
            here.key = std::move(name);
            return stop("a member occurs twice");
        }
        here.key = std::move(name);
        return true;
    }
    // The text of `problem` quotes the input: only the position is used.
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
        fault_ = {"", fmt::format("not JSON from byte {}", position)};
        return false;
    }

    json take() { return std::move(root_); }
    json_fault fault() { return std::move(fault_); }

 private:
    struct level {
        json* value{};
        std::string key;  // of the member being read
        std::set<std::string> members;
    };

    json* place(json&& value) {
        if (levels_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        level& here = levels_.back();
        if (here.value->is_array()) return &here.value->emplace_back(std::move(value));
        return &(*here.value)[here.key].operator=(std::move(value));
    }
    bool open(json&& value) {
        if (levels_.size() == max_json_depth) return stop("nested too deeply");
        levels_.push_back({place(std::move(value)), {}, {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return true;
    }
    bool stop(std::string text) {
        fault_ = {pointer(), std::move(text)};
        return false;
    }
    [[nodiscard]] std::string pointer() const {
        std::string path;
        for (const level& each : levels_) {
            path += '/';
            // A value that is open stands in its array already, one that is being read does not.
            if (each.value->is_array())
                path += std::to_string(each.value->size() - (&each == &levels_.back() ? 0 : 1));
            else
                path += is_member_name(each.key) ? each.key : "?";
        }
        return path;
    }

    json root_;
    std::vector<level> levels_;
    json_fault fault_;
};

}  // namespace

bool is_member_name(std::string_view text) noexcept {
    return std::binary_search(member_names.begin(), member_names.end(), text);
}

tl::expected<nlohmann::json, json_fault> parse_strict(std::string_view line) {
    if (!is_valid_utf8(line)) return tl::unexpected(json_fault{"", "not UTF-8"});
    strict_reader reader;
    if (!nlohmann::json::sax_parse(line, &reader)) return tl::unexpected(reader.fault());
    return reader.take();
}

}  // namespace brygga::ledger
