#include "mapping/ledger/registration_match.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/core/bank_identity.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::ledger {

namespace {

struct verdict {
    registration_state state = registration_state::waiting;
    std::string customer_id;
    std::string_view rule, text;
};

verdict waits(std::string_view text) {
    return {registration_state::waiting, {}, "EINV-R03", text};
}

// Numbers of the same digits: with and without the 16 or 00 before an organisation's.
bool is_same_identity(std::string_view a, std::string_view b) {
    constexpr std::size_t century = 2;
    if (a.size() < century || b.size() < century) return false;
    const bool are_organisations = (a.starts_with("16") || a.starts_with("00")) && (b.starts_with("16") || b.starts_with("00"));
    return a == b || (are_organisations && a.substr(century) == b.substr(century));
}

// The customers with this number, an organisation's under the prefix of the ledger.
result<std::vector<customer>> customers_of(transaction& in, const std::string& identity) {
    return in.customers_with_identity(identity.starts_with("00") ? "16" + identity.substr(2) : identity);
}

result<verdict> customer_of(transaction& in, const told_registration& told, const std::string& identity) {
    const std::string& number = told.row.customer_number;
    if (!number.empty()) {
        const auto known = in.find_customer(number);
        if (!known) return tl::unexpected(known.error());
        if (!*known) return waits("no customer has the number that was stated");
        if (!is_same_identity((*known)->identity_number, identity))
            return waits("the customer of the stated number has another identity number");
        return verdict{registration_state::matched, number, {}, {}};
    }
    const auto found = customers_of(in, identity);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return waits("no customer has this identity number");
    if (found->size() > 1) return waits("several customers have this identity number");
    return verdict{registration_state::matched, found->front().customer_id, {}, {}};
}

bool is_of_person(const registration_item& item, const customer& who) {
    const auto receiver = parse_receiver_identity(item.row.receiver);
    return receiver && is_same_identity(who.identity_number, receiver->number);
}

bool was_decided(const registration_item& item) {
    return !item.newest.actor.empty();
}

// A cancellation that names one of several customers with this FMI is of that one only.
result<bool> is_for(transaction& in, const registration_item& cancellation, std::string_view customer_id) {
    const std::string& number = cancellation.row.customer_number;
    if (number.empty() || number == customer_id) return true;
    const auto of_receiver = in.registrations().registrations_of_receiver(cancellation.row.receiver);
    if (!of_receiver) return tl::unexpected(of_receiver.error());
    return std::none_of(of_receiver->begin(), of_receiver->end(),
                        [&](const registration_item& each) { return each.newest.customer_id == number; });
}

// Of whom this FMI is the active one on a day.
result<std::vector<std::string>> active_customers(transaction& in, const registration& row) {
    const auto of_receiver = in.registrations().registrations_of_receiver(row.receiver);
    if (!of_receiver) return tl::unexpected(of_receiver.error());
    std::vector<std::string> out;
    for (const registration_item& each : *of_receiver) {
        const std::string& customer_id = each.newest.customer_id;
        if (customer_id.empty() || std::find(out.begin(), out.end(), customer_id) != out.end()) continue;
        const auto active = receiver_on(in, customer_id, row.day);
        if (!active) return tl::unexpected(active.error());
        if (*active == row.receiver) out.push_back(customer_id);
    }
    return out;
}

result<verdict> cancelled_of(transaction& in, const registration& row) {
    const auto active = active_customers(in, row);
    if (!active) return tl::unexpected(active.error());
    if (!active->empty()) return verdict{registration_state::matched, {}, {}, {}};
    return verdict{registration_state::matched, {}, "EINV-R04", "the bank that is cancelled is not the active one"};
}

result<verdict> verdict_of(transaction& in, const told_registration& told) {
    if (told.needs_a_person) return waits("what kind of event it is must be seen to by a person");
    if (told.row.kind == registration_kind::autogiro) return waits("a direct debit is asked for");
    if (told.row.kind == registration_kind::cancelled) return cancelled_of(in, told.row);
    const auto receiver = parse_receiver_identity(told.row.receiver);
    const std::string identity = receiver ? receiver->number : std::string();
    if (!told.identity_number.empty() && !is_same_identity(told.identity_number, identity))
        return waits("the stated identity number is not that of the receiver");
    return customer_of(in, told, identity);
}

}  // namespace

std::string content_of(const told_registration& told) {
    const registration& row = told.row;
    const std::string day = row.day == date{} ? "file " + told.source : format_iso_date(row.day);
    return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", name(row.kind), row.sender, row.receiver, row.customer_number,
                                  told.identity_number, day, row.fields, told.needs_a_person));
}

