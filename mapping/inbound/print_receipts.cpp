#include "mapping/inbound/print_receipts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/sha256.hpp"
#include "formats/print/receipt/judge.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/print/receipt/transitions.hpp"
#include "mapping/billing/receipts.hpp"

namespace brygga::inbound {

namespace {

namespace receipt = print::receipt;
using ledger::delivery_state;
using receipt::status;

// What the receipts that were applied have made of the batch.
result<receipt::batch_state> state_of(const ledger::print_batch_item& batch, ledger::transaction& in) {
    receipt::batch_state out;
    out.batch_id = batch.row.batch_id;
    out.digest = batch.row.digest;
    out.last_number = batch.last_number;
    out.is_final = batch.is_final;
    const auto receipts = in.print_batches().print_receipts_of(batch.row.id);
    if (!receipts) return tl::unexpected(receipts.error());
    for (const ledger::print_receipt_item& each : *receipts)
        if (each.newest == ledger::receipt_end::applied) out.stored[each.row.number] = each.row.sha256;
    const auto documents = in.print_batches().print_documents_of(batch.row.id);
    if (!documents) return tl::unexpected(documents.error());
    for (const ledger::print_document_item& each : *documents) {
        receipt::document_state state;
        state.is_protected = batch.row.is_protected;
        state.current = each.newest.state == status::batched ? status::sent : each.newest.state;
        state.pages = each.row.pages;
        state.sheets = each.row.sheets;
        state.reported_pages = each.newest.pages;
        state.reported_sheets = each.newest.sheets;
        out.documents.emplace(each.row.document_id, state);
    }
    return out;
}

// What the state of a document means for its delivery; nothing where that stays as it is.
std::optional<delivery_state> meaning_of(status to, bool is_protected) noexcept {
    switch (to) {
        case status::received:
        case status::printed:
            if (is_protected) return std::nullopt;  // forwarding knows no distributor
            return delivery_state::accepted_by_distributor;
        case status::delivered:
        case status::posted:
        case status::forwarded:
            return delivery_state::delivered;
        case status::rejected:
        case status::failed:
        case status::cancelled:
            return delivery_state::rejected;
        case status::returned:
        case status::created:
        case status::batched:
        case status::sent:
            break;
    }
    return std::nullopt;
}

// "POSTED NO_MATCH", "DELIVERED KIVRA"
std::string code_of(const receipt::status_change& change) {
    std::string out(name(change.to));
    if (change.reported == nullptr) return out;
    if (change.to == status::delivered && change.reported->channel) out += fmt::format(" {}", name(*change.reported->channel));
    if (!change.reported->reason.empty()) out += fmt::format(" {}", change.reported->reason);
    return out;
}

class receipt_booking {
 public:
    receipt_booking(const settings& with, ledger::row_id file_id, ledger::transaction& into, logical_result& told)
        : with_(with), file_id_(file_id), into_(into), told_(told) {}

    result<void> book(const receipt::batch_receipt& item, std::string_view bytes) {
        const auto batch = into_.print_batches().print_batch_with_id(item.batch_id);
        if (!batch) return tl::unexpected(batch.error());
        if (!*batch) return fail(error_code::invalid_content, "PRR-R01: it is of no batch that was sent from here");
        const auto state = state_of(**batch, into_);
        if (!state) return tl::unexpected(state.error());
        const std::string sha256 = sha256_hex(bytes);
        const receipt::judgement judged = receipt::judge(item, sha256, *state, with_.policy);
        told_.findings.insert(told_.findings.end(), judged.findings.kept().begin(), judged.findings.kept().end());
        told_.findings_total += judged.findings.total();
        ledger::print_receipt row{0, (*batch)->row.id, item.number, item.type, item.is_final, sha256, file_id_, {}};
        switch (judged.outcome) {
            case receipt::verdict::apply:
                if (auto added = into_.print_batches().add_print_receipt(row, ledger::receipt_end::applied); !added) return added;
                if (auto done = apply(**batch, item, judged, row); !done) return done;
                return apply_parked((*batch)->row.batch_id);
            case receipt::verdict::repeat:
                ++told_.outcomes["receipt repeated"];
                return {};
            case receipt::verdict::park:
                return park(**batch, item, bytes, row, judged);
            case receipt::verdict::alarm:
                return refuse(row, receipt_refused, judged);
            case receipt::verdict::incident:
                return refuse(row, protected_incident, judged);
        }
        return {};
    }

 private:
    result<void> apply(const ledger::print_batch_item& batch, const receipt::batch_receipt& item,
                       const receipt::judgement& judged, const ledger::print_receipt& row) {
        for (const receipt::status_change& each : judged.changes)
            if (auto done = apply(each, batch, row); !done) return done;
        if (auto done = note_repeats(item, batch, row); !done) return done;
        if (item.type == receipt::receipt_type::ack || item.type == receipt::receipt_type::nack) return answer(batch, item, row);
        return {};
    }

