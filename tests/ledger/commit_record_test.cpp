// The commit record hashes rows as they are written and verify() reads them again: both in one order, whatever is booked.
#include <random>

#include <fmt/format.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class commit_record : public store_test {
 protected:
    void expect_sound() {
        const proof proved = must(ledger->verify(tenant));
        EXPECT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
    }
};

// A payment of two TK22 parts, the one for the younger invoice first.
TEST_P(commit_record, part_paid_invoices_in_descending_order) {
    {
        auto into = begin();
        const row_id first = post(*into, an_invoice("F1", "K1", {1000}));
        const row_id second = post(*into, an_invoice("F2", "K1", {1000}));
        bank_file from(*into);
        const payment what = from.add_payment(300);
        entry item{0,
                   entry_kind::payment,
                   what.id,
                   paid,
                   0,
                   {{account::bank, 300, "SEK", from.money.id, 0, {}, "received"},
                    {account::receivable, -200, "SEK", second, 1, "K1", "ocr"},
                    {account::receivable, -100, "SEK", first, 1, "K1", "ocr"}}};
        must(into->add_entry(item));
        from.finish();
        must(into->commit());
    }
    expect_sound();
}

// Books at random, keeping to what the rules allow: a step that the books refuse is undone and another one is taken.
class clerk {
 public:
    clerk(transaction& into, std::uint32_t seed) : into_(&into), random_(seed), from_(into, fmt::format("file-{}", seed)) {}

    void work(int steps) {
        using step = result<void> (clerk::*)();
        constexpr step all[] = {&clerk::customer_changes, &clerk::invoice_comes,   &clerk::invoice_comes,  &clerk::credit_comes,
                                &clerk::parts_are_paid,   &clerk::parts_are_paid,  &clerk::paid_too_early, &clerk::is_reserved,
                                &clerk::is_released,      &clerk::payment_is_held, &clerk::is_matched,     &clerk::is_disputed,
                                &clerk::is_corrected};
        for (int i = 0; i < steps; ++i) {
            const step next = all[pick(std::size(all))];
            if (into_->attempt([&] { return (this->*next)(); })) ++done;
        }
        from_.finish();
    }
    int done = 0;

 private:
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
    std::int64_t amount_up_to(std::int64_t most_ore) { return std::uniform_int_distribution<std::int64_t>(1, most_ore)(random_); }
    std::string some_customer() { return fmt::format("K{}", pick(3)); }

