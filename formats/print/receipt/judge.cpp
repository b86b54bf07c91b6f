#include "formats/print/receipt/judge.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "formats/print/batch/totals.hpp"
#include "formats/print/receipt/transitions.hpp"

namespace brygga::print::receipt {

namespace {

bool may_be_of_protected(status code) noexcept {
    return code == status::printed || code == status::posted || code == status::forwarded || code == status::failed ||
           code == status::returned;
}

totals totals_of(const batch_state& state) {
    totals made;
    made.documents = state.documents.size();
    for (const auto& [id, each] : state.documents) {
        made.delivered += each.current == status::delivered ? 1U : 0U;
        made.posted +=
            each.current == status::posted || each.current == status::forwarded || each.current == status::returned ? 1U : 0U;
        made.failed += each.current == status::failed || each.current == status::rejected ? 1U : 0U;
        made.pages += each.reported_pages.value_or(0);
        made.sheets += each.reported_sheets.value_or(0);
    }
    return made;
}

class judging {
 public:
    judging(const batch_receipt& receipt, std::string_view sha256, const batch_state& state, const rule_policy& policy)
        : receipt_(receipt), sha256_(sha256), state_(state), made_{verdict::apply, {}, state, finding_list(rules(), policy)} {}

    judgement run() {
        if (batch_and_number()) {
            made_.outcome = verdict::repeat;
            return std::move(made_);
        }
        for (std::size_t i = 0; i < receipt_.documents.size(); ++i)
            document(receipt_.documents[i], i);
        by_type();
        if (is_next_) {
            totals();
            finality();
        }
        decide();
        return std::move(made_);
    }

 private:
    // PRR-R01 and R02; true for a receipt that was here before.
    bool batch_and_number() {
        const bool is_ours = receipt_.batch_id == state_.batch_id && receipt_.digest == state_.digest;
        if (receipt_.batch_id != state_.batch_id) tell(rule::R01, severity::error, "BatchId", receipt_.batch_id, state_.batch_id);
        if (receipt_.digest != state_.digest) tell(rule::R01, severity::error, "Digest", receipt_.digest, state_.digest);
        const std::string number = fmt::format("{}", receipt_.number);
        if (const auto stored = state_.stored.find(receipt_.number); stored != state_.stored.end()) {
            if (is_ours && stored->second == sha256_) return true;
            tell(rule::R02, severity::error, "ReceiptNumber", number, "the bytes that were stored under it");
            return false;
        }
        is_next_ = receipt_.number == state_.last_number + 1;
        if (!is_next_)
            tell(rule::R02, receipt_.number > state_.last_number ? severity::hold : severity::error, "ReceiptNumber", number,
                 fmt::format("{}", state_.last_number + 1));
        if (state_.is_final && receipt_.type != receipt_type::returns)
            tell(rule::form, severity::error, "Type", name(receipt_.type), "RETURNS behind a final receipt");
        return false;
    }

    void document(const document_status& item, std::size_t index) {
        const std::string path = fmt::format("Document[{}]", index + 1);
        const auto known = made_.after.documents.find(item.id);
        if (known == made_.after.documents.end()) {
            tell(rule::R03, severity::error, path + "/@id", item.id, "a document of the batch", item.id);
            return;
        }
        named_.insert(item.id);
        document_state& state = known->second;
        if (state.is_protected) protected_document(item, path);
        change(item.id, state, item.status, &item, path);
        if (item.pages) state.reported_pages = item.pages;
        if (item.sheets) state.reported_sheets = item.sheets;
        price(item, state, path);
    }

    // PRR-R05
    void protected_document(const document_status& item, const std::string& path) {
        if (!may_be_of_protected(item.status))
            incident(path + "/@status", name(item.status), "PRINTED, POSTED, FORWARDED, FAILED or RETURNED", item.id);
        if (item.channel && *item.channel != batch::channel::print_forwarding)
            incident(path + "/@channel", batch::name(*item.channel), "PRINT_FORWARDING", item.id);
    }

    void incident(std::string_view path, std::string_view found, std::string_view expected, std::string_view document) {
        if (tell(rule::R05, severity::error, path, found, expected, document)) is_incident_ = true;
    }

    void change(const std::string& id, document_state& state, status to, const document_status* reported,
                const std::string& path) {
        if (!can_report(state.current, to)) {
            tell(rule::state, severity::hold, path + "/@status", name(to), fmt::format("what follows {}", name(state.current)),
                 id);
            return;
        }
        if (state.current == to) return;
        made_.changes.push_back({id, state.current, to, reported});
        state.current = to;
    }

