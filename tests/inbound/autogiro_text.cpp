#include "tests/inbound/autogiro_text.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/report_writer.hpp"
#include "formats/core/bankgiro.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::inbound::test {

namespace {

using autogiro::layout_id;
using autogiro::payment_direction;

// One line: a verb, words, and name=value pairs.
class line_words {
 public:
    explicit line_words(const std::string& line) {
        std::istringstream in(line);
        for (std::string word; in >> word;)
            words_.push_back(word);
    }
    [[nodiscard]] bool empty() const { return words_.empty(); }
    [[nodiscard]] const std::string& at(std::size_t index) const { return words_.at(index); }
    [[nodiscard]] bool has(std::size_t index) const {
        return index < words_.size() && words_[index].find('=') == std::string::npos;
    }
    [[nodiscard]] std::string value(const std::string& name, const std::string& otherwise = {}) const {
        for (const std::string& each : words_)
            if (each.starts_with(name + "=")) return each.substr(name.size() + 1);
        return otherwise;
    }
    // "2026-11-30" as a file has it.
    [[nodiscard]] std::string day(const std::string& name, const std::string& otherwise) const {
        std::string text = value(name, otherwise);
        text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
        return text;
    }

 private:
    std::vector<std::string> words_;
};

layout_id layout_named(const std::string& name) {
    for (int i = 0; i <= static_cast<int>(layout_id::mandreg_old); ++i)
        if (autogiro::name(static_cast<layout_id>(i)) == name) return static_cast<layout_id>(i);
    throw std::runtime_error("no layout " + name);
}

class describer {
 public:
    void take(const std::string& text) {
        const line_words line(text);
        if (line.empty()) return;
        const std::string& verb = line.at(0);
        if (verb == "open") return open(line);
        if (verb == "entry") return entry(line);
        if (verb == "pay") return payment(line, payment_direction::collection);
        if (verb == "out") return payment(line, payment_direction::payout);
        if (verb == "refund") return refund(line);
        if (verb == "advice") return advice(line);
        if (verb == "amend") return amendment(line);
        if (verb == "internet") return internet(line);
        if (verb == "register") return registered(line);
        if (verb == "close") return out_.close();
        throw std::runtime_error("no such record: " + text);
    }
    [[nodiscard]] std::string& bytes() { return out_.bytes(); }

 private:
    void open(const line_words& line) {
        layout_ = layout_named(line.at(1));
        day_ = line.at(2);
        day_.erase(std::remove(day_.begin(), day_.end(), '-'), day_.end());
        bankgiro_ = bankgiro_field(line.has(3) ? line.at(3) : "9912346");
        out_.open(layout_, {day_, line.value("customer", "471117"), bankgiro_});
    }
    void entry(const line_words& line) {
        std::string day = line.has(2) ? line.at(2) : day_;
        day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
        out_.entry(line.at(1), {"00000000000000000005841000001009823", day, line.has(3) ? line.at(3) : "00001", 0, {}, 0});
    }
    void fill(const line_words& line, autogiro::payment_record& item) {
        kept_ = {line.day("day", day_), fmt::format("{:0>16}", line.at(1)), line.value("ref"), line.value("comment", "01")};
        const bool rejects = layout_ == layout_id::reject_new || layout_ == layout_id::reject_old;
        item.payment_day = kept_[0];
        item.period = '0';
        item.payer_number = kept_[1];
        item.amount_ore = ore_of(line.at(2));
        if (!rejects && layout_ != layout_id::watch) item.bankgiro = bankgiro_;
        item.reference = {kept_[2], encoding::iso_8859_1};
        item.status = layout_ == layout_id::payspec_new ? line.value("status", "0")[0] : line.value("status", " ")[0];
        if (rejects) item.comment = kept_[3];
    }
    void payment(const line_words& line, payment_direction direction) {
        autogiro::payment_record item;
        fill(line, item);
        out_.payment(direction, item);
    }
    void refund(const line_words& line) {
        autogiro::refund_record item;
        fill(line, item.original);
        item.original.status = ' ';
        const std::string back = line.day("back", day_), code = line.value("code", "02");
        item.refund_day = back;
        item.refund_code = code;
        out_.refund(item);
    }
    void advice(const line_words& line) {
        const std::string number = fmt::format("{:0>16}", line.at(1)), account = line.value("account"),
                          identity = line.value("identity"), day = line.day("day", day_);
        out_.advice({bankgiro_,
                     number,
                     account,
                     identity,
                     std::string_view(line.at(2)).substr(0, 2),
                     std::string_view(line.at(2)).substr(2, 2),
                     day,
                     {}});
    }
    void amendment(const line_words& line) {
        const std::string day = line.day("day", "00000000"), reference = line.value("ref"), new_day = line.day("new", "00000000"),
                          comment = line.value("comment", "12"), direction = line.value("direction", "82"),
                          number = line.at(2) == "-" ? std::string() : fmt::format("{:0>16}", line.at(2));
        out_.amendment(line.at(1), {day,
                                    number,
                                    direction,
                                    ore_of(line.at(3)),
                                    reference.empty() ? "00000000" : "REFERENS",
                                    new_day,
                                    {reference.empty() ? "0000000000000000" : reference, encoding::iso_8859_1},
                                    comment});
    }
    void internet(const line_words& line) {
        const std::string number = fmt::format("{:0>16}", line.at(1)), account = line.value("account"),
                          identity = line.value("identity");
        const autogiro::encoded_text address[4] = {
            {"PROV PROVSSON", encoding::iso_8859_1}, {}, {"PROVGATAN 1", encoding::iso_8859_1}, {}};
        out_.internet_mandate({bankgiro_, number, account, identity, line.value("message", "0")[0]}, {}, address,
                              {"12345", {"STORSTAD", encoding::iso_8859_1}});
    }
    void registered(const line_words& line) {
        const std::string number = fmt::format("{:0>16}", line.at(1)), account = line.value("account"),
                          identity = line.value("identity"), created = line.day("created", "2026-01-15"),
                          changed = line.day("changed", "");
        autogiro::register_record item;
        item.bankgiro = bankgiro_;
        item.identity = identity;
        item.payer_number = number;
        item.origin = '1';
        item.last_used = layout_ == layout_id::mandreg_old ? "6" : "26";
        item.created = created;
        item.changed = changed;
        item.state = line.value("state", "1")[0];
        item.account = account;
        out_.register_entry(item);
    }

    autogiro::report_writer out_;
    layout_id layout_{};
    std::string day_, bankgiro_;
    std::vector<std::string> kept_;
};

}  // namespace

std::string autogiro_bytes(std::string_view description) {
    describer out;
    std::istringstream in{std::string(description)};
    for (std::string line; std::getline(in, line);)
        out.take(line);
    return out.bytes();
}

}  // namespace brygga::inbound::test
