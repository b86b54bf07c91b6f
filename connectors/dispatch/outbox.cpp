// From an outbox into the queue.
#include <algorithm>
#include <thread>

#include "connectors/dispatch/detail/checked.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/filedrop/claim.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/kept_original.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::dispatch::detail {

namespace {

// What is sealed is in memory: such files are some megabytes at most.
constexpr std::size_t max_unsealed_bytes = std::size_t{256} << 20;
constexpr std::size_t files_together = 64;
constexpr std::int64_t ns_per_ms = 1'000'000;

struct claimed {
    filedrop::claimed_file file;
    std::string name;         // as it was laid into the outbox
    intake::fingerprint is;   // of what is sent
    std::string laid_sha256;  // of what was laid there
    verdict on_it;
    ledger::timestamp_ms laid_at{};
    ledger::row_id id{};   // in the queue
    result<void> added{};  // one that fails does not keep the others
};

// Takes the files of one outbox and queues many with one transaction: what makes it durable costs the same.
class queueing {
 public:
    queueing(const desk& on, const partners::send_rule& rule) : on_(on), rule_(rule) {}

    void take(result<filedrop::claimed_file> file) {
        if (!file) {
            // Another process has it, or it went as it came.
            if (file.error().code != error_code::busy && file.error().code != error_code::not_found) trouble(file.error());
            return;
        }
        on_.pass(step::claimed);
        if (auto looked = look_at(std::move(*file)); !looked) return trouble(looked.error());
        if (all_.size() == files_together) queue();
    }

    // What has been taken and not queued yet.
    void queue() {
        const auto committed = in_transaction(on_, [this](ledger::transaction& into) -> result<void> {
            for (claimed& each : all_)
                each.added = into.attempt([&] { return add(each, into); });
            return {};
        });
        if (!committed) trouble(committed.error());
        for (const claimed& each : all_) {
            if (!each.added)
                trouble(each.added.error());
            else if (committed)
                if (auto left = leave(each); !left) trouble(left.error());
        }
        all_.clear();
    }

 private:
    void trouble(const error& why) const { on_.trouble("outbox", why.text); }

    result<void> look_at(filedrop::claimed_file file) {
        const auto is = intake::fingerprint_of(on_.files(), file.path);
        if (!is) return tl::unexpected(is.error());
        if (!rule_.seal.empty()) return seal_and_keep(std::move(file), *is);
        if (auto kept = on_.originals->keep(file.path, *is, file.name.claim); !kept) return kept;
        on_.pass(step::kept);
        auto source = on_.originals->open(*is);
        if (!source) return tl::unexpected(source.error());
        verdict on_it = verdict_of(rule_, source->bytes());
        note(std::move(file), *is, is->sha256, std::move(on_it));
        return {};
    }

    void note(filedrop::claimed_file file, const intake::fingerprint& is, std::string laid_sha256, verdict on_it) {
        std::string name = filedrop::unescape_name(file.name.escaped);
        const ledger::timestamp_ms laid_at = std::min(file.facts.changed_ns / ns_per_ms, on_.now());
        all_.push_back({std::move(file), std::move(name), is, std::move(laid_sha256), std::move(on_it), laid_at});
    }

    // What is kept, queued and sent, now and by brygga resend, is the sealed file; one that is refused stays as it was laid.
    result<void> seal_and_keep(filedrop::claimed_file file, const intake::fingerprint& laid) {
        const auto known = known_as(file);
        if (!known) return tl::unexpected(known.error());
        if (*known) {  // a dead process has queued it
            note(std::move(file), {(*known)->row.sha256, (*known)->row.size_bytes}, laid.sha256, {});
            return {};
        }
        const std::filesystem::path sealed = rule_.work() / fmt::format(".{}.sealed", file.name.claim);
        auto on_it = seal_into(sealed, file, laid);
        if (!on_it) return tl::unexpected(on_it.error());
        const bool refused = !on_it->fault.empty();
        const auto is = refused ? laid : intake::fingerprint_of(on_.files(), sealed);
        if (!is) return tl::unexpected(is.error());
        if (!refused) on_.pass(step::sealed);
        if (auto kept = on_.originals->keep(refused ? file.path : sealed, *is, file.name.claim); !kept) return kept;
        on_.pass(step::kept);
        if (!refused)
            if (auto removed = on_.files().remove(sealed); !removed) return removed;
        note(std::move(file), *is, laid.sha256, std::move(*on_it));
        return {};
    }

    result<std::optional<ledger::outgoing_item>> known_as(const filedrop::claimed_file& file) const {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        return (*in)->exchange().outgoing_with_key(key_of(file));
    }

    static std::string key_of(const filedrop::claimed_file& file) { return "claim:" + file.name.claim; }

    // Read by the reader of its format first, then sealed on the day that it was claimed, so that a repetition after a cut gives
    // the same bytes. Errors are of the moment; what is wrong with the file is the fault of the verdict.
    result<verdict> seal_into(const std::filesystem::path& sealed, const filedrop::claimed_file& file,
                              const intake::fingerprint& laid) const {
        const auto data = filedrop::read_all(on_.files(), file.path, max_unsealed_bytes);
        if (!data && data.error().code == error_code::limit_exceeded)
            return verdict{{}, {}, "it is larger than a file that is sealed may be"};
        if (!data) return tl::unexpected(data.error());
        if (sha256_hex(*data) != laid.sha256) return fail(error_code::busy, "the file was written to after it was claimed");
        const date day = intake::swedish_day(filedrop::time_of_claim(file.name.claim).value_or(on_.now()));
        return sealed_verdict_of(on_, rule_, *data, day, sealed);
    }

