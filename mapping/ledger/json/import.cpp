#include <algorithm>
#include <istream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "mapping/ledger/json/convert.hpp"
#include "mapping/ledger/json/line_reader.hpp"
#include "mapping/ledger/json/schema_check.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::ledger {

namespace {

class importer {
 public:
    importer(const transaction_source& begin, const import_options& options) : begin_(&begin), options_(&options) {}
    importer(transaction& into, const import_options& options) : options_(&options), into_(&into) {}
    result<import_report> run(std::istream& lines);

 private:
    result<void> take_line(const line_reader::line& line);
    // What became of the line, or nothing when it is bad.
    result<std::optional<put_outcome>> take_record(record_type type, nlohmann::json line);
    // A line that does not say its utility is of that of its facility (BILL-R29).
    result<void> add_utility(nlohmann::json& to, const std::string& pointer);
    result<std::optional<put_outcome>> take_customer(const nlohmann::json& line);
    result<std::optional<put_outcome>> take_facility(const nlohmann::json& line);
    result<std::optional<put_outcome>> take_document(record_type type, result<posting_outcome> posted);
    result<std::optional<put_outcome>> take_registration_line(const nlohmann::json& line);
    result<std::optional<put_outcome>> take_receipt_line(const nlohmann::json& line);
    result<std::optional<put_outcome>> take_invoice(nlohmann::json& line);
    result<std::optional<put_outcome>> take_credit_note(nlohmann::json& line);
    // To whoever wants to know of documents.
    result<void> hand_on(record_type type, const nlohmann::json& line, const std::optional<put_outcome>& outcome);
    void warn_of_document(const posting_outcome& posted, record_type type);
    result<void> warn_of_unknown_customer(const std::string& customer_id);
    result<void> open();
    result<void> close();
    void count(const put_outcome& outcome);
    void report(std::vector<import_note> notes);