    // PRR-R06. What went out digitally has no sheets.
    void price(const document_status& item, const document_state& state, const std::string& path) {
        const std::uint64_t sheets = item.status == status::delivered ? 0 : state.sheets;
        const auto compare = [&](std::optional<std::uint64_t> stated, std::uint64_t right, std::string_view what) {
            if (stated && *stated != right)
                tell(rule::R06, severity::warning, fmt::format("{}/@{}", path, what), fmt::format("{}", *stated),
                     fmt::format("{}", right), item.id);
        };
        compare(item.pages, state.pages, "pages");
        compare(item.sheets, sheets, "sheets");
    }

    // What ACK and NACK say of documents that they do not name.
    void by_type() {
        if (receipt_.type != receipt_type::ack && receipt_.type != receipt_type::nack) return;
        const status to = receipt_.type == receipt_type::ack ? status::received : status::rejected;
        for (auto& [id, state] : made_.after.documents)
            if (state.current == status::sent && !named_.contains(id)) change(id, state, to, nullptr, {});
    }

    // PRR-R04
    void totals() {
        if (!receipt_.totals) return;
        const receipt::totals counted = totals_of(made_.after), &stated = *receipt_.totals;
        const auto compare = [&](std::string_view what, std::uint64_t found, std::uint64_t right) {
            if (found != right)
                tell(rule::R04, severity::error, fmt::format("Totals/@{}", what), fmt::format("{}", found),
                     fmt::format("{}", right));
        };
        compare("documents", stated.documents, counted.documents);
        compare("delivered", stated.delivered, counted.delivered);
        compare("posted", stated.posted, counted.posted);
        compare("failed", stated.failed, counted.failed);
        compare("pages", stated.pages, counted.pages);
        compare("sheets", stated.sheets, counted.sheets);
    }

    // Section 5.2.
    void finality() {
        const auto open = std::count_if(made_.after.documents.begin(), made_.after.documents.end(),
                                        [](const auto& each) { return !is_final(each.second.current); });
        if (receipt_.is_final && open != 0)
            tell(rule::form, severity::error, "Final", "true", fmt::format("false, for {} documents are on their way", open));
    }

    void decide() {
        if (is_incident_)
            made_.outcome = verdict::incident;
        else if (made_.findings.refused())
            made_.outcome = verdict::alarm;
        else if (made_.findings.count(severity::hold) != 0)
            made_.outcome = verdict::park;
        if (made_.outcome != verdict::apply) {
            made_.changes.clear();
            made_.after = state_;
            return;
        }
        made_.after.last_number = receipt_.number;
        made_.after.is_final = state_.is_final || receipt_.is_final;
        made_.after.stored.emplace(receipt_.number, sha256_);
    }

    std::optional<severity> tell(rule broken, severity level, std::string_view path, std::string_view found,
                                 std::string_view expected, std::string_view document = {}) {
        return made_.findings.add(static_cast<std::size_t>(broken), level, [&] {
            finding made;
            made.record = document.empty() ? "BatchReceipt" : "Document";
            made.field = path.substr(path.rfind('/') + 1);
            made.found = found;
            made.expected = expected;
            made.path = path;
            made.serial = document;
            return made;
        });
    }

    const batch_receipt& receipt_;
    std::string_view sha256_;
    const batch_state& state_;
    judgement made_;
    std::set<std::string_view> named_;
    bool is_next_ = false;
    bool is_incident_ = false;
};

}  // namespace

std::string_view name(verdict code) noexcept {
    switch (code) {
        case verdict::apply:
            return "apply";
        case verdict::repeat:
            return "repeat";
        case verdict::park:
            return "park";
        case verdict::alarm:
            return "alarm";
        case verdict::incident:
            return "incident";
    }
    return "unknown";
}

batch_state state_of(const batch::manifest& sent) {
    batch_state made{sent.header.batch_id, sent.totals.digest, 0, false, {}, {}};
    const bool is_protected = sent.header.handling == batch::handling::protected_identity;
    for (const batch::document& each : sent.documents)
        made.documents[each.id] = {is_protected, status::sent, batch::pages_of(each), batch::sheets_of(each), {}, {}};
    return made;
}

judgement judge(const batch_receipt& receipt, std::string_view sha256, const batch_state& state, const rule_policy& policy) {
    return judging(receipt, sha256, state, policy).run();
}

}  // namespace brygga::print::receipt
