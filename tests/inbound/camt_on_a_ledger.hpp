// A ledger with one customer and one invoice, to which messages are delivered in turns.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "mapping/inbound/inbound.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/inbound/camt_text.hpp"
#include "tests/inbound/ledger_text.hpp"
#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {

inline constexpr std::string_view bgmax_deposit =
    "written 2026-03-02 P\nsection 9912346\npay 10.00 ref=\"1000300101\" serial=900000000001\ndeposit 2026-03-02 00041\nend\n";

inline std::string message(std::string_view kind, std::string_view id, std::string_view entries) {
    return "message " + std::string(id) + " " + std::string(kind) + " 08\naccount " + std::string(id) + "-1\n" +
           std::string(entries) + "end\n";
}

inline constexpr std::string_view one_entry = "entry 2026-03-02 00041\npay 10.00 serial=EXBK1\nocr 1000300101\n";

class camt_on_a_ledger : public testing::Test {
 protected:
    camt_on_a_ledger() : ledger_(folder_.path()) {
        with_.today = *parse_iso_date("2026-03-03");
        with_.receivers.push_back({"9912346", {ocr_level::variable_length, {}}, false});
        ledger_.seed("customer K-1\ninvoice 10003001 K-1 ref=1000300101 due=2026-03-31 EL:100.00\n");
    }

    struct delivery {
        ledger::exchanged_file file;
        std::string bytes;
        logical_result told;
    };

    delivery deliver(std::string_view format, std::string bytes) {
        auto into = ledger_.begin();
        delivery made;
        made.bytes = std::move(bytes);
        made.file.claim = "claim-" + std::to_string(++deliveries_);
        made.file.name = made.file.claim + ".xml";
        made.file.format = format;
        made.file.sha256 = sha256_hex(made.bytes);
        made.file.size_bytes = static_cast<std::int64_t>(made.bytes.size());
        must(into->add_file(made.file));
        made.told = must(find_mapping(format)->book(made.bytes, made.file, with_, *into)).files.front();
        must(into->commit());
        return made;
    }
    delivery deliver_camt(std::string_view kind, std::string_view id, std::string_view entries) {
        return deliver("camt." + std::string(kind), camt_bytes(message(kind, id, entries)));
    }

    // Committed, as the decision that it is.
    result<logical_result> release(const delivery& item, std::uint32_t section_no, std::vector<ledger::row_id> other_than = {},
                                   std::uint32_t logical_no = 1) {
        auto into = ledger_.begin();
        auto done = find_mapping(item.file.format)
                        ->book_released(item.bytes, item.file, with_, {{logical_no, section_no}, std::move(other_than)}, *into);
        if (done) must(into->commit());
        return done;
    }

    // Of the day of one_entry, oldest first.
    std::vector<ledger::known_deposit> deposits(std::int64_t amount_ore = 1000) {
        return must(ledger_.begin()->deposits_of_day("9912346", *parse_iso_date("2026-03-02"), amount_ore));
    }

    static std::vector<std::string> rules_of(const logical_result& told) {
        std::vector<std::string> rules;
        for (const finding& each : told.findings)
            rules.push_back(std::string(name(each.level)) + " " + std::string(each.rule->id));
        return rules;
    }

    temporary_folder folder_;
    test_ledger ledger_;
    settings with_;
    int deliveries_ = 0;
};

}  // namespace brygga::inbound::test
