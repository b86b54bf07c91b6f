#include "connectors/dispatch/detail/checked.hpp"

#include <algorithm>

#include "connectors/sealing/file.hpp"
#include "formats/registry.hpp"

namespace brygga::dispatch::detail {

namespace {

std::string fault_of(const check_report& told) {
    for (const finding& one : told.findings->kept())
        if (one.level >= severity::hold)
            return fmt::format("our own reader says {} in line {}: brygga check tells more", one.rule->id, one.where.line);
    return told.accepted ? "" : "our own reader refuses it: brygga check tells why";
}

std::string fault_of(const finding_list& told) {
    for (const finding& one : told.kept())
        if (one.level == severity::error)
            return fmt::format("it cannot be sealed: {} in line {}: brygga seal tells more", one.rule->id, one.where.line);
    return "it cannot be sealed: brygga seal tells why";
}

}  // namespace

verdict verdict_of(const partners::send_rule& rule, std::string_view bytes, judging how, const rule_policy& policy) {
    verdict out;
    const bool anything = rule.formats.empty() && how == judging::as_the_rule_says;
    const brygga::format* const known = sniff(bytes.substr(0, sniffed_bytes));
    if (known == nullptr) {
        if (!anything) out.fault = "it is of no format that Brygga knows";
        return out;
    }
    out.format = known->id();
    if (!rule.formats.empty() && std::find(rule.formats.begin(), rule.formats.end(), out.format) == rule.formats.end()) {
        out.fault = fmt::format("it is {}, which is not among the formats of this outbox", out.format);
        return out;
    }
    read_settings with;
    with.policy = policy;
    known->check(bytes, with, [&](const check_report& each) {
        if (out.reference.empty()) out.reference = each.id;
        if (!anything && out.fault.empty()) out.fault = fault_of(each);
    });
    return out;
}

result<verdict> sealed_verdict_of(const desk& on, const partners::send_rule& rule, std::string_view bytes, date day,
                                  const std::filesystem::path& to, judging how, const rule_policy& policy) {
    verdict out = verdict_of(rule, bytes, how, policy);
    if (!out.fault.empty()) return out;
    const auto* const named = sealing::key_of_day(on.who->seal_keys, rule.seal, day);
    if (named == nullptr)
        return fail(error_code::invalid_config,
                    fmt::format("no [[tenant.seal_key]] of customer {} is valid on {}", rule.seal, format_iso_date(day)));
    const auto key = sealing::read_key(*named, on.published_seal_key, on.files());
    if (!key) return tl::unexpected(key.error());
    const auto done = sealing::write_sealed(on.files(), bytes, *key, {.day = day, .kvv = named->kvv}, to);
    if (!done && done.error().code != error_code::invalid_content) return tl::unexpected(done.error());
    if (!done)
        out.fault = done.error().text;
    else if (!done->accepted())
        out.fault = fault_of(done->findings);
    return out;
}

ledger::timestamp_ms due_after(const partners::send_rule& rule, ledger::timestamp_ms at) {
    if (!rule.when) return 0;
    const auto next = rule.when->next_after(timing::moment(std::chrono::milliseconds(at)));
    return next ? next->time_since_epoch().count() : 0;
}

}  // namespace brygga::dispatch::detail
