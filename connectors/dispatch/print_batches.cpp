#include "connectors/dispatch/print_batches.hpp"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/letter_spool.hpp"
#include "connectors/dispatch/detail/made.hpp"
#include "connectors/dispatch/detail/print_work.hpp"
#include "connectors/dispatch/detail/run_gate.hpp"
#include "connectors/dispatch/letterhead.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/writer.hpp"
#include "mapping/inbound/print_receipts.hpp"
#include "mapping/protection/door.hpp"

namespace brygga::dispatch {

namespace {

namespace batch = print::batch;
using detail::desk;
using ledger::run_document_item;
using outbound::batched_document;

constexpr std::size_t letters_at_once = 500;
constexpr std::string_view batch_stopped = "print-batch-stopped";  // kind of matter

// "2026-11-30T04:05:06+01:00"
std::string moment_text(ledger::timestamp_ms at) {
    using namespace std::chrono;
    const sys_time<milliseconds> utc{milliseconds(at)};
    const auto here = floor<seconds>(in_sweden(utc));
    const auto ahead = duration_cast<minutes>(here - floor<seconds>(utc));
    const auto day = floor<days>(here);
    const hh_mm_ss<seconds> time(here - day);
    return fmt::format("{}T{:02}:{:02}:{:02}+{:02}:{:02}", format_iso_date(date(day)), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), ahead.count() / 60, ahead.count() % 60);
}

std::string compact(date day) {
    std::string out = format_iso_date(day);
    std::erase(out, '-');
    return out;
}

// Documents of one company by one way, for as long as one pass takes.
class batch_work {
 public:
    batch_work(const desk& on, config::run_mode mode, ledger::channel by, made_batches& into)
        : on_(on),
          by_(by),
          into_(into),
          settings_(*on.who->print),
          rule_(settings_.rule_of(*on.who)),
          gate_(*on.books, on.who->invoices->terms(intake::swedish_day(on.now())).run, on.now()),
          spool_(on.files(), rule_->work() / ".letters") {
        header_.environment = mode == config::run_mode::test ? batch::environment::test : batch::environment::prod;
        header_.handling = by == ledger::channel::forwarding ? batch::handling::protected_identity : batch::handling::standard;
        header_.flow = batch::flow::invoice;
    }

    void go() {
        for (ledger::row_id after = 0;;) {
            const auto page = read_page(after);
            if (!page) return on_.trouble("made", page.error().text);
            for (const run_document_item& each : *page) {
                after = each.now.row.id;
                if (!take(each)) return;
                if (drawn_.size() == settings_.documents && !send()) return;
            }
            if (page->size() < letters_at_once) break;
        }
        static_cast<void>(send());
    }

 private:
    result<std::vector<run_document_item>> read_page(ledger::row_id after) {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        return (*in)->invoice_runs().planned_deliveries(by_, after, letters_at_once);
    }

    // False: the pass must end.
    bool take(const run_document_item& item) {
        const auto run = gate_.run_of(item.row.run_id);
        if (!run) return failed(run.error());
        if (!run->einvoices_are_over) {
            ++into_.waiting;
            return true;
        }
        if (!head_ && !begin()) return false;
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return failed(in.error());
        const auto epoch = outbound::epoch_of(item.row.customer_id, **in);
        if (!epoch) return failed(epoch.error());
        const auto made = item.row.is_credit_note ? letter_of_credit_note(item.row.document_id, head_->terms, **in)
                                                  : letter_of_invoice(item.row.document_id, head_->terms, **in);
        if (!made) {
            const bool is_of_document =
                made.error().code == error_code::not_found || made.error().code == error_code::invalid_content;
            return is_of_document ? hold(item.now.row.id, "document-fault", "it cannot be made") : failed(made.error());
        }
        if (!made->gaps.empty()) return hold_for(item.now.row.id, made->gaps);
        return draw(item, *made, *epoch);
    }

