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

// Why the bytes are not to be sent; empty when they may be. `format` gets what they are, `reference` the id in them.
std::string fault_of(const partners::send_rule& rule, std::string_view bytes, std::string& format, std::string& reference) {
    const brygga::format* const known = sniff(bytes.substr(0, sniffed_bytes));
    if (known != nullptr) format = known->id();
    if (rule.formats.empty()) return {};
    if (known == nullptr) return "it is of no format that Brygga knows";
    if (std::find(rule.formats.begin(), rule.formats.end(), format) == rule.formats.end())
        return fmt::format("it is {}, which is not among the formats of this outbox", format);
    std::string why;
    known->check(bytes, {}, [&](const check_report& each) {
        if (!why.empty()) return;
        if (reference.empty()) reference = each.id;
        for (const finding& one : each.findings->kept())
            if (one.level >= severity::hold) {
                why = fmt::format("our own reader says {} in line {}: brygga check tells more", one.rule->id, one.where.line);
                return;
            }
        if (!each.accepted) why = "our own reader refuses it: brygga check tells why";
    });
    return why;
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
        std::string format, reference;
        std::string why = fault_of(rule_, source->bytes(), format, reference);
        if (why.empty()) {
            auto added = add(*is, format, reference, why);
            if (!added) return added;
        }
        on_.pass(step::queued);
        if (why.empty()) return on_.files().remove(file_.path);
        return refuse(why);
    }

 private:
    // The same bytes to the same partner again are a mistake more often than not, and with payments a dear one.
    result<void> add(const intake::fingerprint& is, const std::string& format, const std::string& reference, std::string& why) {
        return in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            ledger::outgoing item{0,
                                  "claim:" + file_.name.claim,
                                  on_.partner->id,
                                  rule_.folder,
                                  name_,
                                  format,
                                  reference,
                                  is.sha256,
                                  is.size_bytes,
                                  due()};
            auto before = into.exchange().outgoing_with_content(item.partner, item.sha256);
            if (!before) return tl::unexpected(before.error());
            if (*before && (*before)->row.key != item.key) {
                why = fmt::format("the same bytes were queued for this partner before, as {}: brygga resend sends them again",
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