    // Pages and sheets of documents whose state has not changed count for the sums of the next receipt (PRR-R04).
    result<void> note_repeats(const receipt::batch_receipt& item, const ledger::print_batch_item& batch,
                              const ledger::print_receipt& row) {
        for (const receipt::document_status& each : item.documents) {
            const auto known = into_.print_batches().print_document_with_id(each.id);
            if (!known) return tl::unexpected(known.error());
            if (!*known || (*known)->row.print_batch_id != batch.row.id || (*known)->newest.receipt_id == row.id) continue;
            const bool tells_more =
                (each.pages && each.pages != (*known)->newest.pages) || (each.sheets && each.sheets != (*known)->newest.sheets);
            if (!tells_more) continue;
            ledger::print_status status = (*known)->newest;
            status.pages = each.pages ? each.pages : status.pages;
            status.sheets = each.sheets ? each.sheets : status.sheets;
            status.receipt_id = row.id;
            if (auto added = into_.print_batches().add_print_status((*known)->row.id, status); !added) return added;
        }
        return {};
    }

    result<void> apply(const receipt::status_change& change, const ledger::print_batch_item& batch,
                       const ledger::print_receipt& row) {
        const auto known = into_.print_batches().print_document_with_id(change.id);
        if (!known) return tl::unexpected(known.error());
        if (!*known || (*known)->row.print_batch_id != batch.row.id)
            return fail(error_code::conflict, "a document of the batch is in a later one: a person must look");
        ledger::print_status now;
        now.state = change.to;
        now.receipt_id = row.id;
        now.pages = (*known)->newest.pages;
        now.sheets = (*known)->newest.sheets;
        if (change.reported != nullptr) {
            now.by = change.reported->channel;
            now.reason = change.reported->reason;
            now.provider_ref = change.reported->provider_ref;
            now.at = change.reported->at;
            if (change.reported->pages) now.pages = change.reported->pages;
            if (change.reported->sheets) now.sheets = change.reported->sheets;
        }
        if (auto added = into_.print_batches().add_print_status((*known)->row.id, now); !added) return added;
        ++told_.outcomes[fmt::format("document {}", name(change.to))];
        if (change.to == status::returned) return returned(**known, batch, change);
        return tell_delivery(**known, batch, change, row);
    }

    result<void> tell_delivery(const ledger::print_document_item& document, const ledger::print_batch_item& batch,
                               const receipt::status_change& change, const ledger::print_receipt& row) {
        const auto meaning = meaning_of(change.to, batch.row.is_protected);
        if (!meaning) return {};
        ledger::told_receipt told;
        told.by = batch.row.is_protected ? ledger::channel::forwarding : ledger::channel::print;
        told.outcome = *meaning;
        told.code = code_of(change);
        told.key = fmt::format("print:{}:{}", ledger::format_id(row.id), change.id);
        const auto taken = billing::take_receipt_of(document.row.delivery_id, told, *with_.runs, into_);
        if (!taken) return tl::unexpected(taken.error());
        if (!taken->rule.empty()) ++told_.outcomes[fmt::format("delivery {}", taken->rule)];
        return {};
    }

    // The address is suspect until somebody says otherwise; of protected persons there is none to doubt.
    result<void> returned(const ledger::print_document_item& document, const ledger::print_batch_item& batch,
                          const receipt::status_change& change) {
        const auto of = into_.invoice_runs().run_document_of_delivery(document.row.delivery_id);
        if (!of) return tl::unexpected(of.error());
        if (!*of) return fail(error_code::not_found, "a document of the batch has no delivery");
        const std::string reason = change.reported != nullptr ? change.reported->reason : std::string();
        ledger::matter item;
        item.kind = batch.row.is_protected ? protected_mail_returned : mail_returned;
        item.key = fmt::format("{}:{}", item.kind, ledger::format_id(document.row.delivery_id));
        item.subject_id = (*of)->row.document_id;
        item.customer_id = (*of)->row.customer_id;
        item.file_id = file_id_;
        item.detail = nlohmann::json{{"reason", reason}}.dump();
        if (auto added = into_.matters().add_matter(item); !added) return added;
        if (batch.row.is_protected) return {};
        return into_.print_batches().add_address_mark(
            {(*of)->row.customer_id, ledger::address_state::suspect, reason, document.row.delivery_id, {}, 0});
    }

    // ACK and NACK answer the file.
    result<void> answer(const ledger::print_batch_item& batch, const receipt::batch_receipt& item,
                        const ledger::print_receipt& row) {
        const bool is_taken = item.type == receipt::receipt_type::ack;
        const auto file = into_.exchange().outgoing_with_id(batch.row.outgoing_id);
        if (!file) return tl::unexpected(file.error());
        if (*file && (*file)->newest.state != ledger::sending::closed) {
            std::string rules;
            for (const receipt::refusal& each : item.errors)
                rules += fmt::format("{}{}", rules.empty() ? "" : " ", each.rule);
            const auto state = is_taken ? ledger::sending::confirmed : ledger::sending::rejected;
            const ledger::outgoing_event event{state, (*file)->newest.attempt, is_taken ? "ACK" : "NACK " + rules, {}, 0};
            if (auto added = into_.exchange().add_event(batch.row.outgoing_id, event); !added) return added;
        }
        if (is_taken) return {};
        ledger::matter refused;
        refused.kind = batch_refused;
        refused.key = fmt::format("{}:{}", batch_refused, batch.row.batch_id);
        refused.subject_id = batch.row.outgoing_id;
        refused.file_id = file_id_;
        nlohmann::json rules = nlohmann::json::array();
        for (const receipt::refusal& each : item.errors)
            rules.push_back(each.rule);
        refused.detail = nlohmann::json{{"batch", batch.row.batch_id}, {"receipt", row.number}, {"rules", rules}}.dump();
        return into_.matters().add_matter(refused);
    }