    bool begin() {
        auto made = letterhead_of(*on_.who, on_.files());
        if (!made) return failed(made.error());
        head_.emplace(std::move(*made));
        header_.sender = head_->batch.sender;
        const auto opened = detail::in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            auto open = protection::door::open("print batch", into);
            if (!open) return tl::unexpected(std::move(open.error()));
            door_.emplace(std::move(*open));
            return {};
        });
        if (!opened) return failed(opened.error());
        const auto begun = spool_.begin();
        return begun || failed(begun.error());
    }

    bool draw(const run_document_item& item, const outbound::made_letter& made, std::int64_t epoch) {
        const auto drawn = head_->drawn_by->render(made.letter);
        if (!drawn) return hold(item.now.row.id, "letter-fault", drawn.error().text);
        const auto objections = look(item, drawn->pdf);
        if (!objections) return failed(objections.error());
        if (!objections->empty()) return hold(item.now.row.id, objections->front().rule, objections->front().place);
        for (const outbound::document_gap& each : made.told)
            on_.log(logging::log_level::warning, "document-told",
                    {{"tenant", on_.who->id},
                     {"document", ledger::format_id(item.row.id)},
                     {"rule", each.rule},
                     {"place", each.place}});
        const std::string id = ledger::format_id(item.now.row.id);
        auto pdf = spool_.add(id, drawn->pdf, drawn->pages);
        if (!pdf) return failed(pdf.error());
        drawn_.push_back({item.now.row.id, made.customer_id, epoch, document_of(made, id, std::move(*pdf), head_->batch)});
        return true;
    }

    result<std::vector<protection::door::objection>> look(const run_document_item& item, std::string_view pdf) {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        return door_->objections(pdf, item.row.customer_id, !item.now.newest.actor.empty(), **in);
    }

    bool hold_for(ledger::row_id delivery_id, const std::vector<outbound::document_gap>& gaps) {
        std::string rules, texts;
        for (const outbound::document_gap& each : gaps) {
            if (rules.find(each.rule) == std::string::npos) rules += fmt::format("{}{}", rules.empty() ? "" : ",", each.rule);
            texts += fmt::format("{}{} {}: expected {}", texts.empty() ? "" : "; ", each.rule, each.place, each.expected);
        }
        return hold(delivery_id, rules, texts);
    }

    bool hold(ledger::row_id delivery_id, std::string_view code, std::string_view text) {
        ledger::delivery_event event;
        event.state = ledger::delivery_state::held;
        event.code = code;
        event.text = text;
        const auto held = detail::in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            const auto noted = into.invoice_runs().add_delivery_event(delivery_id, event);
            return noted ? result<void>{} : tl::unexpected(noted.error());
        });
        if (!held) return failed(held.error());
        ++into_.held;
        on_.log(logging::log_level::error, "document-held",
                {{"tenant", on_.who->id}, {"partner", on_.partner->id}, {"channel", name(by_)}, {"rules", code}});
        return true;
    }

    bool failed(const error& why) {
        on_.trouble("made", why.text);
        return false;
    }

    // What was drawn leaves, and the spool is empty again. False: the pass must end.
    bool send() {
        if (drawn_.empty()) return true;
        std::vector<batch::document> all;
        for (const batched_document& each : drawn_)
            all.push_back(each.what);
        const auto parts = batch::split(all, {settings_.documents});
        if (!parts) return failed(parts.error());
        for (const std::vector<std::size_t>& part : *parts) {
            std::vector<batched_document> documents;
            for (const std::size_t index : part)
                documents.push_back(std::move(drawn_[index]));
            if (!send(std::move(documents))) return false;
        }
        drawn_.clear();
        const auto begun = spool_.begin();
        return begun || failed(begun.error());
    }

    // Without those that our own rules take out, unless these are too many (batch.maxErrorRatio).
    bool send(std::vector<batched_document> documents) {
        const std::size_t planned = documents.size();
        std::size_t removed = 0;
        while (!documents.empty()) {
            const auto sequence = next_sequence();
            if (!sequence) return failed(sequence.error());
            const auto written = write(documents, *sequence);
            if (!written) return failed(written.error());
            if (written->accepted()) return queue(documents, *written, *sequence);
            removed += written->removed.size();
            const bool is_stopped = written->removed.empty() || removed * 1000 > planned * settings_.max_error_permille;
            if (is_stopped) return stop(planned, written->findings);
            for (auto each = written->removed.rbegin(); each != written->removed.rend(); ++each) {
                const auto at = documents.begin() + static_cast<std::ptrdiff_t>(each->document);
                if (!hold(at->delivery_id, batch::info(each->broken).id, "our own reader takes it out of the batch"))
                    return false;
                documents.erase(at);
            }
        }
        return true;
    }

    result<std::uint32_t> next_sequence() {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        const auto last = (*in)->print_batches().last_print_sequence();
        return last ? result<std::uint32_t>(*last + 1) : tl::unexpected(last.error());
    }

    [[nodiscard]] std::filesystem::path place() const { return rule_->work() / ".batch"; }

    result<batch::written_batch> write(const std::vector<batched_document>& documents, std::uint32_t sequence) {
        header_.created_at = moment_text(on_.now());
        header_.batch_id = fmt::format("{}-{}-{:06}", compact(intake::swedish_day(on_.now())),
                                       header_.handling == batch::handling::protected_identity ? "PRO" : "INV", sequence);
        const auto file = on_.files().create(place());
        if (!file) return tl::unexpected(file.error());
        std::vector<batch::document> all;
        for (const batched_document& each : documents)
            all.push_back(each.what);
        result<void> kept;
        auto written = batch::write_batch(
            header_, all,
            [&](const batch::file_ref& of) -> result<std::string> {
                const auto bytes = spool_.bytes_of(of.name);
                return bytes ? result<std::string>(std::string(*bytes)) : tl::unexpected(bytes.error());
            },
            reading(),
            [&](std::string_view bytes) {
                if (kept) kept = (*file)->write(bytes);
            });
        if (!kept) return tl::unexpected(kept.error());
        return written;
    }

    // What the ledger knows of documents that went before.
    [[nodiscard]] batch::read_options reading() const {
        batch::read_options out;
        out.max_error_permille = 1000;  // counted above, over all attempts
        out.ledger.sha256_of_document = [this](std::string_view id) -> std::optional<std::string> {
            const auto in = on_.books->begin_read(on_.who->id);
            if (!in) return std::nullopt;
            const auto known = (*in)->print_batches().print_document_with_id(id);
            return known && *known ? std::optional((*known)->row.sha256) : std::nullopt;
        };
        return out;
    }

    bool queue(const std::vector<batched_document>& documents, const batch::written_batch& written, std::uint32_t sequence) {
        const auto name = batch::file_name_of(header_, sequence);
        if (!name) return failed(name.error());
        const made_file what{"print-batch:" + header_.batch_id, batch::format_file_name(*name), rule_};
        const made end = detail::queue_written_at(on_, what, place(), [&](ledger::transaction& into, ledger::row_id id) {
            ledger::print_batch row{0,
                                    header_.batch_id,
                                    sequence,
                                    header_.flow,
                                    header_.handling == batch::handling::protected_identity,
                                    written.totals.digest,
                                    id,
                                    documents.size()};
            return outbound::note_batch(row, documents, into);
        });
        static_cast<void>(on_.files().remove(place()));  // what stays is written over by the next one
        if (end.end == made_end::queued) {
            ++into_.batches;
            into_.documents += documents.size();
        }
        if (end.end == made_end::refused) into_.stopped += documents.size();
        return end.end != made_end::not_now && end.end != made_end::refused;
    }

    bool stop(std::size_t documents, const finding_list& why) {
        into_.stopped += documents;
        const std::string_view rule = why.kept().empty() ? std::string_view("PRB-RATIO") : why.kept().front().rule->id;
        on_.trouble("made", fmt::format("{}: {} documents wait, and a person must look", rule, documents));
        const auto told = detail::in_transaction(on_, [&](ledger::transaction& into) {
            ledger::matter item;
            item.kind = batch_stopped;
            item.key = fmt::format("{}:{}", batch_stopped, format_iso_date(intake::swedish_day(on_.now())));
            item.detail = nlohmann::json{{"partner", on_.partner->id}, {"rule", rule}, {"documents", documents}}.dump();
            return into.matters().add_matter(item);
        });
        if (!told) return failed(told.error());
        return false;
    }

    const desk& on_;
    ledger::channel by_;
    made_batches& into_;
    const config::print_settings& settings_;
    const partners::send_rule* rule_;
    detail::run_gate gate_;
    detail::letter_spool spool_;
    batch::header header_;
    std::optional<letterhead> head_;
    std::optional<protection::door> door_;
    std::vector<batched_document> drawn_;
};

}  // namespace

