// From an outbox into the queue.
#include <algorithm>
#include <thread>

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/filedrop/claim.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/registry.hpp"

namespace brygga::dispatch::detail {

namespace {

// What our own reader says of a file that is to be sent.
struct verdict {
    std::string format;     // empty: none that Brygga knows
    std::string reference;  // the id in it, by which the partner answers
    std::string fault;      // why the rule does not let it go; empty when it may
};

std::string fault_of(const check_report& told) {
    for (const finding& one : told.findings->kept())
        if (one.level >= severity::hold)
            return fmt::format("our own reader says {} in line {}: brygga check tells more", one.rule->id, one.where.line);
    return told.accepted ? "" : "our own reader refuses it: brygga check tells why";
}

// A rule without formats sends anything; what is read in it serves to know the answer.
verdict verdict_of(const partners::send_rule& rule, std::string_view bytes) {
    verdict out;
    const bool anything = rule.formats.empty();
    const brygga::format* const known = sniff(bytes.substr(0, sniffed_bytes));
    if (known == nullptr) {
        if (!anything) out.fault = "it is of no format that Brygga knows";
        return out;
    }
    out.format = known->id();
    if (!anything && std::find(rule.formats.begin(), rule.formats.end(), out.format) == rule.formats.end()) {
        out.fault = fmt::format("it is {}, which is not among the formats of this outbox", out.format);
        return out;
    }
    known->check(bytes, {}, [&](const check_report& each) {
        if (out.reference.empty()) out.reference = each.id;
        if (!anything && out.fault.empty()) out.fault = fault_of(each);
    });
    return out;
}

class claimed {
 public:
    claimed(const desk& on, const partners::send_rule& rule, const filedrop::claimed_file& file)
        : on_(on), rule_(rule), file_(file), name_(filedrop::unescape_name(file.name.escaped)) {}

    result<void> queue() {
        const auto is = intake::fingerprint_of(on_.files(), file_.path);
        if (!is) return tl::unexpected(is.error());
        if (auto kept = on_.originals->keep(file_.path, *is, file_.name.claim); !kept) return kept;
        on_.pass(step::kept);
        auto source = on_.originals->open(*is);
        if (!source) return tl::unexpected(source.error());
        verdict on_it = verdict_of(rule_, source->bytes());
        if (on_it.fault.empty())
            if (auto added = add(*is, on_it); !added) return added;
        on_.pass(step::queued);
        if (on_it.fault.empty()) return on_.files().remove(file_.path);
        return refuse(on_it.fault);
    }

 private:
    // The same bytes to the same partner again are a mistake more often than not, and with payments a dear one.
    result<void> add(const intake::fingerprint& is, verdict& on_it) {
        return in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            ledger::outgoing item{0,
                                  "claim:" + file_.name.claim,
                                  on_.partner->id,
                                  rule_.folder,
                                  name_,
                                  on_it.format,
                                  on_it.reference,
                                  is.sha256,
                                  is.size_bytes,
                                  due()};
            auto before = into.exchange().outgoing_with_content(item.partner, item.sha256);
            if (!before) return tl::unexpected(before.error());
            if (*before && (*before)->row.key != item.key) {
                on_it.fault =
                    fmt::format("the same bytes were queued for this partner before, as {}: brygga resend sends them again",
                                ledger::format_id((*before)->row.id));
                return {};
            }
            if (auto added = into.exchange().add_outgoing(item); !added) return added;
            on_.log(logging::log_level::info, "queued",
                    {{"tenant", on_.who->id},
                     {"partner", item.partner},
                     {"file", ledger::format_id(item.id)},
                     {"size", item.size_bytes}});
            return {};
        });
    }

    [[nodiscard]] ledger::timestamp_ms due() const {
        if (!rule_.when) return 0;
        const timing::moment now{std::chrono::milliseconds(on_.now())};
        const auto next = rule_.when->next_after(now);
        return next ? next->time_since_epoch().count() : 0;
    }

    result<void> refuse(const std::string& why) {
        on_.told->refused.push_back({on_.who->id, on_.partner->id, filedrop::readable_name(name_), why});
        on_.log(logging::log_level::warning, "outbox-refused",
                {{"tenant", on_.who->id}, {"partner", on_.partner->id}, {"claim", file_.name.claim}, {"text", why}});
        std::filesystem::path to = rule_.rejected() / file_.name.escaped;
        const auto taken = filedrop::exists(on_.files(), to);
        if (!taken) return tl::unexpected(taken.error());
        if (*taken) to = rule_.rejected() / file_.name.text();
        std::filesystem::path reason = to;
        reason += ".reason.txt";
        if (auto told = filedrop::write_durably(on_.files(), reason, file_.name.claim, why + "\n", filedrop::if_there::replace);
            !told)
            return told;
        return filedrop::move_durably(on_.files(), file_.path, to);
    }

    const desk& on_;
    const partners::send_rule& rule_;
    const filedrop::claimed_file& file_;
    std::string name_;
};

void take(const desk& on, const partners::send_rule& rule, const result<filedrop::claimed_file>& file) {
    if (!file) {
        // Another process has it, or it went as it came.
        if (file.error().code != error_code::busy && file.error().code != error_code::not_found)
            on.trouble("outbox", file.error().text);
        return;
    }
    on.pass(step::claimed);
    if (auto queued = claimed(on, rule, *file).queue(); !queued) on.trouble("outbox", queued.error().text);
}

// What a dead process had claimed.
void recover(const desk& on, const partners::send_rule& rule) {
    const auto names = on.files().list(rule.work());
    if (!names) return on.trouble("outbox", names.error().text);
    for (const std::string& each : *names)
        if (const auto name = filedrop::parse_claimed_name(each))
            take(on, rule, filedrop::reclaim(on.files(), rule.work(), *name));
}

}  // namespace

void queue_outbox(const desk& on, const partners::send_rule& rule) {
    recover(on, rule);
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
            take(on, rule, filedrop::claim(on.files(), rule.outbox, rule.work(), look->candidates[i], *on.ids));
}

}  // namespace brygga::dispatch::detail