    // A gap is filled by itself when the others come; whatever else parks a receipt is a person's to see.
    result<void> park(const ledger::print_batch_item& batch, const receipt::batch_receipt& item, std::string_view bytes,
                      ledger::print_receipt& row, const receipt::judgement& judged) {
        const auto known = into_.print_batches().print_receipts_of(batch.row.id);
        if (!known) return tl::unexpected(known.error());
        for (const ledger::print_receipt_item& each : *known)
            if (each.newest == ledger::receipt_end::parked && each.row.sha256 == row.sha256) {
                ++told_.outcomes["receipt repeated"];
                return {};
            }
        row.content = bytes;
        if (auto added = into_.print_batches().add_print_receipt(row, ledger::receipt_end::parked); !added) return added;
        ++told_.outcomes["receipt parked"];
        if (item.number > batch.last_number + 1) return {};
        return tell(row, receipt_parked, judged);
    }

    result<void> refuse(ledger::print_receipt& row, std::string_view kind, const receipt::judgement& judged) {
        if (auto added = into_.print_batches().add_print_receipt(row, ledger::receipt_end::refused); !added) return added;
        told_.accepted = false;
        return tell(row, kind, judged);
    }

    result<void> tell(const ledger::print_receipt& row, std::string_view kind, const receipt::judgement& judged) {
        ledger::matter item;
        item.kind = kind;
        item.key = fmt::format("{}:{}:{}", kind, ledger::format_id(row.print_batch_id), row.sha256);
        item.subject_id = row.id;
        item.file_id = file_id_;
        nlohmann::json rules = nlohmann::json::array();
        for (const finding& each : judged.findings.kept())
            if (rules.empty() || rules.back() != each.rule->id) rules.push_back(each.rule->id);
        item.detail = nlohmann::json{{"receipt", row.number}, {"rules", rules}}.dump();
        return into_.matters().add_matter(item);
    }

    // Those that waited for this one, one after the other.
    result<void> apply_parked(const std::string& batch_id) {
        for (;;) {
            const auto batch = into_.print_batches().print_batch_with_id(batch_id);
            if (!batch) return tl::unexpected(batch.error());
            const auto receipts = into_.print_batches().print_receipts_of((*batch)->row.id);
            if (!receipts) return tl::unexpected(receipts.error());
            const auto next = std::find_if(receipts->begin(), receipts->end(), [&](const ledger::print_receipt_item& each) {
                return each.newest == ledger::receipt_end::parked && each.row.number == (*batch)->last_number + 1;
            });
            if (next == receipts->end()) return {};
            const receipt::receipt_file file = receipt::read_receipt(next->row.content, {with_.policy});
            const auto state = state_of(**batch, into_);
            if (!state) return tl::unexpected(state.error());
            const receipt::judgement judged = receipt::judge(file.content, next->row.sha256, *state, with_.policy);
            if (judged.outcome != receipt::verdict::apply) return tell(next->row, receipt_parked, judged);
            if (auto ended = into_.print_batches().add_receipt_end(next->row.id, ledger::receipt_end::applied, {}, {}); !ended)
                return ended;
            if (auto done = apply(**batch, file.content, judged, next->row); !done) return done;
            ++told_.outcomes["receipt applied that was parked"];
        }
    }

    const settings& with_;
    ledger::row_id file_id_;
    ledger::transaction& into_;
    logical_result& told_;
};

}  // namespace

result<file_result> print_receipt_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                                ledger::transaction& into) const {
    if (!with.runs) return fail(error_code::invalid_content, "there is no [tenant.invoices] whose letters it could be of");
    const receipt::receipt_file read = receipt::read_receipt(bytes, {with.policy});
    logical_result told;
    told.logical_no = 1;
    told.accepted = read.accepted() && read.is_whole;
    told.findings.assign(read.findings.kept().begin(), read.findings.kept().end());
    told.findings_total = read.findings.total();
    if (told.accepted) {
        receipt_booking booking(with, file.id, into, told);
        if (auto done = booking.book(read.content, bytes); !done) return tl::unexpected(std::move(done.error()));
    }
    return file_result{std::string(format()), {std::move(told)}};
}

result<logical_result> print_receipt_mapping::book_released(std::string_view, const ledger::exchanged_file&, const settings&,
                                                            const section_release&, ledger::transaction&) const {
    return fail(error_code::not_found, "nothing of a receipt is ever held");
}

}  // namespace brygga::inbound
