#include "mapping/ledger/books.hpp"

#include <algorithm>
#include <ostream>
#include <unordered_map>

#include <nlohmann/json.hpp>

namespace brygga::ledger {

namespace {

using nlohmann::ordered_json;

class book_writer {
 public:
    book_writer(transaction& from, std::ostream& to) : from_(&from), to_(&to) {}
    result<void> run();

 private:
    result<void> payments();
    result<void> entries();
    result<void> advances();
    result<void> holds();
    result<void> find_corrected();
    result<void> add_entry(const entry& item);
    result<std::string> name_of(row_id id);
    result<void> write();
    void add(const ordered_json& line) { lines_.push_back(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace)); }

    transaction* from_;
    std::ostream* to_;
    std::vector<std::string> lines_;
    std::unordered_map<row_id, std::string> corrected_;  // what entries that others correct are called
};

result<std::string> book_writer::name_of(row_id id) {
    if (id == 0) return std::string();
    auto found = from_->name_of(id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return fail(error_code::corrupt, "the books name a row that is not there: " + format_id(id));
    return std::move(**found);
}

result<void> book_writer::write() {
    std::sort(lines_.begin(), lines_.end());
    for (const std::string& line : lines_)
        *to_ << line << '\n';
    lines_.clear();
    if (!*to_) return fail(error_code::io, "the books cannot be written");
    return {};
}

result<void> book_writer::payments() {
    return from_->each_payment([&](const payment& item) -> result<void> {
        auto key = name_of(item.id);
        if (!key) return tl::unexpected(std::move(key.error()));
        add({{"type", "payment"},
             {"key", *key},
             {"kind", item.kind == payment_kind::payment ? "payment" : "deduction"},
             {"amount_ore", item.amount_ore},
             {"currency", item.currency},
             {"value_date", format_iso_date(item.value_date)},
             {"content_hash", item.content_hash}});
        return {};
    });
}

result<void> book_writer::find_corrected() {
    return from_->each_entry([&](const entry& item) -> result<void> {
        if (item.corrects_id != 0) corrected_.emplace(item.corrects_id, std::string());
        return {};
    });
}

result<void> book_writer::add_entry(const entry& item) {
    auto source = name_of(item.source_id);
    if (!source) return tl::unexpected(std::move(source.error()));
    std::vector<ordered_json> postings;
    for (const posting& each : item.postings) {
        auto subject = name_of(each.subject_id);
        if (!subject) return tl::unexpected(std::move(subject.error()));
        postings.push_back({{"account", name(each.to)},
                            {"subject", *subject},
                            {"part", each.part_no},
                            {"customer_id", each.customer_id},
                            {"currency", each.currency},
                            {"amount_ore", each.amount_ore},
                            {"reason", each.reason}});
    }
    std::sort(postings.begin(), postings.end());
    ordered_json line{{"type", "entry"},
                      {"kind", name(item.kind)},
                      {"source", *source},
                      {"value_date", format_iso_date(item.value_date)},
                      {"postings", postings}};
    // An entry corrects an earlier one, which has been visited and named.
    if (item.corrects_id != 0) line["corrects"] = corrected_[item.corrects_id];
    if (const auto named = corrected_.find(item.id); named != corrected_.end())
        named->second = std::string(name(item.kind)) + " of " + *source;
    add(line);
    return {};
}

result<void> book_writer::entries() {
    auto found = find_corrected();
    if (!found) return found;
    return from_->each_entry([&](const entry& item) { return add_entry(item); });
}

result<void> book_writer::advances() {
    return from_->each_advance([&](const open_advance& item) -> result<void> {
        auto key = name_of(item.row.id);
        if (!key) return tl::unexpected(std::move(key.error()));
        add({{"type", "advance"},
             {"key", *key},
             {"value_date", format_iso_date(item.row.value_date)},
             {"currency", item.row.currency},
             {"free_ore", item.free_ore},
             {"reserved_ore", item.reserved_ore}});
        return {};
    });
}

result<void> book_writer::holds() {
    return from_->each_hold([&](const held_item& item) -> result<void> {
        auto key = name_of(item.row.id);
        if (!key) return tl::unexpected(std::move(key.error()));
        ordered_json line{{"type", "hold"}, {"key", *key}, {"reasons", item.row.reasons}, {"amount_ore", item.amount_ore}};
        if (item.verdict) line["verdict"] = *item.verdict == hold_verdict::released ? "released" : "refused";
        add(line);
        return {};
    });
}

result<void> book_writer::run() {
    for (const auto part : {&book_writer::payments, &book_writer::entries, &book_writer::advances, &book_writer::holds}) {
        auto done = (this->*part)();
        if (done) done = write();
        if (!done) return done;
    }
    return {};
}

}  // namespace

result<void> export_books(transaction& from, std::ostream& to) {
    return book_writer(from, to).run();
}

}  // namespace brygga::ledger
