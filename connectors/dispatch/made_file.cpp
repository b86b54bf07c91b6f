#include "connectors/dispatch/made_file.hpp"

#include <nlohmann/json.hpp>

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/checked.hpp"
#include "connectors/dispatch/detail/made.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/kept_original.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::dispatch {

namespace detail {

namespace {

// One attempt, within one transaction.
class making {
 public:
    making(const desk& on, const made_file& what) : on_(on), what_(what) {}

    result<made> go(const maker& make) {
        if (auto removed = remove_leftover(); !removed) return tl::unexpected(removed.error());
        const auto into = on_.books->begin(on_.who->id);
        if (!into) return tl::unexpected(into.error());
        const auto known = (*into)->exchange().outgoing_with_key(what_.key);
        if (!known) return tl::unexpected(known.error());
        if (*known) return made{made_end::already_there, (*known)->row.id};
        const ledger::row_id id = (*into)->allot_id();
        const auto bytes = make(**into, id);
        if (!bytes) {
            if (bytes.error().code == error_code::corrupt) fault_ = bytes.error().text;
            return tl::unexpected(bytes.error());
        }
        on_.pass(step::made);
        if (bytes->empty()) return committed(**into, {made_end::nothing, 0});
        if (auto queued = keep_and_queue(*bytes, id, **into); !queued) return tl::unexpected(queued.error());
        return committed(**into, {made_end::queued, id});
    }

    // The file lies at `from`. It is judged and kept before the transaction, which is short then, however large it is.
    result<made> go_written(const std::filesystem::path& from, const noter& note) {
        const auto kept = judge_and_keep(from);
        if (!kept) return tl::unexpected(kept.error());
        const auto into = on_.books->begin(on_.who->id);
        if (!into) return tl::unexpected(into.error());
        const auto known = (*into)->exchange().outgoing_with_key(what_.key);
        if (!known) return tl::unexpected(known.error());
        if (*known) return made{made_end::already_there, (*known)->row.id};
        const ledger::row_id id = (*into)->allot_id();
        const auto wanted = note(**into, id);
        if (!wanted) return tl::unexpected(wanted.error());
        on_.pass(step::made);
        if (!*wanted) return made{made_end::nothing, 0};
        if (auto still = intake::still_kept(*on_.originals, kept->is); !still) return tl::unexpected(still.error());
        if (auto queued = queue(id, *kept, kept->is.sha256, **into); !queued) return tl::unexpected(queued.error());
        return committed(**into, {made_end::queued, id});
    }

    // Why our own reader did not let it go, when that is what kept it.
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
    static result<made> committed(ledger::transaction& into, made end) {
        if (auto done = into.commit(); !done) return tl::unexpected(done.error());
        return end;
    }

    // One file at a time: the partner is ours alone meanwhile.
    [[nodiscard]] std::filesystem::path place() const { return what_.rule->work() / ".made"; }

    // Of a process that died.
    [[nodiscard]] result<void> remove_leftover() const {
        const auto there = filedrop::exists(on_.files(), place());
        if (!there) return tl::unexpected(there.error());
        return *there ? on_.files().remove(place()) : result<void>{};
    }

    result<verdict> write(std::string_view bytes) const {
        if (!what_.rule->seal.empty())
            return sealed_verdict_of(on_, *what_.rule, bytes, intake::swedish_day(on_.now()), place(), judging::always,
                                     what_.policy);
        verdict on_it;
        if (what_.objection)
            on_it.fault = what_.objection(bytes);
        else
            on_it = verdict_of(*what_.rule, bytes, judging::always, what_.policy);
        if (!on_it.fault.empty()) return on_it;
        const auto file = on_.files().create(place());
        if (!file) return tl::unexpected(file.error());
        if (auto written = (*file)->write(bytes); !written) return tl::unexpected(written.error());
        return on_it;
    }

    result<void> keep_and_queue(const std::string& bytes, ledger::row_id id, ledger::transaction& into) {
        const auto on_it = write(bytes);
        if (!on_it) return tl::unexpected(on_it.error());
        if (!on_it->fault.empty()) {
            fault_ = on_it->fault;
            return fail(error_code::invalid_content, fault_);
        }
        on_.pass(step::made_written);
        const auto is = intake::fingerprint_of(on_.files(), place());
        if (!is) return tl::unexpected(is.error());
        if (auto kept = on_.originals->keep(place(), *is, writer()); !kept) return kept;
        on_.pass(step::made_kept);
        if (auto removed = on_.files().remove(place()); !removed) return removed;
        if (auto kept = intake::still_kept(*on_.originals, *is); !kept) return kept;
        return queue(id, {*on_it, *is}, sha256_hex(bytes), into);
    }

    struct judged_file {
        verdict on_it;
        intake::fingerprint is;
    };