    const transaction_source* begin_ = nullptr;  // none: all is of the caller's transaction
    const import_options* options_;
    schema_checker schemas_;
    std::unique_ptr<transaction> own_;
    transaction* into_ = nullptr;
    std::uint32_t lines_open_ = 0;  // not yet committed
    line_notes notes_;              // of the present line
    import_report report_;
    std::uint64_t line_no_ = 0;
    std::map<std::string, std::size_t> occurrences_;  // of equal registrations so far
    std::optional<invoice> invoice_;                  // of the present line
};

result<void> importer::open() {
    if (into_ != nullptr) return {};
    auto begun = (*begin_)();
    if (!begun) return tl::unexpected(std::move(begun.error()));
    own_ = std::move(*begun);
    into_ = own_.get();
    return {};
}

result<void> importer::close() {
    if (!own_) return {};
    auto committed = own_->commit();
    own_.reset();
    into_ = nullptr;
    lines_open_ = 0;
    return committed;
}

void importer::report(std::vector<import_note> notes) {
    for (import_note& each : notes) {
        each.line = line_no_;
        ++report_.notes_total;
        if (each.level == note_level::warning) ++report_.warnings;
        if (report_.notes.size() < max_import_notes) report_.notes.push_back(std::move(each));
    }
}

void importer::count(const put_outcome& outcome) {
    switch (outcome.kind) {
        case put_kind::inserted:
            ++report_.inserted;
            break;
        case put_kind::new_version:
            ++report_.new_version;
            break;
        case put_kind::already_there:
            ++report_.already_there;
            break;
        case put_kind::conflict:
            ++report_.conflict;
            notes_.notes.push_back({note_level::conflict, 0, {}, {}, outcome.detail});
            break;
    }
}

result<void> importer::warn_of_unknown_customer(const std::string& customer_id) {
    auto known = into_->find_customer(customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (!*known) notes_.warn("/customer_id", {}, "no such customer is there yet");
    return {};
}

// BILL-R19: the flag is raised by anybody who knows, and cleared only by the procedure for it.
result<std::optional<put_outcome>> importer::take_customer(const nlohmann::json& line) {
    customer item = to_customer(line, *options_, notes_);
    auto known = into_->find_customer(item.customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known && (*known)->protected_identity && !item.protected_identity) {
        if (line.contains("protected_identity"))
            notes_.refuse("/protected_identity", "BILL-R19", "a protected identity is not cleared by import");
        item.protected_identity = true;
    }
    if (notes_.bad) return std::optional<put_outcome>{};
    auto put = into_->put_customer(item);
    if (!put) return tl::unexpected(std::move(put.error()));
    const bool is_flagged = item.protected_identity && !(*known && (*known)->protected_identity);
    if (is_flagged && options_->on_protected)
        if (auto followed = options_->on_protected(*into_, item.customer_id); !followed)
            return tl::unexpected(std::move(followed.error()));
    return std::optional(std::move(*put));
}

result<std::optional<put_outcome>> importer::take_facility(const nlohmann::json& line) {
    const facility item = to_facility(line, notes_);
    if (notes_.bad) return std::optional<put_outcome>{};
    auto known = warn_of_unknown_customer(item.customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    return into_->put_facility(item).map([](put_outcome outcome) { return std::optional(std::move(outcome)); });
}

result<std::optional<put_outcome>> importer::take_registration_line(const nlohmann::json& line) {
    told_registration item = to_registration(line, *options_, notes_);
    if (notes_.bad) return std::optional<put_outcome>{};
    item.occurrence = ++occurrences_[content_of(item)];
    auto taken = take_registration(*into_, std::move(item), options_->today);
    if (!taken) return tl::unexpected(std::move(taken.error()));
    if (!taken->text.empty())
        notes_.warn({}, taken->rule, fmt::format("registration {}: {}", format_id(taken->row.id), taken->text));
    return std::optional(std::move(taken->row));
}

// Of a new document; told by ids, since the line is not quoted.
void importer::warn_of_document(const posting_outcome& posted, record_type type) {
    if (type == record_type::invoice && posted.other_id != 0)
        notes_.warn("/reference", {},
                    fmt::format("invoice {} has the reference of the open invoice {}: what is paid with it cannot be told apart",
                                format_id(posted.document.id), format_id(posted.other_id)));
    if (type == record_type::credit_note && posted.not_offset_ore > 0)
        notes_.warn("/amount_ore", "BILL-R30",
                    fmt::format("credit note {} is {} öre more than is open on its part of invoice {}: they stay an open credit "
                                "of the customer",
                                format_id(posted.document.id), posted.not_offset_ore, format_id(posted.other_id)));
}

// What the rules refuse is the line's fault; anything else ends the import.
result<std::optional<put_outcome>> importer::take_document(record_type type, result<posting_outcome> posted) {
    if (posted) {
        report_.advance_used_ore += posted->advance_used_ore;
        warn_of_document(*posted, type);
        return std::optional(std::move(posted->document));
    }
    const error& failure = posted.error();
    if (failure.code != error_code::invalid_content) return tl::unexpected(failure);
    const std::string_view rule = rule_of(failure);
    notes_.refuse({}, rule, rule.empty() ? failure.text : failure.text.substr(rule.size() + 2));
    return std::optional<put_outcome>{};
}

result<void> importer::add_utility(nlohmann::json& to, const std::string& pointer) {
    if (to.contains("utility")) return {};
    const auto known = into_->find_facility(to.at("supply_point").get_ref<const std::string&>());
    if (!known) return tl::unexpected(known.error());
    if (*known)
        to["utility"] = name((*known)->kind);
    else
        notes_.refuse(pointer + "/utility", "BILL-R29", "is not told, and no such facility is there");
    return {};
}

result<std::optional<put_outcome>> importer::take_invoice(nlohmann::json& line) {
    for (std::size_t i = 0; i != line["lines"].size(); ++i)
        if (auto done = add_utility(line["lines"][i], fmt::format("/lines/{}", i)); !done)
            return tl::unexpected(std::move(done.error()));
    if (notes_.bad) return std::optional<put_outcome>{};
    invoice_ = to_invoice(line, *options_, notes_);
    if (notes_.bad) return std::optional<put_outcome>{};
    auto known = warn_of_unknown_customer(invoice_->customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    return take_document(record_type::invoice, post_invoice(*into_, *invoice_, options_->policy));
}

result<std::optional<put_outcome>> importer::take_credit_note(nlohmann::json& line) {
    if (auto done = add_utility(line, {}); !done) return tl::unexpected(std::move(done.error()));
    if (notes_.bad) return std::optional<put_outcome>{};
    const credit_note item = to_credit_note(line, notes_);
    if (notes_.bad) return std::optional<put_outcome>{};
    return take_document(record_type::credit_note, post_credit_note(*into_, item));
}

result<void> importer::hand_on(record_type type, const nlohmann::json& line, const std::optional<put_outcome>& outcome) {
    taken_document of;
    of.line = line_no_;
    of.is_credit_note = type == record_type::credit_note;
    of.number = line.at("number").get<std::string>();
    of.customer_id = line.at("customer_id").get<std::string>();
    if (!of.is_credit_note) of.due = parse_iso_date(line.at("due_date").get<std::string>()).value_or(date{});
    of.amount_ore = line.at(of.is_credit_note ? "amount_ore" : "total_ore").get<std::int64_t>();
    std::vector<import_note> notes = notes_.notes;  // with what count() tells later
    if (outcome && outcome->kind != put_kind::conflict) {
        of.document_id = outcome->id;
        if (!of.is_credit_note) of.item = &*invoice_;
    } else if (outcome) {
        notes.push_back({note_level::conflict, 0, {}, {}, outcome->detail});
    }
    of.notes = notes;
    auto done = options_->on_document(*into_, of);
    if (!done) return tl::unexpected(std::move(done.error()));
    std::move(done->begin(), done->end(), std::back_inserter(notes_.notes));
    return {};
}

result<std::optional<put_outcome>> importer::take_receipt_line(const nlohmann::json& line) {
    if (!options_->on_receipt) notes_.refuse({}, {}, "tells of an invoice run, and [tenant.invoices] says of none");
    if (notes_.bad) return std::optional<put_outcome>{};
    const told_receipt told = to_receipt(line, *options_, notes_);
    if (notes_.bad) return std::optional<put_outcome>{};
    auto taken = options_->on_receipt(*into_, told);
    if (!taken) return tl::unexpected(std::move(taken.error()));
    if (taken->id == 0) {
        notes_.refuse({}, taken->rule, taken->text);
        return std::optional<put_outcome>{};
    }
    if (!taken->text.empty()) notes_.warn({}, taken->rule, taken->text);
    return std::optional(put_outcome{taken->is_new ? put_kind::inserted : put_kind::already_there, taken->id, {}});
}

result<std::optional<put_outcome>> importer::take_record(record_type type, nlohmann::json line) {
    for (const json_fault& each : schemas_.check(type, line))
        notes_.refuse(each.pointer, {}, each.text);
    if (notes_.bad) return std::optional<put_outcome>{};
    switch (type) {
        case record_type::customer:
            return take_customer(line);
        case record_type::facility:
            return take_facility(line);
        case record_type::invoice:
        case record_type::credit_note: {
            auto taken = type == record_type::invoice ? take_invoice(line) : take_credit_note(line);
            if (!taken || !options_->on_document) return taken;
            if (auto done = hand_on(type, line, *taken); !done) return tl::unexpected(std::move(done.error()));
            return taken;
        }
        case record_type::registration:
            return take_registration_line(line);
        case record_type::run:
            // Its rules were judged before (mapping/billing/run_check.hpp).
            if (options_->on_document && line_no_ == 1) {
                --report_.lines;
                return std::optional<put_outcome>{};
            }
            return fail(error_code::invalid_content, "it is an invoice run: brygga run-invoices take FILE takes it whole");
        case record_type::receipt:
            return take_receipt_line(line);
        case record_type::facility_event: {
            const facility_event item = to_facility_event(line, notes_);
            if (notes_.bad) return std::optional<put_outcome>{};
            return into_->put_facility_event(item).map([](put_outcome outcome) { return std::optional(std::move(outcome)); });
        }
    }
    return std::optional<put_outcome>{};
}

result<void> importer::take_line(const line_reader::line& line) {
    notes_ = {};
    invoice_.reset();
    ++report_.lines;
    if (line.too_long) {
        notes_.refuse({}, {}, fmt::format("is longer than {} bytes", max_import_line));
        return {};
    }
    const auto read = parse_strict(line.text);
    if (!read) {
        notes_.refuse(read.error().pointer, {}, read.error().text);
        return {};
    }
    const auto type = read->is_object() ? read->find("type") : read->end();
    if (!read->is_object() || type == read->end() || !type->is_string()) {
        notes_.refuse("/type", {}, "a line is an object with a type");
        return {};
    }
    const auto known = parse_record_type(type->get_ref<const std::string&>());
    if (!known) {
        notes_.refuse("/type", {}, "is none of customer, facility, invoice, credit_note, registration, receipt, facility_event");
        return {};
    }
    auto opened = open();
    if (!opened) return opened;
    auto taken = take_record(*known, *read);
    if (!taken) return tl::unexpected(std::move(taken.error()));
    if (*taken) count(**taken);
    return {};
}

result<import_report> importer::run(std::istream& lines) {
    line_reader reader(lines, max_import_line);
    while (const auto line = reader.next()) {
        line_no_ = reader.number();
        if (!line->too_long && line->text.find_first_not_of(" \t") == std::string_view::npos) continue;
        auto taken = take_line(*line);
        if (!taken) return tl::unexpected(std::move(taken.error()));
        if (notes_.bad) ++report_.bad;
        report(std::move(notes_.notes));
        if (++lines_open_ < options_->lines_per_commit) continue;
        auto closed = close();
        if (!closed) return tl::unexpected(std::move(closed.error()));
    }
    if (lines.bad()) return fail(error_code::io, "the lines to import cannot be read to their end");
    auto closed = close();
    if (!closed) return tl::unexpected(std::move(closed.error()));
    return std::move(report_);
}

}  // namespace

result<import_report> import_lines(std::istream& lines, const transaction_source& begin, const import_options& options) {
    return importer(begin, options).run(lines);
}

result<import_report> import_lines_into(std::istream& lines, transaction& into, const import_options& options) {
    return importer(into, options).run(lines);
}

}  // namespace brygga::ledger
