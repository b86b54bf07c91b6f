#include "formats/einvoice/registration/format.hpp"

#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"
#include "formats/einvoice/registration/extraction.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/language/parser.hpp"

namespace brygga::einvoice::registration {

namespace {

// All that is published of the records: their width, and the type of the first. What stands in them has no published place.
constexpr std::string_view layout_text =
    R"layout(format einvoice-registration "E-invoice registrations of the banks (EFA), by the form of what they hold"
direction in
fixed 240
encoding ISO 8859-1, UTF-8
line end CRLF
code 1-2

record opening "01" "opening record (öppningspost)"
    3-240   content   text optional   personal text

record other "record of another type" when kind is given
    1-2     kind      text
    3-240   content   text optional   personal text

order opening (opening | other)*

rule EINV-R01 error "Records have 240 columns." "Ask the bank for the file again."
    for size
rule EINV-R01.FILL error "Records have 240 columns, blanks at their end." "Ask the bank for the file again."
    for fill
rule EINV-R01.ORDER error "The first record is an opening record (01)." "Ask the bank for the file again."
    for order
rule EINV-R01.TYPE error "A record has its type in columns 1 and 2." "Ask the bank for the file again."
    for unknown
)layout";

constexpr std::size_t width = 240;

std::unique_ptr<const format> described() {
    const auto opens_none = [](const std::string&) -> result<std::string> {
        return fail(error_code::not_found, "nothing is included");
    };
    auto parsed = layout::language::parse_layout(layout_text, "einvoice-registration.layout", opens_none);
    return layout::described::make_format(std::move(parsed.value()));
}

std::string trimmed_text(std::string_view text) {
    const std::size_t end = text.find_last_not_of(' ');
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

template <class Value, class Text>
std::string listed(const std::vector<Value>& values, const Text& text) {
    std::string out;
    for (const Value& each : values)
        out += (out.empty() ? "" : " ") + text(each);
    return out;
}

// Each receiver of a record is an event that waits for a person: whether it registers or cancels is not known.
class row_maker {
 public:
    explicit row_maker(const std::function<void(const ledger_row&)>& each) : each_(each) {}

    void take(std::uint64_t line, const std::string& record) {
        const extracted found = extract(record);
        if (found.sender) sender_ = *found.sender;
        for (const std::string& receiver : found.receivers) {
            nlohmann::ordered_json row{{"type", "registration"}, {"kind", "registered"}};
            if (!sender_.empty()) row["sender"] = sender_;
            row["receiver"] = receiver;
            row["needs_a_person"] = true;
            nlohmann::ordered_json fields{{"record", trimmed_text(record)}};
            const auto itself = [](const std::string& text) { return text; };
            if (!found.identity_numbers.empty()) fields["identity_numbers"] = listed(found.identity_numbers, itself);
            if (!found.days.empty()) fields["days"] = listed(found.days, format_iso_date);
            row["fields"] = std::move(fields);
            each_({line, {}, row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)});
        }
    }

 private:
    const std::function<void(const ledger_row&)>& each_;
    std::string sender_;  // of the records behind the one that names it
};

class registration_format final : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept override { return inner_->id(); }
    [[nodiscard]] std::string_view title() const noexcept override { return inner_->title(); }
    [[nodiscard]] direction flows() const noexcept override { return inner_->flows(); }
    // An opening record whose file type is EFA, somewhere in it.
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        const std::size_t end = head.find_first_of("\r\n");
        const std::string_view first = head.substr(0, end);
        return end != std::string_view::npos && first.size() == width && first.starts_with("01") &&
               first.find("EFA") != std::string_view::npos;
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return inner_->rules(); }
    void describe(const output& to) const override { inner_->describe(to); }
    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        inner_->check(bytes, with, each);
    }
    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const override {
        inner_->show(bytes, with, how, to);
    }
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const override {
        inner_->to_json(bytes, with, to);
    }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        return inner_->from_json(json_lines, to);
    }
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const override {
        return inner_->diff(before, after, with, to);
    }
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const override {
        inner_->mask(bytes, key, with, to);
    }
    [[nodiscard]] result<void> generate(const generate_settings&, const output&) const override {
        return fail(error_code::invalid_argument, "what stands in the records of a bank is not known, so none are made");
    }

    [[nodiscard]] bool feeds_ledger() const noexcept override { return true; }
    void to_ledger(std::string_view bytes, const read_settings& with,
                   const std::function<void(const ledger_row&)>& each) const override {
        row_maker rows(each);
        const encoding in = with.force_encoding    ? *with.force_encoding
                            : is_valid_utf8(bytes) ? encoding::utf_8
                                                   : encoding::iso_8859_1;
        line_cutter lines(bytes);
        for (physical_line line; lines.next(line);)
            rows.take(line.number, to_utf8(line.bytes, in));
    }

 private:
    std::unique_ptr<const format> inner_ = described();
};

}  // namespace

const format& registered_format() noexcept {
    static const registration_format made;
    return made;
}

}  // namespace brygga::einvoice::registration
