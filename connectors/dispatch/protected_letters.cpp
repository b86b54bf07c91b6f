#include "connectors/dispatch/protected_letters.hpp"

#include <fmt/format.h>

#include "connectors/dispatch/detail/run_gate.hpp"
#include "connectors/dispatch/letterhead.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "mapping/protection/door.hpp"

namespace brygga::dispatch {

namespace {

constexpr std::size_t letters_at_once = 500;
constexpr std::uint32_t of_others = 077;
constexpr std::string_view posted_by_hand = "PRO-R04";

class office_work {
 public:
    office_work(const config::tenant& who, ledger::store& books, const intake::options& how)
        : who_(who),
          with_(*who.protected_persons),
          books_(books),
          how_(how),
          gate_(books, who.invoices->terms(intake::swedish_day(how.time->now())).run, how.time->now()) {}

    result<protected_letters> go() {
        auto head = letterhead_of(who_, *how_.files);
        if (!head) return tl::unexpected(std::move(head.error()));
        head_ = std::move(*head);
        if (auto opened = open_door(); !opened) return tl::unexpected(std::move(opened.error()));
        for (ledger::row_id after = 0;;) {
            const auto page = read_page(after);
            if (!page) return tl::unexpected(page.error());
            for (const ledger::run_document_item& each : *page) {
                after = each.now.row.id;
                if (auto taken = take(each); !taken) return tl::unexpected(std::move(taken.error()));
            }
            if (page->size() < letters_at_once) break;
        }
        if (auto done = finish(); !done) return tl::unexpected(std::move(done.error()));
        return std::move(out_);
    }

 private:
    struct drawn {
        ledger::row_id delivery_id{};
        std::string customer_id, file;
        std::int64_t epoch{};
    };

    result<std::vector<ledger::run_document_item>> read_page(ledger::row_id after) {
        const auto in = books_.begin_read(who_.id);
        if (!in) return tl::unexpected(in.error());
        return (*in)->invoice_runs().planned_deliveries(ledger::channel::forwarding, after, letters_at_once);
    }

    result<void> take(const ledger::run_document_item& item) {
        const auto run = gate_.run_of(item.row.run_id);
        if (!run) return tl::unexpected(run.error());
        if (!run->einvoices_are_over) {
            ++out_.waiting;
            return {};
        }
        const auto in = books_.begin_read(who_.id);
        if (!in) return tl::unexpected(in.error());
        const auto epoch = outbound::epoch_of(item.row.customer_id, **in);
        if (!epoch) return tl::unexpected(epoch.error());
        const auto made = item.row.is_credit_note ? letter_of_credit_note(item.row.document_id, head_.terms, **in)
                                                  : letter_of_invoice(item.row.document_id, head_.terms, **in);
        if (!made) return tl::unexpected(made.error());
        if (!made->gaps.empty()) return hold(item.now.row.id, made->gaps.front());
        const auto letter = head_.drawn_by->render(made->letter);
        if (!letter) return hold(item.now.row.id, {"ADR-R06", "letter", letter.error().text});
        const auto objections = door_->objections(letter->pdf, item.row.customer_id, false, **in);
        if (!objections) return tl::unexpected(objections.error());
        if (!objections->empty())
            return hold(item.now.row.id, {objections->front().rule, objections->front().place, "nothing of a protected person"});
        for (const outbound::document_gap& each : made->told)
            if (how_.log != nullptr)
                how_.log->write(logging::log_level::warning, "document-told",
                                {{"tenant", who_.id},
                                 {"document", ledger::format_id(item.row.id)},
                                 {"rule", each.rule},
                                 {"place", each.place}});
        const std::string id = ledger::format_id(item.now.row.id);
        drawn_.push_back({item.now.row.id, item.row.customer_id, id + ".pdf", *epoch});
        labels_.push_back({made->letter.window.front(), sender_line(), with_.forwarder});
        return filedrop::write_durably(*how_.files, with_.folder / (id + ".pdf"), id, letter->pdf, filedrop::if_there::replace);
    }

    result<void> open_door() {
        const auto into = books_.begin(who_.id);
        if (!into) return tl::unexpected(into.error());
        auto opened = protection::door::open("letters of the office", **into);
        if (!opened) return tl::unexpected(std::move(opened.error()));
        door_.emplace(std::move(*opened));
        return (*into)->commit();
    }

    [[nodiscard]] std::string sender_line() const {
        const einvoice::party& of = who_.invoices->with.issuer.seller;
        return fmt::format("Avs: {}, {}, {} {}", of.name, of.street, of.postcode, of.town);
    }