made_batches make_batches_now(const config::settings& with, const config::tenant& who, ledger::store& books, const options& how,
                              dispatch_report& into) {
    made_batches out;
    for (const partners::partner& to : who.partners)
        if (to.id == who.print->partner)
            static_cast<void>(detail::at_desk(with, who, to, books, how, into, [&](const desk& on) {
                out = detail::make_due_batches(on, with.mode);
                return partners::visit_end::nothing_to_do;
            }));
    return out;
}

namespace detail {

namespace {

// PRO-R18: where a protected person may have become known, nothing more goes until somebody has seen to it.
bool is_stopped(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    const auto open = in ? (*in)->matters().open_matters_of(inbound::protected_incident, 1)
                         : result<std::vector<ledger::matter_item>>(tl::unexpected(in.error()));
    if (!open) {
        on.trouble("made", open.error().text);
        return true;
    }
    if (open->empty()) return false;
    on.trouble("made", "PRO-R18: a protected person may have become known: nothing is printed until matter " +
                           ledger::format_id(open->front().row.id) + " is closed");
    return true;
}

}  // namespace

made_batches make_due_batches(const desk& on, config::run_mode mode) {
    made_batches out;
    if (!on.who->print || !on.who->invoices || on.who->print->partner != on.partner->id) return out;
    const partners::send_rule* const rule = on.who->print->rule_of(*on.who);
    if (rule == nullptr) return out;
    if (!rule->seal.empty()) {
        on.trouble("made", "the [[tenant.partner.send]] of [tenant.print] seals, which no print batch is");
        return out;
    }
    const auto watched = in_transaction(on, [&](ledger::transaction& into) {
        return outbound::tell_overdue_batches(on.now(), intake::swedish_day(on.now()), on.who->print->final_days, into);
    });
    if (!watched) on.trouble("made", watched.error().text);
    if (is_stopped(on)) return out;
    batch_work(on, mode, ledger::channel::print, out).go();
    const auto& sealed = on.who->protected_persons;
    if (sealed && sealed->by == config::forwarding_by::provider) batch_work(on, mode, ledger::channel::forwarding, out).go();
    return out;
}

}  // namespace detail

}  // namespace brygga::dispatch