    result<void> customer_changes() {
        customer item = a_customer(some_customer());
        item.telephone = fmt::format("070174060{}", pick(10));
        facility at = a_facility(fmt::format("A{}", pick(3)));
        at.customer_id = item.customer_id;
        if (auto put = into_->put_customer(item); !put) return tl::unexpected(put.error());
        auto put = into_->put_facility(at);
        return put ? result<void>() : tl::unexpected(put.error());
    }
    result<void> invoice_comes() {
        std::vector<std::int64_t> lines;
        for (std::size_t i = 0; i <= pick(4); ++i)
            lines.push_back(amount_up_to(100'000));
        invoice item = an_invoice(fmt::format("F{}", ++number_), some_customer(), lines);
        if (!reserved_.empty() && pick(2) == 0) {
            const reservation& of = reserved_[pick(reserved_.size())];
            item.prepaid = prepaid_amount{of.id, amount_up_to(500)};
        }
        const auto posted = post_invoice(*into_, item, {});
        if (!posted) return tl::unexpected(posted.error());
        invoices_.push_back(item);
        return {};
    }
    result<void> credit_comes() {
        if (invoices_.empty()) return {};
        const invoice& of = invoices_[pick(invoices_.size())];
        const auto posted = post_credit_note(*into_, a_credit_note(fmt::format("C{}", ++number_), of, amount_up_to(5000)));
        return posted ? result<void>() : tl::unexpected(posted.error());
    }
    result<void> parts_are_paid() {
        if (invoices_.empty()) return {};
        payment what = from_.make_payment(0);
        entry item{0, entry_kind::payment, 0, paid, 0, {}};
        for (std::size_t i = 0; i <= pick(4); ++i) {
            const invoice& of = invoices_[pick(invoices_.size())];
            const auto open = into_->invoice_with_number(of.number);
            if (!open) return tl::unexpected(open.error());
            const std::int64_t part_ore = amount_up_to(2000);
            item.postings.push_back({account::receivable, -part_ore, "SEK", (*open)->id, 1, {}, "ocr"});
            what.references.push_back({of.reference, '2', part_ore});
            what.amount_ore += part_ore;
        }
        if (auto added = into_->add_payment(what); !added) return added;
        item.source_id = what.id;
        item.postings.push_back({account::bank, what.amount_ore, "SEK", from_.money.id, 0, {}, "received"});
        return into_->add_entry(item);
    }
    result<void> paid_too_early() {
        give_advance(*into_, some_customer(), 1000 + ++number_);
        return {};
    }
    result<void> is_reserved() {
        auto made = into_->reserve_advances();
        if (!made) return tl::unexpected(made.error());
        reserved_ = std::move(*made);
        return {};
    }
    result<void> is_released() {
        return reserved_.empty() ? result<void>() : into_->release_reservation(reserved_[pick(reserved_.size())].id);
    }
    result<void> payment_is_held() {
        payment what = from_.make_payment(amount_up_to(9000));
        if (auto added = into_->add_payment(what); !added) return added;
        entry item = to_suspense(from_, what);
        if (auto added = into_->add_entry(item); !added) return added;
        hold single{0, from_.file.id, hold_subject::payment, 1, 1, what.id, "BGMAX-R62", "{}"};
        if (auto added = into_->add_hold(single); !added) return added;
        waiting_.push_back(what);
        if (pick(2) == 0) return {};
        const auto decided = into_->decide_hold(single.id, hold_verdict::released, "clerk", "x");
        return decided ? result<void>() : tl::unexpected(decided.error());
    }
    result<void> is_matched() {
        if (waiting_.empty() || invoices_.empty()) return {};
        const payment& what = waiting_[pick(waiting_.size())];
        const auto open = into_->invoice_with_number(invoices_[pick(invoices_.size())].number);
        if (!open) return tl::unexpected(open.error());
        const std::int64_t amount_ore = amount_up_to(1000);
        entry item{0,
                   entry_kind::match,
                   what.id,
                   paid,
                   0,
                   {{account::suspense, amount_ore, "SEK", what.id, 0, {}, "clerk"},
                    {account::receivable, -amount_ore, "SEK", (*open)->id, 1, {}, "clerk"}}};
        return into_->add_entry(item);
    }
    result<void> is_disputed() {
        if (invoices_.empty()) return {};
        const auto open = into_->invoice_with_number(invoices_[pick(invoices_.size())].number);
        if (!open) return tl::unexpected(open.error());
        return into_->add_objection(
            {(*open)->id, 0, (*open)->is_disputed() ? objection_state::rejected : objection_state::raised, "clerk", "x", 0, 0});
    }
    // Takes a payment back from several invoices at once.
    result<void> is_corrected() {
        if (invoices_.size() < 2) return {};
        entry item{0, entry_kind::correction, from_.file.id, paid, 0, {}};
        std::int64_t total_ore = 0;
        for (std::size_t i = 0; i <= 1 + pick(3); ++i) {
            const auto open = into_->invoice_with_number(invoices_[pick(invoices_.size())].number);
            if (!open) return tl::unexpected(open.error());
            const std::int64_t part_ore = amount_up_to(500);
            item.postings.push_back({account::receivable, part_ore, "SEK", (*open)->id, 1, {}, "clerk"});
            total_ore += part_ore;
        }
        item.postings.push_back({account::bank, -total_ore, "SEK", from_.money.id, 0, {}, "clerk"});
        return into_->add_entry(item);
    }

    transaction* into_;
    std::mt19937 random_;
    bank_file from_;
    int number_ = 0;
    std::vector<invoice> invoices_;
    std::vector<payment> waiting_;
    std::vector<reservation> reserved_;
};

TEST_P(commit_record, holds_for_whatever_is_booked_in_one_transaction) {
    constexpr int steps = 80;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE(seed);
        const std::string name = fmt::format("tenant-{}", seed);
        {
            auto into = must(ledger->begin(name));
            clerk at_work(*into, seed);
            at_work.work(steps);
            EXPECT_GT(at_work.done, steps / 2);
            must(into->commit());
        }
        const proof proved = must(ledger->verify(name));
        ASSERT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
    }
}

BRYGGA_ALL_STORES(commit_record);

}  // namespace
}  // namespace brygga::ledger