    result<void> hold(ledger::row_id delivery_id, const outbound::document_gap& why) {
        ++out_.held;
        ledger::delivery_event event;
        event.state = ledger::delivery_state::held;
        event.code = why.rule;
        event.text = fmt::format("{}: expected {}", why.place, why.expected);
        const auto into = books_.begin(who_.id);
        if (!into) return tl::unexpected(into.error());
        if (const auto noted = (*into)->invoice_runs().add_delivery_event(delivery_id, event); !noted)
            return tl::unexpected(noted.error());
        return (*into)->commit();
    }

    // Whoever is no longer as they were when their letter was drawn (PRO-R06) gets none: its file goes again.
    result<void> finish() {
        if (drawn_.empty()) return {};
        const auto into = books_.begin(who_.id);
        if (!into) return tl::unexpected(into.error());
        std::vector<print::envelope_labels> labels;
        for (std::size_t i = 0; i != drawn_.size(); ++i) {
            const auto stays = note(drawn_[i], **into);
            if (!stays) return tl::unexpected(stays.error());
            if (!*stays) {
                if (auto removed = how_.files->remove(with_.folder / drawn_[i].file); !removed) return removed;
                continue;
            }
            if (with_.inner_name)
                if (auto named = add_name(drawn_[i], labels_[i], **into); !named) return named;
            labels.push_back(labels_[i]);
            out_.files.push_back(drawn_[i].file);
        }
        if (labels.empty()) return {};
        if (auto written = write_labels(labels); !written) return written;
        out_.letters = labels.size();
        return (*into)->commit();
    }

    result<bool> note(const drawn& each, ledger::transaction& into) {
        const auto epoch = outbound::epoch_of(each.customer_id, into);
        if (!epoch) return tl::unexpected(epoch.error());
        const auto now = into.invoice_runs().run_document_of_delivery(each.delivery_id);
        if (!now) return tl::unexpected(now.error());
        const bool is_planned =
            *now && (*now)->now.row.id == each.delivery_id && (*now)->now.newest.state == ledger::delivery_state::planned;
        if (*epoch != each.epoch || !is_planned) return false;
        ledger::delivery_event event;
        event.state = ledger::delivery_state::held;
        event.code = posted_by_hand;
        event.text = fmt::format("the letter is in {}: enclose it twice, post it, and say that it is delivered", each.file);
        const auto noted = into.invoice_runs().add_delivery_event(each.delivery_id, event);
        return noted ? result<bool>(true) : tl::unexpected(noted.error());
    }

    result<void> add_name(const drawn& each, print::envelope_labels& to, ledger::transaction& into) {
        const auto name = into.protections().sealed_name(each.customer_id, "print_protected", "inner envelope");
        if (!name) return tl::unexpected(name.error());
        if (*name) to.inner_front += fmt::format(" {}", **name);
        return {};
    }

    result<void> write_labels(const std::vector<print::envelope_labels>& labels) {
        const auto sheet = head_.drawn_by->render_envelopes(labels, intake::swedish_day(how_.time->now()));
        if (!sheet) return tl::unexpected(sheet.error());
        const std::string name = fmt::format("labels-{}", out_.files.front());
        out_.files.push_back(name);
        return filedrop::write_durably(*how_.files, with_.folder / name, "labels", sheet->pdf, filedrop::if_there::replace);
    }

    const config::tenant& who_;
    const config::protected_settings& with_;
    ledger::store& books_;
    const intake::options& how_;
    detail::run_gate gate_;
    letterhead head_;
    std::optional<protection::door> door_;
    std::vector<drawn> drawn_;
    std::vector<print::envelope_labels> labels_;
    protected_letters out_;
};

}  // namespace

result<protected_letters> print_protected(const config::tenant& who, ledger::store& books, const intake::options& how) {
    const std::filesystem::path& folder = who.protected_persons->folder;
    const auto facts = how.files->facts(folder);
    if (!facts) return fail(facts.error().code, fmt::format("the folder of [tenant.protected]: {}", facts.error().text));
    if (facts->kind != filedrop::file_kind::folder || (facts->permissions & of_others) != 0)
        return fail(error_code::invalid_config,
                    "the folder of [tenant.protected] must be one that its owner alone may read (chmod 700)");
    const auto lock = filedrop::take_lock(*how.files, folder / ".lock");
    if (!lock) return tl::unexpected(lock.error());
    return office_work(who, books, how).go();
}

}  // namespace brygga::dispatch