result<std::vector<registration_item>> registration_history(transaction& in, std::string_view customer_id) {
    auto out = in.registrations().registrations_of_customer(customer_id);
    if (!out) return out;
    std::set<std::string> receivers;
    for (const registration_item& each : *out)
        receivers.insert(each.row.receiver);
    for (const std::string& receiver : receivers) {
        const auto of_receiver = in.registrations().registrations_of_receiver(receiver);
        if (!of_receiver) return tl::unexpected(of_receiver.error());
        for (const registration_item& each : *of_receiver) {
            if (each.row.kind != registration_kind::cancelled || !each.newest.customer_id.empty()) continue;
            const auto is_of_customer = is_for(in, each, customer_id);
            if (!is_of_customer) return tl::unexpected(is_of_customer.error());
            if (*is_of_customer) out->push_back(each);
        }
    }
    std::sort(out->begin(), out->end(), [](const registration_item& a, const registration_item& b) {
        return std::pair(a.row.day, a.row.id) < std::pair(b.row.day, b.row.id);
    });
    return out;
}

result<std::optional<std::string>> receiver_on(transaction& in, std::string_view customer_id, date day) {
    auto history = registration_history(in, customer_id);
    if (!history) return tl::unexpected(std::move(history.error()));
    const auto who = in.find_customer(customer_id);
    if (!who) return tl::unexpected(who.error());
    std::erase_if(*history, [&](const registration_item& each) {
        const bool registers = each.row.kind != registration_kind::cancelled;
        return registers && !was_decided(each) && (!*who || !is_of_person(each, **who));
    });
    return active_receiver(*history, day);
}

result<registration_outcome> take_registration(transaction& in, told_registration told, date today) {
    told.row.key = fmt::format("{}:{}", content_of(told), told.occurrence);
    if (told.row.day == date{}) told.row.day = today;
    auto found = verdict_of(in, told);
    if (!found) return tl::unexpected(std::move(found.error()));
    registration_event first;
    first.state = found->state;
    first.customer_id = found->customer_id;
    const auto added = in.registrations().add_registration(told.row, first);
    if (!added) return tl::unexpected(added.error());
    registration_outcome out{{*added ? put_kind::inserted : put_kind::already_there, told.row.id, {}}, found->state, {}, {}};
    if (!*added) return out;
    out.rule = found->rule;
    out.text = found->text;
    if (found->state != registration_state::waiting) return out;
    matter to_match{0,   "registration:" + told.row.key, std::string(registration_to_match), told.row.id, {}, told.row.source_id,
                    "{}"};
    if (auto done = in.matters().add_matter(to_match); !done) return tl::unexpected(std::move(done.error()));
    return out;
}

namespace {

// The event that the record really tells of, as a row of its own.
result<void> add_as(transaction& in, registration row, const registration_word& word) {
    row.kind = *word.as;
    row.key += ":as";
    const auto added =
        in.registrations().add_registration(row, {registration_state::matched, word.customer_id, word.actor, word.reason, 0});
    return added ? result<void>{} : tl::unexpected(added.error());
}

result<void> close_matters(transaction& in, row_id about, const registration_word& word) {
    const auto matters = in.matters().matters_about(about);
    if (!matters) return tl::unexpected(matters.error());
    for (const matter_item& each : *matters)
        if (each.closed_at == 0)
            if (auto done = in.matters().close_matter(each.row.id, word.actor, word.reason); !done) return done;
    return {};
}

}  // namespace

result<void> decide_registration(transaction& in, row_id id, const registration_word& word) {
    const auto item = in.registrations().registration_with_id(id);
    if (!item) return tl::unexpected(item.error());
    if (!*item) return fail(error_code::not_found, fmt::format("no registration has the id {}", format_id(id)));
    if (!word.customer_id.empty()) {
        const auto known = in.find_customer(word.customer_id);
        if (!known) return tl::unexpected(known.error());
        if (!*known) return fail(error_code::not_found, "no such customer is there");
        if (!word.of_another_person && !is_of_person(**item, **known))
            return fail(error_code::conflict, "the receiver has another identity number than the customer");
    }
    const bool is_another = word.as && *word.as != (*item)->row.kind && !word.customer_id.empty();
    if (is_another)
        if (auto done = add_as(in, (*item)->row, word); !done) return done;
    registration_event event{registration_state::matched, word.customer_id, word.actor, word.reason, 0};
    if (is_another || word.customer_id.empty()) event = {registration_state::ignored, {}, word.actor, word.reason, 0};
    if (auto done = in.registrations().add_registration_event(id, event); !done) return done;
    return close_matters(in, id, word);
}

}  // namespace brygga::ledger