    result<judged_file> judge_and_keep(const std::filesystem::path& from) {
        judged_file out;
        {
            const auto source = byte_source::open(from);
            if (!source) return tl::unexpected(source.error());
            out.on_it = verdict_of(*what_.rule, source->bytes(), judging::always, what_.policy);
        }
        if (!out.on_it.fault.empty()) {
            fault_ = out.on_it.fault;
            return fail(error_code::invalid_content, fault_);
        }
        on_.pass(step::made_written);
        const auto is = intake::fingerprint_of(on_.files(), from);
        if (!is) return tl::unexpected(is.error());
        out.is = *is;
        if (auto kept = on_.originals->keep(from, out.is, writer()); !kept) return tl::unexpected(kept.error());
        on_.pass(step::made_kept);
        return out;
    }

    // The same name again, so that what a dead process left there is written over.
    [[nodiscard]] std::string writer() const { return fmt::format("made.{}.{}", on_.who->id, on_.partner->id); }

    result<void> queue(ledger::row_id id, const judged_file& file, std::string laid_sha256, ledger::transaction& into) {
        ledger::outgoing item{id,
                              what_.key,
                              on_.partner->id,
                              what_.rule->folder,
                              what_.name,
                              file.on_it.format,
                              file.on_it.reference,
                              file.is.sha256,
                              file.is.size_bytes,
                              due_after(*what_.rule, on_.now()),
                              std::move(laid_sha256)};
        return into.exchange().add_outgoing(item);
    }

    const desk& on_;
    const made_file& what_;
    std::string fault_;
};

// In a transaction of its own: that of the file is rolled back.
result<void> tell_a_person(const desk& on, const made_file& what, const std::string& why) {
    return in_transaction(on, [&](ledger::transaction& into) {
        ledger::matter item;
        item.kind = made_file_refused;
        item.key = fmt::format("{}:{}", made_file_refused, what.key);
        item.detail =
            nlohmann::json{{"partner", on.partner->id}, {"folder", what.rule->folder}, {"file", what.name}, {"why", why}}.dump();
        return into.matters().add_matter(item);
    });
}

}  // namespace

result<std::string> free_key(const desk& on, std::string_view begin) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected(in.error());
    for (int number = 1;; ++number) {
        std::string key = fmt::format("{}:now:{}", begin, number);
        const auto known = (*in)->exchange().outgoing_with_key(key);
        if (!known) return tl::unexpected(known.error());
        if (!*known) return key;
    }
}

namespace {

// Closed by itself, whoever has closed it once more.
result<bool> was_taken_back(ledger::transaction& in, ledger::row_id outgoing_id) {
    const auto events = in.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    return std::any_of(events->begin(), events->end(), [](const ledger::outgoing_event& each) {
        return each.state == ledger::sending::closed && each.actor.empty();
    });
}

}  // namespace

result<std::string> standing_key(const desk& on, std::string_view begin) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected(in.error());
    for (int number = 1;; ++number) {
        std::string key = number == 1 ? std::string(begin) : fmt::format("{}:{}", begin, number);
        const auto known = (*in)->exchange().outgoing_with_key(key);
        if (!known) return tl::unexpected(known.error());
        const auto taken_back = *known ? was_taken_back(**in, (*known)->row.id) : result<bool>(false);
        if (!taken_back) return tl::unexpected(taken_back.error());
        if (!*taken_back) return key;
    }
}

namespace {

// How the attempt ended, for the report and for whoever must look.
made told(const desk& on, const made_file& what, const making& attempt, const result<made>& done) {
    if (!done) {
        on.trouble("made", done.error().text);
        if (attempt.fault().empty()) return {};
        if (auto noted = tell_a_person(on, what, attempt.fault()); !noted) on.trouble("made", noted.error().text);
        return {made_end::refused, 0};
    }
    if (done->end != made_end::queued) return *done;
    on.pass(step::made_queued);
    on.log(logging::log_level::info, "made-and-queued",
           {{"tenant", on.who->id}, {"partner", on.partner->id}, {"file", ledger::format_id(done->id)}});
    return *done;
}

}  // namespace

made make_at(const desk& on, const made_file& what, const maker& make) {
    making attempt(on, what);
    return told(on, what, attempt, attempt.go(make));
}

made queue_written_at(const desk& on, const made_file& what, const std::filesystem::path& from, const noter& note) {
    making attempt(on, what);
    return told(on, what, attempt, attempt.go_written(from, note));
}

}  // namespace detail

made queue_made(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                const options& how, const made_file& what, const maker& make, dispatch_report& into) {
    made end;
    static_cast<void>(detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
        end = detail::make_at(on, what, make);
        return partners::visit_end::nothing_to_do;
    }));
    return end;
}

}  // namespace brygga::dispatch