    // Also what is refused: whoever looks at the ledger must see that it did not go.
    result<void> add(claimed& each, ledger::transaction& into) const {
        ledger::outgoing item{0,
                              key_of(each.file),
                              on_.partner->id,
                              rule_.folder,
                              each.name,
                              each.on_it.format,
                              each.on_it.reference,
                              each.is.sha256,
                              each.is.size_bytes,
                              due_after(rule_, each.laid_at),  // though nobody may have looked until now
                              each.laid_sha256};
        // What a dead process said of it holds.
        const auto known = into.exchange().outgoing_with_key(item.key);
        if (!known) return tl::unexpected(known.error());
        if (*known) {
            each.id = (*known)->row.id;
            each.on_it.fault = (*known)->newest.state == ledger::sending::refused ? (*known)->newest.reason : std::string();
            return {};
        }
        if (auto kept = intake::still_kept(*on_.originals, each.is); !kept) return kept;
        if (auto compared = compare(each, into); !compared) return compared;
        auto added =
            each.on_it.fault.empty() ? into.exchange().add_outgoing(item) : into.exchange().add_refused(item, each.on_it.fault);
        if (!added) return added;
        each.id = item.id;
        return {};
    }

    // The same bytes to the same partner again are a mistake more often than not, and with payments a dear one.
    result<void> compare(claimed& each, ledger::transaction& into) const {
        if (!each.on_it.fault.empty()) return {};
        const auto before = into.exchange().outgoing_with_content(on_.partner->id, each.laid_sha256);
        if (!before) return tl::unexpected(before.error());
        if (*before)
            each.on_it.fault =
                fmt::format("the same bytes were queued for this partner before, as {}: brygga resend sends them again",
                            ledger::format_id((*before)->row.id));
        return {};
    }

    // After the commit: out of the outbox's own folder.
    result<void> leave(const claimed& each) const {
        on_.pass(step::queued);
        if (!each.on_it.fault.empty()) return refuse(each);
        on_.log(logging::log_level::info, "queued",
                {{"tenant", on_.who->id},
                 {"partner", on_.partner->id},
                 {"file", ledger::format_id(each.id)},
                 {"size", each.is.size_bytes}});
        return on_.files().remove(each.file.path);
    }

    result<void> refuse(const claimed& each) const {
        const std::string& why = each.on_it.fault;
        on_.told->refused.push_back({on_.who->id, on_.partner->id, filedrop::readable_name(each.name), why});
        on_.log(logging::log_level::warning, "outbox-refused",
                {{"tenant", on_.who->id},
                 {"partner", on_.partner->id},
                 {"claim", each.file.name.claim},
                 {"file", ledger::format_id(each.id)},
                 {"text", why}});
        std::filesystem::path to = rule_.rejected() / each.file.name.escaped;
        const auto taken = filedrop::exists(on_.files(), to);
        if (!taken) return tl::unexpected(taken.error());
        if (*taken) to = rule_.rejected() / each.file.name.text();
        std::filesystem::path reason = to;
        reason += ".reason.txt";
        if (auto told =
                filedrop::write_durably(on_.files(), reason, each.file.name.claim, why + "\n", filedrop::if_there::replace);
            !told)
            return told;
        return filedrop::move_durably(on_.files(), each.file.path, to);
    }

    const desk& on_;
    const partners::send_rule& rule_;
    std::vector<claimed> all_;
};

// What a dead process had claimed.
void recover(const desk& on, const partners::send_rule& rule, queueing& into) {
    const auto names = on.files().list(rule.work());
    if (!names) return on.trouble("outbox", names.error().text);
    for (const std::string& each : *names)
        if (const auto name = filedrop::parse_claimed_name(each)) into.take(filedrop::reclaim(on.files(), rule.work(), *name));
}

void take_new(const desk& on, const partners::send_rule& rule, queueing& into) {
    filedrop::settling settling(on.settle);
    const auto first = filedrop::look_into(on.files(), rule.outbox);
    if (!first) return on.trouble("outbox", first.error().text);
    if (first->candidates.empty()) return;
    static_cast<void>(settling.note(first->candidates, on.now()));
    on.sleep(on.settle.quiet + std::chrono::milliseconds(1));
    const auto look = filedrop::look_into(on.files(), rule.outbox);
    if (!look) return on.trouble("outbox", look.error().text);
    const auto states = settling.note(look->candidates, on.now());
    for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i] == filedrop::settle_state::whole)
            into.take(filedrop::claim(on.files(), rule.outbox, rule.work(), look->candidates[i], *on.ids));
}

}  // namespace

void queue_outbox(const desk& on, const partners::send_rule& rule) {
    queueing into(on, rule);
    recover(on, rule, into);
    take_new(on, rule, into);
    into.queue();
}

}  // namespace brygga::dispatch::detail
